import { escapePattern } from '../../../context/word-pattern.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { listRenames } from '../renames-in-diff.js';
import type { Rule } from '../rule.js';
import { editFiles } from '../syntax/edit-files.js';
import type { Replacement } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

const UNKNOWN = /(?:unknown utility class:? |^The |\bThe )[`'"]([^\s`'"]+)[`'"](?: class does not exist)?/;
const STYLED = /\.(?:css|pcss|postcss|scss|sass|less|vue|svelte|astro)$/;
const THEME = /(?:^|\/)tailwind\.config\.[cm]?[jt]s$/;

/** What is made of a theme's variables: https://tailwindcss.com/docs/theme#theme-variable-namespaces */
const NAMESPACES: readonly (readonly [string, RegExp])[] = [
  [
    'color',
    /^(?:bg|text|border(?:-[xytrblse])?|outline|(?:inset-)?ring|ring-offset|(?:inset-|drop-|text-)?shadow|divide|fill|stroke|from|via|to|accent|caret|decoration|placeholder)$/,
  ],
  ['font-weight', /^font$/],
  ['font', /^font$/],
  ['text-shadow', /^text-shadow$/],
  ['text', /^text$/],
  ['tracking', /^tracking$/],
  ['leading', /^leading$/],
  ['radius', /^rounded(?:-(?:[trbl]|[se]|tl|tr|bl|br|ss|se|es|ee))?$/],
  ['inset-shadow', /^inset-shadow$/],
  ['drop-shadow', /^drop-shadow$/],
  ['shadow', /^shadow$/],
  ['blur', /^(?:backdrop-)?blur$/],
  ['container', /^(?:(?:min-|max-)?w|basis|columns|size|(?:min-|max-)?inline)$/],
  [
    'spacing',
    /^(?:[mp][xytrblse]?|(?:min-|max-)?[wh]|size|gap(?:-[xy])?|space-[xy]|(?:inset(?:-[xy])?|top|right|bottom|left|start|end)|scroll-[mp][xytrblse]?|indent|basis|translate-[xyz])$/,
  ],
  ['perspective', /^perspective$/],
  ['aspect', /^aspect$/],
  ['ease', /^ease$/],
  ['animate', /^animate$/],
];

/**
 * A utility of Tailwind in an `@apply` whose theme variable, entry of the configuration or own declaration got another
 * name in the diff since the last READY deployment.
 */
export const renamedUtility: Rule = {
  name: 'renamed-utility',
  async propose(error, workspace) {
    const written = unknownUtilityOf(error);
    const base = written === undefined ? undefined : baseOf(written);
    if (base === undefined || workspace.partial) return undefined;
    const all = workspace.changes.flatMap((change) => rewritersOf(workspace, change));
    const answers = new Map(
      all.flatMap((rewrite) => {
        const now = rewrite(base);
        return now === undefined ? [] : [[now, rewrite] as const];
      }),
    );
    const [answer, another] = answers;
    if (!answer || another) return undefined;
    const [now, rewrite] = answer;

    const edited = editFiles(
      workspace,
      (path) => STYLED.test(path),
      (text) => appliedIn(text, rewrite),
    );
    if (edited === undefined) return undefined;
    return {
      files: edited.files,
      cause: `${edited.place} applies \`${base}\`, which is called \`${now}\` since the last good deployment.`,
      change: `Applies \`${now}\`.`,
    };
  },
};

function unknownUtilityOf({ kind, message, symbol }: BuildError): string | undefined {
  if (kind !== 'style') return undefined;
  return UNKNOWN.exec(message)?.[1] ?? (/utility class/.test(message) ? symbol : undefined);
}

/** `hover:border-river/50`: `border-river`. */
function baseOf(written: string): string | undefined {
  return /^(?:[^\s[\]]*:)?[!-]{0,2}([a-z][\w.-]*)(?:\/[\w.[\]%-]+)?!?$/.exec(written)?.[1];
}

type Rewrite = (utility: string) => string | undefined;

/** How the file's renamings change utilities; none for a name that it still declares. */
function rewritersOf(workspace: Workspace, change: Workspace['changes'][number]): Rewrite[] {
  const text = workspace.read(change.path);
  if (text === undefined) return [];
  return listRenames(change, workspace).flatMap(({ before, after }): Rewrite[] => {
    const declares = (pattern: (name: string) => string) => (name: string) =>
      new RegExp(pattern(escapePattern(name)), 'm').test(text);
    const isRenamed = (has: (name: string) => boolean) => has(after) && !has(before);
    if (THEME.test(change.path)) {
      const isKey = declares((name) => `(?:^|[{,\\s])["']?${name}["']?\\s*:`);
      if (!isRenamed(isKey) || before === 'DEFAULT') return [];
      const endings = ['', ...shadesIn(text, after).map((shade) => `-${shade}`)];
      const rewriters = endings.map((shade) => endingWith(/^[a-z][\w-]*$/, before + shade, after + shade));
      return [(utility) => rewriters.map((rewrite) => rewrite(utility)).find((now) => now !== undefined)];
    }
    if (!STYLED.test(change.path)) return [];
    const isUtility = declares((name) => `(?:@utility\\s+|(?<![\\w-])\\.)${name}(?=\\s*[{,:])`);
    if (isRenamed(isUtility)) return [(utility) => (utility === before ? after : undefined)];
    const isVariable = declares((name) => `(?<![\\w-])--${name}\\s*:`);
    if (!isRenamed(isVariable) || isDeclaredElsewhere(workspace, change.path, before)) return [];
    const [namespace, prefix] = NAMESPACES.find(([name]) => before.startsWith(`${name}-`)) ?? [];
    if (namespace === undefined || prefix === undefined || !after.startsWith(`${namespace}-`)) return [];
    return [endingWith(prefix, before.slice(namespace.length + 1), after.slice(namespace.length + 1))];
  });
}

/** The keys of `straw: { DEFAULT: '#c49a3a', dark: '#8a6a1f' }`. */
function shadesIn(text: string, name: string): string[] {
  const object = new RegExp(`(?:^|[{,\\s])["']?${escapePattern(name)}["']?\\s*:\\s*\\{([^{}]{0,2000})\\}`).exec(
    text,
  )?.[1];
  const keys = [...(object ?? '').matchAll(/(?:^|[{,\s])["']?([\w-]+)["']?\s*:/g)].map(([, key = '']) => key);
  return keys.filter((key) => key !== 'DEFAULT');
}

function isDeclaredElsewhere(workspace: Workspace, own: string, name: string): boolean {
  return workspace.paths.some(
    (path) =>
      path !== own && STYLED.test(path) && new RegExp(`--${escapePattern(name)}\\s*:`).test(workspace.read(path) ?? ''),
  );
}

function endingWith(prefix: RegExp, before: string, after: string): Rewrite {
  return (utility) => {
    const start = utility.endsWith(`-${before}`) ? utility.slice(0, -before.length - 1) : undefined;
    return start !== undefined && prefix.test(start) ? `${start}-${after}` : undefined;
  };
}

/** The utilities that an `@apply` names, rewritten. */
function appliedIn(text: string, rewrite: Rewrite): Replacement[] {
  return [...text.matchAll(/@apply\s+[^;{}]+/g)].flatMap((apply) =>
    [...apply[0].matchAll(/[^\s]+/g)].flatMap(({ 0: word, index }) => {
      const base = baseOf(word);
      const now = base === undefined ? undefined : rewrite(base);
      if (base === undefined || now === undefined) return [];
      const start = apply.index + index + word.indexOf(base, /^[^\s[\]]*:/.exec(word)?.[0].length ?? 0);
      return [{ start, end: start + base.length, text: now }];
    }),
  );
}
