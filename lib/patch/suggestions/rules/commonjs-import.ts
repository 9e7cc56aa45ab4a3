import type { ImportDeclaration, Program } from 'oxc-parser';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import type { Rule } from '../rule.js';
import { styleOf } from '../syntax/add-import.js';
import { isDeclared, namesOf } from '../syntax/names.js';
import { isScript } from '../syntax/parse.js';
import { lineEnding, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

/** Node.js, and Vite where it runs what it has bundled for the server. */
const NAMED = /Named export '([\w$]+)' not found\. The requested module '([^'\n]{1,200})' is a CommonJS module/;

/** A name of a CommonJS package that Node.js does not see: it is taken from the default import, as the message writes it down. */
export const commonjsImport: Rule = {
  name: 'commonjs-import',
  async propose(error, workspace) {
    const [, name, specifier] = NAMED.exec(error.message) ?? [];
    if (name === undefined || specifier === undefined) return undefined;
    const found = await findImport(error, workspace, { name, specifier });
    const repaired = found && takeFromDefault(found);
    if (!repaired) return undefined;
    return {
      files: new Map([[found.path, repaired]]),
      cause: `${found.path} imports \`${name}\` from \`${specifier}\`, a CommonJS package whose names Node.js does not see.`,
      change: 'Takes it from the default import, as Node.js says.',
    };
  },
};

interface Found {
  readonly path: string;
  readonly text: string;
  readonly program: Program;
  readonly declaration: ImportDeclaration;
}

/** In the file that the error names, else in the only one with such an import. */
async function findImport(
  { file }: BuildError,
  workspace: Workspace,
  { name, specifier }: { readonly name: string; readonly specifier: string },
): Promise<Found | undefined> {
  const found: Found[] = [];
  for (const path of workspace.paths) {
    const text = isScript(path) ? workspace.read(path) : undefined;
    if (!text?.includes(specifier)) continue;
    const { program, errors } = await workspace.parse(path, text);
    const declaration = program.body.find(
      (node) => node.type === 'ImportDeclaration' && node.source.value === specifier && importsName(node, name),
    );
    if (declaration?.type === 'ImportDeclaration' && errors.length === 0)
      found.push({ path, text, program, declaration });
  }
  const [only, another] = found;
  return found.find(({ path }) => path === file) ?? (another === undefined ? only : undefined);
}

function importsName({ importKind, specifiers }: ImportDeclaration, name: string): boolean {
  return (
    importKind !== 'type' &&
    specifiers.some(
      (one) => one.type === 'ImportSpecifier' && one.imported.type === 'Identifier' && one.imported.name === name,
    )
  );
}

const TYPE = /^TS(?:TypeReference|QualifiedName|InterfaceHeritage|ClassImplements)$/;

/** Undefined where the statement has a default import or types too, or something else is called `pkg`. */
function takeFromDefault({ text, program, declaration }: Found): string | undefined {
  const names = declaration.specifiers.map((one) => {
    if (one.type !== 'ImportSpecifier' || one.importKind === 'type' || one.imported.type !== 'Identifier') return '';
    return one.imported.name === one.local.name ? one.local.name : `${one.imported.name}: ${one.local.name}`;
  });
  const known = namesOf(program);
  if (names.includes('') || isDeclared(known, 'pkg')) return undefined;
  // A constant is no type, which a class is as well.
  const locals = declaration.specifiers.map(({ local }) => local.name);
  if (known.some(({ name, parent }) => locals.includes(name) && TYPE.test(parent?.type ?? ''))) return undefined;
  const last = program.body.filter((node) => node.type === 'ImportDeclaration').at(-1) ?? declaration;
  const { quote, semicolon } = styleOf(text, declaration);
  const end = semicolon ? ';' : '';
  const imported = `import pkg from ${quote}${declaration.source.value}${quote}${end}`;
  const taken = `${lineEnding(text)}${indentAt(text, last.start)}const { ${names.join(', ')} } = pkg${end}`;
  if (last === declaration)
    return replaceRanges(text, [{ start: declaration.start, end: declaration.end, text: imported + taken }]);
  return replaceRanges(text, [
    { start: declaration.start, end: declaration.end, text: imported },
    { start: last.end, end: last.end, text: taken },
  ]);
}

function indentAt(text: string, at: number): string {
  return /[^\S\n]*$/.exec(text.slice(0, at))?.[0] ?? '';
}
