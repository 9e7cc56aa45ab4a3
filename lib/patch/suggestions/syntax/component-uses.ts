import type { Workspace } from '../workspace.js';
import { exportOrigin } from './export-origin.js';
import { importsOf } from './imports.js';
import { INTRINSIC_ELEMENTS } from './intrinsic-elements.js';
import { isDeclared, namesOf } from './names.js';
import { isComponentFile, isScript } from './parse.js';
import { resolveSpecifier } from './resolve-specifier.js';
import { type MarkupAttribute, type MarkupTag, scanMarkup } from './scan-markup.js';
import type { Replacement } from './source-text.js';
import { toCamel, toKebab, toPascal } from './template-uses.js';
import { walk } from './walk.js';

/** One tag of a component, with what is passed to it by name. */
export interface ComponentUse {
  readonly tag: string;
  readonly start: number;
  readonly end: number;
  readonly props: readonly PassedProp[];
}

export interface PassedProp {
  /** As the component would declare it: `showDelay`, also for `:show-delay` and `@show-delay`. */
  readonly name: string;
  /** The edit that passes the same under another name. */
  rename(to: string): Replacement;
}

/** The tags of a file that are no elements of HTML: of JSX, of a component's template, of Angular's templates. */
export async function componentUsesIn(workspace: Workspace, path: string): Promise<ComponentUse[]> {
  const text = workspace.read(path);
  if (text === undefined) return [];
  if (/\.(?:[jt]sx|js)$/.test(path)) return usesInJsx(workspace, path, text);
  return (await templateTagsIn(workspace, path))
    .filter(({ kind, role, name }) => kind === 'element' && role !== 'close' && !INTRINSIC_ELEMENTS.has(name))
    .map((tag) => ({
      ...tag,
      tag: tag.name,
      props: tag.attributes.flatMap((one) => readProp(path, text, tag, one) ?? []),
    }));
}

/** The tags of a component's template, also of one that an Angular component holds as a string. */
export async function templateTagsIn(workspace: Workspace, path: string): Promise<MarkupTag[]> {
  const text = workspace.read(path) ?? '';
  if (!path.endsWith('.ts')) return scanMarkup(path, text);
  return text.includes('template:') ? scanMarkup('.html', await inlineTemplate(workspace, path, text)) : [];
}

/** The file with all but the template blanked. */
async function inlineTemplate(workspace: Workspace, path: string, text: string): Promise<string> {
  const { program } = await workspace.parse(path, text);
  for (const { node } of walk(program)) {
    const isTemplate = node.type === 'Property' && node.key.type === 'Identifier' && node.key.name === 'template';
    if (!isTemplate || node.value.type !== 'TemplateLiteral') continue;
    const { start, end } = node.value;
    const blank = (part: string) => part.replace(/[^\r\n]/g, ' ');
    return blank(text.slice(0, start + 1)) + text.slice(start + 1, end - 1) + blank(text.slice(end - 1));
  }
  return '';
}

async function usesInJsx(workspace: Workspace, path: string, text: string): Promise<ComponentUse[]> {
  const { program } = await workspace.parse(path, text);
  const uses: ComponentUse[] = [];
  for (const { node } of walk(program)) {
    if (node.type !== 'JSXOpeningElement' || node.name.type !== 'JSXIdentifier' || !/^[A-Z]/.test(node.name.name))
      continue;
    const props = node.attributes.flatMap((attribute): PassedProp[] => {
      if (attribute.type !== 'JSXAttribute' || attribute.name.type !== 'JSXIdentifier') return [];
      const { name, start, end } = attribute.name;
      return [{ name, rename: (to) => ({ start, end, text: to }) }];
    });
    uses.push({ tag: node.name.name, start: node.start, end: node.end, props });
  }
  return uses;
}

/** What frameworks write before a name: `:`, `@`, `v-bind:`, `bind:`, and Angular's brackets. */
const BOUND: Readonly<Record<string, RegExp>> = {
  vue: /^(?<before>[:@.]|v-bind:|v-on:|v-model:)?(?<name>[A-Za-z][\w-]*)/,
  svelte: /^(?<before>bind:)?(?<name>[A-Za-z_$][\w$]*)$/,
  html: /^(?<before>[[(]{1,2})?(?<name>[A-Za-z][\w]*)[\])]{0,2}$/,
};
const PLAIN = /^(?<before>)(?<name>[A-Za-z_$][\w$]*)$/;

function readProp(path: string, text: string, tag: MarkupTag, attribute: MarkupAttribute): PassedProp | undefined {
  const language = /\.(\w+)$/.exec(path)?.[1] ?? '';
  const groups = (BOUND[language === 'ts' ? 'html' : language] ?? PLAIN).exec(attribute.name)?.groups;
  const written = groups?.name;
  if (written === undefined || /^v-/.test(attribute.name) !== (groups?.before ?? '').startsWith('v-')) return undefined;
  const isVue = language === 'vue';
  const start = attribute.start + (groups?.before ?? '').length;
  const end = start + written.length;
  // The prefixes by which a framework lets the name stand for the value as well.
  const isShort =
    attribute.value === undefined && (attribute.shorthand || groups?.before === 'bind:' || groups?.before === ':');
  const isKebab =
    isVue && (written.includes('-') || tag.attributes.some(({ name }) => /^:?[a-z]+-[a-z-]+$/.test(name)));
  return {
    name: isVue ? toCamel(written) : written,
    rename: (to) => {
      const name = isKebab ? toKebab(to) : to;
      if (!isShort) return { start, end, text: name };
      if (isVue) return { start, end, text: `${name}="${toCamel(written)}"` };
      if (!attribute.shorthand) return { start, end, text: `${name}={${written}}` };
      const brace = text.lastIndexOf('{', start);
      return { start: brace, end: brace, text: `${name}=` };
    },
  };
}

export interface ComponentModule {
  readonly path: string;
  /** Its name in that module; `default` where it is the default export. */
  readonly name: string;
}

/** The module that declares the component that a file calls by this tag; undefined where that cannot be told. */
export async function componentOf(
  workspace: Workspace,
  path: string,
  tag: string,
): Promise<ComponentModule | undefined> {
  if (path.endsWith('.html') || (path.endsWith('.ts') && tag.includes('-'))) return componentBySelector(workspace, tag);
  const text = workspace.read(path);
  if (text === undefined || !isScript(path)) return undefined;
  const { program } = await workspace.parse(path, text);
  const name = path.endsWith('.vue') ? toPascal(tag) : tag;
  const imported = importsOf(program).find(({ local }) => local === name);
  if (imported) {
    const module = resolveSpecifier(workspace, path, imported.specifier);
    return module === undefined ? undefined : exportOrigin(workspace, module, imported.imported);
  }
  if (!isComponentFile(path)) return isDeclared(namesOf(program), name) ? { path, name } : undefined;
  // Nuxt and its like find components by the names of their files.
  const files = path.endsWith('.vue') ? workspace.tree.filter((file) => file.endsWith(`/${name}.vue`)) : [];
  return files.length === 1 && files[0] !== undefined && !workspace.partial
    ? { path: files[0], name: 'default' }
    : undefined;
}

/** Angular: the one component that names this selector. */
function componentBySelector(workspace: Workspace, selector: string): ComponentModule | undefined {
  const pattern = new RegExp(`\\bselector:\\s*['"\`]${selector}['"\`]`);
  const paths = workspace.paths.filter((path) => path.endsWith('.ts') && pattern.test(workspace.read(path) ?? ''));
  return paths.length === 1 && paths[0] !== undefined ? { path: paths[0], name: '' } : undefined;
}
