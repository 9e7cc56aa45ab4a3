import { escapePattern } from '../../../context/word-pattern.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { isInnerSlip, isSlip } from '../distance.js';
import type { Rule } from '../rule.js';
import { findNearPaths } from '../syntax/near-paths.js';
import { directoryOf, isRecord, joinPath, readConfig } from '../syntax/resolve-specifier.js';
import { type Replacement, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

/**
 * A script of package.json that calls `nxet build` or `node tools/chekc.mjs`: a command that does not exist, one slip away
 * from that of exactly one dependency, or a file that does not, one slip away from exactly one of the tree, or moved since the last
 * READY deployment.
 */
export const scriptCommand: Rule = {
  name: 'script-command',
  async propose(error, workspace) {
    const manifests = workspace.paths.filter((path) => /(?:^|\/)package\.json$/.test(path));
    const found = manifests.flatMap((manifest) => findSlips(error, workspace, manifest));
    const [only, another] = found;
    const text = only && workspace.read(only.manifest);
    if (!only || another || text === undefined) return undefined;
    const { manifest, wrong, right, places, isMoved } = only;
    return {
      files: new Map([[manifest, replaceRanges(text, places)]]),
      cause: `A script of ${manifest} calls \`${wrong}\`, which does not exist.`,
      change: isMoved
        ? `Calls \`${right}\`, as that file is called since the last good deployment.`
        : `Calls \`${right}\`, the only one that is spelt so nearly alike.`,
    };
  },
};

interface Slip {
  readonly manifest: string;
  readonly wrong: string;
  readonly right: string;
  readonly places: readonly Replacement[];
  readonly isMoved: boolean;
}

function findSlips(error: BuildError, workspace: Workspace, manifest: string): Slip[] {
  const wrong = error.code === 'command-not-found' ? error.symbol : lostFile(error, manifest);
  const text = workspace.read(manifest);
  if (wrong === undefined || text === undefined) return [];
  const places = callsOf(text, wrong, { isCommand: error.code === 'command-not-found' });
  if (places.length === 0) return [];
  const moved = error.code === 'command-not-found' ? undefined : movedTo(workspace, manifest, wrong);
  if (moved !== undefined)
    return [
      { manifest, wrong, right: moved, places: places.map((place) => ({ ...place, text: moved })), isMoved: true },
    ];
  const known =
    error.code === 'command-not-found'
      ? commandsOf(workspace, manifest).filter((command) => isInnerSlip(wrong, command))
      : nearFiles(workspace, manifest, wrong);
  const [right, another] = new Set(known);
  if (right === undefined || another !== undefined || !isSlip(wrong, right)) return [];
  return [{ manifest, wrong, right, places: places.map((place) => ({ ...place, text: right })), isMoved: false }];
}

/** Where the diff moved the file, as a script of the manifest names it. */
function movedTo(workspace: Workspace, manifest: string, wrong: string): string | undefined {
  const folder = directoryOf(manifest);
  const target = joinPath(folder, wrong);
  const [only, another] = workspace.changes.filter(
    ({ status, previousPath }) => status === 'renamed' && previousPath === target,
  );
  if (!only || another || !only.path.startsWith(folder === '' ? '' : `${folder}/`)) return undefined;
  return folder === '' ? only.path : only.path.slice(folder.length + 1);
}

/** What Node could not start, as a script of the manifest would write it. */
function lostFile({ tool, message, kind }: BuildError, manifest: string): string | undefined {
  if (tool !== 'node' || kind !== 'module-not-found') return undefined;
  const path = /Cannot find module '\/vercel\/path\d+\/([^']{1,200})'/.exec(message)?.[1];
  const folder = directoryOf(manifest);
  if (path === undefined || folder === '') return path;
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}

function nearFiles(workspace: Workspace, manifest: string, wrong: string): string[] {
  const target = joinPath(directoryOf(manifest), wrong);
  if (target === undefined || workspace.partial || workspace.exists(target)) return [];
  return findNearPaths(workspace, wrong, target, ['']);
}

/** Where scripts call it: a command at the start of one or behind what joins commands, a file anywhere. */
function callsOf(
  text: string,
  wrong: string,
  { isCommand }: { readonly isCommand: boolean },
): Omit<Replacement, 'text'>[] {
  const start = text.indexOf('"scripts"');
  const end = start < 0 ? -1 : text.indexOf('}', start);
  const before = isCommand ? '(?<=(?:"|&&|\\|\\||;|\\|)\\s*(?:[A-Z_]+=\\S+\\s+)*)' : '(?<=[\\s"](?:\\./)?)';
  return [...text.matchAll(new RegExp(`${before}${escapePattern(wrong)}(?=[\\s"])(?!"\\s*:)`, 'g'))]
    .map(({ index }) => ({ start: index, end: index + wrong.length }))
    .filter((place) => start < place.start && place.end < end);
}

/** Commands that packages bring which are not called like them. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  typescript: ['tsc'],
  '@sveltejs/kit': ['svelte-kit'],
  '@angular/cli': ['ng'],
  '@biomejs/biome': ['biome'],
  '@react-router/dev': ['react-router'],
  '@remix-run/dev': ['remix'],
  '@docusaurus/core': ['docusaurus'],
  '@11ty/eleventy': ['eleventy'],
  '@tailwindcss/cli': ['tailwindcss'],
  '@graphql-codegen/cli': ['graphql-codegen'],
  'npm-run-all': ['npm-run-all', 'run-s', 'run-p'],
};
const SHELL = ['node', 'npm', 'pnpm', 'yarn', 'mkdir', 'echo'];

function commandsOf(workspace: Workspace, manifest: string): string[] {
  const { dependencies, devDependencies } = readConfig(workspace, manifest) ?? {};
  const names = [dependencies, devDependencies].flatMap((list) => (isRecord(list) ? Object.keys(list) : []));
  return [...SHELL, ...commandsOfPackages(names)];
}

/** What packages put on the path, by their names. */
export function commandsOfPackages(names: readonly string[]): string[] {
  return names.flatMap((name) => COMMANDS[name] ?? [name]);
}
