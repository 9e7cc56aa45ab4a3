import type { Program } from 'oxc-parser';
import type { Rule } from '../rule.js';
import { importsOf } from '../syntax/imports.js';
import { isScript } from '../syntax/parse.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { serverComponents } from '../syntax/server-components.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

const METADATA_IN_CLIENT =
  /attempting to export ["'`]?(?:metadata|generateMetadata|viewport|generateViewport)["'`]? from a component marked with ["'`]?use client/;

/**
 * `metadata` in a file marked with `'use client'` that does nothing which only a browser can, and imports no package that
 * is not at home on the server: the mark goes, as the message says that one of the two must.
 */
export const serverMetadata: Rule = {
  name: 'server-metadata',
  async propose(error, workspace) {
    const { file } = error;
    if (file === undefined || !isScript(file) || !METADATA_IN_CLIENT.test(error.message)) return undefined;
    const text = workspace.read(file);
    if (text === undefined) return undefined;
    const { program, errors } = await workspace.parse(file, text);
    const directive = program.body.find(
      (node) => node.type === 'ExpressionStatement' && 'directive' in node && node.directive === 'use client',
    );
    if (errors.length > 0 || !directive || needsClient(program)) return undefined;
    if (!(await standsOnServer(workspace, file, program, await packagesOnServer(workspace)))) return undefined;
    const rest = text.slice(directive.end).replace(/^;?[^\S\n]*(?:\r?\n)*/, '');
    return {
      files: new Map([[file, text.slice(0, directive.start) + rest]]),
      cause: `${file} exports metadata, which only a Server Component may, and is marked as a Client Component.`,
      change: "Takes the `'use client'` out, as nothing in the file needs the browser.",
    };
  },
};

/** Packages whose components and hooks carry their own mark, or need none. */
const NEUTRAL = /^(?:next(?:\/.*)?|react|server-only|clsx|classnames)$/;
const BROWSER = new Set(
  `window document localStorage sessionStorage navigator location history alert confirm prompt matchMedia
  requestAnimationFrame IntersectionObserver ResizeObserver`.split(/\s+/),
);
/** Hooks, also as members of React, and what React has for the client alone. */
const OF_CLIENT = /^(?:use[A-Z]\w*|createContext|createRef)$/;

function needsClient(program: Program): boolean {
  const functions = namesOfFunctions(program);
  for (const { node } of walk(program)) {
    if (node.type === 'Identifier' && (BROWSER.has(node.name) || OF_CLIENT.test(node.name))) return true;
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'use') return true;
    if (
      node.type === 'JSXAttribute' &&
      node.name.type === 'JSXIdentifier' &&
      /^(?:on[A-Z]|ref$|jsx$)/.test(node.name.name)
    )
      return true;
    if (node.type === 'JSXExpressionContainer' && isFunction(node.expression, functions)) return true;
    if (node.type === 'Property' && node.key.type === 'Identifier' && isOfBrowser(node.key.name, node.value))
      return true;
    if (node.type === 'ClassDeclaration') return true;
  }
  return false;
}

/** A handler among properties, which `onLoan: false` is not, or `ssr: false`. */
function isOfBrowser(key: string, value: SyntaxNode): boolean {
  return key === 'ssr' || (/^on[A-Z]/.test(key) && value.type !== 'Literal');
}

/** A function is nothing that a Server Component can hand to one of the client. */
function isFunction(node: SyntaxNode, names: ReadonlySet<string>): boolean {
  return (
    node.type === 'ArrowFunctionExpression' ||
    node.type === 'FunctionExpression' ||
    (node.type === 'Identifier' && names.has(node.name))
  );
}

function namesOfFunctions(program: Program): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { node } of walk(program)) {
    if (node.type === 'FunctionDeclaration' && node.id) names.add(node.id.name);
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init)
      if (isFunction(node.init, names)) names.add(node.id.name);
  }
  return names;
}

const ENTRY = /(?:^|\/)app\/(?:.*\/)?(?:page|layout|template|default|route|sitemap|robots)\.[jt]sx?$/;

/** What other Server Components import already. */
async function packagesOnServer(workspace: Workspace): Promise<ReadonlySet<string>> {
  const specifiers = new Set<string>();
  const entries = workspace.paths.filter((path) => ENTRY.test(path));
  for await (const { source } of serverComponents(workspace, entries))
    for (const { specifier, isType } of importsOf(source.program)) if (!isType) specifiers.add(specifier);
  return specifiers;
}

/** Every module that it imports is marked itself, or needs no browser either, as far down as can be read. */
async function standsOnServer(
  workspace: Workspace,
  file: string,
  program: Program,
  known: ReadonlySet<string>,
  seen = new Set<string>(),
): Promise<boolean> {
  for (const { specifier, isType } of importsOf(program)) {
    if (isType || NEUTRAL.test(specifier)) continue;
    const path = resolveSpecifier(workspace, file, specifier);
    if (path === undefined && known.has(specifier)) continue;
    if (path === undefined && /\.(?:css|scss|sass|svg|png|jpe?g|webp|json)$/.test(specifier)) continue;
    const text = path === undefined ? undefined : workspace.read(path);
    if (path === undefined || text === undefined) return false;
    if (seen.has(path) || /^\s*(['"])use client\1/.test(text)) continue;
    seen.add(path);
    if (!isScript(path)) continue;
    const parsed = await workspace.parse(path, text);
    if (parsed.errors.length > 0 || needsClient(parsed.program)) return false;
    if (!(await standsOnServer(workspace, path, parsed.program, known, seen))) return false;
  }
  return true;
}
