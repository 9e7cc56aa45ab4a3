import type { Diagnosis } from '../diagnosis/diagnosis.js';
import { escapeReferences, shorten } from '../report/escape.js';
import { textsIn } from '../report/texts/texts.js';
import type { Language } from '../settings/settings-schema.js';
import type { Patch } from './patch.js';

const INCIDENT = 'Self-Heal-Incident';
const ATTEMPT = 'Self-Heal-Attempt';

/** GitHub shows this much of a first line before it hides the rest. */
const SUBJECT_LENGTH = 72;
const SENTENCE_LENGTH = 400;

/**
 * A stranger's text as a piece of one line. Without brackets there is no `[skip ci]` or `[vercel skip]`, which would keep
 * the preview from being built; within a line that starts with our own word there is no trailer.
 */
function quote(text: string, length: number): string {
  const line = escapeReferences(text).replaceAll('[', '(').replaceAll(']', ')').replace(/\s+/g, ' ').trim();
  return shorten(line.replace(/\bskip-checks\b/gi, 'skip checks'), length);
}

/** The message of a repair commit. Nobody is named in it: author and committer are the token's account. */
export function buildCommitMessage(input: {
  readonly patch: Patch;
  readonly diagnosis: Pick<Diagnosis, 'summary'>;
  readonly incidentId: string;
  readonly attempt: number;
  /** English when absent. */
  readonly language?: Language;
}): string {
  const { patch, diagnosis, incidentId, attempt, language = 'en' } = input;
  const texts = textsIn(language).commit;
  const prefix = `${texts.subject} `;
  return [
    prefix + quote(diagnosis.summary, SUBJECT_LENGTH - prefix.length),
    '',
    `${texts.cause} ${quote(patch.cause, SENTENCE_LENGTH)}`,
    `${texts.change} ${quote(patch.change, SENTENCE_LENGTH)}`,
    '',
    `${INCIDENT}: ${incidentId}`,
    `${ATTEMPT}: ${attempt}`,
  ].join('\n');
}

/** Which incident and attempt a commit belongs to; undefined for a commit that does not end in both trailers, once each. */
export function parseCommitTrailers(
  message: string,
): { readonly incidentId: string; readonly attempt: number } | undefined {
  const lines = message.replaceAll('\r\n', '\n').trimEnd().split('\n');
  const block = lines.slice(lines.lastIndexOf('') + 1);
  const values = (name: string) =>
    block.flatMap((line) => (line.startsWith(`${name}: `) ? [line.slice(name.length + 2).trim()] : []));
  const [incidentId, ...otherIds] = values(INCIDENT);
  const [attempt, ...otherAttempts] = values(ATTEMPT);
  if (incidentId === undefined || attempt === undefined || otherIds.length + otherAttempts.length > 0) return undefined;
  if (!/^[\w.:-]{1,128}$/.test(incidentId) || !/^[1-9]\d{0,3}$/.test(attempt)) return undefined;
  return { incidentId, attempt: Number(attempt) };
}
