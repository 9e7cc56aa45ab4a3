import type { Rule } from '../rule.js';
import { addImport } from '../syntax/add-import.js';
import { importsOf } from '../syntax/imports.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';

const NO_CLASS =
  /'new' expression, whose target lacks a construct signature|Expected 2 arguments, but got 1|This expression is not constructable/;

/**
 * `new App({ target })` of a component of Svelte 5, which is a function: `mount(App, { target })`,
 * https://svelte.dev/docs/svelte/v5-migration-guide#Components-are-no-longer-classes. Not where the methods of the class are called.
 */
export const legacyComponent: Rule = {
  name: 'legacy-component',
  async propose(error, workspace) {
    const { file, line } = error;
    const text =
      file !== undefined && /(?<!\.d)\.[jt]s$/.test(file) && NO_CLASS.test(error.message)
        ? workspace.read(file)
        : undefined;
    if (file === undefined || text === undefined || /\.\$(?:set|on|destroy)\s*\(/.test(text)) return undefined;
    const { program } = await workspace.parse(file, text);
    const imports = importsOf(program);
    const [made, another] = [...walk(program)].flatMap(({ node }) => {
      if (node.type !== 'NewExpression' || node.callee.type !== 'Identifier' || lineOf(text, node.start) !== line)
        return [];
      const { name } = node.callee;
      const [options, more] = node.arguments;
      const isComponent = imports.some(
        ({ local, imported, specifier }) => local === name && imported === 'default' && specifier.endsWith('.svelte'),
      );
      const isOptions =
        options?.type === 'ObjectExpression' &&
        !more &&
        options.properties.every((property) => property.type === 'Property' && isTaken(property.key)) &&
        options.properties.some(
          (property) =>
            property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === 'target',
        );
      return isComponent && isOptions ? [{ ...node, name, options }] : [];
    });
    const local = imports.find(({ specifier, imported }) => specifier === 'svelte' && imported === 'mount')?.local;
    if (!made || another || (local === undefined && /(?<![\w$.])mount(?![\w$])/.test(text))) return undefined;
    const call = `${local ?? 'mount'}(${made.name}, `;
    const edited = replaceRanges(text, [{ start: made.start, end: made.options.start, text: call }]);
    const repaired =
      local === undefined
        ? addImport(file, edited, (await workspace.parse(file, edited)).program, {
            name: 'mount',
            isDefault: false,
            isType: false,
            specifier: 'svelte',
          })
        : edited;
    if (repaired === undefined) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `${file}, line ${line}, makes \`${made.name}\` with \`new\`: a component of Svelte 5 is no class.`,
      change: 'Mounts it, as the guide of Svelte says.',
    };
  },
};

/** Of the options, those that `mount` has as well; `hydrate` is a function of its own. */
function isTaken(key: SyntaxNode): boolean {
  return key.type === 'Identifier' && /^(?:target|anchor|props|context|intro)$/.test(key.name);
}
