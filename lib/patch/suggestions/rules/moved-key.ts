import { nodesAround } from '../answers.js';
import { isBroughtByDiff } from '../changed-words.js';
import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { formerText } from '../syntax/former-text.js';
import { isScript } from '../syntax/parse.js';
import { offsetOf, replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

const MISSING = /^Missing "key" prop for element in iterator/;
const KEY = /\skey=\{([A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)*)\}/g;

/**
 * An element of a list without `key`, where the diff since the last READY deployment took the only one off an element that is not
 * the outermost any more: it belongs to the outermost, https://react.dev/learn/rendering-lists#why-does-react-need-keys.
 */
export const movedKey: Rule = {
  name: 'moved-key',
  async propose(error, workspace) {
    const { file, line } = error;
    const text = file !== undefined && isScript(file) && MISSING.test(error.message) ? workspace.read(file) : undefined;
    const at = text === undefined || line === undefined ? undefined : offsetOf(text, line, error.column);
    const key = file === undefined ? undefined : lostKey(workspace, file);
    if (file === undefined || text === undefined || at === undefined || key === undefined) return undefined;
    const { program, errors } = await workspace.parse(file, text);
    const around = nodesAround({ program }, at);
    const tag = [...walk(program)].find(({ node }) => node.type === 'JSXOpeningElement' && node.start === at)?.node;
    const item = around.find((node) => node.type === 'ArrowFunctionExpression');
    const list = around.find((node) => node.type === 'CallExpression' && node.arguments.some((one) => one === item));
    // Of another list the items may have no such member.
    if (item?.type !== 'ArrowFunctionExpression' || !list) return undefined;
    if (isNew(workspace, file, text.slice(list.start, item.body.start))) return undefined;
    if (!wasWithin(workspace, { file, text, key, head: text.slice(list.start, item.body.start) })) return undefined;
    if (errors.length > 0 || tag?.type !== 'JSXOpeningElement' || !takes(item, key)) return undefined;
    const end = (tag.typeArguments ?? tag.name).end;
    const repaired = replaceRanges(text, [{ start: end, end, text: ` key={${key}}` }]);
    if ((await countParseErrors(file, repaired)) > 0) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `The elements that ${file}, line ${line}, makes of a list have no key.`,
      change: `Gives them \`${key}\`, which was the key of what they hold.`,
    };
  },
};

/** Whether the diff brought the row in which the function of the list begins. */
function isNew(workspace: Workspace, file: string, head: string): boolean {
  const row = head
    .trimEnd()
    .replace(/\s*\($/, '')
    .split('\n')
    .at(-1)
    ?.trim();
  return row !== undefined && isBroughtByDiff(workspace, file, row);
}

/** Whether the key stood in this list and in none within or behind it; unknown where the diff does not fit the text. */
function wasWithin(
  { changes }: Workspace,
  {
    file,
    text,
    key,
    head,
  }: { readonly file: string; readonly text: string; readonly key: string; readonly head: string },
): boolean {
  const change = changes.find(({ path }) => path === file);
  const former = change && formerText(text, change);
  if (former === undefined) return true;
  const from = former.indexOf(head) + head.length;
  const at = former.indexOf(` key={${key}}`, from);
  return former.includes(head) && at >= 0 && !/\.(?:map|flatMap)\(/.test(former.slice(from, at));
}

/** The only key that the diff of the file takes away. */
function lostKey({ changes }: Workspace, file: string): string | undefined {
  const rows = (changes.find(({ path }) => path === file)?.hunks ?? '').split('\n');
  const keysOf = (sign: string) =>
    rows.flatMap((row) => (row.startsWith(sign) ? [...row.matchAll(KEY)].map(([, key = '']) => key) : []));
  const [before, after] = [keysOf('-'), keysOf('+')];
  const [only, another] = before.filter((key) => !after.includes(key));
  return another === undefined ? only : undefined;
}

function takes(item: SyntaxNode | undefined, key: string): boolean {
  const root = key.split(/[.?]/, 1)[0];
  return (
    item?.type === 'ArrowFunctionExpression' &&
    item.params.some((parameter) => parameter.type === 'Identifier' && parameter.name === root)
  );
}
