import type { Diagnosis } from '../diagnosis/diagnosis.js';
import { SETTINGS_PATH } from '../settings/settings-schema.js';
import { withBudget } from './budget.js';
import { chooseFirstRound, chooseSecondRound } from './choose-files.js';
import { rankSurvey } from './rank-suspects.js';
import { settleClass } from './settle-class.js';
import type { RepositoryContext, SourceReader } from './source.js';
import { surveyRepository } from './survey.js';

/**
 * Reads what bears on the diagnosis, within the budget, and ranks the suspects. A small repository is read whole;
 * of a large one, first what log, tree and diff name, then what those files lead to.
 */
export async function gatherContext(
  diagnosis: Diagnosis,
  source: SourceReader,
  options: { readonly rootDirectory: string },
): Promise<RepositoryContext> {
  const reader = withBudget(source);
  const rootDirectory = options.rootDirectory.replace(/^(?:\.?\/)+|\/+$/g, '').replace(/^\.$/, '');
  const [tree, changes, whole] = await Promise.all([reader.listTree(), reader.listChanges(), reader.readAll?.()]);
  const known = { diagnosis, tree, changes, rootDirectory };
  const files = whole ?? (await readInRounds());
  const survey = surveyRepository({ ...known, files });
  const suspects = rankSurvey(survey);
  const settled = settleClass(survey, suspects);
  return { tree, files, changes, suspects, rootDirectory, ...(settled === undefined ? {} : { settled }) };

  async function readInRounds(): Promise<ReadonlyMap<string, string>> {
    const first = await reader.readFiles([SETTINGS_PATH, ...chooseFirstRound(known)]);
    const second = await reader.readFiles(chooseSecondRound(surveyRepository({ ...known, files: first })));
    return new Map([...first, ...second]);
  }
}
