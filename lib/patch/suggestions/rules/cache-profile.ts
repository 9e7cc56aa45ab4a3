import type { Rule } from '../rule.js';
import { importsOf } from '../syntax/imports.js';
import { namesOf } from '../syntax/names.js';
import { offsetOf, quoteOf, replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

const ONE_OF_TWO = /^Expected 2 arguments, but got 1\./;

/**
 * `revalidateTag('berths')`, which since Next.js 16 wants to know how stale the data may be: `'max'`, as
 * https://nextjs.org/docs/messages/revalidate-tag-single-arg has it. Not where the repository uses another profile somewhere,
 * nor in Server Actions, unless one of them has that profile already.
 */
export const cacheProfile: Rule = {
  name: 'cache-profile',
  async propose(error, workspace) {
    const { file, line, column } = error;
    const text = file === undefined || !ONE_OF_TWO.test(error.message) ? undefined : workspace.read(file);
    const at = text === undefined || line === undefined ? undefined : offsetOf(text, line, column);
    if (file === undefined || text === undefined || at === undefined) return undefined;
    if (!(await callsIn(workspace, file)).some((call) => isAt(call, at) && call.arguments.length === 1))
      return undefined;

    const files = new Map<string, string>();
    let isChosen = false;
    for (const path of workspace.paths) {
      const content = SCRIPT.test(path) ? (workspace.read(path) ?? '') : '';
      const calls = content.includes(FUNCTION) ? await callsIn(workspace, path) : [];
      const given = calls.map(({ arguments: [tag, profile] }) => ({ tag, profile }));
      if (given.some(({ profile }) => profile && !/^(['"`])max\1$/.test(content.slice(profile.start, profile.end))))
        return undefined;
      const isAction = IN_ACTIONS.test(content);
      if (isAction && given.some(({ profile }) => profile)) isChosen = true;
      const edits = given.flatMap(({ tag, profile }) => {
        if (!tag || tag.type === 'SpreadElement' || profile) return [];
        const quote = /^["']/.exec(content.slice(tag.start))?.[0] ?? quoteOf(content);
        return [{ start: tag.end, end: tag.end, text: `, ${quote}max${quote}` }];
      });
      if (edits.length > 0) files.set(path, replaceRanges(content, edits));
    }
    for (const path of files.keys()) if (!isChosen && IN_ACTIONS.test(workspace.read(path) ?? '')) files.delete(path);
    if (!files.has(file)) return undefined;
    return {
      files,
      cause: `${file} calls \`${FUNCTION}\` with a tag alone, as Next.js took it up to version 15.`,
      change: "Adds the profile `'max'`, which its documentation recommends.",
    };
  },
};

const FUNCTION = 'revalidateTag';
const SCRIPT = /\.[cm]?[jt]sx?$/;

type Call = Extract<SyntaxNode, { type: 'CallExpression' }>;

/** There `updateTag` is the other answer, which Next.js names beside this one: it shows at once what was saved. */
const IN_ACTIONS = /^\s*(['"])use server\1/m;

/** The compiler points at what is called, or at its name behind a dot. */
function isAt({ start, callee }: Call, at: number): boolean {
  return start === at || (callee.type === 'MemberExpression' && callee.property.start === at);
}

async function callsIn(workspace: Workspace, path: string): Promise<Call[]> {
  const { program, errors } = await workspace.parse(path, workspace.read(path) ?? '');
  const names = namesOf(program);
  const imports = importsOf(program).filter(({ specifier, local }) => {
    const declared = names.filter(({ name, role }) => name === local && role === 'declaration');
    return specifier === 'next/cache' && declared.length === 1;
  });
  if (errors.length > 0 || imports.length === 0) return [];
  return [...walk(program)].flatMap(({ node }): Call[] => {
    if (node.type !== 'CallExpression') return [];
    const { callee } = node;
    const isCalled = imports.some(({ imported, local }) =>
      imported === '*'
        ? callee.type === 'MemberExpression' &&
          callee.object.type === 'Identifier' &&
          callee.object.name === local &&
          callee.property.type === 'Identifier' &&
          callee.property.name === FUNCTION
        : imported === FUNCTION && callee.type === 'Identifier' && callee.name === local,
    );
    return isCalled ? [node] : [];
  });
}
