import { matchesAny } from '../../settings/glob.js';
import type { Survey } from '../survey.js';
import { type SuspicionRule, suspectEach } from './suspicion.js';

const MOST_LINES = 300;
const ON_THE_MACHINE = /\/vercel\/path\d\/([^'"`\s:]{1,300})/;

/** A file of the repository that the build did not find: what keeps it from being uploaded. https://vercel.com/docs/deployments/vercel-ignore */
export const suspectIgnoredFiles: SuspicionRule = ({ error, file }, survey) => {
  if (!['module-not-found', 'file-missing', 'script-failed', 'other'].includes(error.kind)) return [];
  const asked = /^\.{1,2}\//.test(error.specifier ?? '') && file !== undefined ? error.specifier : undefined;
  const resolution = asked === undefined || file === undefined ? undefined : survey.resolver.resolve(file, asked);
  const path =
    resolution?.outcome === 'file'
      ? resolution.path
      : (ON_THE_MACHINE.exec(error.specifier ?? '') ?? ON_THE_MACHINE.exec(error.message.slice(0, 1_000)))?.[1];
  if (path === undefined || !survey.index.has(path)) return [];
  return suspectEach(
    listIgnoring(survey).filter((ignoring) => isIgnored(path, survey.files.get(ignoring) ?? '')),
    0.95,
    `keeps ${path} from the build`,
  );
};

function listIgnoring({ index, rootDirectory }: Survey): string[] {
  const inRoot = rootDirectory === '' ? [] : [`${rootDirectory}/.vercelignore`];
  return ['.vercelignore', ...inRoot].filter((path) => index.has(path));
}

/** The last line that fits decides, as in .gitignore. */
function isIgnored(path: string, text: string): boolean {
  let ignored = false;
  for (const row of text.split('\n').slice(0, MOST_LINES)) {
    const line = row.trim();
    if (line === '' || line.startsWith('#') || line.length > 200) continue;
    const keeps = line.startsWith('!');
    if (fits(keeps ? line.slice(1) : line, path)) ignored = !keeps;
  }
  return ignored;
}

function fits(line: string, path: string): boolean {
  const plain = line.replace(/^\/|\/$/g, '');
  const pattern = line.slice(0, -1).includes('/') ? plain : `**/${plain}`;
  return matchesAny([pattern, `${pattern}/**`], path);
}
