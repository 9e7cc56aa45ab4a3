import type { Program } from 'oxc-parser';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { addImport } from '../syntax/add-import.js';
import { findFunction } from '../syntax/await-calls.js';
import { exportsOf } from '../syntax/exports.js';
import { type ImportedName, importsOf } from '../syntax/imports.js';
import { isDeclared, namesOf } from '../syntax/names.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { bringsSecrets, modulesOfClients } from '../syntax/server-components.js';
import { type Replacement, replaceRanges } from '../syntax/source-text.js';
import type { SyntaxNode } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';
import { rangeOf } from './export-home.js';

const RESTRICTED = [
  /^'(?<from>[^']{1,200})' import is restricted from being used(?: by a pattern)?\.(?<advice>.{1,500})/s,
  /^'(?<name>[\w$]{1,100})' import from '(?<from>[^']{1,200})' is restricted(?: from being used by a pattern)?\.(?<advice>.{1,500})/s,
];

interface Restriction {
  readonly name?: string;
  readonly from: string;
  /** What the repository's own settings say to it. */
  readonly advice: string;
}

/**
 * An import that the lint rules of the repository forbid, and whose own words name the one module of the repository to go through:
 * that has the same names, or the one function that answers with the very thing.
 */
export const restrictedImport: Rule = {
  name: 'restricted-import',
  async propose(error, workspace) {
    const restriction = restrictionOf(error);
    const { file } = error;
    const text = file === undefined || !restriction || !isScript(file) ? undefined : workspace.read(file);
    if (file === undefined || !restriction || text === undefined) return undefined;
    const { program, errors } = await workspace.parse(file, text);
    const targets = importsOf(program).filter(({ specifier }) => specifier === restriction.from);
    const [declaration, another] = new Set(targets.map((target) => target.declaration));
    const advised = adviceIn(workspace, file, restriction);
    if (errors.length > 0 || !declaration || another || !advised) return undefined;
    const meant = targets.filter(({ imported }) => (restriction.name ?? imported) === imported);
    if (meant.length === 0 || (await isOutOfReach(workspace, file, advised.module))) return undefined;
    const change = { file, text, program, meant, advised };
    const repaired = (await takeSameNames(workspace, change)) ?? (await askInstead(workspace, change));
    if (repaired === undefined || (await countParseErrors(file, repaired.text)) > 0) return undefined;
    return {
      files: new Map([[file, repaired.text]]),
      cause: `${file} imports ${meant.map(({ local }) => `\`${local}\``).join(' and ')} from \`${restriction.from}\`, which the lint rules of the repository forbid.`,
      change: `Takes ${repaired.what} of \`${advised.specifier}\`, as they say.`,
    };
  },
};

function restrictionOf({ message, code }: BuildError): Restriction | undefined {
  if (code !== undefined && !code.includes('no-restricted-imports')) return undefined;
  for (const pattern of RESTRICTED) {
    const groups = pattern.exec(message)?.groups;
    if (groups?.from && groups.advice)
      return { from: groups.from, advice: groups.advice, ...(groups.name ? { name: groups.name } : {}) };
  }
  return undefined;
}

interface Advised {
  readonly specifier: string;
  readonly module: string;
}

const MODULE = /(?<![\w./@~#-])[@~#\w][\w@~#.-]*(?:\/[\w@~#.-]*[\w-])+/g;
const FORBIDS = /\b(?:not|never|don't|cannot|except|unless|only|outside|of|or)\b/i;

/** The one module that the words send to. A relative path would be relative to something that they do not say. */
function adviceIn(workspace: Workspace, file: string, { advice, from }: Restriction): Advised | undefined {
  const found = new Map<string, Advised | undefined>();
  for (const { 0: specifier, index } of advice.matchAll(MODULE)) {
    const module = specifier === from ? undefined : resolveSpecifier(workspace, file, specifier);
    if (module === undefined || module === file) continue;
    const clause =
      advice
        .slice(0, index)
        .split(/[.,;:!?]\s/)
        .at(-1) ?? '';
    const isSentThere = /\b(?:use|import|from|through|via|prefer)\b/i.test(clause) && !FORBIDS.test(clause);
    found.set(module, isSentThere ? { specifier, module } : undefined);
  }
  return found.size === 1 ? [...found.values()][0] : undefined;
}

/** Whether the module needs the server and the file goes to browsers, or it needs the file itself. */
async function isOutOfReach(workspace: Workspace, file: string, module: string): Promise<boolean> {
  const text = workspace.read(module);
  if (text === undefined || !isScript(module)) return true;
  const { program } = await workspace.parse(module, text);
  if (importsOf(program).some(({ specifier }) => resolveSpecifier(workspace, module, specifier) === file)) return true;
  return (await modulesOfClients(workspace)).has(file) && (await bringsSecrets(workspace, module));
}

interface Change {
  readonly file: string;
  readonly text: string;
  readonly program: Program;
  readonly meant: readonly ImportedName[];
  readonly advised: Advised;
}

interface Repaired {
  readonly text: string;
  /** For people: what is taken. */
  readonly what: string;
}

/** The names themselves, where the module exports them too: from there. */
async function takeSameNames(workspace: Workspace, change: Change): Promise<Repaired | undefined> {
  const { text, program, meant, advised } = change;
  const exported = await exportsOf(workspace, advised.module);
  const names = meant.map(({ imported, local }) => (imported === 'default' ? local : imported));
  const isThere = meant.every(({ isType }, index) => {
    const name = names[index] ?? '';
    return exported?.names.has(name) && (isType || !exported.types.has(name));
  });
  const [first] = meant;
  if (!first || !isThere) return undefined;
  const { declaration } = first;
  const isOther = !importsOf(program).some(({ specifier }) => specifier === advised.specifier);
  const isNamed = declaration.specifiers.every(({ type }) => type === 'ImportSpecifier');
  const what = names.map((name) => `\`${name}\``).join(' and ');
  if (isOther && isNamed && meant.length === declaration.specifiers.length) {
    const { start, end } = declaration.source;
    return { text: replaceRanges(text, [{ start: start + 1, end: end - 1, text: advised.specifier }]), what };
  }
  if (meant.length > 1 || (!isNamed && declaration.specifiers.length > 1)) return undefined;
  const [name = ''] = names;
  const repaired = await importInstead(workspace, change, {
    target: first,
    written: name === first.local ? name : `${name} as ${first.local}`,
    edits: [],
  });
  return repaired === undefined ? undefined : { text: repaired, what };
}

/** In place of the statement, or where the file takes other names of the module already. */
async function importInstead(
  workspace: Workspace,
  { file, text, program, advised }: Change,
  wanted: { readonly target: ImportedName; readonly written: string; readonly edits: readonly Replacement[] },
): Promise<string | undefined> {
  const { declaration, isType } = wanted.target;
  const { specifier } = advised;
  if (declaration.specifiers.length === 1 && !importsOf(program).some((other) => other.specifier === specifier)) {
    const { start, end, source } = declaration;
    const quote = text[source.start] ?? "'";
    const clause = `${isType ? 'type ' : ''}{ ${wanted.written} }`;
    const statement = `import ${clause} from ${quote}${specifier}${quote}${text.slice(source.end, end)}`;
    return replaceRanges(text, [{ start, end, text: statement }, ...wanted.edits]);
  }
  const rest = replaceRanges(text, [rangeOf(text, wanted.target), ...wanted.edits]);
  const added = { name: wanted.written, isDefault: false, isType, specifier };
  return addImport(file, rest, (await workspace.parse(file, rest)).program, added);
}

/** The one function of the module that answers, asked for nothing, with what it imports as the default of the same file. */
async function askInstead(workspace: Workspace, change: Change): Promise<Repaired | undefined> {
  const { file, program, meant, advised } = change;
  const [target, another] = meant;
  const data = target && resolveSpecifier(workspace, file, target.specifier);
  if (!target || another || target.imported !== 'default' || target.isType || data === undefined) return undefined;
  if (isComponentFile(file) || target.declaration.specifiers.length > 1) return undefined;
  const functions = await functionsThatAnswer(workspace, advised.module, data);
  const [name, other] = functions;
  const names = namesOf(program);
  if (name === undefined || other !== undefined || isDeclared(names, name)) return undefined;
  const uses = names.filter((use) => use.name === target.local && use.start !== target.start);
  // Otherwise it may be another of that name, and in a list of dependencies each answer would have to be the same.
  if (
    uses.some(
      ({ role, shorthand, parent }) => role === 'declaration' || shorthand || parent?.type === 'ArrayExpression',
    )
  )
    return undefined;
  const references = uses.filter(({ role }) => role === 'reference');
  if (references.some(({ parent }) => /^TS|^JSXOpening|^Assignment|^Update/.test(parent?.type ?? ''))) return undefined;
  const repaired = await importInstead(workspace, change, {
    target,
    written: name,
    edits: references.map(({ start, end }) => ({ start, end, text: `${name}()` })),
  });
  return repaired === undefined ? undefined : { text: repaired, what: `\`${name}()\`` };
}

/** Exported functions without parameters that do nothing but return the default export of the file. */
async function functionsThatAnswer(workspace: Workspace, module: string, data: string): Promise<readonly string[]> {
  const { program } = await workspace.parse(module, workspace.read(module) ?? '');
  const exported = (await exportsOf(workspace, module))?.names ?? new Set();
  const taken = new Set(
    importsOf(program).flatMap(({ imported, local, specifier }) =>
      imported === 'default' && resolveSpecifier(workspace, module, specifier) === data ? [local] : [],
    ),
  );
  for (const node of program.body)
    if (node.type === 'VariableDeclaration' && node.kind === 'const')
      for (const { id, init } of node.declarations)
        if (id.type === 'Identifier' && init && taken.has(nameOf(init as SyntaxNode) ?? '')) taken.add(id.name);
  return [...exported].filter((name) => {
    const func = findFunction(program, name);
    if (!func || func.async || func.generator || func.params.length > 0) return false;
    const [only, another] = func.body?.type === 'BlockStatement' ? func.body.body : [];
    const answer = func.body?.type === 'BlockStatement' && only?.type === 'ReturnStatement' ? only.argument : func.body;
    return another === undefined && answer !== null && taken.has(nameOf(answer as SyntaxNode) ?? '');
  });
}

/** Of a name alone, whatever type it is called to be of. */
function nameOf(node: SyntaxNode): string | undefined {
  if (node.type === 'TSAsExpression' || node.type === 'TSSatisfiesExpression')
    return nameOf(node.expression as SyntaxNode);
  return node.type === 'Identifier' ? node.name : undefined;
}
