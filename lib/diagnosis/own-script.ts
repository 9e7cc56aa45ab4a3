/** Scripts of the project that a build runs: what they printed about their own failure, in whatever words. */
import type { BuildError, BuildLog } from './diagnosis.js';
import type { Finding } from './finding.js';

const MOST_AROUND = 60;
const MOST_TEXT = 300;
/** `> node scripts/feed.mjs`, and not `> name@1.0.0 build` above it. */
const ECHO = /^(?:> |\$ |\+ )(?!@?[\w./-]{1,200}@\d)\S/;
const RUN =
  /(?:^|[\s;&])(?:node|tsx|ts-node|vite-node|esno|jiti|bun|deno|bash|sh|python3?)(?: run)?(?: -\S{1,100}){0,6} "?\.{0,2}\/?([\w@./-]{1,200}\.(?:[cm]?[jt]s|sh|py))\b/g;
const CLOSING =
  /^Error: Command "|ELIFECYCLE|^npm (?:error|ERR!)|^error Command failed|^error: script "|^\s+at |^Node\.js v\d/;
const KINDS = new Set<BuildError['kind']>(['script-failed', 'other', 'syntax', 'json', 'type']);

/** Tells of the errors that scripts ended with which script it was, where no place is known, and what else it said. */
export function tellScripts(findings: readonly Finding[], log: BuildLog): readonly Finding[] {
  if (findings.length === 0) return readSilentScript(log);
  return findings.map((finding) => {
    const { error } = finding;
    if (!['script', 'node'].includes(error.tool) || !KINDS.has(error.kind) || error.logLine === undefined)
      return finding;
    const run = readRun(log, error.logLine);
    if (run === undefined) return finding;
    const isLost = error.file === undefined && (error.trace ?? []).length === 0;
    return {
      ...finding,
      error: {
        ...error,
        ...(isLost && run.scripts.length > 0 ? { trace: run.scripts } : {}),
        ...(run.scripts.length > 0 && run.said !== '' ? { said: run.said } : {}),
      },
    };
  });
}

function readRun(log: BuildLog, at: number) {
  const own = log.lines[at]?.package;
  let start = at;
  while (start >= 0 && at - start < MOST_AROUND) {
    const line = log.lines[start];
    if (line?.package === own && ECHO.test(line?.text ?? '')) break;
    start--;
  }
  const command = log.lines[start]?.text ?? '';
  if (!ECHO.test(command)) return undefined;
  const below = log.lines.slice(start + 1, at + MOST_AROUND).filter((line) => line.package === own);
  const end = below.findIndex(({ text }) => text.startsWith('Error: Command "'));
  const said = below
    .slice(0, end < 0 ? undefined : end)
    .flatMap(({ text }) => (text.trim() === '' || CLOSING.test(text) ? [] : text.slice(0, MOST_TEXT)))
    .slice(0, MOST_AROUND);
  return {
    command: command.slice(2),
    scripts: [...command.matchAll(RUN)].flatMap(([, path]) => path ?? []),
    said: said.join('\n'),
  };
}

/** Nothing in the log sounds like an error: a script printed what it found in plain words, or nothing, and ended. */
function readSilentScript(log: BuildLog): readonly Finding[] {
  const at = log.lines.findLastIndex(({ text }) => /^Error: Command ".{1,500}" exited with [1-9]/.test(text));
  const run = at < 1 ? undefined : readRun(log, at - 1);
  if (run === undefined || run.scripts.length === 0) return [];
  const error: BuildError = {
    tool: 'script',
    kind: 'script-failed',
    message: run.said.split('\n').at(-1) || `${run.command} failed`,
    trace: run.scripts,
    ...(run.said === '' ? {} : { said: run.said }),
    logLine: at - 1,
  };
  return [{ role: 'symptom', guess: true, error }];
}
