import { isConfigFile } from '../../diagnosis/config-files.js';
import { folderOf } from '../readable-files.js';
import { joinPath } from '../repository-index.js';
import type { Survey } from '../survey.js';
import { escapePattern } from '../word-pattern.js';
import { type SuspicionRule, suspectEach } from './suspicion.js';

/** Sass stops at the first sheet that it cannot find: who else imports it, and which settings say where to look. */
export const suspectLostSheet: SuspicionRule = ({ error, file }, survey) => {
  if (!/^(?:SassError: )?Can't find stylesheet to import/.test(error.message)) return [];
  const line =
    file === undefined || error.line === undefined ? '' : (survey.files.get(file)?.split('\n')[error.line - 1] ?? '');
  const sheet = error.symbol ?? /@(?:use|forward|import)\s+["']([^"']{1,200})["']/.exec(line)?.[1];
  const lost = findLostFolders(survey);
  if (sheet === undefined) return suspectEach(lost, 0.9, 'looks for style sheets in a folder that is not there');
  const importing = new RegExp(`@(?:use|forward|import)\\s+["']${escapePattern(sheet)}["']`);
  const others = [...survey.files].flatMap(([path, text]) => (path !== file && importing.test(text) ? path : []));
  return [
    ...suspectEach(sheet.startsWith('.') ? [] : lost, 0.9, 'looks for style sheets in a folder that is not there'),
    ...suspectEach(others, 0.6, `imports ${sheet} too`),
  ];
};

const LOAD_PATHS = /\b(?:loadPaths|includePaths)["']?\s{0,4}:\s{0,4}\[([^\]]{0,1000})\]/g;

/** Configurations of Sass that name a folder of the repository which the tree does not have. */
function findLostFolders({ files, index }: Survey): string[] {
  return [...files].flatMap(([path, text]) => {
    if (!isConfigFile(path)) return [];
    const listed = [...text.matchAll(LOAD_PATHS)].flatMap(([, list = '']) => [
      ...list.matchAll(/["'`]([^"'`\n]{1,200})["'`]/g),
    ]);
    const folders = listed
      .map(([, folder = '']) => joinPath(folderOf(path), folder))
      .filter((folder) => folder !== '' && !folder.includes('node_modules'));
    return folders.some((folder) => !index.hasFolder(folder)) ? path : [];
  });
}
