import type { Program } from 'oxc-parser';
import { kindOfSpecifier } from '../../../diagnosis/specifiers.js';
import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { type NameUse, namesOf } from '../syntax/names.js';
import { inFolder, isRecord, readConfig, resolveSpecifier } from '../syntax/resolve-specifier.js';
import { type Replacement, replaceRanges } from '../syntax/source-text.js';
import { specifiersOf } from '../syntax/specifiers.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

const NOT_IN_MODULES = /\b(?:require|module|__dirname|__filename) is not defined in ES module scope/;
/** https://nodejs.org/api/esm.html#no-__filename-or-__dirname */
const OF_MODULES: ReadonlyMap<string, string> = new Map([
  ['__dirname', 'import.meta.dirname'],
  ['__filename', 'import.meta.filename'],
]);
/** Node.js before 20.11 has no `import.meta.dirname`. */
const OLD_NODE = /^\s*[~^=v]?(?:1\d|20\.(?:\d|10))(?!\d)/;

/**
 * A script that Node.js runs as a module, written with what CommonJS alone has: modules of Node.js are imported, what is
 * assigned to `module.exports` is the default export, and `import.meta` knows where the file is.
 */
export const moduleScope: Rule = {
  name: 'module-scope',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined || !/\.m?js$/.test(file) ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || !NOT_IN_MODULES.test(error.message)) return undefined;
    const { program, errors } = await workspace.parse(file, text);
    const edits = errors.length > 0 ? undefined : convert(program, text);
    if (!edits || edits.length === 0) return undefined;
    const usesMeta = edits.some((edit) => edit.text.startsWith('import.meta'));
    if (usesMeta && OLD_NODE.test(nodeVersionOf(workspace))) return undefined;
    const hasDefault = edits.some((edit) => edit.text.startsWith('export default'));
    if (hasDefault && (workspace.partial || !(await isTakenAsDefault(workspace, file)))) return undefined;
    const repaired = replaceRanges(text, edits);
    if ((await countParseErrors(file, repaired)) > 0) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `${file} is run as a module and uses what CommonJS alone has.`,
      change: 'Writes the same as a module does.',
    };
  },
};

function nodeVersionOf(workspace: Workspace): string {
  const engines = readConfig(workspace, inFolder(workspace.rootDirectory, 'package.json'))?.engines;
  return isRecord(engines) && typeof engines.node === 'string' ? engines.node : '';
}

/** Undefined where something has no such form. */
function convert(program: Program, text: string): Replacement[] | undefined {
  const names = namesOf(program);
  const isOwn = ({ name, start, end }: NameUse) =>
    names.some(
      (use) => use.role === 'declaration' && use.name === name && use.scope.start <= start && end <= use.scope.end,
    );
  const parents = new Map([...walk(program)].map(({ node, parent }) => [node, parent]));
  const edits: Replacement[] = [];
  for (const use of names) {
    if (use.role !== 'reference' || isOwn(use)) continue;
    const edit = editOf(use, { program, text, parents });
    if (edit === 'impossible') return undefined;
    if (edit) edits.push(edit);
  }
  const isModule = program.body.some((node) => node.type.startsWith('Export'));
  const exported = edits.filter((edit) => edit.text.startsWith('export default')).length;
  return exported > (isModule ? 0 : 1) ? undefined : edits;
}

interface Around {
  readonly program: Program;
  readonly text: string;
  readonly parents: ReadonlyMap<SyntaxNode, SyntaxNode | undefined>;
}

function editOf(use: NameUse, around: Around): Replacement | 'impossible' | undefined {
  const { name, start, end, parent, shorthand } = use;
  const meta = OF_MODULES.get(name);
  if (meta !== undefined) return shorthand ? 'impossible' : { start, end, text: meta };
  if (name === 'require') return importInstead(parent, use, around) ?? 'impossible';
  if (name === 'module') return exportInstead(parent, around) ?? 'impossible';
  return name === 'exports' ? 'impossible' : undefined;
}

/** `const x = require('fs')` at the top; of other packages a module may get something else. */
function importInstead(call: SyntaxNode | undefined, use: NameUse, around: Around): Replacement | undefined {
  const { program, text, parents } = around;
  const source = call?.type === 'CallExpression' && use.key === 'callee' ? call.arguments[0] : undefined;
  const declarator = call && parents.get(call);
  const declaration = declarator && parents.get(declarator);
  if (source?.type !== 'Literal' || typeof source.value !== 'string' || kindOfSpecifier(source.value) !== 'builtin')
    return undefined;
  if (declarator?.type !== 'VariableDeclarator' || declaration?.type !== 'VariableDeclaration') return undefined;
  const isPlain =
    declaration.kind === 'const' && declaration.declarations.length === 1 && parents.get(declaration) === program;
  const binding = isPlain ? bindingOf(declarator.id, text) : undefined;
  if (binding === undefined) return undefined;
  const end = text[declaration.end - 1] === ';' ? ';' : '';
  return { start: declaration.start, end: declaration.end, text: `import ${binding} from ${source.raw}${end}` };
}

function bindingOf(id: SyntaxNode, text: string): string | undefined {
  if (id.type === 'Identifier') return id.name;
  if (id.type !== 'ObjectPattern') return undefined;
  const names = id.properties.map((property) => {
    if (property.type !== 'Property' || property.key.type !== 'Identifier' || property.value.type !== 'Identifier')
      return '';
    return property.shorthand
      ? property.key.name
      : `${property.key.name} as ${text.slice(property.value.start, property.value.end)}`;
  });
  return names.includes('') ? undefined : `{ ${names.join(', ')} }`;
}

/** `module.exports = …` as a statement of its own. */
function exportInstead(member: SyntaxNode | undefined, { program, parents }: Around): Replacement | undefined {
  const isExports =
    member?.type === 'MemberExpression' && member.property.type === 'Identifier' && member.property.name === 'exports';
  const assignment = isExports ? parents.get(member) : undefined;
  const statement = assignment && parents.get(assignment);
  if (assignment?.type !== 'AssignmentExpression' || assignment.left !== member || assignment.operator !== '=')
    return undefined;
  if (statement?.type !== 'ExpressionStatement' || parents.get(statement) !== program) return undefined;
  return { start: statement.start, end: assignment.right.start, text: 'export default ' };
}

/** Nobody in the repository imports it for anything else. */
async function isTakenAsDefault(workspace: Workspace, file: string): Promise<boolean> {
  const name = /([^/]+)\.m?js$/.exec(file)?.[1] ?? '';
  for (const path of workspace.paths) {
    const text = /\.[cm]?[jt]sx?$/.test(path) && path !== file ? workspace.read(path) : undefined;
    if (!text?.includes(name)) continue;
    for (const { specifier, names } of specifiersOf(await workspace.parse(path, text))) {
      if (resolveSpecifier(workspace, path, specifier) !== file) continue;
      if (names.length !== 1 || names[0] !== 'default') return false;
    }
  }
  return true;
}
