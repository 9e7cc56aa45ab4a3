import type { Attempt, Incident, PreviewRef, StoredDiagnosis, Verdict } from '../incident/incident.js';
import type { Edit } from '../patch/patch.js';
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
import { EN } from './texts/en.js';
import { formatDuration, formatTime } from './time-text.js';

/** A comment that is written at most once per topic. */
export interface Comment {
  readonly topic: string;
  readonly body: string;
}

export interface CommentOptions {
  /** The address of the dashboard, without a path. */
  readonly dashboardUrl?: string | undefined;
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
  const attempt = incident.attempts.at(-1);
  switch (incident.status) {
    case 'refuted':
      // A bot that reviews is not answered: the next commit is the answer, and a word more would be the start of a talk.
      return attempt?.verdict?.outcome === 'refuted' && !isBot(attempt.verdict.reviewer)
        ? {
            topic: `refuted-${attempt.number}-${attempt.verdict.by}`,
            body: tellRefutation(attempt.number, attempt.verdict),
          }
        : undefined;
    case 'verified':
      return attempt && { topic: `verified-${attempt.number}`, body: tellVerification(attempt) };
    case 'healed':
      return { topic: 'healed', body: tellHealing(incident) };
    case 'superseded':
      return { topic: 'superseded', body: tellSupersession(incident.by) };
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
    body: `${tellFailure(incident)}\n\n${tellEscalation(incident, options)}`,
  };
}

/** The same as an issue. Its first line carries the incident's marker, as a pull request's does. */
export function buildIssue(
  incident: Escalated,
  options: CommentOptions = {},
): { readonly title: string; readonly body: string } {
  const summary = summariseErrors(incident.diagnosis).replace(/\s+/g, ' ');
  return {
    title: escapeReferences(shorten(`The production build fails: ${summary}`, 160)),
    body: [`<!-- self-heal:incident:${incident.id} -->`, tellFailure(incident), tellEscalation(incident, options)].join(
      '\n\n',
    ),
  };
}

function tellFailure(incident: Incident): string {
  if (incident.failures.some(({ refusal }) => refusal !== undefined)) {
    const projects = incident.failures.slice(0, 12).map(({ projectName }) => inlineCode(shorten(projectName, 100)));
    return `Vercel made no production deployment of this commit: ${projects.join(', ')}. The last good deployment keeps serving.`;
  }
  const names = incident.failures.slice(0, 12).map((failure) => {
    return `${inlineCode(shorten(failure.projectName, 100))} (${markdownLink('failed deployment', failure.inspectorUrl)})`;
  });
  const more = incident.failures.length - names.length;
  return `This commit does not build in production: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}. The last good deployment keeps serving.`;
}

function isBot(login: string | undefined): boolean {
  return login?.endsWith('[bot]') === true;
}

function tellRefutation(number: number, verdict: Extract<Verdict, { readonly outcome: 'refuted' }>): string {
  if (verdict.by === 'review')
    return `**A change of attempt ${number} was asked for.** What the review says goes into the next attempt, on this same branch.`;
  const [where] = verdict.deployments;
  const build = verdict.by === 'production' ? 'production build' : 'preview build';
  const link = where?.inspectorUrl === undefined ? build : markdownLink(build, where.inspectorUrl);
  const parts = [`**Attempt ${number} did not hold:** the ${link} failed at ${formatTime(verdict.at)}.`];
  if (verdict.note !== undefined && verdict.note !== '') parts.push(escapeProse(shorten(verdict.note, 500)));
  if (verdict.diagnosis !== undefined) parts.push(...tellDiagnosis(verdict.diagnosis));
  parts.push('This log goes into the next attempt, on this same branch.');
  return parts.join('\n\n');
}

function tellVerification(attempt: Attempt): string {
  const previews = attempt.verdict?.deployments ?? attempt.previews ?? [];
  const where = previews.length === 0 ? 'Its preview' : `The preview of ${linkDeployments(previews)}`;
  return `**Attempt ${attempt.number} builds.** ${where} is ready. It shows that the repair builds, not that it behaves: please look at it, review, and merge.`;
}

function tellHealing(incident: Extract<Incident, { readonly status: 'healed' }>): string {
  const { reachedAt } = incident;
  const startedAt = Math.min(incident.openedAt, ...incident.failures.map((failure) => failure.createdAt));
  const healedAt = reachedAt.healed ?? incident.updatedAt;
  const stages = [
    stage('detected', startedAt, reachedAt.detected),
    stage('proposed', reachedAt.detected, reachedAt.proposed),
    stage('verified', reachedAt.proposed, reachedAt.verified),
    stage('merged', reachedAt.verified ?? reachedAt.proposed, reachedAt.merged),
    stage('in production', reachedAt.merged, healedAt),
  ].filter((text) => text !== undefined);
  const where = incident.healedBy.length === 0 ? 'Production' : `Production of ${linkDeployments(incident.healedBy)}`;
  const total = formatDuration(healedAt - startedAt);
  return `**Healed.** ${where} builds again and serves this repair, ${total} after the first failed deployment${stages.length === 0 ? '' : ` (${stages.join(', ')})`}.`;
}

function stage(name: string, from: number | undefined, to: number | undefined): string | undefined {
  return from === undefined || to === undefined ? undefined : `${name} after ${formatDuration(to - from)}`;
}

function tellSupersession(by: PreviewRef): string {
  return `**No longer needed.** A later commit repaired production: ${linkDeployments([by])} is ready. This pull request is closed; nothing was rejected by that.`;
}

function tellEscalation(incident: Escalated, { dashboardUrl }: CommentOptions): string {
  const { title, remedy } = explainEscalation(incident.reason);
  const parts = [`### ${title}`, escapeProse(shorten(incident.detail, 1_000)), `**What to do:** ${remedy}`];
  const { diagnosis } = incident;
  if (diagnosis !== undefined) {
    if (diagnosis.remedy !== undefined) parts.push(escapeProse(shorten(diagnosis.remedy, 2_000)));
    parts.push('#### What was found', ...tellDiagnosis(diagnosis));
  }
  const last = incident.attempts.at(-1);
  if (incident.attempts.length > 0) parts.push('#### What was tried', listAttempts(incident.attempts));
  if (last !== undefined && last.patch.edits.length > 0)
    parts.push(`#### The edit of attempt ${last.number}, to continue from`, ...showEdits(last.patch.edits));
  if (incident.revert !== undefined && 'pullRequest' in incident.revert)
    parts.push(markdownLink(EN.revert.link, incident.revert.pullRequest.url));
  if (dashboardUrl !== undefined)
    parts.push(
      `${markdownLink('Open the incident', `${dashboardUrl}/incidents/${incident.id}`)} to see the logs or to try again.`,
    );
  return parts.filter((part) => part !== '').join('\n\n');
}

function tellDiagnosis(diagnosis: StoredDiagnosis): readonly string[] {
  const shown = diagnosis.errors.slice(0, MOST_ERRORS).map((error) => {
    const place = formatPlace(error);
    const where = place === undefined ? '' : ` in ${inlineCode(shorten(place, 300))}`;
    return `- ${nameKind(error.kind)}${where}: ${escapeProse(shorten(error.message, 400))}`;
  });
  if (diagnosis.errors.length > shown.length) shown.push(`- and ${diagnosis.errors.length - shown.length} more`);
  const list = shown.length === 0 ? escapeMarkdown(shorten(diagnosis.summary, 400)) : shown.join('\n');
  if (diagnosis.excerpt.trim() === '') return [list];
  return [list, codeBlock(shorten(diagnosis.excerpt, LONGEST_EXCERPT))];
}

function listAttempts(attempts: readonly Attempt[]): string {
  return attempts
    .slice(-MOST_ATTEMPTS)
    .map((attempt) => {
      const { verdict } = attempt;
      const result =
        verdict === undefined
          ? 'no result'
          : verdict.outcome === 'verified'
            ? 'built'
            : `failed: ${escapeMarkdown(summariseErrors(verdict.diagnosis))}`;
      return `${attempt.number}. ${escapeProse(shorten(attempt.patch.change, 300))} (${result})`;
    })
    .join('\n');
}

/** Exact, so that a person can copy it: comments never become commit messages. */
function showEdits(edits: readonly Edit[]): readonly string[] {
  let left = LONGEST_PATCH;
  const parts: string[] = [];
  for (const edit of edits) {
    const text = formatDiff(diffEdit(edit));
    if (text.length > left) {
      parts.push('The rest is too long for a comment; the incident’s page shows all of it.');
      break;
    }
    left -= text.length;
    const verb = edit.kind === 'delete' ? 'Delete' : edit.kind === 'create' ? 'Create' : 'In';
    parts.push(`${verb} ${inlineCode(shorten(edit.path, 300))}${text === '' ? '' : ':'}`);
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
