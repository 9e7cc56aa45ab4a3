/** Code that no commit holds: a tool writes it before the build, from what its settings say. */

import type { Manifest } from './manifests.js';
import { baseName, folderOf } from './readable-files.js';
import { joinPath } from './repository-index.js';

/** What of the repository tells who writes what. */
export interface Writers {
  readonly files: ReadonlyMap<string, string>;
  readonly manifests: readonly Manifest[];
  readonly resolver: { findManifest(path: string): Manifest | undefined };
}

export interface Generator {
  /** The file that says where the code goes. */
  readonly declaredIn: string;
  /** The manifest whose scripts run before the build, and do not write it. */
  readonly manifest: string;
  readonly command: string;
  /** The package that brings the command; undefined where it is a script of the repository's own. */
  readonly tool: string | undefined;
}

interface Tool {
  readonly settings: RegExp;
  readonly output: RegExp;
  /** What its command begins with, in scripts and for people. */
  readonly command: string;
  readonly tool: string;
}

const MOST_TEXT = 50_000;
const QUOTED = /(?<=["'`])(?:\.{0,2}\/)?[\w@.-]+(?:\/[\w@.-]+){0,8}\/?(?=["'`])/g;

const TOOLS: readonly Tool[] = [
  {
    settings: /\.prisma$/,
    output: /(?<=\boutput\s*=\s*")[^"\n]{1,200}(?=")/g,
    command: 'prisma generate',
    tool: 'prisma',
  },
  {
    settings: /^(?:codegen\.[cm]?[jt]s|codegen\.ya?ml|\.?graphqlrc[\w.]*)$/,
    output: QUOTED,
    command: 'graphql-codegen',
    tool: '@graphql-codegen/cli',
  },
  { settings: /^panda\.config\.[cm]?[jt]s$/, output: QUOTED, command: 'panda codegen', tool: '@pandacss/dev' },
  { settings: /^orval\.config\.[cm]?[jt]s$/, output: QUOTED, command: 'orval', tool: 'orval' },
  { settings: /^kubb\.config\.[cm]?[jt]s$/, output: QUOTED, command: 'kubb', tool: '@kubb/cli' },
  { settings: /^openapi-ts\.config\.[cm]?[jt]s$/, output: QUOTED, command: 'openapi-ts', tool: '@hey-api/openapi-ts' },
];

/** Whether a file is the settings of a tool that writes code. */
export function isGeneratorSettings(path: string): boolean {
  return TOOLS.some(({ settings }) => settings.test(baseName(path)));
}

/** What should have written a file that is not there, where no script of its package runs that. */
export function findGenerator(path: string, importer: string, survey: Writers): Generator | undefined {
  const { files, resolver } = survey;
  for (const [declaredIn, text] of files) {
    const tool = TOOLS.find(({ settings }) => settings.test(baseName(declaredIn)));
    if (tool === undefined) continue;
    const nearest = resolver.findManifest(declaredIn) ?? resolver.findManifest(importer);
    const roots = [folderOf(declaredIn), nearest?.folder ?? ''];
    const isWritten = (text.slice(0, MOST_TEXT).match(tool.output) ?? []).some((output) =>
      roots.some((root) => isWithin(path, joinPath(root, output))),
    );
    if (isWritten && nearest !== undefined && !isRun(tool.command, survey))
      return { declaredIn, manifest: nearest.path, command: tool.command, tool: tool.tool };
  }
  return findOwnGenerator(path, importer, survey);
}

const WRITES = /\b(?:writeFile(?:Sync)?|createWriteStream|outputFile(?:Sync)?|outputJson(?:Sync)?|Bun\.write)\(/;

/** A script of the repository's own that writes the file, and that a script of the manifest runs, but none that runs by itself. */
function findOwnGenerator(path: string, importer: string, survey: Writers): Generator | undefined {
  const { files, manifests } = survey;
  for (const [declaredIn, text] of files) {
    if (
      !/\.[cm]?[jt]s$/.test(declaredIn) ||
      declaredIn === importer ||
      !text.includes(baseName(path)) ||
      !WRITES.test(text)
    )
      continue;
    const command = baseName(declaredIn);
    const owner = manifests.find(({ scripts }) => [...scripts.values()].some((line) => line.includes(command)));
    if (owner !== undefined && !isRun(command, survey))
      return { declaredIn, manifest: owner.path, command, tool: undefined };
  }
  return undefined;
}

function isWithin(path: string, output: string): boolean {
  const folder = output.replace(/\/$/, '');
  return (
    folder !== '' &&
    (path === folder || path.startsWith(`${folder}/`) || path.replace(/\.\w+$/, '') === folder.replace(/\.\w+$/, ''))
  );
}

/** Scripts that installation and build run by themselves. */
const AUTOMATIC = /^(?:(?:pre|post)?(?:install|build|vercel-build|now-build)|prepare)$/;

/** Whether an automatic script, or what runs scripts in the order of packages, comes to the command. */
function isRun(command: string, { manifests, files }: Writers): boolean {
  const scripts = manifests.flatMap((manifest) => [...manifest.scripts]);
  const runners = [...files].flatMap(([path, text]) =>
    /^(?:turbo|nx|vercel)\.jsonc?$/.test(baseName(path)) ? text : [],
  );
  const started = [...scripts.flatMap(([name, line]) => (AUTOMATIC.test(name) ? line : [])), ...runners];
  const holding = scripts.flatMap(([name, line]) => (line.includes(command) && !AUTOMATIC.test(name) ? name : []));
  return started.some((line) => line.includes(command) || holding.some((name) => line.includes(name)));
}
