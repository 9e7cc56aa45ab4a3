import type { FileChange } from '../../../context/source.js';
import type { Rule } from '../rule.js';
import { formerText } from '../syntax/former-text.js';
import { nearestManifest } from '../syntax/manifests-of.js';
import { findScriptElements, type Range } from '../syntax/mask-markup.js';
import { replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

const REFUSED =
  /Unexpected token|js_parse_error|can only be used in TypeScript files|Missing semicolon|Unexpected keyword/;
const OPENING = /<script\b([^>]*)>$/;
const TYPESCRIPT = /\slang=["']?ts["']?(?=\s|$)/;

/**
 * `<script>` around TypeScript: it gets `lang="ts"` where it had that at the last READY deployment, or where every other component
 * of the repository has it.
 */
export const scriptLanguage: Rule = {
  name: 'script-language',
  async propose({ file, message }, workspace) {
    const text =
      file !== undefined && /\.(?:vue|svelte)$/.test(file) && REFUSED.test(message) ? workspace.read(file) : undefined;
    const scripts = text === undefined ? [] : findScriptElements(text);
    if (file === undefined || text === undefined || scripts.length === 0 || workspace.partial) return undefined;
    if (scripts.some((script) => /\s(?:lang|src)\b/.test(attributesOf(text, script)))) return undefined;
    if (workspace.changes.some((change) => change.path === file && losesTypes(change))) return undefined;
    if (!(await isTypeScript(text, scripts)) || !isExpected(file, text, workspace)) return undefined;
    const places = scripts.map(({ start }) => ({ start: start - 1, end: start - 1, text: ' lang="ts"' }));
    return {
      files: new Map([[file, replaceRanges(text, places)]]),
      cause: `The script of ${file} holds TypeScript and is not marked as such.`,
      change: 'Gives it `lang="ts"`, as the other components have.',
    };
  },
};

function attributesOf(text: string, { start }: Range): string {
  return OPENING.exec(text.slice(Math.max(0, start - 300), start))?.[1] ?? ' src';
}

/** Whether it is TypeScript that keeps it from being JavaScript, and nothing else. */
async function isTypeScript(text: string, scripts: readonly Range[]): Promise<boolean> {
  const { parseSync } = await import('oxc-parser');
  const countErrors = (lang: 'js' | 'ts') =>
    scripts.flatMap(({ start, end }) => parseSync(`component.${lang}`, text.slice(start, end), { lang }).errors).length;
  return countErrors('js') > 0 && countErrors('ts') === 0;
}

function isExpected(file: string, text: string, workspace: Workspace): boolean {
  const change = workspace.changes.find(({ path }) => path === file);
  const former = change && formerText(text, change);
  if (former !== undefined && former !== text && isMarked(former)) return true;
  const extension = file.slice(file.lastIndexOf('.'));
  const home = nearestManifest(workspace, file);
  const others = workspace.paths.flatMap((path) => {
    const isFellow = path !== file && path.endsWith(extension) && nearestManifest(workspace, path) === home;
    const other = isFellow ? (workspace.read(path) ?? '') : '';
    return findScriptElements(other).length > 0 ? [other] : [];
  });
  return others.length > 1 && others.every(isMarked);
}

const OF_TYPES =
  /(?:[\w)\]}]\??\s*:\s*(?:[A-Z]\w*|string|number|boolean|unknown|any|void)\b(?!:))|\bas\s+[A-Z]|\binterface\s|\bimport type\b|^.\s*(?:export )?type\s+\w/;

/** Whether the diff takes types out and puts none in: the component is on its way to JavaScript. */
function losesTypes({ hunks = '' }: FileChange): boolean {
  const isOn = (sign: string) =>
    hunks.split('\n').some((line) => line.startsWith(sign) && !/<script\b/.test(line) && OF_TYPES.test(line));
  return isOn('-') && !isOn('+');
}

function isMarked(text: string): boolean {
  const scripts = findScriptElements(text);
  return scripts.length > 0 && scripts.every((script) => TYPESCRIPT.test(attributesOf(text, script)));
}
