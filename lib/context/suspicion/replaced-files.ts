import { asRecord, parseJson } from '../manifests.js';
import { baseName, folderOf } from '../readable-files.js';
import { joinPath } from '../repository-index.js';
import type { Survey } from '../survey.js';
import { type SuspicionRule, suspectEach } from './suspicion.js';

/** Angular's `fileReplacements`: the file that was compiled in another's place lacks what that other has. */
export const suspectReplacedFiles: SuspicionRule = ({ error, file }, survey) => {
  const { symbol, kind } = error;
  if (file === undefined || symbol === undefined || (kind !== 'type' && kind !== 'export-missing')) return [];
  const imported = survey.graph
    .edgesFrom(file)
    .flatMap(({ resolution }) => (resolution.outcome === 'file' ? [resolution.path] : []));
  const lacking = listReplacements(survey).filter(
    ({ replaced, by }) =>
      imported.includes(replaced) &&
      survey.files.get(replaced)?.includes(symbol) === true &&
      survey.files.get(by)?.includes(symbol) !== true,
  );
  return suspectEach(
    lacking.map(({ by }) => by),
    0.9,
    `stands in for a file that has ${symbol}`,
  );
};

function listReplacements({ files, index }: Survey) {
  return [...files]
    .filter(([path]) => /^(?:angular|project)\.json$/.test(baseName(path)))
    .flatMap(([path, text]) => findReplacements(parseJson(text)).map((pair) => ({ folder: folderOf(path), ...pair })))
    .map(({ folder, replaced, by }) => ({ replaced: joinPath(folder, replaced), by: joinPath(folder, by) }))
    .filter(({ by }) => index.has(by));
}

/** Wherever they stand: options and configurations nest differently from version to version. */
function findReplacements(value: unknown, depth = 0): { readonly replaced: string; readonly by: string }[] {
  if (depth > 8) return [];
  if (Array.isArray(value)) return value.flatMap((entry) => findReplacements(entry, depth + 1));
  const record = asRecord(value);
  const { replace, with: by } = record;
  if (typeof replace === 'string' && typeof by === 'string') return [{ replaced: replace, by }];
  return Object.values(record).flatMap((entry) => findReplacements(entry, depth + 1));
}
