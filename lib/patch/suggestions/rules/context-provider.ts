import type { JSXElement } from 'oxc-parser';
import type { Rule } from '../rule.js';
import { declaredRange } from '../syntax/declared-range.js';
import { exportOrigin } from '../syntax/export-origin.js';
import { importsOf } from '../syntax/imports.js';
import { nearestManifest } from '../syntax/manifests-of.js';
import type { ParsedSource } from '../syntax/parse.js';
import { isScript } from '../syntax/parse.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import { walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

const NO_COMPONENT =
  /^JSX element type '([\w$]{1,100})' does not have any construct or call signatures|^'([\w$]{1,100})' cannot be used as a JSX component/;

/**
 * `<Theme value={theme}>` where the manifest asks for a React before 19, to which the provider of a context is
 * `<Theme.Provider>`: https://react.dev/blog/2024/12/05/react-19#context-as-a-provider. All elements of that context follow.
 */
export const contextProvider: Rule = {
  name: 'context-provider',
  async propose(error, workspace) {
    const { file, line } = error;
    const [, first, second] = NO_COMPONENT.exec(error.message) ?? [];
    const name = first ?? second;
    const text = name === undefined || file === undefined ? undefined : workspace.read(file);
    if (name === undefined || file === undefined || text === undefined || !/\.[jt]sx?$/.test(file)) return undefined;
    if (!isBefore19(workspace, file)) return undefined;
    const context = await findContext(workspace, file, name);
    const own = findElements(await workspace.parse(file, text), name);
    if (!context || !own.some(({ start }) => lineOf(text, start) === line)) return undefined;

    const files = new Map<string, string>();
    for (const path of workspace.paths) {
      const other = /\.[jt]sx?$/.test(path) ? workspace.read(path) : undefined;
      if (!other?.includes('<') || (path !== file && !other.includes(context.name))) continue;
      const source = await workspace.parse(path, other);
      const locals = path === file ? [name] : [context.name, ...importsOf(source.program).map(({ local }) => local)];
      const edits: Replacement[] = [];
      for (const local of new Set(locals)) {
        const elements = findElements(source, local);
        const found = elements.length > 0 ? await findContext(workspace, path, local) : undefined;
        if (found?.path === context.path && found.name === context.name) edits.push(...elements.flatMap(namesOf));
      }
      if (edits.length > 0 && isBefore19(workspace, path)) files.set(path, replaceRanges(other, edits));
    }
    return {
      files,
      cause: `${file}, line ${line}, renders the context \`${name}\` itself, which React can do from version 19 on.`,
      change: `Renders \`${name}.Provider\`, as it is called in the version that the manifest asks for.`,
    };
  },
};

/** Not where the diff touched the version, which may be what is wrong. */
function isBefore19(workspace: Workspace, file: string): boolean {
  const manifest = nearestManifest(workspace, file);
  const range = manifest === undefined ? undefined : declaredRange(workspace.read(manifest) ?? '', 'react');
  const hunks = workspace.changes.find(({ path }) => path === manifest)?.hunks ?? '';
  const [major = 0] = range?.lowest ?? [];
  return major >= 16 && major < 19 && !/^[-+]\s*"(?:@types\/)?react"\s*:/m.test(hunks);
}

/** Where the name is declared as `createContext(...)`. */
async function findContext(
  workspace: Workspace,
  file: string,
  local: string,
): Promise<{ readonly path: string; readonly name: string } | undefined> {
  const text = isScript(file) ? workspace.read(file) : undefined;
  if (text === undefined) return undefined;
  const source = await workspace.parse(file, text);
  if (isCreated(source, local)) return { path: file, name: local };
  const imported = importsOf(source.program).find((other) => other.local === local);
  const module = imported && resolveSpecifier(workspace, file, imported.specifier);
  const origin = module === undefined ? undefined : await exportOrigin(workspace, module, imported?.imported ?? '');
  const declaring = origin === undefined ? undefined : workspace.read(origin.path);
  if (origin === undefined || declaring === undefined) return undefined;
  return isCreated(await workspace.parse(origin.path, declaring), origin.name) ? origin : undefined;
}

function isCreated({ program }: ParsedSource, name: string): boolean {
  return [...walk(program)].some(({ node }) => {
    if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier' || node.id.name !== name) return false;
    const callee = node.init?.type === 'CallExpression' ? node.init.callee : undefined;
    const called = callee?.type === 'MemberExpression' ? callee.property : callee;
    return called?.type === 'Identifier' && called.name === 'createContext';
  });
}

/** The elements of this name that are given a value; what is rendered without one provides nothing. */
function findElements({ program }: ParsedSource, name: string): JSXElement[] {
  return [...walk(program)].flatMap(({ node }) => {
    if (node.type !== 'JSXElement') return [];
    const { name: written, attributes } = node.openingElement;
    const isMeant = written.type === 'JSXIdentifier' && written.name === name;
    const hasValue = attributes.some(
      (attribute) =>
        attribute.type === 'JSXAttribute' && attribute.name.type === 'JSXIdentifier' && attribute.name.name === 'value',
    );
    return isMeant && hasValue ? [node] : [];
  });
}

function namesOf({ openingElement, closingElement }: JSXElement): Replacement[] {
  return [openingElement, closingElement].flatMap((tag) =>
    tag ? [{ start: tag.name.end, end: tag.name.end, text: '.Provider' }] : [],
  );
}
