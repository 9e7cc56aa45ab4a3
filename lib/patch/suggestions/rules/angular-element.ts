import { findTwin } from '../distance.js';
import type { Fix, Rule } from '../rule.js';
import { type AngularClass, findAngularClasses, importClass, namesListed, ownerOf } from '../syntax/angular-classes.js';
import { scanMarkup } from '../syntax/scan-markup.js';
import { replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

/**
 * An element that Angular does not know: the one component with this selector is imported by the component whose
 * template uses it, or the selector of one that it does import is spelt nearly alike.
 */
export const angularElement: Rule = {
  name: 'angular-element',
  async propose(error, workspace): Promise<Fix | undefined> {
    const selector = /^'([a-z][\w-]+)' is not a known element/.exec(error.message)?.[1];
    const { file } = error;
    if (selector === undefined || file === undefined) return undefined;
    const classes = await findAngularClasses(workspace);
    const components = classes?.filter(({ kind }) => kind === 'Component');
    const owner = components && ownerOf(components, file);
    if (!components || !owner?.isStandalone) return undefined;
    const [bearer, another] = components.filter((component) => component.selector === selector);
    if (another) return undefined;
    const repaired = bearer && (await importClass(workspace, owner, bearer));
    if (bearer)
      return repaired === undefined
        ? undefined
        : {
            files: new Map([[owner.path, repaired]]),
            cause: `The template of ${owner.name} uses \`<${selector}>\`, which ${owner.path} does not import.`,
            change: `Imports ${bearer.name}, the one component with this selector.`,
          };
    return respell(workspace, { file, selector, owner, components });
  },
};

function respell(
  workspace: Workspace,
  input: {
    readonly file: string;
    readonly selector: string;
    readonly owner: AngularClass;
    readonly components: readonly AngularClass[];
  },
): Fix | undefined {
  const { file, selector, owner, components } = input;
  const listed = namesListed(owner);
  const right = findTwin(
    selector,
    components.flatMap((component) => component.selector ?? []),
  );
  const isImported = components.some((component) => component.selector === right && listed.includes(component.name));
  const text = workspace.read(file);
  if (right === undefined || !isImported || text === undefined || !file.endsWith('.html')) return undefined;
  const tags = scanMarkup(file, text).filter((tag) => tag.name === selector);
  if (tags.length === 0) return undefined;
  const replacements = tags.map(({ nameStart }) => ({
    start: nameStart,
    end: nameStart + selector.length,
    text: right,
  }));
  return {
    files: new Map([[file, replaceRanges(text, replacements)]]),
    cause: `\`<${selector}>\` in ${file} is no element that Angular knows.`,
    change: `Writes \`<${right}>\`, the selector of a component that the template's component imports.`,
  };
}
