import type { ArrayExpression, Class, ObjectExpression } from 'oxc-parser';
import { findTwin } from '../distance.js';
import type { Fix, Rule } from '../rule.js';
import { addImport } from '../syntax/add-import.js';
import { isDeclared, namesOf } from '../syntax/names.js';
import { mayImport } from '../syntax/only-module.js';
import { directoryOf, joinPath } from '../syntax/resolve-specifier.js';
import { scanMarkup } from '../syntax/scan-markup.js';
import { lineEnding, replaceRanges } from '../syntax/source-text.js';
import { specifierInStyle } from '../syntax/specifier-in-style.js';
import { walk } from '../syntax/walk.js';
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
    if (selector === undefined || file === undefined || workspace.partial) return undefined;
    const components = await findComponents(workspace);
    const owner = components?.find(({ path, template }) => template === file || path === file);
    if (!components || !owner?.isStandalone) return undefined;
    const bearers = components.filter((component) => component.selector === selector);
    const [bearer, another] = bearers;
    if (bearer) return another ? undefined : importComponent(workspace, owner, bearer);
    return respell(workspace, { file, selector, owner, components });
  },
};

interface AngularComponent {
  readonly path: string;
  readonly name: string;
  readonly selector: string | undefined;
  /** The file of its template, where it has one of its own. */
  readonly template: string | undefined;
  readonly isStandalone: boolean;
  /** The object that is given to its decorator. */
  readonly options: ObjectExpression;
  /** The list of what its template may use. */
  readonly imports: ArrayExpression | undefined;
}

/** Every component of the repository; undefined where a module was not read that may hold another. */
async function findComponents(workspace: Workspace): Promise<AngularComponent[] | undefined> {
  const found: AngularComponent[] = [];
  for (const path of workspace.tree) {
    if (!/\.ts$/.test(path) || /\.(?:d|spec|test|config)\.ts$/.test(path)) continue;
    const text = workspace.read(path);
    if (text === undefined) return undefined;
    if (!text.includes('@Component')) continue;
    const { program } = await workspace.parse(path, text);
    for (const { node } of walk(program))
      if (node.type === 'ClassDeclaration') found.push(...readComponent(path, node));
  }
  return found;
}

function readComponent(path: string, node: Class): AngularComponent[] {
  return node.decorators.flatMap(({ expression }) => {
    if (expression.type !== 'CallExpression' || expression.callee.type !== 'Identifier') return [];
    const [options] = expression.arguments;
    if (expression.callee.name !== 'Component' || options?.type !== 'ObjectExpression' || !node.id) return [];
    const values = new Map(
      options.properties.flatMap((property) =>
        property.type === 'Property' && property.key.type === 'Identifier' ? [[property.key.name, property.value]] : [],
      ),
    );
    const stringOf = (key: string) => {
      const value = values.get(key);
      return value?.type === 'Literal' && typeof value.value === 'string' ? value.value : undefined;
    };
    const standalone = values.get('standalone');
    const imports = values.get('imports');
    const template = stringOf('templateUrl');
    return [
      {
        path,
        name: node.id.name,
        selector: stringOf('selector'),
        template: template === undefined ? undefined : joinPath(directoryOf(path), template),
        isStandalone: !(standalone?.type === 'Literal' && standalone.value === false),
        options,
        imports: imports?.type === 'ArrayExpression' ? imports : undefined,
      },
    ];
  });
}

async function importComponent(
  workspace: Workspace,
  owner: AngularComponent,
  { path, name, selector, isStandalone }: AngularComponent,
): Promise<Fix | undefined> {
  const text = workspace.read(owner.path);
  if (text === undefined || !isStandalone || !mayImport(workspace, owner.path, path)) return undefined;
  const listed = replaceRanges(text, [listing(text, owner, name)]);
  const { program } = await workspace.parse(owner.path, listed);
  const written = isDeclared(namesOf(program), name) ? undefined : await specifierInStyle(workspace, owner.path, path);
  const repaired = written
    ? addImport(owner.path, listed, program, { name, isDefault: false, isType: false, ...written })
    : listed;
  if (repaired === undefined || (!written && !isDeclared(namesOf(program), name))) return undefined;
  return {
    files: new Map([[owner.path, repaired]]),
    cause: `The template of ${owner.name} uses \`<${selector}>\`, which ${owner.path} does not import.`,
    change: `Imports ${name}, the one component with this selector.`,
  };
}

function listing(text: string, { options, imports }: AngularComponent, name: string) {
  const last = imports?.elements.at(-1);
  if (imports && last) return { start: last.end, end: last.end, text: `, ${name}` };
  if (imports) return { start: imports.start + 1, end: imports.start + 1, text: name };
  const [first] = options.properties;
  const at = first?.end ?? options.start + 1;
  const indent = first ? (/[^\S\n]*$/.exec(text.slice(0, first.start))?.[0] ?? '') : '';
  const isMultiline = first !== undefined && /\n[^\S\n]*$/.test(text.slice(0, first.start));
  return { start: at, end: at, text: `,${isMultiline ? `${lineEnding(text)}${indent}` : ' '}imports: [${name}]` };
}

function respell(
  workspace: Workspace,
  input: {
    readonly file: string;
    readonly selector: string;
    readonly owner: AngularComponent;
    readonly components: readonly AngularComponent[];
  },
): Fix | undefined {
  const { file, selector, owner, components } = input;
  const listed =
    owner.imports?.elements.flatMap((element) => (element?.type === 'Identifier' ? [element.name] : [])) ?? [];
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
