import type { Rule } from '../rule.js';
import { angularClassesIn, listClass } from '../syntax/angular-classes.js';

const ADVICE =
  /import the "(\w+)" (?:class|directive|component|pipe) from "([\w@/.-]+)" and add it to the "imports" array of the component/;

/** A pipe, directive or component of Angular that a template uses and its component does not import: the compiler says which. */
export const componentImports: Rule = {
  name: 'component-imports',
  async propose(error, workspace) {
    const [, name, specifier] = ADVICE.exec(error.message) ?? [];
    const { file } = error;
    if (name === undefined || specifier === undefined || file === undefined) return undefined;
    const component = file.endsWith('.html') ? `${file.slice(0, -'html'.length)}ts` : file;
    const [owner, another] = (await angularClassesIn(workspace, component)).filter(({ kind }) => kind === 'Component');
    const repaired = owner && !another ? await listClass(workspace, owner, { name, specifier }) : undefined;
    if (repaired === undefined) return undefined;
    return {
      files: new Map([[component, repaired]]),
      cause: `The template of ${component} uses \`${name}\`, which the component does not import.`,
      change: `Adds it to the component's \`imports\`, as the compiler asks.`,
    };
  },
};
