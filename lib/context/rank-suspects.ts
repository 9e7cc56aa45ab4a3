import { holdsSecrets, isGenerated, isManagerSettings } from './readable-files.js';
import type { Suspect } from './source.js';
import { type Survey, type SurveyInput, surveyRepository } from './survey.js';
import { suspectBrokenData } from './suspicion/broken-data.js';
import { suspectBuiltPackage, suspectIdleBuild } from './suspicion/built-package.js';
import { suspectChanges } from './suspicion/changes.js';
import { suspectCircularImports } from './suspicion/circular-imports.js';
import { suspectConfiguration } from './suspicion/configuration.js';
import { suspectContentSchema } from './suspicion/content-schema.js';
import { suspectTestedCode } from './suspicion/failed-assertion.js';
import { suspectIgnoredFiles } from './suspicion/ignored-files.js';
import {
  suspectCountedRecords,
  suspectImportedData,
  suspectLackingTexts,
  suspectNamedSchema,
} from './suspicion/imported-data.js';
import {
  suspectDefinitions,
  suspectLogPlaces,
  suspectMentionedFiles,
  suspectTemplateTwin,
} from './suspicion/log-places.js';
import { suspectLostSheet } from './suspicion/lost-sheet.js';
import { suspectLostTemplate } from './suspicion/lost-template.js';
import { suspectManifests } from './suspicion/manifests.js';
import { suspectMissingExport } from './suspicion/missing-export.js';
import { suspectMissingModule } from './suspicion/missing-module.js';
import { suspectMissingInput } from './suspicion/missing-path.js';
import { suspectNeighbours } from './suspicion/neighbours.js';
import { suspectOddRecords } from './suspicion/odd-records.js';
import { suspectOtherCallers } from './suspicion/other-callers.js';
import { suspectOwnAddress } from './suspicion/own-address.js';
import { suspectPackageCycle } from './suspicion/package-cycle.js';
import {
  suspectQuotedText,
  suspectRepeatedText,
  suspectSameRoute,
  suspectSameWord,
  suspectTwoParameters,
} from './suspicion/quoted-text.js';
import { suspectReadData } from './suspicion/read-data.js';
import { suspectRefusedFields } from './suspicion/refused-fields.js';
import { suspectRendering } from './suspicion/rendering.js';
import { suspectReplacedFiles } from './suspicion/replaced-files.js';
import { suspectServerActions } from './suspicion/server-actions.js';
import { suspectStackNames } from './suspicion/stack-names.js';
import { suspectStartCode } from './suspicion/start-code.js';
import { suspectStaticDefects } from './suspicion/static-defects.js';
import { suspectStrayCommands } from './suspicion/stray-commands.js';
import { FEW_SUSPECTS, type Suspicion, type SuspicionRule } from './suspicion/suspicion.js';
import { suspectTemplateImports } from './suspicion/template-imports.js';
import { suspectThrownValue } from './suspicion/thrown-value.js';
import { suspectDataTwins, suspectTypes } from './suspicion/types.js';
import { suspectUnlikeRecords } from './suspicion/unlike-records.js';
import { suspectUnusedPlugin } from './suspicion/unused-plugin.js';
import { suspectValidatedData } from './suspicion/validated-data.js';

const RULES: readonly SuspicionRule[] = [
  suspectLogPlaces,
  suspectTemplateTwin,
  suspectTemplateImports,
  suspectMentionedFiles,
  suspectDefinitions,
  suspectMissingModule,
  suspectIgnoredFiles,
  suspectMissingExport,
  suspectMissingInput,
  suspectLostSheet,
  suspectLostTemplate,
  suspectQuotedText,
  suspectSameWord,
  suspectRepeatedText,
  suspectSameRoute,
  suspectTwoParameters,
  suspectTypes,
  suspectReplacedFiles,
  suspectDataTwins,
  suspectRendering,
  suspectStartCode,
  suspectManifests,
  suspectConfiguration,
  suspectContentSchema,
  suspectCircularImports,
  suspectPackageCycle,
  suspectTestedCode,
  suspectBuiltPackage,
  suspectIdleBuild,
  suspectBrokenData,
  suspectOddRecords,
  suspectUnlikeRecords,
  suspectValidatedData,
  suspectReadData,
  suspectRefusedFields,
  suspectThrownValue,
  suspectImportedData,
  suspectCountedRecords,
  suspectNamedSchema,
  suspectLackingTexts,
  suspectOtherCallers,
  suspectOwnAddress,
  suspectServerActions,
  suspectStrayCommands,
  suspectUnusedPlugin,
  suspectStackNames,
];

const MAX_SUSPECTS = 20;
const MIN_SCORE = 0.05;

/**
 * The files that may have to change, the likeliest first. A suspect may be a path that the tree lacks: a file that
 * has to come back. `score` is between 0 and 1, a likelihood by rule of thumb.
 */
export function rankSuspects(input: SurveyInput): Suspect[] {
  return rankSurvey(surveyRepository(input));
}

export function rankSurvey(survey: Survey): Suspect[] {
  const tally = createTally();
  // What is configured wrongly breaks whatever comes after it.
  const misled = survey.errors[0]?.error.kind === 'config';
  const handed = listHanded(survey);
  survey.errors.forEach((located, at) => {
    // The first error is the cause more often than the ones behind it.
    const order = misled && at > 0 ? 0.3 : Math.max(0.5, 0.96 ** at);
    const share = located.file !== undefined && handed.has(located.file) ? order * 0.7 : order;
    for (const rule of RULES) for (const suspicion of rule(located, survey)) tally.add(suspicion, share);
  });
  for (const suspicion of suspectStaticDefects(survey)) tally.add(suspicion, 1);
  const ranked = tally.list().map(({ path }) => path);
  // With fewer suspects than people look at, what stands next to them is listed behind them.
  for (const suspicion of suspectNeighbours(survey, ranked, FEW_SUSPECTS - ranked.length)) tally.add(suspicion, 1);
  for (const suspicion of suspectChanges(survey, tally.scores())) tally.add(suspicion, 1);
  return tally.list();
}

/** The failing files that import another one which fails, and is not imported by it: they handle what that one got wrong. */
function listHanded({ errors, graph }: Survey): ReadonlySet<string> {
  const failing = new Set(errors.flatMap(({ file }) => file ?? []));
  const targets = (path: string) =>
    graph
      .edgesFrom(path)
      .flatMap(({ resolution }) =>
        resolution.outcome === 'file' && resolution.path !== path && failing.has(resolution.path)
          ? resolution.path
          : [],
      );
  return new Set([...failing].filter((path) => targets(path).some((target) => !targets(target).includes(path))));
}

/** Adds reasons up as independent evidence: each one takes its share of the doubt that is left. */
function createTally() {
  const doubts = new Map<string, number>();
  const reasons = new Map<string, Map<string, number>>();

  function add({ path, weight, reason }: Suspicion, share: number) {
    // Settings of a package manager are named to a person, though never read.
    if (path === '' || (holdsSecrets(path) && !isManagerSettings(path)) || isGenerated(path)) return;
    const own = reasons.get(path) ?? new Map<string, number>();
    reasons.set(path, own);
    const evidence = weight * share;
    doubts.set(path, (doubts.get(path) ?? 1) * (1 - evidence));
    own.set(reason, Math.max(own.get(reason) ?? 0, evidence));
  }

  function scores() {
    return new Map([...doubts].map(([path, doubt]) => [path, 1 - doubt]));
  }

  function list(): Suspect[] {
    return [...doubts]
      .sort((a, b) => a[1] - b[1])
      .map(([path, doubt]) => ({
        path,
        score: Math.round((1 - doubt) * 1000) / 1000,
        reasons: strongest(reasons.get(path)),
      }))
      .filter(({ score }) => score >= MIN_SCORE)
      .slice(0, MAX_SUSPECTS);
  }

  return { add, scores, list };
}

function strongest(reasons: ReadonlyMap<string, number> | undefined): string[] {
  return [...(reasons ?? [])]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 4)
    .map(([reason]) => reason);
}
