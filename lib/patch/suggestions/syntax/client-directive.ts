import type { Program } from 'oxc-parser';
import { functionsOf } from './entry-functions.js';
import { importsOf, modulesRunBy } from './imports.js';
import type { ParsedSource } from './parse.js';
import { lineEnding } from './source-text.js';
import { type SyntaxNode, walk } from './walk.js';

/** Not where the file also does what only the server may: then it has to be split. */
export function mayBeClient({ program, module, errors }: ParsedSource): boolean {
  const exported = module.staticExports.flatMap(({ entries }) => entries.map((entry) => entry.exportName.name));
  return (
    errors.length === 0 &&
    !exported.some((name) => name !== null && SERVER_EXPORTS.has(name)) &&
    directivesOf(program).length === 0 &&
    !hasServerCode(program)
  );
}

export function markAsClient(text: string, program: Program): string {
  const quote = importsOf(program)[0]?.declaration.source.raw?.[0] ?? "'";
  const semicolon = /;\r?\n/.test(text) ? ';' : '';
  const ending = lineEnding(text);
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const rest = withoutStray(text.slice(mark.length), program);
  return `${mark}${quote}use client${quote}${semicolon}${ending}${ending}${rest}`;
}

/** Behind other statements the words are no directive, and Next.js refuses them there. */
function withoutStray(text: string, program: Program): string {
  const isStray = program.body.some(
    (node) =>
      node.type === 'ExpressionStatement' &&
      !('directive' in node && node.directive) &&
      node.expression.type === 'Literal' &&
      node.expression.value === 'use client',
  );
  return isStray ? text.replace(/^(['"])use client\1;?[^\S\n]*\r?\n(?:[^\S\n]*\r?\n)?/m, '') : text;
}

// What Next.js reads from a module on the server alone.
const SERVER_EXPORTS = new Set(
  'metadata generateMetadata viewport generateViewport generateStaticParams generateImageMetadata GET POST PUT PATCH DELETE'.split(
    ' ',
  ),
);
const SERVER_MODULES = /^(?:server-only|next\/headers|next\/server|node:|(?:fs|path|crypto|child_process)(?:\/|$))/;

/** Packages that speak to databases and mail servers, or load what is compiled for the machine. */
const SERVER_PACKAGES =
  /^(?:pg|mysql2?|mongodb|mongoose|redis|ioredis|better-sqlite3|nodemailer|bcrypt|sharp|firebase-admin|@prisma\/client|@vercel\/(?:postgres|kv|blob)|@neondatabase\/serverless)(?:\/|$)/;

export function isServerModule(specifier: string): boolean {
  return SERVER_MODULES.test(specifier) || SERVER_PACKAGES.test(specifier);
}

export function directivesOf(program: Program): string[] {
  return program.body.flatMap((node) =>
    node.type === 'ExpressionStatement' && 'directive' in node && node.directive ? [node.directive] : [],
  );
}

/** Modules of the server, actions, and components that wait. */
export function hasServerCode(program: Program): boolean {
  if (modulesRunBy(program).some(isServerModule)) return true;
  for (const { node } of walk(program))
    if (node.type === 'ExpressionStatement' && 'directive' in node && node.directive === 'use server') return true;
  return program.body.some((node) => {
    const isDefault = node.type === 'ExportDefaultDeclaration';
    const declaration = isDefault || node.type === 'ExportNamedDeclaration' ? node.declaration : node;
    const functions = functionsOf(declaration as SyntaxNode | null);
    return functions.some(([name, func]) => func.async && (isDefault || /^[A-Z]/.test(name)));
  });
}
