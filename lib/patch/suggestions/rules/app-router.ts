import type { Program } from 'oxc-parser';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import type { Rule } from '../rule.js';
import { directivesOf, markAsClient, mayBeClient } from '../syntax/client-directive.js';
import { importsOf, modulesRunBy } from '../syntax/imports.js';
import { type NameUse, namesOf } from '../syntax/names.js';
import { isScript } from '../syntax/parse.js';
import { mayGoToBrowsers } from '../syntax/server-components.js';
import { replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

const OLD = 'next/router';
const WRONG_ROUTER = /NextRouter was not mounted|imports next\/router\. Use next\/navigation instead/;
/** What the routers of both modules do alike when they are called with an address alone and nobody looks at the answer. */
const SHARED = /^(?:push|replace|prefetch|back)$/;

/**
 * `useRouter` of `next/router`, which belongs to the Pages Router, in a file of the App Router that only navigates: it comes
 * from `next/navigation` there, https://nextjs.org/docs/messages/next-router-not-mounted.
 */
export const appRouter: Rule = {
  name: 'app-router',
  async propose(error, workspace) {
    const file = WRONG_ROUTER.test(error.message) ? await findImporter(error, workspace) : undefined;
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined) return undefined;
    const source = await workspace.parse(file, text);
    const { program, errors } = source;
    const [only, another] = importsOf(program).filter(({ specifier }) => specifier === OLD);
    if (errors.length > 0 || only?.imported !== 'useRouter' || another || !onlyNavigates(program, only.local))
      return undefined;
    const { start, end } = only.declaration.source;
    const moved = replaceRanges(text, [{ start: start + 1, end: end - 1, text: 'next/navigation' }]);
    const isMissingMark = /Server Component/.test(error.message) && !directivesOf(program).includes('use client');
    if (isMissingMark && !(mayBeClient(source) && (await mayGoToBrowsers(workspace, file)))) return undefined;
    return {
      files: new Map([[file, isMissingMark ? markAsClient(moved, program) : moved]]),
      cause: `${file} takes \`useRouter\` from \`${OLD}\`, whose router the App Router does not have.`,
      change: `Takes it from \`next/navigation\`, whose router does the same where it is used${isMissingMark ? ", and marks the file with `'use client'`" : ''}.`,
    };
  },
};

/** The file that the error names, else the only one outside of the Pages Router. */
async function findImporter({ file }: BuildError, workspace: Workspace): Promise<string | undefined> {
  const importers: string[] = [];
  for (const path of workspace.paths) {
    const text = isScript(path) && !/^(?:.*\/)?pages\//.test(path) ? workspace.read(path) : undefined;
    if (text?.includes(OLD) && modulesRunBy((await workspace.parse(path, text)).program).includes(OLD))
      importers.push(path);
  }
  const [only, another] = importers;
  if (file !== undefined && importers.includes(file)) return file;
  return another === undefined ? only : undefined;
}

/** Every router of the file is called to go to an address, and for nothing else. */
function onlyNavigates(program: Program, hook: string): boolean {
  const names = namesOf(program);
  const parents = new Map([...walk(program)].map(({ node, parent }) => [node, parent]));
  const calls = names.filter(({ name, role }) => name === hook && role === 'reference').map(({ parent }) => parent);
  return calls.every((call) => {
    const holder = call?.type === 'CallExpression' ? parents.get(call) : undefined;
    if (holder?.type !== 'VariableDeclarator') return false;
    const taken = takenFrom(holder.id);
    return taken?.every(({ local, isRouter }) => {
      const same = names.filter(({ name }) => name === local);
      const uses = same.filter(({ role }) => role === 'reference');
      const isOneThing = same.filter(({ role }) => role === 'declaration').length === 1;
      return isOneThing && uses.every((use) => isListed(use) || isNavigation(use, { isRouter, parents }));
    });
  });
}

interface Taken {
  readonly local: string;
  /** The router itself, or one of its functions. */
  readonly isRouter: boolean;
}

/** Undefined where more is taken than what both routers have. */
function takenFrom(id: SyntaxNode): readonly Taken[] | undefined {
  if (id.type === 'Identifier') return [{ local: id.name, isRouter: true }];
  if (id.type !== 'ObjectPattern') return undefined;
  const taken = id.properties.flatMap((property): Taken[] => {
    if (property.type !== 'Property' || property.key.type !== 'Identifier' || !SHARED.test(property.key.name))
      return [];
    return property.value.type === 'Identifier' ? [{ local: property.value.name, isRouter: false }] : [];
  });
  return taken.length === id.properties.length ? taken : undefined;
}

/** Among the dependencies of a hook. */
function isListed({ parent }: NameUse): boolean {
  return parent?.type === 'ArrayExpression';
}

/** A call with a written address, as a statement or all that an arrow function does. */
function isNavigation(
  { parent, key }: NameUse,
  {
    isRouter,
    parents,
  }: { readonly isRouter: boolean; readonly parents: ReadonlyMap<SyntaxNode, SyntaxNode | undefined> },
): boolean {
  if (parent === undefined || key !== (isRouter ? 'object' : 'callee')) return false;
  if (isRouter && !(parent.type === 'MemberExpression' && SHARED.test(memberName(parent)))) return false;
  const call = isRouter ? parents.get(parent) : parent;
  const isCalled =
    call?.type === 'CallExpression' && (!isRouter || call.callee === parent) && call.arguments.length <= 1;
  if (!isCalled || !call.arguments.every(({ type }) => /^(?:Literal|TemplateLiteral)$/.test(type))) return false;
  const owner = parents.get(call);
  return owner?.type === 'ExpressionStatement' || (owner?.type === 'ArrowFunctionExpression' && owner.body === call);
}

function memberName(member: SyntaxNode): string {
  return member.type === 'MemberExpression' && member.property.type === 'Identifier' ? member.property.name : '';
}
