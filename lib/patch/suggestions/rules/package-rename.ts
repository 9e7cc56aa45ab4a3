import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { missingExportOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { importsOf } from '../syntax/imports.js';
import { isScript } from '../syntax/parse.js';
import { renameImport } from '../syntax/rename-import.js';
import type { Workspace } from '../workspace.js';

interface Renamed {
  readonly specifier: string;
  readonly old: string;
  readonly now: string;
}

/** Exports that their packages have given another name, and nothing else: the source of each stands above it. */
const RENAMED: readonly Renamed[] = [
  // https://docs.astro.build/en/guides/upgrade-to/v5/#renamed-viewtransitions--component
  { specifier: 'astro:transitions', old: 'ViewTransitions', now: 'ClientRouter' },
  // https://docs.astro.build/en/reference/errors/get-entry-deprecation-error/
  { specifier: 'astro:content', old: 'getEntryBySlug', now: 'getEntry' },
  { specifier: 'astro:content', old: 'getDataEntryById', now: 'getEntry' },
  // https://github.com/vercel/next.js/pull/73605
  { specifier: 'next/server', old: 'unstable_after', now: 'after' },
];

/** An export that a package calls by another name since; everybody in the repository who imports it follows. */
export const packageRename: Rule = {
  name: 'package-rename',
  async propose(error, workspace) {
    const renamed = RENAMED.find((one) => isAbout(error, one));
    if (!renamed) return undefined;
    const { specifier, old, now } = renamed;
    const files = await renameEverywhere(workspace, renamed);
    return {
      files,
      cause: `\`${old}\` of \`${specifier}\` is called \`${now}\` now.`,
      change: `Imports \`${now}\`.`,
    };
  },
};

function isAbout(error: BuildError, { specifier, old, now }: Renamed): boolean {
  if (error.message.includes(`\`${old}\` function is deprecated`))
    return error.message.includes(`Use \`${now}\` instead`);
  const missing = missingExportOf(error);
  // Bundlers put a mark before the name of a module that has no file.
  return missing?.name === old && (missing.from === undefined || missing.from.endsWith(specifier));
}

async function renameEverywhere(workspace: Workspace, { specifier, old, now }: Renamed): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const path of workspace.paths) {
    const text = isScript(path) ? workspace.read(path) : undefined;
    if (!text?.includes(old)) continue;
    const { program } = await workspace.parse(path, text);
    const target = importsOf(program).find((one) => one.specifier === specifier && one.imported === old);
    const repaired = target && (await renameImport(path, text, target, now));
    if (repaired) files.set(path, repaired);
  }
  return files;
}
