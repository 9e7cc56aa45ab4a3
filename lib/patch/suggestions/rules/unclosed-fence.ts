import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { parseSource } from '../syntax/parse.js';
import { lineEnding, lineOf } from '../syntax/source-text.js';

const FENCE = /^---[^\S\n]*\r?$/gm;

/**
 * A component script of Astro, or the front matter of a document, with one `---` only: the other stands where the code or
 * the settings end, or where they begin, if that is one place.
 */
export const unclosedFence: Rule = {
  name: 'unclosed-fence',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined) return undefined;
    const fences = [...text.matchAll(FENCE)];
    const [fence] = fences;
    if (!fence || fences.length > 1) return undefined;
    const opens = text.slice(0, fence.index).trim() === '';
    const after = fence.index + fence[0].length + 1;
    const at = file.endsWith('.astro')
      ? opens
        ? await endOfScript(file, text, after)
        : await startOfScript(text.slice(0, fence.index))
      : /\.(?:mdx?|markdown)$/.test(file) && opens
        ? endOfFrontMatter(text, after)
        : undefined;
    if (at === undefined) return undefined;
    return {
      files: new Map([[file, `${text.slice(0, at)}---${lineEnding(text)}${text.slice(at)}`]]),
      cause: `${file} has one \`---\` only, so ${file.endsWith('.astro') ? 'its script' : 'its front matter'} has no ${opens ? 'end' : 'beginning'}.`,
      change: `Adds the other in line ${lineOf(text, at)}, the one place between the two parts of the file.`,
    };
  },
};

/** Behind the code: before the first line of markup up to which all is code, where that is one line only. */
async function endOfScript(file: string, text: string, start: number): Promise<number | undefined> {
  const places: number[] = [];
  for (const { index } of text.matchAll(/^<(?=[A-Za-z!>])/gm)) {
    const script = text.slice(start, index).trimEnd();
    if (index < start || !(await isCode(script))) continue;
    const at = text.indexOf('\n', start + script.length) + 1;
    const closed = `${text.slice(0, at)}---\n${text.slice(at)}`;
    if ((await countParseErrors(file, closed)) === 0) places.push(at);
  }
  return places.length === 1 ? places[0] : undefined;
}

async function startOfScript(script: string): Promise<number | undefined> {
  const declares = /^(?:import|export|const|let|interface|type|function)\s/m.test(script);
  return declares && (await isCode(script)) ? script.length - script.replace(/^\uFEFF/, '').length : undefined;
}

async function isCode(script: string): Promise<boolean> {
  return script !== '' && (await parseSource('script.ts', script)).errors.length === 0;
}

/** `Note: ...` begins a text. */
const SETTING = /^(?:[a-z][\w-]*:(?:\s.*)?|\s*- .*|[^\S\n]+\S.*|#.*)$/;

/** Behind the settings, if what follows a blank line, or at once, is no setting. */
function endOfFrontMatter(text: string, start: number): number | undefined {
  const rows = text
    .slice(start)
    .split('\n')
    .map((row) => row.replace(/\r$/, ''));
  let count = rows.findIndex((row) => !SETTING.test(row));
  // What looks like a comment behind the last setting is a heading.
  while (count > 0 && rows[count - 1]?.startsWith('#')) count--;
  const body = rows.slice(count).find((row) => row.trim() !== '');
  const isSetting = /^["']?[\w:-]+["']?:(?:\s|$)|^\s*- /.test(body ?? '');
  if (count < 1 || body === undefined || isSetting) return undefined;
  // The fence itself, misspelt, and a list that no key holds, which is of the text.
  const settings = rows.slice(0, count);
  const isList = settings.some((row, at) => row.startsWith('- ') && /^[\w-]+:\s+\S/.test(settings[at - 1] ?? ''));
  if (isList || [...settings, body].some((row) => /^\s*[-\u2013\u2014]{2}/.test(row))) return undefined;
  return start + text.slice(start).split('\n').slice(0, count).join('\n').length + 1;
}
