import type { ExportNamedDeclaration } from 'oxc-parser';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import type { Rule } from '../rule.js';
import { namesOf } from '../syntax/names.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import { isTakenByName } from '../syntax/taken-by-name.js';
import { isMentionedInTemplate } from '../syntax/template-uses.js';
import type { Workspace } from '../workspace.js';

const NAMED = [
  /Invalid export '([\w$]+)'/,
  /"([\w$]+)" is not a valid (?:\w+ )?export field/,
  /"([\w$]+)" is not a valid (?:Page|Layout|Route) export/,
];
/** Says where, not which: everything that such a file exports has to be asynchronous. */
const MUST_BE_ASYNC =
  /Server Actions must be async functions|Only async functions are allowed to be exported in a "use server" file/;
/** Vue, which hands everything on to the template: https://vuejs.org/api/sfc-script-setup.html */
export const OF_SETUP = /<script setup> cannot contain ES module exports/;

/**
 * A helper that is exported from a file whose exports a framework prescribes, and that nobody imports from there: it
 * stays where it is, without the keyword.
 */
export const unwantedExport: Rule = {
  name: 'unwanted-export',
  async propose(error, workspace) {
    const { file } = error;
    if (file === undefined || workspace.partial || !isScript(file)) return undefined;
    const text = workspace.read(file);
    if (text === undefined) return undefined;
    const { program, errors } = await workspace.parse(file, text);
    if (errors.length > 0) return undefined;

    const named = program.body.filter((node) => node.type === 'ExportNamedDeclaration');
    const blamed = named.filter((node) => isBlamed(node, error, text));
    const [only, another] = blamed;
    const name = only === undefined ? undefined : declaredName(only);
    if (!only?.declaration || another || name === undefined) return undefined;
    const isUsed =
      namesOf(program).some((use) => use.name === name && use.role === 'reference') ||
      (isComponentFile(file) && isMentionedInTemplate(file, text, name));
    // What nothing uses was meant for the framework, if it is more than a leftover; and it may be reported as unused.
    const isForTemplate = OF_SETUP.test(error.message);
    if (!isUsed && (isForTemplate || !isLeftover(only, name) || reportsUnused(workspace))) return undefined;
    if (await isImported(workspace, file, name)) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, [{ start: only.start, end: only.declaration.start, text: '' }])]]),
      cause: `${file} exports \`${name}\`, which its framework does not accept there.`,
      change: `Keeps \`${name}\` to the file, as nobody imports it.`,
    };
  },
};

function declaredName({ declaration }: ExportNamedDeclaration): string | undefined {
  if (declaration?.type === 'FunctionDeclaration' || declaration?.type === 'ClassDeclaration')
    return declaration.id?.name;
  if (declaration?.type !== 'VariableDeclaration' || declaration.declarations.length !== 1) return undefined;
  const id = declaration.declarations[0]?.id;
  return id?.type === 'Identifier' ? id.name : undefined;
}

/** A value in capitals: `revalidation = 60` may be a setting under a name that the framework does not know. */
function isLeftover({ declaration }: ExportNamedDeclaration, name: string): boolean {
  if (!/^[A-Z][A-Z\d_]*$/.test(name)) return false;
  return declaration?.type === 'VariableDeclaration' && declaration.declarations[0]?.init?.type === 'Literal';
}

function isBlamed(node: ExportNamedDeclaration, error: BuildError, text: string): boolean {
  const name = declaredName(node);
  if (name === undefined) return false;
  if (NAMED.some((pattern) => pattern.exec(error.message)?.[1] === name)) return true;
  if (OF_SETUP.test(error.message)) return true;
  return MUST_BE_ASYNC.test(error.message) && error.line === lineOf(text, node.start);
}

/** Whether another file of the repository takes the name from the module, or passes it on. */
export async function isImported(workspace: Workspace, module: string, name: string): Promise<boolean> {
  for (const path of workspace.paths) {
    const text = isScript(path) && path !== module ? workspace.read(path) : undefined;
    const { body } = text === undefined ? { body: [] } : (await workspace.parse(path, text)).program;
    for (const node of body)
      if (node.type === 'ExportAllDeclaration' && resolveSpecifier(workspace, path, node.source.value) === module)
        return true;
  }
  return isTakenByName(workspace, module, name);
}

function reportsUnused(workspace: Workspace): boolean {
  return workspace.paths.some(
    (path) =>
      /(?:^|\/)tsconfig[\w.-]*\.json$/.test(path) && /"noUnusedLocals"\s*:\s*true/.test(workspace.read(path) ?? ''),
  );
}
