import type { Attempt, Incident, PreviewRef, StoredDiagnosis, Verdict } from '../incident/incident.js';
import type { Edit } from '../patch/patch.js';
import type { Language } from '../settings/settings-schema.js';
import { diffEdit, formatDiff } from './diff.js';
import { explainEscalation } from './escalation-text.js';
import {
  codeBlock,
  escapeMarkdown,
  escapeProse,
  escapeReferences,
  exactBlock,
  inlineCode,
  markdownLink,
  shorten,
} from './escape.js';
import { formatPlace, nameKind, summariseErrors } from './failure-text.js';
import { splitEdit } from './handed-edit.js';
import { type Texts, textsIn } from './texts/texts.js';
import { formatDuration, formatTime } from './time-text.js';

/** A comment that is written at most once per topic. */
export interface Comment {
  readonly topic: string;
  readonly body: string;
}

export interface CommentOptions {
  /** The address of the dashboard, without a path. */
  readonly dashboardUrl?: string | undefined;
  /** English when absent. */
  readonly language?: Language;
}

/** In which words something is told. */
interface Voice {
  readonly language: Language;
  readonly texts: Texts['comment'];
}

function voiceOf({ language = 'en' }: CommentOptions): Voice {
  return { language, texts: textsIn(language).comment };
}

type Escalated = Extract<Incident, { readonly status: 'escalated' }>;

// With these even the longest comment stays far below GitHub's 65,536 characters.
const MOST_ERRORS = 5;
const MOST_ATTEMPTS = 6;
const LONGEST_EXCERPT = 3_000;
const LONGEST_PATCH = 12_000;

/**
 * The comment that a change of state deserves; undefined where the pull request itself says enough: opened, merged,
 * closed, taken over. Its topic names the change: the same one is never told twice, and a later one is.
 */
export function buildComment(incident: Incident, options: CommentOptions = {}): Comment | undefined {
  const voice = voiceOf(options);
  const attempt = incident.attempts.at(-1);
  switch (incident.status) {
    case 'refuted':
      // A bot that reviews is not answered: the next commit is the answer, and a word more would be the start of a talk.
      return attempt?.verdict?.outcome === 'refuted' && !isBot(attempt.verdict.reviewer)
        ? {
            topic: `refuted-${attempt.number}-${attempt.verdict.by}`,
            body: tellRefutation(attempt.number, attempt.verdict, voice),
          }
        : undefined;
    case 'verified':
      return attempt && { topic: `verified-${attempt.number}`, body: tellVerification(attempt, voice) };
    case 'healed':
      return { topic: 'healed', body: tellHealing(incident, voice) };
    case 'superseded':
      return { topic: 'superseded', body: voice.texts.superseded(linkDeployments([incident.by])) };
    case 'escalated':
      return {
        topic: `escalated-${incident.reason}-${incident.attempts.length}`,
        body: tellEscalation(incident, options),
      };
    default:
      return undefined;
  }
}

/** What a person has to do, for an incident without a pull request: a comment on the failing commit. */
export function buildCommitComment(incident: Escalated, options: CommentOptions = {}): Comment {
  return {
    topic: `escalated-${incident.id}-${incident.reason}`,
    body: `${tellFailure(incident, voiceOf(options))}\n\n${tellEscalation(incident, options)}`,
  };
}

/** The same as an issue. Its first line carries the incident's marker, as a pull request's does. */
export function buildIssue(
  incident: Escalated,
  options: CommentOptions = {},
): { readonly title: string; readonly body: string } {
  const voice = voiceOf(options);
  const summary = summariseErrors(incident.diagnosis, voice.language).replace(/\s+/g, ' ');
  return {
    title: escapeReferences(shorten(voice.texts.issueTitle(summary), 160)),
    body: [
      `<!-- self-heal:incident:${incident.id} -->`,
      tellFailure(incident, voice),
      tellEscalation(incident, options),
    ].join('\n\n'),
  };
}

function tellFailure(incident: Incident, { texts, language }: Voice): string {
  const isRefused = incident.failures.some(({ refusal }) => refusal !== undefined);
  const { failedDeployment, more: andMore } = textsIn(language).pullRequest;
  const names = incident.failures.slice(0, 12).map(({ projectName, inspectorUrl }) => {
    const name = inlineCode(shorten(projectName, 100));
    return isRefused ? name : `${name} (${markdownLink(failedDeployment, inspectorUrl)})`;
  });
  const more = incident.failures.length - names.length;
  const all = `${names.join(', ')}${more > 0 ? ` ${andMore(more)}` : ''}`;
  return `${isRefused ? texts.refusedDeployment(all) : texts.notBuilding(all)} ${texts.serving}`;
}

function isBot(login: string | undefined): boolean {
  return login?.endsWith('[bot]') === true;
}

function tellRefutation(
  number: number,
  verdict: Extract<Verdict, { readonly outcome: 'refuted' }>,
  voice: Voice,
): string {
  const { texts, language } = voice;
  if (verdict.by === 'review') return texts.changeAsked(number);
  const [where] = verdict.deployments;
  const build = verdict.by === 'production' ? texts.productionBuild : texts.previewBuild;
  const link = where?.inspectorUrl === undefined ? build : markdownLink(build, where.inspectorUrl);
  const parts = [texts.didNotHold(number, link, formatTime(verdict.at, language))];
  if (verdict.note !== undefined && verdict.note !== '') parts.push(escapeProse(shorten(verdict.note, 500)));
  if (verdict.diagnosis !== undefined) parts.push(...tellDiagnosis(verdict.diagnosis, voice));
  parts.push(texts.logGoesOn);
  return parts.join('\n\n');
}

function tellVerification(attempt: Attempt, { texts }: Voice): string {
  const previews = attempt.verdict?.deployments ?? attempt.previews ?? [];
  const where = previews.length === 0 ? texts.itsPreview : texts.previewOf(linkDeployments(previews));
  return `${texts.builds(attempt.number)} ${where} ${texts.pleaseReview}`;
}

function tellHealing(incident: Extract<Incident, { readonly status: 'healed' }>, { texts }: Voice): string {
  const { reachedAt } = incident;
  const startedAt = Math.min(incident.openedAt, ...incident.failures.map((failure) => failure.createdAt));
  const healedAt = reachedAt.healed ?? incident.updatedAt;
  const stage = (name: keyof Voice['texts']['stages'], from: number | undefined, to: number | undefined) =>
    from === undefined || to === undefined ? [] : [texts.stage(texts.stages[name], formatDuration(to - from))];
  const stages = [
    ...stage('detected', startedAt, reachedAt.detected),
    ...stage('proposed', reachedAt.detected, reachedAt.proposed),
    ...stage('verified', reachedAt.proposed, reachedAt.verified),
    ...stage('merged', reachedAt.verified ?? reachedAt.proposed, reachedAt.merged),
    ...stage('healed', reachedAt.merged, healedAt),
  ];
  const where =
    incident.healedBy.length === 0 ? texts.production : texts.productionOf(linkDeployments(incident.healedBy));
  const listed = stages.length === 0 ? '' : ` (${stages.join(', ')})`;
  return `${texts.healed} ${texts.healedSentence(where, formatDuration(healedAt - startedAt), listed)}`;
}

function tellEscalation(incident: Escalated, options: CommentOptions): string {
  const { dashboardUrl } = options;
  const voice = voiceOf(options);
  const { texts, language } = voice;
  const { title, remedy } = explainEscalation(incident.reason, language);
  const { said, handed } = splitEdit(incident.detail);
  const parts = [`### ${title}`, escapeProse(shorten(said, 1_000))];
  // A line of it must not start a command of another bot.
  if (handed !== undefined)
    parts.push(handed.lead, exactBlock(shorten(handed.edit, LONGEST_PATCH).replace(/^/gm, '  ')));
  parts.push(`${texts.whatToDo} ${remedy}`);
  const { diagnosis } = incident;
  if (diagnosis !== undefined) {
    if (diagnosis.remedy !== undefined) parts.push(escapeProse(shorten(diagnosis.remedy, 2_000)));
    parts.push(`#### ${texts.found}`, ...tellDiagnosis(diagnosis, voice));
  }
  const last = incident.attempts.at(-1);
  if (incident.attempts.length > 0) parts.push(`#### ${texts.tried}`, listAttempts(incident.attempts, voice));
  if (last !== undefined && last.patch.edits.length > 0)
    parts.push(`#### ${texts.editOf(last.number)}`, ...showEdits(last.patch.edits, voice));
  if (incident.revert !== undefined && 'pullRequest' in incident.revert)
    parts.push(markdownLink(textsIn(language).revert.link, incident.revert.pullRequest.url));
  if (dashboardUrl !== undefined)
    parts.push(texts.toSeeLogs(markdownLink(texts.openIncident, `${dashboardUrl}/incidents/${incident.id}`)));
  return parts.filter((part) => part !== '').join('\n\n');
}

function tellDiagnosis(diagnosis: StoredDiagnosis, { texts, language }: Voice): readonly string[] {
  const shown = diagnosis.errors.slice(0, MOST_ERRORS).map((error) => {
    const place = formatPlace(error);
    const where = place === undefined ? '' : ` ${texts.inPlace(inlineCode(shorten(place, 300)))}`;
    return `- ${nameKind(error.kind, language)}${where}: ${escapeProse(shorten(error.message, 400))}`;
  });
  if (diagnosis.errors.length > shown.length)
    shown.push(`- ${textsIn(language).pullRequest.more(diagnosis.errors.length - shown.length)}`);
  const list = shown.length === 0 ? escapeMarkdown(shorten(diagnosis.summary, 400)) : shown.join('\n');
  if (diagnosis.excerpt.trim() === '') return [list];
  return [list, codeBlock(shorten(diagnosis.excerpt, LONGEST_EXCERPT))];
}

function listAttempts(attempts: readonly Attempt[], { texts, language }: Voice): string {
  return attempts
    .slice(-MOST_ATTEMPTS)
    .map((attempt) => {
      const { verdict } = attempt;
      const result =
        verdict === undefined
          ? texts.noResult
          : verdict.outcome === 'verified'
            ? texts.built
            : texts.failed(escapeMarkdown(summariseErrors(verdict.diagnosis, language)));
      return `${attempt.number}. ${escapeProse(shorten(attempt.patch.change, 300))} (${result})`;
    })
    .join('\n');
}

/** Exact, so that a person can copy it: comments never become commit messages. */
function showEdits(edits: readonly Edit[], { texts }: Voice): readonly string[] {
  let left = LONGEST_PATCH;
  const parts: string[] = [];
  for (const edit of edits) {
    const text = formatDiff(diffEdit(edit));
    if (text.length > left) {
      parts.push(texts.tooLong);
      break;
    }
    left -= text.length;
    parts.push(`${texts.edits[edit.kind]} ${inlineCode(shorten(edit.path, 300))}${text === '' ? '' : ':'}`);
    if (text !== '') parts.push(exactBlock(text, 'diff'));
  }
  return parts;
}

function linkDeployments(deployments: readonly PreviewRef[]): string {
  return deployments
    .slice(0, 12)
    .map((deployment) => {
      const name = shorten(deployment.projectName, 100);
      return markdownLink(name, deployment.url ?? deployment.inspectorUrl);
    })
    .join(', ');
}
