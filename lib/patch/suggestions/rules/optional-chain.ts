import type { Program } from 'oxc-parser';
import type { Rule } from '../rule.js';
import { importsOf } from '../syntax/imports.js';
import { isScript } from '../syntax/parse.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { lineOf, offsetOf, replaceRanges } from '../syntax/source-text.js';
import { type Visit, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

const POSSIBLY = /'(?<name>[A-Za-z_$][\w$.]*)' is possibly '(?:null|undefined|null' or 'undefined)'/;

/**
 * `<List highlightId={deal.id} />` where `deal` may be missing and every declaration of `highlightId` says that it need not be
 * given: `deal?.id`. Where the prop is required, or the value goes elsewhere, what a missing one means is for people to say.
 */
export const optionalChain: Rule = {
  name: 'optional-chain',
  async propose(error, workspace) {
    const name = POSSIBLY.exec(error.message)?.groups?.name;
    const { file, line, column } = error;
    if (name === undefined || file === undefined || line === undefined || column === undefined) return undefined;
    const text = /\.[jt]sx$/.test(file) ? workspace.read(file) : undefined;
    const at = text === undefined ? undefined : offsetOf(text, line, column);
    if (text === undefined || at === undefined) return undefined;
    const { program, errors } = await workspace.parse(file, text);
    if (errors.length > 0) return undefined;
    const [given, another] = [...walk(program)].flatMap((visit) => givenBy(visit, { name, at, text }));
    if (!given || another || !isOwn(workspace, file, { program, tag: given.tag })) return undefined;
    if (!(await isOptional(workspace, given.prop))) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, [{ start: given.dot, end: given.dot + 1, text: '?.' }])]]),
      cause: `${file}, line ${lineOf(text, at)}, takes for granted a \`${name}\` that may be missing.`,
      change: `Leaves \`${given.prop}\`, which need not be given, without a value then.`,
    };
  },
};

/** The attribute that is given a member of the value and nothing else, and the dot behind the value. */
function givenBy(
  { node, parent }: Visit,
  { name, at, text }: { readonly name: string; readonly at: number; readonly text: string },
): { readonly tag: string; readonly prop: string; readonly dot: number }[] {
  if (node.type !== 'JSXAttribute' || node.name.type !== 'JSXIdentifier') return [];
  if (parent?.type !== 'JSXOpeningElement') return [];
  const { value } = node;
  const chain = value?.type === 'JSXExpressionContainer' ? value.expression : undefined;
  if (chain?.type !== 'MemberExpression' || chain.start !== at) return [];
  const isPlain = /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$/.test(text.slice(chain.start, chain.end));
  const dot = at + name.length;
  return isPlain && text.startsWith(`${name}.`, at)
    ? [{ tag: text.slice(parent.name.start, parent.name.end), prop: node.name.name, dot }]
    : [];
}

/** Whether the component is one of the repository: what one of a package requires is declared there. */
function isOwn(
  workspace: Workspace,
  file: string,
  { program, tag }: { readonly program: Program; readonly tag: string },
): boolean {
  const imported = importsOf(program).find(({ local }) => local === tag.split('.')[0]);
  return imported === undefined || resolveSpecifier(workspace, file, imported.specifier) !== undefined;
}

async function isOptional(workspace: Workspace, prop: string): Promise<boolean> {
  let isDeclared = false;
  for (const path of workspace.paths) {
    const text = isScript(path) ? workspace.read(path) : undefined;
    if (!text?.includes(prop)) continue;
    for (const { node } of walk((await workspace.parse(path, text)).program)) {
      if (node.type !== 'TSPropertySignature' || node.key.type !== 'Identifier' || node.key.name !== prop) continue;
      const type = node.typeAnnotation?.typeAnnotation;
      const admits = type?.type === 'TSUnionType' && type.types.some((part) => part.type === 'TSUndefinedKeyword');
      if (!node.optional && !admits) return false;
      isDeclared = true;
    }
  }
  return isDeclared;
}
