import type { Program } from 'oxc-parser';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import type { Rule } from '../rule.js';
import { findMovedFolder } from '../syntax/moved-folder.js';
import { isScript } from '../syntax/parse.js';
import { joinPath } from '../syntax/resolve-specifier.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';

/**
 * A folder that code reads while it builds, and that the diff since the last READY deployment moved with all its files: whoever
 * names the old one, as a path or part by part, follows.
 */
export const renamedFolder: Rule = {
  name: 'renamed-folder',
  async propose(error, workspace) {
    const old = workspace.partial ? undefined : folderIn(error);
    const now = old === undefined ? undefined : findMovedFolder(workspace, old);
    if (old === undefined || now === undefined) return undefined;
    const files = new Map<string, string>();
    let line = 0;
    for (const path of workspace.paths) {
      const text = isScript(path) ? workspace.read(path) : undefined;
      const last = old.slice(old.lastIndexOf('/') + 1);
      if (text === undefined || !text.includes(last)) continue;
      const edits = placesOf((await workspace.parse(path, text)).program, text, { old, now });
      const [first] = edits;
      if (!first) continue;
      line ||= lineOf(text, first.start);
      files.set(path, replaceRanges(text, edits));
    }
    const [first] = files.keys();
    if (first === undefined) return undefined;
    return {
      files,
      cause: `${first}, line ${line}, reads ${old}, which is ${now} since the last good deployment.`,
      change: `Reads ${now}, where all files of that folder went.`,
    };
  },
};

function folderIn({ kind, code, message, specifier }: BuildError): string | undefined {
  if (kind !== 'file-missing' || code !== 'ENOENT' || !/\b(?:scandir|opendir|lstat|stat|open) '/.test(message))
    return undefined;
  const path = (specifier ?? /'([^'\n]{1,300})'/.exec(message)?.[1])
    ?.replace(/^\/vercel\/path\d+\//, '')
    .replace(/\/$/, '');
  return path === undefined || path.startsWith('/') ? undefined : joinPath('', path);
}

interface Move {
  readonly old: string;
  readonly now: string;
}

/** `'content/walks'` and `path.join(root, 'content', 'walks')`. */
function placesOf(program: Program, text: string, move: Move): Replacement[] {
  return [...walk(program)].flatMap(({ node, parent }) => {
    if (node.type === 'CallExpression') return partsOf(node, move);
    if (node.type !== 'Literal' || typeof node.value !== 'string' || parent?.type === 'ImportDeclaration') return [];
    const [, head = '', end = ''] = /^((?:\.{0,2}\/)*).*?(\/?)$/.exec(node.value) ?? [];
    if (!move.old.includes('/') || node.value !== head + move.old + end) return [];
    const quote = text[node.start] ?? "'";
    return [{ start: node.start, end: node.end, text: quote + head + move.now + end + quote }];
  });
}

/** The last arguments of a call that joins paths, where they are the folder part by part. */
function partsOf(call: Extract<SyntaxNode, { type: 'CallExpression' }>, { old, now }: Move): Replacement[] {
  const { callee } = call;
  const name =
    callee.type === 'Identifier'
      ? callee.name
      : callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
        ? callee.property.name
        : '';
  const [parts, others] = [old.split('/'), now.split('/')];
  if (!/^(?:join|resolve)$/.test(name) || parts.length !== others.length) return [];
  const at = call.arguments.length - parts.length;
  const isFolder = parts.every((part, index) => {
    const argument = call.arguments[at + index];
    return argument?.type === 'Literal' && argument.value === part;
  });
  if (at < 0 || !isFolder) return [];
  return parts.flatMap((part, index) => {
    const argument = call.arguments[at + index];
    const other = others[index];
    return argument && other !== undefined && other !== part
      ? [{ start: argument.start + 1, end: argument.end - 1, text: other }]
      : [];
  });
}
