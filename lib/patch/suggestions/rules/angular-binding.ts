import { findTwin } from '../distance.js';
import type { Fix, Rule } from '../rule.js';
import { COMMON_DIRECTIVES, type CommonDirective, elementBindings, inputsOf } from '../syntax/angular-bindings.js';
import { type AngularClass, findAngularClasses, listClass, namesListed, ownerOf } from '../syntax/angular-classes.js';
import { templateTagsIn } from '../syntax/component-uses.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

const UNKNOWN = /^Can't bind to '([\w-]+)' since it isn't a known property of '([\w-]+)'/;
/** `[name]`, `[(name)]`, `*name`, `bind-name`. */
const BOUND = /^(?<before>\[\(|\[|\*|bind-|bindon-)(?<name>[\w-]+)\)?\]?$/;

/**
 * A binding that Angular does not know: the directive of its packages that has it is imported by the component, or it is
 * spelt nearly as what the element has: a property, an input of its component, or one of a directive that is imported.
 */
export const angularBinding: Rule = {
  name: 'angular-binding',
  async propose(error, workspace): Promise<Fix | undefined> {
    const [, binding, element] = UNKNOWN.exec(error.message) ?? [];
    const { file, line } = error;
    if (binding === undefined || element === undefined || file === undefined || line === undefined) return undefined;
    const classes = await findAngularClasses(workspace);
    const owner = classes && ownerOf(classes, file);
    if (!classes || !owner || hasInput(classes, { binding, element })) return undefined;
    const directive = COMMON_DIRECTIVES.find(({ bindings }) => bindings.includes(binding));
    if (directive) return importDirective(workspace, owner, { binding, directive });

    const text = workspace.read(file) ?? '';
    const known = knownBindings(workspace, { owner, classes, element });
    const replacements: Replacement[] = [];
    for (const { name, role, attributes } of await templateTagsIn(workspace, file))
      for (const attribute of name === element && role !== 'close' ? attributes : []) {
        const { before = '', name: written = '' } = BOUND.exec(attribute.name)?.groups ?? {};
        // What is bound within a structural directive stands in its value, its name before.
        const isMeant = written === binding || (before === '*' && binding === `${written}Of`);
        const right = isMeant && lineOf(text, attribute.start) === line ? findTwin(written, known) : undefined;
        const start = attribute.start + before.length;
        if (right !== undefined) replacements.push({ start, end: start + written.length, text: right });
      }
    const [only] = replacements;
    if (!only) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, replacements)]]),
      cause: `\`${binding}\` in ${file}, line ${line}, is nothing that \`<${element}>\` has.`,
      change: `Writes \`${only.text}\`, the one binding there that is spelt so nearly alike.`,
    };
  },
};

/** Whether the input is declared as it is written, so that something else is missing, or may be inherited. */
function hasInput(
  classes: readonly AngularClass[],
  { binding, element }: { readonly binding: string; readonly element: string },
): boolean {
  return classes.some(({ kind, selector, node }) => {
    if (selector === element && node.superClass !== null) return true;
    return (kind === 'Directive' || selector === element) && inputsOf(node).includes(binding);
  });
}

async function importDirective(
  workspace: Workspace,
  owner: AngularClass,
  { binding, directive }: { readonly binding: string; readonly directive: CommonDirective },
): Promise<Fix | undefined> {
  const { name, specifier, modules } = directive;
  const isInstalled = workspace.paths.some(
    (path) => /(?:^|\/)package\.json$/.test(path) && workspace.read(path)?.includes(`"${specifier}"`),
  );
  const isListed = namesListed(owner).some((other) => modules.includes(other));
  const repaired = isInstalled && !isListed ? await listClass(workspace, owner, { name, specifier }) : undefined;
  if (repaired === undefined) return undefined;
  return {
    files: new Map([[owner.path, repaired]]),
    cause: `The template of ${owner.name} binds \`${binding}\`, and ${owner.path} imports nothing that has it.`,
    change: `Imports \`${name}\` of ${specifier}, which has it.`,
  };
}

function knownBindings(
  workspace: Workspace,
  input: {
    readonly owner: AngularClass;
    readonly classes: readonly AngularClass[];
    readonly element: string;
  },
): string[] {
  const { owner, classes, element } = input;
  const listed = namesListed(owner);
  // Which module declares a component that is not standalone is not told; all that any of them imports may be meant.
  const modules = owner.isStandalone ? [] : workspace.paths.flatMap((path) => readModule(workspace, path) ?? []);
  const isUsable = (name: string) =>
    owner.isStandalone ? listed.includes(name) : modules.some((text) => new RegExp(`\\b${name}\\b`).test(text));
  return [
    ...elementBindings(element),
    ...COMMON_DIRECTIVES.filter(({ name, modules: bringing }) => [name, ...bringing].some(isUsable)).flatMap(
      ({ bindings }) => bindings,
    ),
    ...classes
      .filter(({ kind, name, selector }) => (kind === 'Directive' || selector === element) && isUsable(name))
      .flatMap(({ node }) => inputsOf(node)),
  ];
}

function readModule(workspace: Workspace, path: string): string | undefined {
  const text = path.endsWith('.ts') ? workspace.read(path) : undefined;
  return text?.includes('@NgModule') ? text : undefined;
}
