import type { Rule } from '../rule.js';
import { findScriptElements, type Range } from '../syntax/mask-markup.js';
import { type NameUse, namesOf } from '../syntax/names.js';
import type { ParsedSource } from '../syntax/parse.js';
import { isPure } from '../syntax/pure.js';
import { lineEnding, type Replacement, replaceRanges } from '../syntax/source-text.js';
import type { SyntaxNode } from '../syntax/walk.js';
import { isImported, OF_SETUP } from './unwanted-export.js';

/**
 * A constant or a function that `<script setup>` exports, and that other files import: it moves to the plain `<script>` beside it,
 * which is there for named exports, https://vuejs.org/api/sfc-script-setup.html#usage-alongside-normal-script. All that it is made
 * of moves with it, and nothing else.
 */
export const setupExport: Rule = {
  name: 'setup-export',
  async propose({ file, message }, workspace) {
    if (!OF_SETUP.test(message) || !file?.endsWith('.vue') || workspace.partial) return undefined;
    const text = workspace.read(file);
    const source = text === undefined ? undefined : await workspace.parse(file, text);
    if (text === undefined || !source || source.errors.length > 0) return undefined;
    const scripts = findScriptElements(text).map((content) => readScript(text, content));
    const [setup, another] = scripts.filter(({ isSetup }) => isSetup);
    const [plain, other] = scripts.filter(({ isSetup }) => !isSetup);
    if (!setup || another || other || (plain && (plain.language !== setup.language || plain.isElsewhere)))
      return undefined;

    const exported = findExports(source, text, setup.content);
    if (!exported || exported.length === 0) return undefined;
    for (const { name } of exported) if (!(await isImported(workspace, file, name))) return undefined;
    const ending = lineEnding(text);
    const moved = exported.map(({ start, end }) => text.slice(start, end).replace(/\s+$/, '')).join(ending);
    const block = `${setup.language === undefined ? '<script>' : `<script lang="${setup.language}">`}${ending}${moved}${ending}</script>${ending}${ending}`;
    const edits: Replacement[] = [
      ...exported.map(({ start, end }) => ({ start, end, text: '' })),
      plain
        ? { start: plain.content.end, end: plain.content.end, text: `${ending}${moved}${ending}` }
        : { start: setup.start, end: setup.start, text: block },
    ];
    const names = exported.map(({ name }) => `\`${name}\``).join(' and ');
    return {
      files: new Map([[file, replaceRanges(text, edits)]]),
      cause: `${file} exports ${names} from \`<script setup>\`, which is the body of a function and can export nothing.`,
      change: `Exports ${names} from the plain \`<script>\` beside it, as other files import ${exported.length > 1 ? 'them' : 'it'}.`,
    };
  },
};

interface Script {
  readonly start: number;
  readonly content: Range;
  readonly language: string | undefined;
  readonly isSetup: boolean;
  readonly isElsewhere: boolean;
}

function readScript(text: string, content: Range): Script {
  const start = text.lastIndexOf('<script', content.start);
  const tag = text.slice(start, content.start);
  return {
    start,
    content,
    language: /\slang=["'](\w+)["']/.exec(tag)?.[1],
    isSetup: /\ssetup(?=[\s>=])/.test(tag),
    isElsewhere: /\ssrc=/.test(tag),
  };
}

interface Exported {
  readonly name: string;
  /** Its lines, with the comments above and one blank line. */
  readonly start: number;
  readonly end: number;
}

/** What the script exports but types, which it may; undefined where something of it cannot stand outside of the function. */
function findExports({ program, comments }: ParsedSource, text: string, setup: Range): Exported[] | undefined {
  const isInside = ({ start }: { readonly start: number }) => setup.start <= start && start < setup.end;
  const exports = program.body.filter((node) => node.type.startsWith('Export') && isInside(node));
  const values = exports.filter((node) => node.type !== 'ExportNamedDeclaration' || node.exportKind !== 'type');
  const uses = namesOf(program);
  const names = values.map((node) => nameOf(node));
  const isKnown = names.every((name) => uses.filter((use) => use.name === name && isDeclaration(use)).length === 1);
  if (!isKnown) return undefined;
  const found = values.map((node, index): Exported | undefined => {
    const name = names[index];
    if (name === undefined || !mayMove(node, { uses, names })) return undefined;
    const lineStart = text.lastIndexOf('\n', startWithComments(node, comments, text) - 1) + 1;
    const rest = /^[^\S\n]*(?:\n(?:[^\S\n]*\n)?|$)/.exec(text.slice(node.end));
    const isAlone =
      rest !== null &&
      text.slice(lineStart, node.start).trim() ===
        text.slice(startWithComments(node, comments, text), node.start).trim();
    return isAlone ? { name, start: Math.max(lineStart, setup.start), end: node.end + rest[0].length } : undefined;
  });
  return found.includes(undefined) ? undefined : found.filter((one) => one !== undefined);
}

function isDeclaration({ role }: NameUse): boolean {
  return role === 'declaration';
}

/** A constant that is written out, or a function. */
function nameOf(node: SyntaxNode): string | undefined {
  const declaration = node.type === 'ExportNamedDeclaration' ? (node.declaration as SyntaxNode | null) : null;
  if (declaration?.type === 'FunctionDeclaration') return declaration.id?.name;
  if (declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'const') return undefined;
  const [only, another] = declaration.declarations;
  return only?.id.type === 'Identifier' && !another && only.init && isPure(only.init as SyntaxNode)
    ? only.id.name
    : undefined;
}

/** What every module has; a framework may import others by itself, for components alone. */
const EVERYWHERE =
  /^(?:const|undefined|NaN|Infinity|Math|Number|String|Boolean|Object|Array|Date|Intl|JSON|Map|Set|RegExp|BigInt|Error)$/;

function mayMove(
  node: SyntaxNode,
  { uses, names }: { readonly uses: readonly NameUse[]; readonly names: readonly (string | undefined)[] },
): boolean {
  const isInside = ({ start }: NameUse) => node.start <= start && start < node.end;
  const declared = (isMeant: (use: NameUse) => boolean) =>
    new Set(uses.filter((use) => isDeclaration(use) && isMeant(use)).map(({ name }) => name));
  const own = declared(isInside);
  const others = declared((use) => !isInside(use));
  return uses
    .filter((use) => isInside(use) && use.role === 'reference' && !own.has(use.name) && !names.includes(use.name))
    .every(({ name, parent }) => !others.has(name) && (EVERYWHERE.test(name) || parent?.type.startsWith('TS')));
}

function startWithComments(node: SyntaxNode, comments: ParsedSource['comments'], text: string): number {
  let { start } = node;
  for (const comment of [...comments].reverse()) {
    if (comment.end <= start && /^[^\S\n]*\n?[^\S\n]*$/.test(text.slice(comment.end, start))) start = comment.start;
  }
  return start;
}
