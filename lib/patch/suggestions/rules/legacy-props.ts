import type { VariableDeclarator } from 'oxc-parser';
import { countParseErrors } from '../parses-better.js';
import type { Fix, Rule } from '../rule.js';
import { componentUsesIn } from '../syntax/component-uses.js';
import { joinRune } from '../syntax/join-rune.js';
import type { ParsedSource } from '../syntax/parse.js';
import { lineEnding, replaceRanges, wholeLines } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

const NOT_WITH_RUNES = /Cannot use `export let` in runes mode/;

/**
 * `export let berth` in a component of Svelte that uses runes: its props come from `$props()`, as the compiler says. Only where
 * they are declared one behind the other, and no parent binds one of them.
 */
export const legacyProps: Rule = {
  name: 'legacy-props',
  async propose(error, workspace) {
    const { file } = error;
    const text = file?.endsWith('.svelte') && NOT_WITH_RUNES.test(error.message) ? workspace.read(file) : undefined;
    if (file === undefined || text === undefined || /\$\$(?:props|restProps)\b/.test(text)) return undefined;
    const source = await workspace.parse(file, text);
    const props = source.errors.length > 0 ? [] : exportedLets(source);
    if (/\$props\(/.test(text)) return joinProps({ file, text, source, props }, workspace);
    const [first, last] = [props[0], props.at(-1)];
    const between = source.program.body.filter(
      ({ start, end }) => first && last && start >= first.start && end <= last.end,
    );
    if (!first || !last || between.length !== props.length || props.some(({ prop }) => prop === undefined))
      return undefined;
    const declared = props.flatMap(({ prop }) => prop ?? []);
    if (await isBound(workspace, file, new Set(declared.map((prop) => nameOf(prop))))) return undefined;
    const statement = asRune(declared, text);
    const repaired = statement && replaceRanges(text, [{ start: first.start, end: last.end, text: statement }]);
    if (repaired === undefined || (await countParseErrors(file, repaired)) > 0) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `${file} uses runes, with which Svelte takes no \`export let\`.`,
      change: 'Takes the same props from `$props()`, as the compiler says.',
    };
  },
};

interface Component {
  readonly file: string;
  readonly text: string;
  readonly source: ParsedSource;
  readonly props: readonly ExportedLet[];
}

/** Where the component takes other props from `$props()` already, these join them. */
async function joinProps({ file, text, source, props }: Component, workspace: Workspace): Promise<Fix | undefined> {
  const declared = props.flatMap(({ prop }) => prop ?? []);
  if (declared.length === 0 || declared.length < props.length) return undefined;
  if (await isBound(workspace, file, new Set(declared.map((prop) => nameOf(prop))))) return undefined;
  const joined = joinRune(text, source.program, declared);
  if (!joined) return undefined;
  const gone = props.map(({ start, end }) => ({ ...wholeLines(text, start, end), text: '' }));
  const repaired = replaceRanges(text, [...joined, ...gone]);
  if ((await countParseErrors(file, repaired)) > 0) return undefined;
  return {
    files: new Map([[file, repaired]]),
    cause: `${file} takes props from \`$props()\`, with which Svelte takes no \`export let\`.`,
    change: `Takes ${declared.map((prop) => `\`${nameOf(prop)}\``).join(', ')} from there too.`,
  };
}

interface ExportedLet {
  readonly start: number;
  readonly end: number;
  /** Undefined where it is no plain name. */
  readonly prop: VariableDeclarator | undefined;
}

function exportedLets({ program }: ParsedSource): ExportedLet[] {
  return program.body.flatMap((node) => {
    const declaration = node.type === 'ExportNamedDeclaration' ? node.declaration : null;
    if (declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'let') return [];
    const [only, another] = declaration.declarations;
    return [{ start: node.start, end: node.end, prop: another || only?.id.type !== 'Identifier' ? undefined : only }];
  });
}

function nameOf({ id }: VariableDeclarator): string {
  return id.type === 'Identifier' ? id.name : '';
}

/** With types where the component gives them to every prop, or to none. */
function asRune(props: readonly VariableDeclarator[], text: string): string | undefined {
  const annotations = props.map(({ id }) => (id.type === 'Identifier' ? id.typeAnnotation : null));
  const isTyped = annotations.some((annotation) => annotation);
  if (isTyped && annotations.some((annotation) => !annotation)) return undefined;
  const taken = props.map((prop) =>
    prop.init ? `${nameOf(prop)} = ${text.slice(prop.init.start, prop.init.end)}` : nameOf(prop),
  );
  const types = props.map((prop, at) => {
    const annotation = annotations[at];
    return `${nameOf(prop)}${prop.init ? '?' : ''}${annotation ? text.slice(annotation.start, annotation.end) : ''}`;
  });
  const start = props[0]?.start ?? 0;
  const indent = /(?:^|\n)([^\S\n]*)[^\n]*$/.exec(text.slice(0, start))?.[1] ?? '';
  return `let ${listed(taken, ',', indent, text)}${isTyped ? `: ${listed(types, ';', indent, text)}` : ''} = $props();`;
}

const WIDTH = 50;

function listed(items: readonly string[], mark: string, indent: string, text: string): string {
  const line = items.join(`${mark} `);
  if (line.length <= WIDTH && !line.includes('\n')) return `{ ${line} }`;
  const ending = lineEnding(text);
  const inner = `${indent}${indent === '' ? '  ' : indent.startsWith('\t') ? '\t' : '  '}`;
  return `{${ending}${items.map((item) => `${inner}${item}${mark}${ending}`).join('')}${indent}}`;
}

/** A parent that binds a prop wants it `$bindable`, whose default says more than the old one did. */
async function isBound(workspace: Workspace, file: string, names: ReadonlySet<string>): Promise<boolean> {
  const tag = file.slice(file.lastIndexOf('/') + 1, -'.svelte'.length);
  for (const path of workspace.paths) {
    if (!path.endsWith('.svelte') || !workspace.read(path)?.includes('bind:')) continue;
    for (const use of await componentUsesIn(workspace, path)) {
      const tagText = workspace.read(path)?.slice(use.start, use.end) ?? '';
      if (use.tag === tag && [...names].some((name) => tagText.includes(`bind:${name}`))) return true;
    }
  }
  return false;
}
