import type { ImportDeclaration, Program } from 'oxc-parser';
import { importsOf } from './imports.js';
import { findScripts, type Range } from './mask-markup.js';
import { isComponentFile } from './parse.js';
import { lineEnding, replaceRanges } from './source-text.js';

export interface WantedImport {
  readonly name: string;
  readonly isDefault: boolean;
  readonly isType: boolean;
  readonly specifier: string;
}

/** How a repository writes its imports, for a file that has none. */
export interface ImportStyle {
  readonly quote: string;
  readonly semicolon: boolean;
}

export function styleOf(text: string, { source, end }: ImportDeclaration): ImportStyle {
  return { quote: source.raw?.[0] ?? "'", semicolon: text[end - 1] === ';' };
}

/**
 * The text with one more import: in the statement that already imports by name from that module, else on a line of
 * its own after the last import, with the file's quotes, semicolons and indentation. Undefined for a component whose
 * template sees no import, as without `<script setup>`.
 */
export function addImport(
  path: string,
  text: string,
  program: Program,
  { name, isDefault, isType, specifier, style }: WantedImport & { readonly style?: ImportStyle | undefined },
): string | undefined {
  const script = isComponentFile(path) ? findMainScript(path, text) : { start: 0, end: text.length };
  const isInScript = (node: Range) => script !== undefined && script.start <= node.start && node.end <= script.end;
  const named = importsOf(program).filter(
    (other) =>
      other.specifier === specifier &&
      other.imported !== 'default' &&
      other.imported !== '*' &&
      isInScript(other.declaration),
  );
  const host = named.find((other) => (other.declaration.importKind === 'type') === isType) ?? named[0];
  if (host && !isDefault && (isType || host.declaration.importKind !== 'type')) {
    const last = host.declaration.specifiers.at(-1) ?? host;
    const inline = isType && host.declaration.importKind !== 'type' ? 'type ' : '';
    return replaceRanges(text, [{ start: last.end, end: last.end, text: `, ${inline}${name}` }]);
  }

  const declarations = program.body.filter((node) => node.type === 'ImportDeclaration').filter(isInScript);
  const sample = declarations.at(-1);
  const { quote, semicolon } = (sample && styleOf(text, sample)) ??
    style ?? { quote: text.includes("'") ? "'" : '"', semicolon: true };
  const binding = isDefault ? name : `{ ${name} }`;
  const statement = `import ${isType ? 'type ' : ''}${binding} from ${quote}${specifier}${quote}${semicolon ? ';' : ''}`;
  const ending = lineEnding(text);
  if (sample) {
    const indent = /[^\S\n]*$/.exec(text.slice(0, sample.start))?.[0] ?? '';
    const newline = text.indexOf('\n', sample.end);
    const at = newline < 0 ? text.length : newline + 1;
    return `${text.slice(0, at)}${newline < 0 ? ending : ''}${indent}${statement}${ending}${text.slice(at)}`;
  }
  if (isComponentFile(path)) return script && addToScript(text, script, statement);
  const at = startOfCode(text, program);
  return `${text.slice(0, at)}${statement}${ending}${ending}${text.slice(at)}`;
}

/** The script whose imports the template sees. For MDX the whole document, which needs no script around an import. */
function findMainScript(path: string, text: string): Range | undefined {
  if (path.endsWith('.mdx')) {
    const end = findFrontMatterEnd(text);
    return { start: end, end: text.length };
  }
  const scripts = findScripts(path, text);
  const attributes = ({ start }: Range) => text.slice(text.lastIndexOf('<script', start), start);
  if (path.endsWith('.vue')) return scripts.find((script) => /\ssetup\b/.test(attributes(script)));
  return scripts.find((script) => path.endsWith('.astro') || !/\smodule\b|["']module["']/.test(attributes(script)));
}

function findFrontMatterEnd(text: string): number {
  return /^\uFEFF?---\r?\n[\s\S]*?\n---(?=\r?\n|$)/.exec(text)?.[0].length ?? 0;
}

/** On the first line of a script without imports. */
function addToScript(text: string, script: Range, statement: string): string {
  const ending = lineEnding(text);
  const code = text.slice(script.start, script.end);
  const [, indent = ''] = /\n([^\S\n]*)\S/.exec(code) ?? [];
  const newline = /^[^\S\n]*\r?\n/.exec(text.slice(script.start))?.[0].length;
  const at = script.start + (newline ?? 0);
  const before = newline === undefined && script.start > 0 ? ending : '';
  const isFollowedByCode = /^[^\S\n]*\S/.test(text.slice(at)) && code.trim() !== '';
  const after = isFollowedByCode ? `${ending}${ending}` : ending;
  return `${text.slice(0, at)}${before}${indent}${statement}${after}${text.slice(at)}`;
}

/** After a byte order mark, a hashbang and directives such as `'use client'`. */
function startOfCode(text: string, program: Program): number {
  const directives = program.body.filter(
    (node) => node.type === 'ExpressionStatement' && 'directive' in node && node.directive,
  );
  const last = directives.at(-1)?.end ?? program.hashbang?.end;
  if (last === undefined) return text.startsWith('\uFEFF') ? 1 : 0;
  const rest = /^[^\S\n]*\r?\n(?:[^\S\n]*\r?\n)*/.exec(text.slice(last));
  return last + (rest?.[0].length ?? 0);
}
