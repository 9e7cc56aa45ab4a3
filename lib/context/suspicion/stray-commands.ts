import { asRecord, parseJson } from '../manifests.js';
import { folderOf } from '../readable-files.js';
import { joinPath } from '../repository-index.js';
import type { LocatedError, Survey } from '../survey.js';
import { findConfigs } from './configuration.js';
import { type Suspicion, type SuspicionRule, suspectEach } from './suspicion.js';

const OF_COMMANDS = new Set([
  'file-missing',
  'lockfile',
  'script-missing',
  'package-missing',
  'script-failed',
  'other',
]);
const TOOLS = new Set(['shell', 'npm', 'pnpm', 'yarn', 'bun', 'node', 'vercel', 'script']);
const LEADS = /(?:(?:^|[;&|]\s{0,3})cd|--prefix|--cwd|--dir|-C)[ =]["']?([\w@./-]{1,200})/g;

/** A command that goes into a folder which is not there, or is meant for a package that is not. */
export const suspectStrayCommands: SuspicionRule = (located, survey) =>
  located.error.code === 'no-projects-matched'
    ? suspectFilters(survey)
    : suspectEach(findStrayCommands(located, survey), 0.92, 'has a command that leads to a folder which is not there');

/** pnpm's `--filter name`: a name that no package has, else packages that the workspace leaves out. */
function suspectFilters(survey: Survey): Suspicion[] {
  const { manifests, index, rootDirectory } = survey;
  const names = new Set(manifests.map(({ name }) => name));
  const holders = [
    ...findConfigs(['vercel.json'], survey).map((path) => ({ path, commands: readCommands(survey.files.get(path)) })),
    ...manifests.map(({ path, scripts }) => ({ path, commands: [...scripts.values()] })),
  ];
  const wrong = holders.filter(({ commands }) =>
    commands.some((command) =>
      [...command.matchAll(/(?:--filter|-F)[ =]["']?([^\s"']{1,200})/g)].some(([, filter = '']) => {
        const meant = filter.replace(/^!|\^?\.\.\.|\^?…/g, '').replace(/^\^|\^$/g, '');
        return /^@?[\w-]+(?:\/[\w-]+)?$/.test(meant) && !meant.startsWith('.') && !names.has(meant);
      }),
    ),
  );
  const workspace = [joinPath(rootDirectory, 'pnpm-workspace.yaml'), 'pnpm-workspace.yaml'].filter((path) =>
    index.has(path),
  );
  return [
    ...suspectEach(
      wrong.map(({ path }) => path),
      0.95,
      'filters for a package that is not there',
    ),
    ...suspectEach(workspace, wrong.length > 0 ? 0.3 : 0.9, 'says which folders hold packages'),
  ];
}

export function findStrayCommands({ error, places }: LocatedError, survey: Survey): string[] {
  if (!OF_COMMANDS.has(error.kind) || !TOOLS.has(error.tool) || places.some((path) => !path.endsWith('.json')))
    return [];
  return findConfigs(['vercel.json', 'package.json'], survey).filter((path) => {
    const root = path.endsWith('vercel.json') ? survey.rootDirectory : folderOf(path);
    return readCommands(survey.files.get(path)).some((command) =>
      [...command.matchAll(LEADS)].some(([, folder = '']) => {
        const target = joinPath(root, folder);
        return !folder.startsWith('/') && target !== '' && !survey.index.hasFolder(target) && !survey.index.has(target);
      }),
    );
  });
}

function readCommands(text: string | undefined): string[] {
  const { buildCommand, installCommand, scripts } = asRecord(parseJson(text ?? ''));
  return [
    buildCommand,
    installCommand,
    asRecord(scripts).build,
    asRecord(scripts).prebuild,
    asRecord(scripts)['vercel-build'],
  ].filter((command) => typeof command === 'string');
}
