import { escapePattern } from '../../../context/word-pattern.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { type ComponentUse, componentUsesIn } from '../syntax/component-uses.js';
import { namesOf } from '../syntax/names.js';
import { type MarkupTag, scanMarkup } from '../syntax/scan-markup.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import { toKebab } from '../syntax/template-uses.js';
import type { Workspace } from '../workspace.js';

const MISSING =
  /(?:^|\n)\s*(?:Type error: )?Property '([A-Za-z_$][\w$]*)' is missing in type .{1,2000} but required in type /;

/** What each element has of its own, whatever the one around it is given. */
const OF_ELEMENTS = /^(?:children|id|class|className|style)$/;

/**
 * A prop that a component requires and is not given, where a variable of just that name is in scope at its tag: `<Row />` in
 * `rows.map((row) => ...)`. The compiler goes on to check that its type fits.
 */
export const givenProp: Rule = {
  name: 'given-prop',
  async propose(error, workspace) {
    const name = MISSING.exec(error.message.slice(0, 5_000))?.[1];
    const { file } = error;
    const text = file !== undefined && /\.(?:[jt]sx|vue|svelte)$/.test(file) ? workspace.read(file) : undefined;
    if (file === undefined || text === undefined || name === undefined || OF_ELEMENTS.test(name)) return undefined;
    const uses = (await componentUsesIn(workspace, file)).filter(
      (use) => isAt(text, use, error) && !use.props.some((prop) => prop.name === name),
    );
    const [use, another] = uses;
    if (!use || another || /\{\s*\.\.\.|\bv-bind=/.test(text.slice(use.start, use.end))) return undefined;
    if (wasGivenOther(workspace, { file, text, name, use }) || isGivenAlready(text, use, name)) return undefined;
    if (!(await isInScope(workspace, { file, text, name, use }))) return undefined;
    const repaired = replaceRanges(text, [givenTo(file, text, use, name)]);
    if ((await countParseErrors(file, repaired)) > 0) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `\`${use.tag}\` in ${file}, line ${lineOf(text, use.start)}, is not given \`${name}\`, which it requires.`,
      change: `Gives it the \`${name}\` that is at hand there.`,
    };
  },
};

/** Whether the diff took the prop off with another value than the variable of its name, or off the tag a value that it has no more. */
function wasGivenOther({ changes }: Workspace, { file, text, name, use }: Place): boolean {
  const hunks = changes.find(({ path }) => path === file)?.hunks ?? '';
  const tag = text.slice(use.start, use.end);
  const former = new RegExp(`^-.*<${escapePattern(use.tag)}(?=\\s)([^>\\n]*)`, 'gm');
  for (const [, attributes = ''] of hunks.matchAll(former))
    for (const [value] of attributes.matchAll(/(?<==)["{][^"}]+["}]/g)) if (!tag.includes(value)) return true;
  return new RegExp(
    `^-.*[\\s:]${escapePattern(name)}=(?!\\{${escapePattern(name)}\\}|"${escapePattern(name)}")`,
    'm',
  ).test(hunks);
}

/** Whether the variable goes to the component by another name, which may be the one that the prop had. */
function isGivenAlready(text: string, { start, end }: ComponentUse, name: string): boolean {
  return new RegExp(`\\s:?(?!key=)[\\w-]+=[{"]${escapePattern(name)}["}]`).test(text.slice(start, end));
}

/** Compilers point at the name in the tag. */
function isAt(text: string, use: ComponentUse, { line, column }: BuildError): boolean {
  const at = use.start + 1;
  const before = text.lastIndexOf('\n', use.start);
  return lineOf(text, at) === line && (column === undefined || column === at - before);
}

interface Place {
  readonly file: string;
  readonly text: string;
  readonly name: string;
  readonly use: ComponentUse;
}

async function isInScope(workspace: Workspace, { file, text, name, use }: Place): Promise<boolean> {
  const { program } = await workspace.parse(file, text);
  const declared = namesOf(program).filter((one) => one.name === name && one.role === 'declaration');
  const isTemplate = /\.(?:vue|svelte)$/.test(file);
  const aliases = isTemplate ? aliasesAround(scanMarkup(file, text), text, use.start) : [];
  if (aliases.includes(name)) return true;
  return declared.some(({ scope, start, parent }) => {
    const isValue = parent?.type.startsWith('TS') !== true && parent?.type.startsWith('Import') !== true;
    const isOutermost = scope === program;
    return (
      isValue && (isTemplate ? isOutermost : scope.start <= use.start && use.end <= scope.end && start < use.start)
    );
  });
}

const LOOPS = [
  /\bv-for="\s*\(?\s*([\w$]+)\s*(?:,\s*([\w$]+)\s*)?\)?\s+(?:in|of)\s/,
  /\{#each\s.{1,500}\sas\s+([\w$]+)\s*(?:,\s*([\w$]+)\s*)?[({}]/,
];

/** What the loops around a place, and on the tag itself, call their items. */
function aliasesAround(tags: readonly MarkupTag[], text: string, at: number): string[] {
  const open: MarkupTag[] = [];
  for (const tag of tags) {
    if (tag.start > at) break;
    if (tag.role === 'close') {
      const index = open.findLastIndex(({ kind, name }) => kind === tag.kind && name === tag.name);
      if (index >= 0) open.splice(index);
    } else if (tag.role === 'open' || tag.start === at) open.push(tag);
  }
  return open.flatMap(({ start, end }) =>
    LOOPS.flatMap((loop) => (loop.exec(text.slice(start, end)) ?? []).slice(1).filter((alias) => alias !== undefined)),
  );
}

/** Behind the last attribute, in a line of its own where that has one. */
function givenTo(file: string, text: string, { start, end, props }: ComponentUse, name: string) {
  const tag = text.slice(start, end);
  const at = start + (/\s*\/?>$/.exec(tag)?.index ?? tag.length);
  const row = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  const gap = props.length > 0 && /^\n\s*\/?>$/.test(text.slice(at, end)) ? `\n${/^\s*/.exec(row)?.[0] ?? ''}` : ' ';
  return { start: at, end: at, text: gap + written(file, name, tag) };
}

function written(file: string, name: string, tag: string): string {
  if (file.endsWith('.svelte')) return `{${name}}`;
  if (!file.endsWith('.vue')) return `${name}={${name}}`;
  return `:${/\s:?[a-z]+-[a-z-]+=/.test(tag.replace(/\sv-[\w-]+=/g, ' ')) ? toKebab(name) : name}="${name}"`;
}
