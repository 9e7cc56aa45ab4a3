import type { Incident } from '../incident/incident.js';
import type { Language } from '../settings/settings-schema.js';
import { inlineCode, shorten } from './escape.js';
import { summariseErrors } from './failure-text.js';
import { textsIn } from './texts/texts.js';

const MOST_PATHS = 50;
const MARKER = 'self-heal:revert';

/** The incident that a revert's pull request belongs to. Only a marker on its first line counts. */
export function parseRevertMarker(body: string): string | undefined {
  return new RegExp(`^<!-- ${MARKER}:([\\w-]{1,128}) -->`).exec(body)?.[1];
}

/** The pull request and the commit that take back what came since the last good deployment. */
export function buildRevertText(input: {
  readonly incident: Incident;
  /** The last good commit, and the branch's head that is taken back. */
  readonly base: string;
  readonly head: string;
  readonly paths: readonly string[];
  readonly language: Language;
}): { readonly title: string; readonly body: string; readonly message: string } {
  const { incident, base, head, paths, language } = input;
  const { revert } = textsIn(language);
  const shown = paths.slice(0, MOST_PATHS).map((path) => `- ${inlineCode(shorten(path, 300))}`);
  if (paths.length > shown.length) shown.push(`- ${revert.more(paths.length - shown.length)}`);
  const title = revert.title(base.slice(0, 7));
  return {
    title,
    message: [title, '', revert.reason(incident.attempts.length), '', `Self-Heal-Revert: ${incident.id}`].join('\n'),
    body: [
      `<!-- ${MARKER}:${incident.id} -->`,
      `**${revert.notARepair}**`,
      `${revert.reason(incident.attempts.length)} ${revert.effect(base, head)}`,
      `${revert.failure} ${inlineCode(shorten(summariseErrors(incident.diagnosis), 300))}`,
      revert.choice,
      `${revert.files(paths.length)}\n\n${shown.join('\n')}`,
    ].join('\n\n'),
  };
}
