/** What ran when: a build is a row of commands, and one that was followed by the next had succeeded. */
import { createAnyOf } from './any-of.js';
import type { LineStream } from './finding.js';

export interface Section {
  /** Index in the stream of the line that announces it. */
  readonly start: number;
  /** Name of the package whose script runs, where a header tells it. */
  readonly package?: string;
  /** Absolute folder of that package, where the header tells it (pnpm does). */
  readonly directory?: string;
  /** The command as the header or Vercel prints it. */
  readonly command?: string;
}

/** npm and pnpm: `> name@1.0.0 build /folder`, then `> next build`; Vercel: `Running "npm run build"`. */
const header = /^> (@?[^\s@]{1,200}?)(?:@(\S{1,60}))? ([\w:.-]{1,80})(?: (\/\S{1,300}))?$/;
const command = /^(?:> |\$ )(\S.{0,500})$/;
const running = /^Running "(.{1,500})"$|^Running "install" command: `(.{1,500})`\.\.\.$/;

export function readSections(stream: LineStream): readonly Section[] {
  const sections: Section[] = [{ start: 0 }];
  let outer: Section | undefined;
  stream.texts.forEach((text, index) => {
    const current = sections.at(-1);
    const resumed = outer === undefined || current === outer ? undefined : readResumed(text, index, outer, current);
    if (resumed !== undefined) sections.push(resumed);
    const first = text.charCodeAt(0);
    if (first !== 62 && first !== 82 && first !== 36) return;
    const section = readSection(stream, text, index);
    if (section === undefined) return;
    sections.push(section);
    if (section.package !== undefined && section.command?.includes('&&')) outer = section;
  });
  const silent = outer === undefined ? undefined : readSilentlyResumed(stream, outer, sections.at(-1));
  return silent === undefined ? sections : [...sections, silent];
}

/** Tools that say nothing before they complain. */
const silentTool = /\b(?:tsc|vue-tsc|svelte-check|eslint|biome)\b/;
const filtered = /^pnpm (?:\S{1,40} ){0,3}(?:--filter|-F|-r|--recursive)\b/;

/**
 * `pnpm --filter lib build && tsc`: pnpm names the other package where its script failed, and where it does not, what
 * follows is said by the rest of the line.
 */
function readSilentlyResumed(stream: LineStream, outer: Section, last: Section | undefined): Section | undefined {
  if (last === undefined || last.package === undefined || last.package === outer.package) return undefined;
  const [first = '', next = ''] = (outer.command ?? '').split(/\s*&&\s*/);
  if (!filtered.test(first) || !silentTool.test(next)) return undefined;
  const start = last.start + 2;
  if (stream.texts.slice(start).some((text) => text.includes('ERR_PNPM_RECURSIVE_RUN_FIRST_FAIL'))) return undefined;
  return { ...outer, start, command: next };
}

/** How tools begin that say who they are. */
const banners: readonly (readonly [tool: RegExp, banner: RegExp])[] = [
  [/\bnext build\b/, /^\s{0,4}▲ Next\.js \d/],
  [/\bvite build\b/, /^vite v\d/],
  [/\bnuxi? (?:build|generate)\b|\bnuxt (?:build|generate)\b/, /^(?:\[info\] |ℹ )?(?:\[nuxi\] )?Nuxt \d/],
  [/\bastro build\b/, /^(?:\d{2}:\d{2}:\d{2} )?\[(?:build|types|content)\] /],
];

/**
 * `pnpm --filter lib build && next build`: nothing tells that the script of the other package is over, but that the tool begins
 * which stands behind it in the line.
 */
function readResumed(text: string, start: number, outer: Section, current: Section | undefined): Section | undefined {
  const rest = outer.command?.slice(outer.command.indexOf('&&')) ?? '';
  const isBack = banners.some(
    ([tool, banner]) => tool.test(rest) && !tool.test(current?.command ?? '') && banner.test(text),
  );
  return isBack ? { ...outer, start, command: rest } : undefined;
}

function readSection(stream: LineStream, text: string, start: number): Section | undefined {
  const run = running.exec(text);
  const ran = run?.[1] ?? run?.[2];
  if (ran !== undefined) return { start, command: ran };
  const script = header.exec(text);
  const below = command.exec(stream.texts[start + 1] ?? '')?.[1];
  if (script?.[1] !== undefined && (script[2] !== undefined || below !== undefined)) {
    return {
      start,
      package: script[1],
      ...(script[4] === undefined ? {} : { directory: script[4] }),
      ...(below === undefined ? {} : { command: below }),
    };
  }
  return text.startsWith('$ ') ? { start, command: text.slice(2) } : undefined;
}

/** Lines by which a tool says that what it did so far succeeded; errors before them were none. */
const successes = [
  '✓ Compiled successfully',
  'Compiled successfully',
  '✓ built in',
  'Build Completed in',
  ' compiled successfully',
];
const warningsStart = 'ompiled with warnings';
const warningsEnd =
  /Failed to compile|Linting and checking|Running TypeScript|Collecting page data|✓ Compiled|Creating an optimized/;

const mayTellProgress = createAnyOf([
  'ompil',
  'uilt in',
  'Build Completed',
  'Running TypeScript',
  'Linting and',
  'Collecting',
  'Creating an optimized',
]);

export interface Progress {
  /** Index of the last line that says so; -1 when none does. */
  readonly lastSuccess: number;
  /** Whether a line stands in a list of warnings. */
  readonly isWarned: (index: number) => boolean;
}

export function readProgress(stream: LineStream): Progress {
  let lastSuccess = -1;
  let open = -1;
  const warned = new Uint8Array(stream.texts.length);
  stream.texts.forEach((text, index) => {
    if (!mayTellProgress(text)) return;
    if (successes.some((mark) => text.includes(mark))) lastSuccess = index;
    if (open >= 0 && warningsEnd.test(text)) {
      warned.fill(1, open + 1, index);
      open = -1;
    }
    if (text.includes(warningsStart) && open < 0) open = index;
  });
  return { lastSuccess, isWarned: (index) => warned[index] === 1 };
}
