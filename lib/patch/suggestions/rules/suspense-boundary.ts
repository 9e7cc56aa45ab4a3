import type { Program } from 'oxc-parser';
import { countParseErrors } from '../parses-better.js';
import type { Fix, Rule } from '../rule.js';
import { addImport } from '../syntax/add-import.js';
import { importsOf } from '../syntax/imports.js';
import { isDeclared, namesOf } from '../syntax/names.js';
import { parseSource } from '../syntax/parse.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { lineEnding, type Replacement, replaceRanges } from '../syntax/source-text.js';
import { specifiersOf } from '../syntax/specifiers.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

const HOOK = 'useSearchParams';

/**
 * `useSearchParams()` without a `<Suspense>` around it, which Next.js wants for a page that it renders ahead of time:
 * puts one around the component that calls the hook, where the page or what it renders names that component; a page
 * that calls it itself becomes the content of a page that only holds the boundary.
 */
export const suspenseBoundary: Rule = {
  name: 'suspense-boundary',
  async propose(error, workspace) {
    const { route } = error;
    if (route === undefined || !error.message.includes(`${HOOK}() should be wrapped in a suspense boundary`)) {
      return undefined;
    }
    const { pages, layouts } = workspace.findRoute(route);
    const modules = await readModules(workspace, [...pages, ...layouts]);
    const callers = [...modules].filter(([, module]) => module.callsHook).map(([path]) => path);
    const [caller, another] = callers;
    if (caller === undefined || another !== undefined) return undefined;
    const repaired = pages.includes(caller)
      ? await splitPage(modules.get(caller))
      : await wrapElements(caller, modules, workspace);
    return repaired && describe(caller, route, repaired);
  },
};

function describe(caller: string, route: string, files: ReadonlyMap<string, string>): Fix {
  return {
    files,
    cause: `${caller} calls \`${HOOK}()\` and nothing around it on ${route} is a \`<Suspense>\`.`,
    change: 'Puts a `<Suspense>` boundary around the component that calls it.',
  };
}

interface Module {
  readonly path: string;
  readonly text: string;
  readonly program: Program;
  readonly callsHook: boolean;
}

// A page that leads to more modules than this is not read to its end, and gets no answer.
const MAX_MODULES = 200;

/** The modules that the entries lead to, as far as they were read. */
async function readModules(workspace: Workspace, entries: readonly string[]): Promise<Map<string, Module>> {
  const modules = new Map<string, Module>();
  const queue = [...entries];
  for (let path = queue.shift(); path !== undefined && modules.size < MAX_MODULES; path = queue.shift()) {
    const text = workspace.read(path);
    if (text === undefined || modules.has(path) || !/\.[jt]sx?$/.test(path)) continue;
    const parsed = await workspace.parse(path, text);
    const { program } = parsed;
    const callsHook = namesOf(program).some(
      (use) => use.name === HOOK && use.role === 'reference' && use.parent?.type === 'CallExpression',
    );
    modules.set(path, { path, text, program, callsHook });
    for (const { specifier } of specifiersOf(parsed)) {
      const target = resolveSpecifier(workspace, path, specifier);
      if (target !== undefined) queue.push(target);
    }
  }
  return modules;
}

async function wrapElements(
  caller: string,
  modules: ReadonlyMap<string, Module>,
  workspace: Workspace,
): Promise<ReadonlyMap<string, string> | undefined> {
  const files = new Map<string, string>();
  for (const { path, text, program } of modules.values()) {
    const locals = importsOf(program)
      .filter(({ specifier, imported }) => imported !== '*' && resolveSpecifier(workspace, path, specifier) === caller)
      .map(({ local }) => local);
    const elements = elementsOutsideSuspense(program, new Set(locals));
    if (elements.length === 0) continue;
    const wrapped = replaceRanges(
      text,
      elements.map((element) => wrap(text, element)),
    );
    const repaired = await importSuspense(path, wrapped);
    if (repaired === undefined) return undefined;
    files.set(path, repaired);
  }
  return files.size > 0 ? files : undefined;
}

function elementsOutsideSuspense(program: Program, names: ReadonlySet<string>): SyntaxNode[] {
  const covered = new Set<SyntaxNode>();
  const elements: SyntaxNode[] = [];
  for (const { node, parent } of walk(program)) {
    if (parent && covered.has(parent)) covered.add(node);
    if (node.type !== 'JSXElement') continue;
    const { name } = node.openingElement;
    const tag =
      name.type === 'JSXIdentifier' ? name.name : name.type === 'JSXMemberExpression' ? name.property.name : '';
    if (tag === 'Suspense') covered.add(node);
    else if (names.has(tag) && !covered.has(node)) elements.push(node);
  }
  return elements;
}

function wrap(text: string, { start, end }: SyntaxNode): Replacement {
  const element = text.slice(start, end);
  const indent = /[^\n]*$/.exec(text.slice(0, start))?.[0] ?? '';
  const isOwnLine = indent.trim() === '' && /^[^\S\n]*\r?(?:\n|$)/.test(text.slice(end));
  if (!isOwnLine) return { start, end, text: `<Suspense>${element}</Suspense>` };
  const ending = lineEnding(text);
  const step = indent.includes('\t') ? '\t' : '  ';
  const inner = element.replaceAll('\n', `\n${step}`);
  return { start, end, text: `<Suspense>${ending}${indent}${step}${inner}${ending}${indent}</Suspense>` };
}

/** Undefined when something else is called `Suspense`. */
async function importSuspense(path: string, text: string): Promise<string | undefined> {
  const { program } = await parseSource(path, text);
  const own = importsOf(program).find(({ local }) => local === 'Suspense');
  if (own) return own.specifier === 'react' && own.imported === 'Suspense' ? text : undefined;
  if (isDeclared(namesOf(program), 'Suspense')) return undefined;
  return addImport(path, text, program, { name: 'Suspense', isDefault: false, isType: false, specifier: 'react' });
}

/** `export default function Page` without parameters; its content moves into `PageContent`. */
async function splitPage(page: Module | undefined): Promise<ReadonlyMap<string, string> | undefined> {
  if (!page) return undefined;
  const { path, text, program } = page;
  const statement = program.body.find((node) => node.type === 'ExportDefaultDeclaration');
  const func = statement?.declaration;
  if (!statement || func?.type !== 'FunctionDeclaration' || !func.id || func.async || func.params.length > 0) {
    return undefined;
  }
  const names = namesOf(program);
  const { name } = func.id;
  const content = `${name}Content`;
  const isUsed = names.some((use) => use.name === name && use.role === 'reference');
  const isCalledHere = names.some((use) => use.name === HOOK && use.start > func.start && use.end < func.end);
  if (isUsed || !isCalledHere || isDeclared(names, content)) return undefined;

  const ending = lineEnding(text);
  const semicolon = /;\s*(?:\r?\n|$)/.test(text) ? ';' : '';
  const holder = [
    '',
    `export default function ${name}() {`,
    '  return (',
    '    <Suspense>',
    `      <${content} />`,
    '    </Suspense>',
    `  )${semicolon}`,
    '}',
    '',
  ];
  const header = { start: statement.start, end: func.id.end, text: `function ${content}` };
  const split = `${replaceRanges(text, [header]).trimEnd()}${ending}${holder.join(ending)}`;
  const repaired = await importSuspense(path, split);
  if (repaired === undefined || (await countParseErrors(path, repaired)) > 0) return undefined;
  return new Map([[path, repaired]]);
}
