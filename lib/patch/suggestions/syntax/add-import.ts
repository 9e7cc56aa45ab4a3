import type { Program } from 'oxc-parser';
import { importsOf } from './imports.js';
import { lineEnding, replaceRanges } from './source-text.js';

/**
 * The text with one more import: in the statement that already imports by name from that module, else on a line of
 * its own after the last import, with the file's quotes and semicolons.
 */
export function addImport(
  text: string,
  program: Program,
  wanted: {
    readonly name: string;
    readonly isDefault: boolean;
    readonly isType: boolean;
    readonly specifier: string;
  },
): string {
  const { name, isDefault, isType, specifier } = wanted;
  const named = importsOf(program).filter(
    (other) => other.specifier === specifier && other.imported !== 'default' && other.imported !== '*',
  );
  const host = named.find((other) => (other.declaration.importKind === 'type') === isType) ?? named[0];
  if (host && !isDefault && (isType || host.declaration.importKind !== 'type')) {
    const last = host.declaration.specifiers.at(-1) ?? host;
    const inline = isType && host.declaration.importKind !== 'type' ? 'type ' : '';
    return replaceRanges(text, [{ start: last.end, end: last.end, text: `, ${inline}${name}` }]);
  }

  const declarations = program.body.filter((node) => node.type === 'ImportDeclaration');
  const sample = declarations.at(-1);
  const quote = sample?.source.raw?.[0] ?? (text.includes("'") ? "'" : '"');
  const semicolon = sample ? text[sample.end - 1] === ';' : true;
  const binding = isDefault ? name : `{ ${name} }`;
  const statement = `import ${isType ? 'type ' : ''}${binding} from ${quote}${specifier}${quote}${semicolon ? ';' : ''}`;
  const ending = lineEnding(text);
  if (sample) {
    const newline = text.indexOf('\n', sample.end);
    const at = newline < 0 ? text.length : newline + 1;
    return `${text.slice(0, at)}${newline < 0 ? ending : ''}${statement}${ending}${text.slice(at)}`;
  }
  const at = startOfCode(text, program);
  return `${text.slice(0, at)}${statement}${ending}${ending}${text.slice(at)}`;
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
