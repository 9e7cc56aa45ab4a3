import type { Workspace } from '../workspace.js';
import { directivesOf, hasServerCode } from './client-directive.js';
import { importsOf, modulesRunBy } from './imports.js';
import type { ParsedSource } from './parse.js';
import { packageNameOf, resolveSpecifier } from './resolve-specifier.js';

export interface ServerComponent {
  readonly file: string;
  readonly text: string;
  readonly source: ParsedSource;
}

/** What entries render on the server: they and all that they import, up to the first client component on each way. */
export async function* serverComponents(
  workspace: Workspace,
  entries: readonly string[],
): AsyncGenerator<ServerComponent> {
  const reached = new Set(entries);
  for (const file of reached) {
    const text = workspace.read(file);
    if (text === undefined || !/\.[jt]sx?$/.test(file)) continue;
    const source = await workspace.parse(file, text);
    if (directivesOf(source.program).length > 0) continue;
    yield { file, text, source };
    for (const { specifier } of importsOf(source.program)) {
      const target = resolveSpecifier(workspace, file, specifier);
      if (target !== undefined) reached.add(target);
    }
  }
}

/** Packages that are made for both sides. */
const ON_BOTH_SIDES = /^(?:next\/(?:link|image|script|navigation|router|dynamic|font\/.+)|react|clsx|classnames)$/;
/** Of the environment, browsers get what is public by its name. */
const SECRET = /\bprocess\.env\.(?!NEXT_PUBLIC_|NODE_ENV\b)/;

/** Whether a component can go to browsers with all that it imports: no module or secret of the server, no unknown package. */
export async function mayGoToBrowsers(workspace: Workspace, file: string): Promise<boolean> {
  const known = await packagesOfClients(workspace);
  for await (const { file: importer, text, source } of serverComponents(workspace, [file])) {
    if (SECRET.test(text) || hasServerCode(source.program)) return false;
    for (const specifier of modulesRunBy(source.program)) {
      const isPackage = packageNameOf(specifier) !== undefined && !resolveSpecifier(workspace, importer, specifier);
      const isKnown = ON_BOTH_SIDES.test(specifier) || known.has(specifier);
      if (isPackage && !isKnown) return false;
    }
  }
  return true;
}

/** What components import that are marked as those of the client. */
async function packagesOfClients(workspace: Workspace): Promise<ReadonlySet<string>> {
  const specifiers = new Set<string>();
  for (const path of workspace.paths) {
    const text = /\.[jt]sx?$/.test(path) ? workspace.read(path) : undefined;
    if (text === undefined || !/^\s*(['"])use client\1/.test(text)) continue;
    for (const specifier of modulesRunBy((await workspace.parse(path, text)).program)) specifiers.add(specifier);
  }
  return specifiers;
}
