import { escapePattern } from '../../../context/word-pattern.js';
import { stoodBefore } from '../changed-words.js';
import { findTwin } from '../distance.js';
import { findRename } from '../renames-in-diff.js';
import type { Rule } from '../rule.js';
import { replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

/** Tailwind 4, of `theme(--color-moss)` and `theme(colors.moss)`, with or without an opacity. */
const NO_VALUE = /Could not resolve value for theme function: `(?:--)?theme\(([\w.-]{1,100})(?:\s*\/[^)`]{0,40})?\)`/;
const STYLED = /\.(?:css|pcss|postcss|scss|sass|less|vue|svelte|astro)$/;

/** The older way to name a variable: https://tailwindcss.com/docs/theme#theme-variable-namespaces */
const NAMESPACES: readonly (readonly [string, string])[] = [
  ['colors.', '--color-'],
  ['fontFamily.', '--font-'],
  ['fontSize.', '--text-'],
  ['borderRadius.', '--radius-'],
  ['boxShadow.', '--shadow-'],
  ['screens.', '--breakpoint-'],
  ['spacing.', '--spacing-'],
];

/**
 * A variable of Tailwind's theme that a style sheet reads by a name which no sheet declares: the diff since the last READY
 * deployment gave it another name, or it is one slip away from the only variable that is spelt so nearly alike.
 */
export const themeVariable: Rule = {
  name: 'theme-variable',
  async propose(error, workspace) {
    const read = NO_VALUE.exec(error.message)?.[1];
    const wrong = read === undefined ? undefined : variableOf(read);
    const sheets = workspace.paths.filter((path) => STYLED.test(path));
    const declared = new Set(sheets.flatMap((path) => declaredIn(workspace.read(path) ?? '')));
    if (read === undefined || wrong === undefined || workspace.partial || declared.has(wrong)) return undefined;
    const themed = new Set(sheets.flatMap((path) => themesIn(workspace.read(path) ?? '').flatMap(declaredIn)));
    const renamed = renamesOf(workspace, sheets, wrong);
    const spelt = stoodBefore(workspace, wrong) ? undefined : findTwin(wrong, themed);
    const now = renamed.length > 0 ? renamed[0] : spelt;
    if (now === undefined || renamed.length > 1 || !themed.has(now)) return undefined;

    const files = new Map<string, string>();
    // What was misspelt is misspelt where it stands; a name that is gone is gone everywhere.
    const forms = formsOf(wrong, now, read);
    for (const path of sheets) {
      const text = workspace.read(path) ?? '';
      const edits = forms.flatMap(({ from, to, inside }) =>
        [
          ...text.matchAll(new RegExp(`(?<=(?<![\\w-])(?:--)?${inside}\\(\\s*)${escapePattern(from)}(?![\\w.-])`, 'g')),
        ].map(({ index }) => ({ start: index, end: index + from.length, text: to })),
      );
      if (edits.length > 0) files.set(path, replaceRanges(text, edits));
    }
    if (files.size === 0 || (error.file !== undefined && !files.has(error.file))) return undefined;
    return {
      files,
      cause: `${[...files.keys()].join(', ')} ${files.size > 1 ? 'read' : 'reads'} \`${wrong}\`, which no sheet declares${renamed.length > 0 ? ' since the last good deployment' : ''}.`,
      change: `Reads \`${now}\`, ${renamed.length > 0 ? 'as it is called now' : 'the only variable that is spelt so nearly alike'}.`,
    };
  },
};

function variableOf(read: string): string | undefined {
  if (read.startsWith('--')) return read;
  const [old, prefix] = NAMESPACES.find(([start]) => read.startsWith(start)) ?? [];
  return old === undefined ? undefined : prefix + read.slice(old.length).replaceAll('.', '-');
}

interface Form {
  readonly from: string;
  readonly to: string;
  /** The functions that read it so. */
  readonly inside: string;
}

function formsOf(wrong: string, now: string, read: string): Form[] {
  const form: Form = { from: wrong, to: now, inside: '(?:theme|var)' };
  if (read === wrong) return [form];
  const [old = '', prefix = ''] = NAMESPACES.find(([start]) => read.startsWith(start)) ?? [];
  const to = now.startsWith(prefix) ? old + now.slice(prefix.length) : now;
  return [form, { from: read, to, inside: 'theme' }];
}

/** What stands between the braces of each `@theme`. */
function themesIn(text: string): string[] {
  return [...text.matchAll(/@theme\b[^{};]{0,60}\{/g)].map(({ index, 0: head }) => {
    const start = index + head.length;
    let depth = 1;
    let end = start;
    for (; end < text.length && depth > 0; end++) depth += text[end] === '{' ? 1 : text[end] === '}' ? -1 : 0;
    return text.slice(start, end);
  });
}

function declaredIn(text: string): string[] {
  return [...text.matchAll(/(?<![\w-])(--[a-zA-Z][\w-]{0,100})\s{0,8}:/g)].map(([, name = '']) => name);
}

/** What the diff calls the variable now; names of custom properties are compared without their dashes. */
function renamesOf(workspace: Workspace, sheets: readonly string[], wrong: string): string[] {
  const names = workspace.changes.flatMap(({ path }) => {
    const now = sheets.includes(path) ? findRename(workspace, path, wrong.slice(2)) : undefined;
    return now === undefined ? [] : [`--${now}`];
  });
  return [...new Set(names)];
}
