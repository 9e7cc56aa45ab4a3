import type { Rule } from '../rule.js';
import { directivesOf, markAsClient, mayBeClient } from '../syntax/client-directive.js';
import { exportsOf } from '../syntax/exports.js';
import { importsOf } from '../syntax/imports.js';
import { namesOf } from '../syntax/names.js';
import { TESTS } from '../syntax/only-module.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { bringsSecrets, isGivenFunction, mayGoToBrowsers } from '../syntax/server-components.js';
import type { Workspace } from '../workspace.js';

const NEEDS_CLIENT =
  /(?:needs|depends on|imports) [`"]?(\w+)[`"]?.*(?:Client Component|Server Component)|[`"]?(\w+)[`"]? only works in (?:a )?Client Components?/s;
/** Next.js on what only a Client Component may keep from the server. */
const SSR_FALSE = /`ssr: false` is not allowed with `next\/dynamic` in Server Components/;

/** Not a constant in capitals, and not a context, whose parts a Server Component cannot take. */
const COMPONENT = /^[A-Z](?![A-Z\d_]+$)(?!\w*Context$)/;
const HOOK = /^use[A-Z-]/;

/**
 * A component that imports what only works in the browser, without `'use client'`; or that calls a hook of the repository which
 * does, as no Server Component can call what a Client Component exports.
 */
export const useClient: Rule = {
  name: 'use-client',
  async propose(error, workspace) {
    const { file } = error;
    const isDynamic = SSR_FALSE.test(error.message);
    const match = NEEDS_CLIENT.exec(error.message);
    if (file === undefined || !(match || isDynamic) || !/\.[cm]?[jt]sx?$/.test(file)) return undefined;
    const text = workspace.read(file);
    const symbol = isDynamic ? 'ssr: false' : (error.symbol ?? match?.[1] ?? match?.[2]);
    if (text === undefined || symbol === undefined) return undefined;

    const source = await workspace.parse(file, text);
    const names = namesOf(source.program);
    const isUsed = importsOf(source.program).some(({ imported, local, specifier }) =>
      isDynamic
        ? specifier === 'next/dynamic'
        : imported === symbol && names.some((use) => use.name === local && use.role === 'reference'),
    );
    if (!isUsed || !mayBeClient(source)) return undefined;
    const component = isDynamic ? file : await findComponent(workspace, file, error.trace ?? []);
    const marked = component === undefined ? undefined : workspace.read(component);
    if (component === undefined || marked === undefined) return undefined;
    const parsed = await workspace.parse(component, marked);
    // What it renders besides goes along.
    const bringsMore = isDynamic || component !== file;
    if ((await bringsSecrets(workspace, component)) || wasMarked(workspace, component)) return undefined;
    if ((await isCalledOnServer(workspace, component)) || (await isGivenFunction(workspace, component)))
      return undefined;
    if (bringsMore && !(mayBeClient(parsed) && (await mayGoToBrowsers(workspace, component)))) return undefined;
    const used = component === file ? `\`${symbol}\`` : `${file} and with it \`${symbol}\``;
    return {
      files: new Map([[component, markAsClient(marked, parsed.program)]]),
      cause: `${component} uses ${used}, which only works in a Client Component, and is a Server Component.`,
      change: "Marks the file with `'use client'`.",
    };
  },
};

/** Whether the diff took the mark from the file along with a use of what needs it: then the rest may be what it forgot. */
function wasMarked({ changes }: Workspace, file: string): boolean {
  const hunks = changes.find(({ path }) => path === file)?.hunks ?? '';
  return /^-\s*['"]use client['"]/m.test(hunks) && /^-.*\b(?:use[A-Z]\w*\(|on[A-Z]\w*=)/m.test(hunks);
}

/** Whether a module without the mark takes a value that is no component: of a Client Component's module, servers cannot call it. */
async function isCalledOnServer(workspace: Workspace, file: string): Promise<boolean> {
  for (const path of workspace.paths) {
    const text = path !== file && /\.[cm]?[jt]sx?$/.test(path) && !TESTS.test(path) ? workspace.read(path) : undefined;
    if (!text?.includes(/([^/]+)\.\w+$/.exec(file)?.[1] ?? '')) continue;
    const { program } = await workspace.parse(path, text);
    if (directivesOf(program).includes('use client')) continue;
    const exported = await exportsOf(workspace, file);
    const taken = importsOf(program).filter(
      ({ imported, isType, specifier }) =>
        !isType && !exported?.types.has(imported) && resolveSpecifier(workspace, path, specifier) === file,
    );
    if (taken.some(({ imported }) => /^[a-z]/.test(imported) && imported !== 'default' && !HOOK.test(imported)))
      return true;
  }
  return false;
}

/** The file, or the nearest of those that lead to it, of which nothing but components is taken. */
async function findComponent(
  workspace: Workspace,
  file: string,
  importers: readonly string[],
): Promise<string | undefined> {
  const exported = await exportsOf(workspace, file);
  const [importer, ...further] = importers;
  const text = importer === undefined ? undefined : workspace.read(importer);
  const imports =
    importer === undefined || text === undefined ? [] : importsOf((await workspace.parse(importer, text)).program);
  const taken = imports.flatMap(({ imported, specifier, isType }) =>
    importer !== undefined && !isType && resolveSpecifier(workspace, importer, specifier) === file ? [imported] : [],
  );
  const isComponent = (name: string) =>
    name === 'default'
      ? !HOOK.test(exported?.defaultName ?? file.slice(file.lastIndexOf('/') + 1))
      : COMPONENT.test(name);
  if (taken.length === 0 || importer === undefined)
    return [...(exported?.names ?? [])].some((name) => !exported?.types.has(name) && isComponent(name))
      ? file
      : undefined;
  return taken.every(isComponent) ? file : findComponent(workspace, importer, further);
}
