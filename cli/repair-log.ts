/** One repair attempt on a recorded log and a folder, by the very function that the flows call. */
import { join } from 'node:path';
import { openFolder } from '../lib/adapters/folder.js';
import { DEFAULT_MODELS } from '../lib/config.js';
import { gatherContext } from '../lib/context/gather.js';
import type { RepositoryContext } from '../lib/context/source.js';
import { readLogText } from '../lib/diagnosis/build-log.js';
import { diagnose } from '../lib/diagnosis/diagnose.js';
import type { DeploymentFacts, Diagnosis } from '../lib/diagnosis/diagnosis.js';
import { selectExcerpt } from '../lib/diagnosis/excerpt.js';
import type { PreviousAttempt } from '../lib/patch/patch.js';
import { type RepairAttemptOutcome, repairAttempt } from '../lib/patch/repair-attempt.js';
import type { Repairer, RepairRequest } from '../lib/ports.js';
import { createRedactor } from '../lib/redaction/redactor.js';
import { readLogFile, UsageError } from './arguments.js';
import { readPatchFile } from './repair-output.js';

export type RepairerChoice = 'suggestions' | 'gemini' | 'all';

/** The repairers asked for. Gemini takes its settings from the environment, as in production. */
export async function createRepairers(choice: RepairerChoice): Promise<readonly Repairer[]> {
  const repairers: Repairer[] = [];
  if (choice !== 'gemini') {
    const { suggestionsRepairer } = await import('../lib/patch/suggestions/repairer.js');
    repairers.push(suggestionsRepairer);
  }
  const { GEMINI_API_KEY, GEMINI_MODELS, GEMINI_BASE_URL } = process.env;
  if (choice === 'gemini' && !GEMINI_API_KEY) throw new UsageError('--repairer gemini needs GEMINI_API_KEY');
  if (choice !== 'suggestions' && GEMINI_API_KEY) {
    const { createGeminiRepairer } = await import('../lib/adapters/gemini.js');
    const models = (GEMINI_MODELS || DEFAULT_MODELS).split(',').map((model) => model.trim());
    const baseUrl = GEMINI_BASE_URL || 'https://generativelanguage.googleapis.com';
    // Whoever answers may be a person at a terminal, so there is more time than a function would have.
    const timeoutMs = Number(process.env.GEMINI_TIMEOUT_MS || 1_800_000);
    const redact = createRedactor([GEMINI_API_KEY]);
    repairers.push(createGeminiRepairer({ apiKey: GEMINI_API_KEY, models, baseUrl, redact, timeoutMs }));
  }
  return repairers;
}

export interface LogToRepair {
  readonly log: string;
  readonly repo: string;
  readonly base: string | undefined;
  readonly deployment: DeploymentFacts;
  readonly rootDirectory: string;
  /** Folders with the `patch.json` and `log.txt` of earlier attempts, in their order. */
  readonly previous: readonly string[];
}

export interface PreparedRepair {
  readonly diagnosis: Diagnosis;
  readonly context: RepositoryContext;
  readonly request: Omit<RepairRequest, 'refusal'>;
}

/** Diagnoses the newest log and gathers the repository that the first log came from. */
export async function prepareRepair(input: LogToRepair): Promise<PreparedRepair> {
  const { rootDirectory } = input;
  const redact = createRedactor([]);
  let log = readLogText(input.log);
  let diagnosis = diagnose({ log, deployment: input.deployment, rootDirectory });
  const previous: PreviousAttempt[] = [];
  for (const [index, folder] of input.previous.entries()) {
    const patch = await readPatchFile(folder);
    log = readLogText(await readLogFile(join(folder, 'log.txt')));
    const refuting = diagnose({ log, rootDirectory });
    const refutation = redact(selectExcerpt(log, refuting));
    const progress = refuting.fingerprint !== diagnosis.fingerprint;
    previous.push({ number: index + 1, patch, refutation, progress });
    diagnosis = refuting;
  }
  const context = await gatherContext(diagnosis, openFolder(input.repo, input.base), { rootDirectory });
  const excerpt = redact(selectExcerpt(log, diagnosis));
  const attempt = previous.length + 1;
  return { diagnosis, context, request: { diagnosis, excerpt, context, framework: null, attempt, previous } };
}

export async function repairLog(
  input: LogToRepair,
  repairers: readonly Repairer[],
): Promise<PreparedRepair & { readonly result: RepairAttemptOutcome }> {
  const prepared = await prepareRepair(input);
  return { ...prepared, result: await repairAttempt({ request: prepared.request, repairers }) };
}
