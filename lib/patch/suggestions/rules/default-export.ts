import type { Program } from 'oxc-parser';
import { missingExportOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { importsOf } from '../syntax/imports.js';
import { namesOf } from '../syntax/names.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { lineEnding, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

/** What Next.js says of a page or layout without a default export. */
const NOT_A_PAGE =
  /does not match the required types of a Next\.js (?:Page|Layout)|default export is not a React Component|has no default export|is not a module\b/;
const ROUTE_FILE =
  /(?:^|\/)(?:page|layout|template|loading|error|not-found|default)\.[jt]sx$|(?:^|\/)pages\/(?!api\/).*\.[jt]sx$/;

/** A page, or a module that is imported by its default, whose one component lost the words `export default`. */
export const defaultExport: Rule = {
  name: 'default-export',
  async propose(error, workspace) {
    const found = await findModule(error, workspace);
    const text = found === undefined ? undefined : workspace.read(found.module);
    if (found === undefined || text === undefined) return undefined;
    const { program, module, errors } = await workspace.parse(found.module, text);
    if (errors.length > 0 || module.staticExports.some(({ entries }) => entries.some(isDefault))) return undefined;
    const [only, another] = unusedComponents(program);
    if (!only || another || (found.local !== undefined && found.local !== only.name)) return undefined;
    const ending = lineEnding(text);
    const edited = only.isFunction
      ? replaceRanges(text, [{ start: only.start, end: only.start, text: 'export default ' }])
      : `${text.trimEnd()}${ending}${ending}export default ${only.name}${/;\r?\n/.test(text) ? ';' : ''}${ending}`;
    return {
      files: new Map([[found.module, edited]]),
      cause: `${found.module} has no default export, and its one component \`${only.name}\` is used by nobody.`,
      change: `Exports \`${only.name}\` as the default.`,
    };
  },
};

function isDefault({ exportName }: { readonly exportName: { readonly kind: string } }): boolean {
  return exportName.kind === 'Default';
}

async function findModule(
  error: Parameters<Rule['propose']>[0],
  workspace: Workspace,
): Promise<{ readonly module: string; readonly local: string | undefined } | undefined> {
  const { file } = error;
  if (file === undefined || !isScript(file) || isComponentFile(file)) return undefined;
  if (ROUTE_FILE.test(file) && NOT_A_PAGE.test(error.message)) return { module: file, local: undefined };
  const text = workspace.read(file);
  if (missingExportOf(error)?.name !== 'default' || text === undefined) return undefined;
  const targets = importsOf((await workspace.parse(file, text)).program).flatMap(({ imported, local, specifier }) => {
    const module = imported === 'default' ? resolveSpecifier(workspace, file, specifier) : undefined;
    return module !== undefined && specifier === (missingExportOf(error)?.from ?? specifier) ? [{ module, local }] : [];
  });
  return targets.length === 1 ? targets[0] : undefined;
}

/** Functions of the module with a component's name, neither exported nor used in it. */
function unusedComponents(program: Program) {
  const uses = namesOf(program).filter(({ role }) => role === 'reference');
  return program.body.flatMap((node) => {
    const declaration =
      node.type === 'VariableDeclaration' && node.declarations.length === 1 ? node.declarations[0] : undefined;
    const isArrow =
      declaration?.init?.type === 'ArrowFunctionExpression' || declaration?.init?.type === 'FunctionExpression';
    const id = node.type === 'FunctionDeclaration' ? node.id : isArrow ? declaration?.id : undefined;
    if (id?.type !== 'Identifier' || !/^[A-Z]/.test(id.name) || uses.some(({ name }) => name === id.name)) return [];
    return [{ name: id.name, start: node.start, isFunction: node.type === 'FunctionDeclaration' }];
  });
}
