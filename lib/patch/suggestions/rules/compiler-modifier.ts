import type { BuildError } from '../../../diagnosis/diagnosis.js';
import type { Rule } from '../rule.js';
import type { ParsedSource } from '../syntax/parse.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { lineOf, offsetOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import { walk } from '../syntax/walk.js';

const OVERRIDE = /must have an 'override' modifier because it overrides/;
const EXPORT_TYPE =
  /Re-exporting a type when '(?:isolatedModules|verbatimModuleSyntax)' is (?:enabled|set) requires using 'export type'/;
const IMPORTED_AS_TYPE = /^'([\w$]+)' cannot be used as a value because it was imported using 'import type'/;

/**
 * A word that the compiler asks for or forbids at a place, with no other way than to follow: `override` before a member,
 * `type` before a type that is handed on, none before a class that is imported to be used.
 */
export const compilerModifier: Rule = {
  name: 'compiler-modifier',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined || !isScript(file) || isComponentFile(file) ? undefined : workspace.read(file);
    if (file === undefined || text === undefined) return undefined;
    const source = await workspace.parse(file, text);
    if (source.errors.length > 0) return undefined;
    const edits = editsFor(error, text, source);
    const [first] = edits;
    if (!first) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, edits)]]),
      cause: `${file}, line ${lineOf(text, first.start)}: ${(error.message.split('\n')[0] ?? '').replace(/\.$/, '')}.`,
      change: first.text === '' ? 'Imports it as a value.' : `Writes \`${first.text.trim()}\`, as the compiler asks.`,
    };
  },
};

function editsFor(error: BuildError, text: string, source: ParsedSource): Replacement[] {
  const { line, column, message } = error;
  const at = line === undefined || column === undefined ? undefined : offsetOf(text, line, column);
  if (OVERRIDE.test(message)) return at === undefined ? [] : addOverride(source, text, at);
  if (EXPORT_TYPE.test(message)) return at === undefined ? [] : exportType(source, at);
  const name = IMPORTED_AS_TYPE.exec(message)?.[1];
  return name === undefined ? [] : importValue(source, text, name);
}

function insert(at: number, text: string): Replacement[] {
  return [{ start: at, end: at, text }];
}

function addOverride({ program }: ParsedSource, text: string, at: number): Replacement[] {
  for (const { node } of walk(program)) {
    if (node.type !== 'MethodDefinition' && node.type !== 'PropertyDefinition') continue;
    if (node.key.start !== at && node.start !== at) continue;
    const start = node.decorators?.at(-1)?.end ?? node.start;
    const modifiers = /^\s*(?:(?:public|protected|private)\s+)?(?:static\s+)?/.exec(text.slice(start))?.[0].length ?? 0;
    return insert(start + modifiers, 'override ');
  }
  return [];
}

function exportType({ program }: ParsedSource, at: number): Replacement[] {
  for (const node of program.body) {
    if (node.type !== 'ExportNamedDeclaration' || node.exportKind === 'type') continue;
    const specifier = node.specifiers.find(({ start }) => start === at);
    if (!specifier || specifier.exportKind === 'type') continue;
    return node.specifiers.length === 1
      ? insert(node.start + 'export '.length, 'type ')
      : insert(specifier.start, 'type ');
  }
  return [];
}

/** `import type { Tide, Pier }` of which `Tide` is used: the others keep their mark. */
function importValue({ program }: ParsedSource, text: string, name: string): Replacement[] {
  for (const node of program.body) {
    if (node.type !== 'ImportDeclaration') continue;
    const wanted = node.specifiers.find(({ local }) => local.name === name);
    if (!wanted) continue;
    if (node.importKind !== 'type') {
      const mark = /^type\s+/.exec(text.slice(wanted.start, wanted.end))?.[0].length ?? 0;
      return mark === 0 ? [] : [{ start: wanted.start, end: wanted.start + mark, text: '' }];
    }
    const mark = /^import\s+type\s+/.exec(text.slice(node.start))?.[0].length ?? 0;
    const others = node.specifiers.filter((specifier) => specifier !== wanted);
    if (others.some(({ type }) => type !== 'ImportSpecifier')) return [];
    return [
      { start: node.start + 'import '.length, end: node.start + mark, text: '' },
      ...others.flatMap(({ start }) => insert(start, 'type ')),
    ];
  }
  return [];
}
