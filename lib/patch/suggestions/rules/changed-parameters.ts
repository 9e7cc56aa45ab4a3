import { escapePattern } from '../../../context/word-pattern.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { partsOf } from '../distance.js';
import type { Rule } from '../rule.js';
import { findFunction, type Origin, originOf } from '../syntax/await-calls.js';
import type { Func } from '../syntax/entry-functions.js';
import { formerText } from '../syntax/former-text.js';
import { membersOfType } from '../syntax/named-types.js';
import { namesOf } from '../syntax/names.js';
import { isScript, parseSource } from '../syntax/parse.js';
import { isPure } from '../syntax/pure.js';
import { offsetOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import { typeOfBinding } from '../syntax/type-of-binding.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

const WRONG_ARGUMENTS =
  /^(?:Expected \d{1,3}(?:-\d{1,3})? arguments, but got \d|Argument of type .{1,2000} is not assignable to parameter of type )/s;

/**
 * A call of a function of the repository whose parameters the diff since the last READY deployment put into another order or into
 * one object, or of which it took some out, all others by their old names and types; or of which one is the record now whose member
 * the calls give. Every call that was left behind follows.
 */
export const changedParameters: Rule = {
  name: 'changed-parameters',
  async propose(error, workspace) {
    const found = WRONG_ARGUMENTS.test(error.message) ? await findChanged(error, workspace) : undefined;
    if (!found) return undefined;
    const { origin, follow } = found;
    const files = new Map<string, string>();
    for (const path of workspace.paths) {
      const text = isScript(path) ? workspace.read(path) : undefined;
      if (text === undefined || isFollowed(workspace, path, origin.name)) continue;
      const calls = await callsOf(workspace, path, origin);
      if (calls === undefined) return undefined;
      const edits: Replacement[] = [];
      for (const call of calls)
        if (stoodSo(workspace, path, text.slice(call.start, call.end)))
          edits.push(...((await follow(text, call, path)) ?? []));
      if (edits.length > 0) files.set(path, replaceRanges(text, edits));
    }
    if (error.file === undefined || !files.has(error.file)) return undefined;
    return {
      files,
      cause: `\`${origin.name}\` of ${origin.path} takes other arguments since the last good deployment than ${error.file} gives it.`,
      change: 'Gives it the same values in the way that it takes them now.',
    };
  },
};

type Call = Extract<SyntaxNode, { type: 'CallExpression' }>;
type Edits = readonly Replacement[] | undefined;
type Follow = (text: string, call: Call, path: string) => Edits | Promise<Edits>;

async function findChanged(
  { file, line, column }: BuildError,
  workspace: Workspace,
): Promise<{ readonly origin: Origin; readonly follow: Follow } | undefined> {
  const text = file === undefined || !isScript(file) ? undefined : workspace.read(file);
  const at = text === undefined || line === undefined ? undefined : offsetOf(text, line, column);
  if (file === undefined || text === undefined || at === undefined) return undefined;
  const { program, errors } = await workspace.parse(file, text);
  if (errors.length > 0) return undefined;
  for (const { node } of walk(program)) {
    if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') continue;
    if (node.start !== at && !node.arguments.some(({ start }) => start === at)) continue;
    const origin = await originOf(workspace, file, node.callee.name);
    const follow = origin && (await followerOf(workspace, origin));
    if (origin && (await follow?.(text, node, file))) return { origin, follow: follow as Follow };
  }
  return undefined;
}

async function followerOf(workspace: Workspace, { path, name }: Origin): Promise<Follow | undefined> {
  const text = workspace.read(path);
  const change = workspace.changes.find((one) => one.path === path);
  const former = text === undefined || !change ? undefined : formerText(text, change);
  if (text === undefined || former === undefined) return undefined;
  const before = findFunction((await parseSource(path, former)).program, name);
  const after = findFunction((await workspace.parse(path, text)).program, name);
  const old = before && parametersOf(former, before.params);
  if (!old || !after || old.length === 0) return undefined;
  const [only, another] = after.params;
  const joined = only?.type === 'ObjectPattern' && !another ? intoObject(old, only) : undefined;
  if (joined) return joined;
  const now = parametersOf(text, after.params);
  const ordered = now && inOrder(old, now);
  return ordered ?? wholeRecord(old, { text, after }, workspace);
}

/** One parameter takes a record now, of which the function reads the member that calls take from such a record themselves. */
function wholeRecord(
  old: readonly Parameter[],
  { text, after }: { readonly text: string; readonly after: Func },
  workspace: Workspace,
): Follow | undefined {
  const changed = after.params.flatMap((param, index) => {
    const now = parametersOf(text, [param as SyntaxNode])?.[0];
    return now?.name === old[index]?.name && now?.type === old[index]?.type ? [] : [{ param, index }];
  });
  const [only, another] = changed;
  if (!only || another || after.params.length !== old.length) return undefined;
  const { param, index } = only;
  const annotation = 'typeAnnotation' in param ? param.typeAnnotation : undefined;
  const type = annotation ? /^:\s*([A-Z]\w*)$/.exec(text.slice(annotation.start, annotation.end))?.[1] : undefined;
  const body = text.slice(after.start, after.end);
  const reads = (member: string) =>
    param.type === 'Identifier'
      ? new RegExp(`(?<![\\w$.])${escapePattern(param.name)}\\.${escapePattern(member)}(?![\\w$])`).test(body)
      : param.type === 'ObjectPattern' &&
        param.properties.some(
          (one) => one.type === 'Property' && one.key.type === 'Identifier' && one.key.name === member,
        );
  return async (source, { arguments: given }, path) => {
    const argument = given[index];
    if (given.length !== old.length || argument?.type !== 'MemberExpression' || argument.computed) return undefined;
    const { object, property } = argument;
    if (object.type !== 'Identifier' || property.type !== 'Identifier' || argument.optional || !reads(property.name))
      return undefined;
    // `id` or `boatId` was `boat.id`; where another member was given for it, the record does not stand for that.
    if (partsOf(old[index]?.name ?? '').at(-1) !== partsOf(property.name).at(-1)) return undefined;
    const { program } = await workspace.parse(path, source);
    const own = await typeOfBinding(workspace, { text: source, program, name: object.name, at: object.start });
    const isIts = type !== undefined && own === type && (await membersOfType(workspace, type))?.includes(property.name);
    return isIts ? [{ start: argument.start, end: argument.end, text: object.name }] : undefined;
  };
}

interface Parameter {
  readonly name: string;
  readonly type: string;
}

/** Undefined where one has no name of its own. */
function parametersOf(text: string, params: readonly SyntaxNode[]): Parameter[] | undefined {
  const found = params.flatMap((param): Parameter[] => {
    const target = param.type === 'AssignmentPattern' ? param.left : param;
    if (target.type !== 'Identifier') return [];
    const { typeAnnotation } = target;
    return [{ name: target.name, type: typeAnnotation ? text.slice(typeAnnotation.start, typeAnnotation.end) : '' }];
  });
  return found.length === params.length ? found : undefined;
}

function intoObject(old: readonly Parameter[], pattern: Extract<SyntaxNode, { type: 'ObjectPattern' }>) {
  const keys = pattern.properties.map((part) =>
    part.type === 'Property' && part.key.type === 'Identifier' ? part.key.name : undefined,
  );
  const isSame = old.length > 1 && keys.length === old.length && old.every(({ name }) => keys.includes(name));
  if (!isSame) return undefined;
  return (text: string, { arguments: given }: Call) => {
    const [first, last] = [given[0], given.at(-1)];
    const isOld = given.length > 1 && given.length <= old.length && given.every(({ type }) => type !== 'SpreadElement');
    if (!isOld || !first || !last) return undefined;
    const entries = given.map(({ start, end }, index) => {
      const [name = '', value] = [old[index]?.name, text.slice(start, end)];
      return name === value ? name : `${name}: ${value}`;
    });
    return [{ start: first.start, end: last.end, text: `{ ${entries.join(', ')} }` }];
  };
}

function inOrder(old: readonly Parameter[], now: readonly Parameter[]): Follow | undefined {
  const places = now.map(({ name, type }) => old.findIndex((one) => one.name === name && one.type === type));
  const isMoved = places.some((place, index) => place !== index) || now.length < old.length;
  if (!isMoved || places.includes(-1)) return undefined;
  return (text, { arguments: given }) => {
    const [first, last] = [given[0], given.at(-1)];
    if (given.length !== old.length || !first || !last) return undefined;
    const dropped = given.filter((_, index) => !places.includes(index));
    if (given.some(({ type }) => type === 'SpreadElement') || !dropped.every((one) => isPure(one as SyntaxNode)))
      return undefined;
    const kept = places.map((place) => text.slice(given[place]?.start, given[place]?.end));
    return [{ start: first.start, end: last.end, text: kept.join(', ') }];
  };
}

/** Whether the diff wrote calls of the function in the file: they may be what they should be. */
function isFollowed({ changes }: Workspace, path: string, name: string): boolean {
  const hunks = changes.find((change) => change.path === path)?.hunks ?? '';
  return hunks
    .split('\n')
    .some((line) => line.startsWith('+') && line.includes(`${name}(`) && !line.includes('function '));
}

/** Whether the file had the call as it is at the last READY deployment; one that the diff wrote may be what it should be. */
function stoodSo(workspace: Workspace, path: string, call: string): boolean {
  const change = workspace.changes.find((one) => one.path === path);
  return (change && formerText(workspace.read(path) ?? '', change))?.includes(call) ?? true;
}

/** Undefined where the function itself is handed on, to be called in the old way. */
async function callsOf(workspace: Workspace, path: string, origin: Origin): Promise<Call[] | undefined> {
  const text = workspace.read(path) ?? '';
  if (!text.includes(origin.name)) return [];
  const { program } = await workspace.parse(path, text);
  const calls: Call[] = [];
  for (const { name, role, key, parent } of namesOf(program)) {
    if (role !== 'reference' || /^(?:Export|TS)/.test(parent?.type ?? '')) continue;
    const found = await originOf(workspace, path, name);
    if (found?.path !== origin.path || found.name !== origin.name) continue;
    if (parent?.type !== 'CallExpression' || key !== 'callee') return undefined;
    calls.push(parent);
  }
  return calls;
}
