import type { Workspace } from '../workspace.js';
import { directivesOf, hasServerCode } from './client-directive.js';
import { exportOrigin } from './export-origin.js';
import { importsOf, modulesRunBy } from './imports.js';
import type { ParsedSource } from './parse.js';
import { packageNameOf, resolveSpecifier } from './resolve-specifier.js';
import { walk } from './walk.js';

export interface ServerComponent {
  readonly file: string;
  readonly text: string;
  readonly source: ParsedSource;
}

/**
 * What entries render on the server: they and all that they import, up to the first client component on each way. Of a module that
 * passes others on, what is taken from it by name; with `whole` all that runs with it.
 */
export async function* serverComponents(
  workspace: Workspace,
  entries: readonly string[],
  { whole = false }: { readonly whole?: boolean } = {},
): AsyncGenerator<ServerComponent> {
  const reached = new Set(entries);
  for (const file of reached) {
    const text = workspace.read(file);
    if (text === undefined || !/\.[jt]sx?$/.test(file)) continue;
    const source = await workspace.parse(file, text);
    if (directivesOf(source.program).length > 0) continue;
    yield { file, text, source };
    for (const { specifier, imported } of importsOf(source.program)) {
      const target = resolveSpecifier(workspace, file, specifier);
      if (target === undefined) continue;
      reached.add(target);
      if (!whole) reached.add((await exportOrigin(workspace, target, imported))?.path ?? target);
    }
    for (const specifier of whole ? modulesRunBy(source.program) : []) {
      const target = resolveSpecifier(workspace, file, specifier);
      if (target !== undefined) reached.add(target);
    }
  }
}

/** Packages that are made for both sides: of React and Next.js, and what computes or draws without asking where it is. */
const ON_BOTH_SIDES =
  /^(?:next\/(?:link|image|script|navigation|router|dynamic|font\/.+)|react|clsx|classnames|(?:date-fns|dayjs|luxon|zod|valibot|lodash|lodash-es|nanoid|uuid|tailwind-merge|class-variance-authority|lucide-react|react-icons|@heroicons\/react)(?:\/.+)?)$/;
/** Of the environment, browsers get what is public by its name. */
const SECRET = /\bprocess\.env\.(?!NEXT_PUBLIC_|NODE_ENV\b)/;

/** Whether a component, or a module of the repository that goes with it, needs what the server alone may know or do. */
export async function bringsSecrets(workspace: Workspace, file: string): Promise<boolean> {
  const reached = new Set([file]);
  for (const path of reached) {
    const text = /\.[cm]?[jt]sx?$/.test(path) ? workspace.read(path) : undefined;
    const { program } = text === undefined ? {} : await workspace.parse(path, text);
    // Of actions, browsers get no more than their address.
    if (text === undefined || !program || directivesOf(program).includes('use server')) continue;
    if (SECRET.test(text) || hasServerCode(program)) return true;
    for (const specifier of modulesRunBy(program)) {
      const target = resolveSpecifier(workspace, path, specifier);
      if (target !== undefined) reached.add(target);
    }
  }
  return false;
}

/** Whether a component can go to browsers with all that it imports: no module or secret of the server, no unknown package. */
export async function mayGoToBrowsers(workspace: Workspace, file: string): Promise<boolean> {
  const known = await packagesOfClients(workspace);
  for await (const { file: importer, text, source } of serverComponents(workspace, [file], { whole: true })) {
    if (SECRET.test(text) || hasServerCode(source.program)) return false;
    for (const specifier of modulesRunBy(source.program)) {
      const isPackage = packageNameOf(specifier) !== undefined && !resolveSpecifier(workspace, importer, specifier);
      const isKnown = ON_BOTH_SIDES.test(specifier) || known.has(specifier);
      if (isPackage && !isKnown) return false;
    }
  }
  return true;
}

/** Times, words and numbers in the manner of the machine that writes them, and what is another each time. */
const OF_ITS_PLACE =
  /\b(?:new Date\(|Date\.now\(|toLocale\w{0,20}\(|Intl\.|Math\.random\()|\bfrom\s*['"](?:date-fns|dayjs|luxon|moment)\b/;

/**
 * Whether what a component shows may differ between server and browser: what is rendered once more there would not match,
 * https://nextjs.org/docs/messages/react-hydration-error.
 */
export async function dependsOnPlace(workspace: Workspace, file: string): Promise<boolean> {
  for await (const { text } of serverComponents(workspace, [file])) if (OF_ITS_PLACE.test(text)) return true;
  return false;
}

/** What components import that are marked as those of the client, and the modules that go to browsers with them. */
async function packagesOfClients(workspace: Workspace): Promise<ReadonlySet<string>> {
  const specifiers = new Set<string>();
  for (const path of await modulesOfClients(workspace)) {
    const text = /\.[cm]?[jt]sx?$/.test(path) ? workspace.read(path) : undefined;
    const { program } = text === undefined ? {} : await workspace.parse(path, text);
    for (const specifier of program ? modulesRunBy(program) : []) specifiers.add(specifier);
  }
  return specifiers;
}

/** The components that are marked as those of the client, and the modules of the repository that go to browsers with them. */
export async function modulesOfClients(workspace: Workspace): Promise<ReadonlySet<string>> {
  const reached = new Set(
    workspace.paths.filter(
      (path) => /\.[jt]sx?$/.test(path) && /^\s*(['"])use client\1/.test(workspace.read(path) ?? ''),
    ),
  );
  for (const path of reached) {
    const text = /\.[cm]?[jt]sx?$/.test(path) ? workspace.read(path) : undefined;
    const { program } = text === undefined ? {} : await workspace.parse(path, text);
    // Of actions, browsers get no more than their address.
    if (program && directivesOf(program).includes('use server')) reached.delete(path);
    else
      for (const specifier of program ? modulesRunBy(program) : []) {
        const target = resolveSpecifier(workspace, path, specifier);
        if (target !== undefined) reached.add(target);
      }
  }
  return reached;
}

/** Whether a Server Component gives one of the file's components a function, which no Client Component can be given from there. */
export async function isGivenFunction(workspace: Workspace, file: string): Promise<boolean> {
  for (const path of workspace.paths) {
    const text = path !== file && /\.[jt]sx$/.test(path) ? workspace.read(path) : undefined;
    if (text === undefined) continue;
    const { program } = await workspace.parse(path, text);
    const locals: string[] = [];
    for (const { local, imported, specifier, isType } of importsOf(program)) {
      const module = isType ? undefined : resolveSpecifier(workspace, path, specifier);
      if (module === undefined) continue;
      if (module === file || (await exportOrigin(workspace, module, imported))?.path === file) locals.push(local);
    }
    if (locals.length === 0 || directivesOf(program).includes('use client')) continue;
    for (const { node } of walk(program)) {
      if (node.type !== 'JSXElement' || node.openingElement.name.type !== 'JSXIdentifier') continue;
      if (!locals.includes(node.openingElement.name.name)) continue;
      const values = node.openingElement.attributes.map((one) => (one.type === 'JSXAttribute' ? one.value : one));
      const isFunction = [...values, ...node.children].some(
        (value) => value?.type === 'JSXExpressionContainer' && /Function/.test(value.expression.type),
      );
      if (isFunction) return true;
    }
  }
  return false;
}
