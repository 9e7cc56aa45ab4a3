import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { findGenerator, type Generator } from '../../../context/generated-code.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { unresolvedSpecifierOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { findNearestManifest, manifestsOf, textsOf } from '../syntax/manifests-of.js';
import { inFolder, joinPath, RESOLVED_EXTENSIONS, targetsOf } from '../syntax/resolve-specifier.js';
import type { Workspace } from '../workspace.js';

/** What runs a script of the manifest, by the lockfile beside it or above. */
const RUNNERS = [
  ['pnpm-lock.yaml', 'pnpm run'],
  ['yarn.lock', 'yarn run'],
  ['bun.lock', 'bun run'],
  ['bun.lockb', 'bun run'],
] as const;

/**
 * Code that a tool writes before the build, and that no script of the build has written: Prisma's client, types of GraphQL,
 * what a script of the repository makes. The build runs it first.
 */
export const generatedCode: Rule = {
  name: 'generated-code',
  async propose(error, workspace) {
    const generator = workspace.partial ? undefined : generatorOf(error, workspace);
    const manifest = manifestsOf(workspace).find(({ path }) => path === generator?.manifest);
    // Vercel runs the scripts of the root directory.
    if (generator === undefined || manifest === undefined || manifest.folder !== workspace.rootDirectory)
      return undefined;
    if (hasOwnCommand(workspace) || !mayRunInBuild(workspace, generator)) return undefined;
    const command = commandOf(generator, manifest, workspace);
    const text = workspace.read(manifest.path);
    const repaired =
      text === undefined || command === undefined ? undefined : runFirst(text, command, manifest.scripts);
    if (repaired === undefined) return undefined;
    return {
      files: new Map([[manifest.path, repaired]]),
      cause: `Nothing in the build writes the code that ${generator.declaredIn} is there to make.`,
      change: `Has the build run \`${command}\` first.`,
    };
  },
};

function generatorOf(error: BuildError, workspace: Workspace): Generator | undefined {
  const manifests = manifestsOf(workspace);
  const writers = {
    files: textsOf(workspace, () => true),
    manifests,
    resolver: { findManifest: (path: string) => findNearestManifest(manifests, path) },
  };
  // https://pris.ly/d/vercel-build
  if (error.code === 'prisma-generate') {
    const manifest = inFolder(workspace.rootDirectory, 'package.json');
    const isRun = manifests.some(({ scripts }) =>
      [...scripts.values()].some((line) => /\bprisma generate\b/.test(line)),
    );
    return isRun ? undefined : { declaredIn: "Prisma's schema", manifest, command: 'prisma generate', tool: 'prisma' };
  }
  const specifier = unresolvedSpecifierOf(error);
  const { file } = error;
  if (specifier === undefined || file === undefined) return undefined;
  const [target] = targetsOf(workspace, file, specifier);
  if (target === undefined || RESOLVED_EXTENSIONS.some((extension) => workspace.exists(target + extension)))
    return undefined;
  return findGenerator(target, file, writers);
}

/** A script that runs one file, and nothing besides. */
const ALONE = /^(?:node|tsx|ts-node|jiti|bun(?: run)?)(?: (?!--watch)--?[\w-]+(?:=\S+)?)* [\w@./-]+$/;
const OF_ITS_PLACE = /\blocalhost\b|\b127\.0\.0\.1\b|\bprocess\.(?:env|argv|stdin)\b/;
const ASKS = /\bfetch\(|\bhttps?\.(?:get|request)\(|\baxios\b|["'](?:node:)?readline/;

/** Not what asks servers, people or the machine that it ran on, and not what the diff took out of the build. */
function mayRunInBuild({ read, changes }: Workspace, { declaredIn, command, tool, manifest }: Generator): boolean {
  const text = tool === 'prisma' ? '' : (read(declaredIn) ?? '');
  const rows = (changes.find(({ path }) => path === manifest)?.hunks ?? '').split('\n');
  const isOn = (sign: string) => rows.some((row) => row.startsWith(sign) && row.includes(command));
  return !(OF_ITS_PLACE.test(text) || (tool === undefined && ASKS.test(text)) || (isOn('-') && !isOn('+')));
}

function commandOf(
  { command, tool }: Generator,
  { dependencies, scripts, folder }: ReturnType<typeof manifestsOf>[number],
  workspace: Workspace,
): string | undefined {
  if (tool !== undefined) return dependencies.has(tool) || isAtRoot(tool, workspace) ? command : undefined;
  const [only, another] = [...scripts].flatMap(([name, line]) => (line.includes(command) ? [name] : []));
  const isAll = ALONE.test(scripts.get(only ?? '') ?? '');
  if (only === undefined || another !== undefined || !isAll) return undefined;
  const runner = RUNNERS.find(([lockfile]) =>
    [folder, ''].some((place) => workspace.exists(joinPath(place, lockfile) ?? '')),
  );
  return `${runner?.[1] ?? 'npm run'} ${only}`;
}

/** Vercel then runs that, and not the script. */
function hasOwnCommand(workspace: Workspace): boolean {
  return /"buildCommand"/.test(workspace.read(inFolder(workspace.rootDirectory, 'vercel.json')) ?? '');
}

function isAtRoot(tool: string, workspace: Workspace): boolean {
  return manifestsOf(workspace).some(({ folder, dependencies }) => folder === '' && dependencies.has(tool));
}

/** Before all else that Vercel runs for a build, https://vercel.com/docs/builds/configure-a-build#build-command. */
function runFirst(text: string, command: string, scripts: ReadonlyMap<string, string>): string | undefined {
  const name = ['vercel-build', 'build'].find((script) => scripts.has(script));
  const root = parseTree(text, [], { allowTrailingComma: true });
  const node = name === undefined ? undefined : root && findNodeAtLocation(root, ['scripts', name]);
  if (node?.type !== 'string' || scripts.has(`pre${name}`)) return undefined;
  const at = node.offset + 1;
  return `${text.slice(0, at)}${command} && ${text.slice(at)}`;
}
