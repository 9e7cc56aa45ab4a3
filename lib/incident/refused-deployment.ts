import type { Deployment, Project } from '../ports.js';
import type { EscalationReason, Failure } from './incident.js';
import type { PullRequestComment } from './review.js';

export interface CommitStatus {
  readonly context: string;
  /** error, failure, pending, success. */
  readonly state: string;
  readonly description: string;
  readonly url?: string;
  readonly updatedAt: number;
}

/** Vercel's GitHub App. */
const VERCEL = 'vercel[bot]';
const CONTEXT = /^Vercel(?: [\u2013-] (.+))?$/u;
const LONGEST_TEXT = 600;

/**
 * Vercel's own failing status about a project at a commit. Several projects of one repository each have a status with
 * their name; a single one has `Vercel`.
 */
export function findFailingStatus(
  statuses: readonly CommitStatus[],
  projectName: string,
  isOnlyProject: boolean,
): CommitStatus | undefined {
  return statuses.find(({ context, state }) => {
    const named = CONTEXT.exec(context);
    const isAboutIt = named !== null && (named[1] === undefined ? isOnlyProject : named[1] === projectName);
    return isAboutIt && (state === 'failure' || state === 'error');
  });
}

export function isVercelContext(context: string): boolean {
  return CONTEXT.test(context);
}

/** Whether Vercel ever began: a deployment of the commit that it refused to build counts as refused. */
export function wasDeployed(deployments: readonly Deployment[]): boolean {
  return deployments.some(({ readyState }) => readyState !== 'BLOCKED');
}

/** What Vercel said: the status often holds no more than "Deployment failed", and a comment of its bot the reason. */
export function collectWords(status: CommitStatus, comments: readonly PullRequestComment[]): string {
  const said = comments.filter(({ author }) => author === VERCEL).map(({ body }) => body);
  return [status.description, status.url ?? '', ...said].join('\n').slice(0, 10 * LONGEST_TEXT);
}

type Refusal = Extract<
  EscalationReason,
  'deployment-limit' | 'cron-not-allowed' | 'author-rejected' | 'vercel-config-invalid' | 'deployment-refused'
>;

/** By Vercel's own sentences; see https://vercel.com/docs/limits and .../deployments/troubleshoot-project-collaboration */
const REASONS: readonly (readonly [Refusal, RegExp])[] = [
  ['cron-not-allowed', /limited to daily cron jobs|cron expression|docs\/cron-jobs/i],
  ['deployment-limit', /resource is limited|api-deployments-|deployment rate limited|rate limit|retry in \d+ hours?/i],
  [
    'author-rejected',
    /git author|commit author|must have access|not a member of|associate the committer|git\/authorize|needs to authorize|team-members-and-roles|troubleshoot-project-collaboration/i,
  ],
  [
    'vercel-config-invalid',
    /vercel\.json|schema validation|should not have additional propert|invalid `?(?:functions|rewrites|redirects|headers|routes|crons|builds)|function runtimes must/i,
  ],
];

export function explainRefusal(words: string): Refusal {
  return REASONS.find(([, pattern]) => pattern.test(words))?.[0] ?? 'deployment-refused';
}

/** The sentence of Vercel's that people should see. */
export function quoteRefusal({ description }: CommitStatus, words: string): string {
  const reason = /following error:?\s*([^\n]+(?:\n(?!\s*\n)[^\n]+){0,3})/i.exec(words)?.[1];
  return (reason ?? description).replace(/\s+/g, ' ').trim().slice(0, LONGEST_TEXT);
}

/** A failure without a deployment; its id follows from project and commit, so it is the same wherever it is found. */
export function toRefusedFailure(
  project: Project,
  sha: string,
  refusal: { readonly reason: Refusal; readonly detail: string; readonly at: number },
): Failure {
  return {
    deploymentId: `none_${project.id.replace(/^prj_/u, '')}_${sha.slice(0, 12)}`,
    projectId: project.id,
    projectName: project.name,
    rootDirectory: project.rootDirectory,
    sha,
    createdAt: refusal.at,
    refusal: { reason: refusal.reason, detail: refusal.detail },
  };
}
