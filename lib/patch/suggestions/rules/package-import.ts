import { missingExportOf, unresolvedSpecifierOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { type ImportedName, importsOf } from '../syntax/imports.js';
import { findNearestManifest, manifestsOf } from '../syntax/manifests-of.js';
import { isScript } from '../syntax/parse.js';
import { replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

interface Moved {
  /** What is imported, as its address begins or, with `$`, in full. */
  readonly from: RegExp;
  readonly to: string;
  /** Who has to be installed, and who must not be; nobody where it is the framework's own. */
  readonly needs?: string;
  readonly instead?: string;
  /** Names that went elsewhere than the rest. */
  readonly except?: RegExp;
}

/** Modules that stand elsewhere now and export the same: the source of each stands above it. */
const MOVED: readonly Moved[] = [
  // https://nextjs.org/docs/messages/built-in-next-font
  { from: /^@next\/font(?=\/(?:google|local)$)/, to: 'next/font', needs: 'next' },
  // https://github.com/pacocoursey/next-themes/releases/tag/v0.4.0
  { from: /^next-themes\/dist\/types$/, to: 'next-themes', needs: 'next-themes' },
  // https://reactrouter.com/upgrading/v6#upgrade-to-v7
  {
    from: /^react-router-dom$/,
    to: 'react-router',
    needs: 'react-router',
    instead: 'react-router-dom',
    except: /^(?:RouterProvider|HydratedRouter)$/,
  },
  // https://motion.dev/docs/react-upgrade-guide
  { from: /^framer-motion$/, to: 'motion/react', needs: 'motion', instead: 'framer-motion' },
];

/** Packages that gave up their default export for a named one: the source of each stands above it. */
const NAMED: Readonly<Record<string, string>> = {
  // https://zustand.docs.pmnd.rs/migrations/migrating-to-v5
  zustand: 'create',
  'zustand/shallow': 'shallow',
  // https://github.com/immerjs/immer/releases/tag/v10.0.0
  immer: 'produce',
  // https://github.com/auth0/jwt-decode/releases/tag/v4.0.0
  'jwt-decode': 'jwtDecode',
};

const IMAGE_RESPONSE = /ImageResponse moved from .next\/server. to .next\/og.|has no exported member '?ImageResponse/;

/** An import of a package that calls for another address, or another form, since the version that is installed. */
export const packageImport: Rule = {
  name: 'package-import',
  async propose(error, workspace) {
    const { file } = error;
    if (file !== undefined && !isScript(file)) return undefined;
    const unresolved = unresolvedSpecifierOf(error)?.replace(/\/target\.css$/, '');
    const missing = missingExportOf(error);
    const isImage = IMAGE_RESPONSE.test(error.message);
    const files = new Map<string, string>();
    for (const path of workspace.paths) {
      const text = isScript(path) ? workspace.read(path) : undefined;
      if (text === undefined) continue;
      const imports = importsOf((await workspace.parse(path, text)).program);
      const edits = imports.flatMap((one) => {
        if (isImage)
          return one.imported === 'ImageResponse' && one.specifier === 'next/server' ? readdress(one, 'next/og') : [];
        if (missing?.name === 'default' && path === file) return byName(text, one, missing.from);
        const address = unresolved === one.specifier ? addressOf(workspace, path, one, imports) : undefined;
        return address === undefined ? [] : readdress(one, address);
      });
      // Several names of one statement ask for the same edit.
      const distinct = [...new Map(edits.map((edit) => [edit.start, edit])).values()];
      if (distinct.length > 0) files.set(path, replaceRanges(text, distinct));
    }
    if (files.size === 0 || (file !== undefined && !files.has(file))) return undefined;
    return {
      files,
      cause: 'The installed version of a package has another address or form for what is imported of it.',
      change: 'Imports it as the package documents since.',
    };
  },
};

function readdress({ declaration, specifier }: ImportedName, to: string) {
  const isShared = declaration.specifiers.length > 1 && to === 'next/og';
  const { start, end } = declaration.source;
  return isShared || specifier === to ? [] : [{ start: start + 1, end: end - 1, text: to }];
}

function addressOf(
  workspace: Workspace,
  path: string,
  { specifier, declaration }: ImportedName,
  imports: readonly ImportedName[],
): string | undefined {
  const moved = MOVED.find(({ from }) => from.test(specifier));
  const installed = findNearestManifest(manifestsOf(workspace), path)?.dependencies;
  if (!moved || !installed || (moved.needs !== undefined && !installed.has(moved.needs))) return undefined;
  if (moved.instead !== undefined && installed.has(moved.instead)) return undefined;
  const isMixed = imports.some((one) => one.declaration === declaration && moved.except?.test(one.imported));
  return isMixed ? undefined : specifier.replace(moved.from, moved.to);
}

/** Under the name that the file has for it. */
function byName(text: string, one: ImportedName, from: string | undefined) {
  const name = NAMED[one.specifier];
  const isMeant = from === undefined || from.includes(one.specifier);
  if (name === undefined || !isMeant || one.imported !== 'default' || one.declaration.specifiers.length > 1) return [];
  const { start, end } = one;
  const local = text.slice(start, end);
  return [{ start, end, text: local === name ? `{ ${name} }` : `{ ${name} as ${local} }` }];
}
