import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { CODERABBIT } from '../incident/coderabbit.js';
import { isVercelContext } from '../incident/refused-deployment.js';
import type { Arrival, ArrivalEvent, IgnoredArrival, RawDelivery } from './arrival.js';
import { nameSchema, parseBody, shaSchema } from './parse-body.js';
import { isSigned } from './signature.js';

const repositorySchema = v.object({
  id: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  name: nameSchema,
  owner: v.object({ login: nameSchema }),
});
const numberSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const userSchema = v.object({ login: nameSchema });
const actionSchema = v.pipe(v.string(), v.maxLength(200));

const deploymentStatusSchema = v.object({
  repository: repositorySchema,
  deployment: v.object({ sha: shaSchema, environment: v.pipe(v.string(), v.maxLength(300)) }),
  deployment_status: v.object({ state: v.pipe(v.string(), v.maxLength(200)) }),
});
const statusSchema = v.object({
  repository: repositorySchema,
  sha: shaSchema,
  context: v.pipe(v.string(), v.maxLength(1_000)),
  state: v.pipe(v.string(), v.maxLength(200)),
});
const pullRequestSchema = v.object({
  action: actionSchema,
  repository: repositorySchema,
  pull_request: v.object({ number: numberSchema, merged: v.optional(v.nullable(v.boolean())) }),
});
const reviewSchema = v.object({
  action: actionSchema,
  repository: repositorySchema,
  pull_request: v.object({ number: numberSchema }),
  review: v.object({ state: v.pipe(v.string(), v.maxLength(200)), user: v.nullable(userSchema) }),
});
const commentSchema = v.object({
  action: actionSchema,
  repository: repositorySchema,
  issue: v.object({ number: numberSchema, pull_request: v.optional(v.unknown()) }),
  comment: v.object({ user: v.nullable(userSchema) }),
});

type Reading = { readonly event: ArrivalEvent } | { readonly why: IgnoredArrival } | { readonly problem: string };

const READERS: Readonly<Record<string, (body: Uint8Array) => Reading>> = {
  ping: () => ({ why: 'ping' }),
  deployment_status: readDeploymentStatus,
  status: readStatus,
  pull_request: readPullRequest,
  pull_request_review: readReview,
  issue_comment: readComment,
};

/** Actions of a pull request that may bring other files. */
const CHANGES: ReadonlySet<string> = new Set(['opened', 'reopened', 'synchronize', 'ready_for_review']);

/**
 * Verifies and reads a delivery of a repository's webhook. Only the body is signed, so neither the event's name nor the
 * delivery's id of the headers is believed further than the body bears it out.
 * https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries
 */
export function readGitHubDelivery({ headers, body, secret }: RawDelivery): Arrival {
  const signature = /^sha256=([0-9a-f]{64})$/.exec(headers.get('x-hub-signature-256') ?? '')?.[1];
  if (!isSigned({ body, signature, secret, algorithm: 'sha256' })) return { outcome: 'unauthorized' };

  const name = headers.get('x-github-event') ?? '';
  const read = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
  if (read === undefined) return { outcome: 'ignored', why: 'unknown-type' };
  const reading = read(body);
  if ('problem' in reading) return { outcome: 'malformed', ...reading };
  if ('why' in reading) return { outcome: 'ignored', ...reading };
  const deliveryId = `github ${name} ${createHash('sha256').update(body).digest('hex')}`;
  return { outcome: 'event', deliveryId, event: reading.event };
}

function readDeploymentStatus(body: Uint8Array): Reading {
  const parsed = parseBody(body, deploymentStatusSchema);
  if ('problem' in parsed) return parsed;
  const { repository, deployment, deployment_status } = parsed.value;
  const { state } = deployment_status;
  if (state !== 'failure' && state !== 'error' && state !== 'success') return { why: 'not-finished' };
  const { sha, environment } = deployment;
  return { event: { kind: 'deployment-status', repository: toRef(repository), sha, state, environment } };
}

function readStatus(body: Uint8Array): Reading {
  const parsed = parseBody(body, statusSchema);
  if ('problem' in parsed) return parsed;
  const { repository, sha, context, state } = parsed.value;
  if (!isVercelContext(context)) return { why: 'not-of-vercel' };
  if (state !== 'failure' && state !== 'error') return { why: 'not-finished' };
  return { event: { kind: 'commit-status', repository: toRef(repository), sha } };
}

function readPullRequest(body: Uint8Array): Reading {
  const parsed = parseBody(body, pullRequestSchema);
  if ('problem' in parsed) return parsed;
  const { action, repository, pull_request } = parsed.value;
  const { number, merged } = pull_request;
  if (CHANGES.has(action)) return { event: { kind: 'pull-request-changed', repository: toRef(repository), number } };
  if (action !== 'closed') return { why: 'not-changed-or-closed' };
  return { event: { kind: 'pull-request-closed', repository: toRef(repository), number, merged: merged === true } };
}

function readReview(body: Uint8Array): Reading {
  const parsed = parseBody(body, reviewSchema);
  if ('problem' in parsed) return parsed;
  const { action, repository, pull_request, review } = parsed.value;
  if (action !== 'submitted' && action !== 'dismissed') return { why: 'not-a-review' };
  const author = review.user?.login ?? '';
  const state = review.state.toLowerCase();
  return { event: { kind: 'review', repository: toRef(repository), number: pull_request.number, state, author } };
}

function readComment(body: Uint8Array): Reading {
  const parsed = parseBody(body, commentSchema);
  if ('problem' in parsed) return parsed;
  const { action, repository, issue, comment } = parsed.value;
  if (issue.pull_request === undefined || issue.pull_request === null) return { why: 'not-on-a-pull-request' };
  const author = comment.user?.login ?? '';
  // CodeRabbit keeps one comment, in which its result appears by an edit.
  if (action !== 'created' && !(action === 'edited' && author === CODERABBIT)) return { why: 'not-a-new-comment' };
  return { event: { kind: 'comment', repository: toRef(repository), number: issue.number, author } };
}

function toRef(repository: v.InferOutput<typeof repositorySchema>) {
  return { id: repository.id, owner: repository.owner.login, name: repository.name };
}
