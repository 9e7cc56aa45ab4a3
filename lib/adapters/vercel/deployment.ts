import * as v from 'valibot';
import type { Deployment, DeploymentGit } from '../../ports.js';
import { flag, integer, optionalText } from './tolerant.js';

const Meta = v.fallback(v.optional(v.record(v.string(), v.unknown()), {}), {});

/**
 * What is needed of a deployment, in the shapes of `GET /v7/deployments` (uid, state) and `GET /v13/deployments/{id}`
 * (id, readyState). Everything that Vercel may extend is plain text.
 */
const DeploymentBody = v.object({
  uid: optionalText,
  id: optionalText,
  name: v.string(),
  projectId: optionalText,
  project: v.fallback(v.optional(v.object({ id: optionalText })), undefined),
  target: optionalText,
  customEnvironment: v.fallback(v.optional(v.object({ id: optionalText, slug: optionalText })), undefined),
  state: optionalText,
  readyState: optionalText,
  readySubstate: optionalText,
  created: integer,
  createdAt: integer,
  ready: integer,
  url: optionalText,
  inspectorUrl: optionalText,
  source: optionalText,
  errorCode: optionalText,
  errorMessage: optionalText,
  errorStep: optionalText,
  errorLink: optionalText,
  readyStateReason: optionalText,
  oomReport: optionalText,
  seatBlock: v.fallback(v.optional(v.object({ blockCode: optionalText })), undefined),
  meta: Meta,
});

/** Undefined when it is no deployment: without id, project, state or time nothing can be done with it. */
export function parseDeployment(json: unknown): Deployment | undefined {
  const parsed = v.safeParse(DeploymentBody, json);
  if (!parsed.success) return undefined;
  const body = parsed.output;
  const id = body.uid ?? body.id;
  const projectId = body.projectId ?? body.project?.id;
  const readyState = body.readyState ?? body.state;
  const createdAt = body.createdAt ?? body.created;
  if (!id || !projectId || !readyState || createdAt === undefined) return undefined;
  const meta = toTextRecord(body.meta);
  return withoutUndefined({
    id,
    projectId,
    projectName: body.name,
    target: body.target ?? body.customEnvironment?.slug ?? body.customEnvironment?.id ?? null,
    readyState,
    createdAt,
    readyAt: body.ready,
    url: body.url && toAddress(body.url),
    inspectorUrl: body.inspectorUrl,
    source: body.source,
    git: readGit(meta),
    // STAGED and ROLLING are other substates of READY: built, and not (wholly) what the production domains serve.
    promoted: body.readySubstate === undefined ? undefined : body.readySubstate === 'PROMOTED',
    errorCode: body.errorCode,
    errorMessage: body.errorMessage,
    errorStep: body.errorStep,
    errorLink: body.errorLink,
    readyStateReason: body.readyStateReason,
    blockCode: body.seatBlock?.blockCode,
    outOfMemory: body.oomReport !== undefined,
    meta,
  });
}

/** The API gives a host name. */
function toAddress(url: string): string {
  return /^https?:\/\//.test(url) ? url : `https://${url}`;
}

/** Vercel's meta values are all text; what a user set by API need not be. */
function toTextRecord(meta: Readonly<Record<string, unknown>>): Record<string, string> {
  const record: Record<string, string> = {};
  for (const [key, value] of Object.entries(meta)) {
    if (typeof value === 'string') record[key] = value;
    else if (typeof value === 'number' || typeof value === 'boolean') record[key] = String(value);
  }
  return record;
}

function readGit(meta: Readonly<Record<string, string>>): DeploymentGit | undefined {
  const owner = meta.githubOrg ?? meta.githubCommitOrg;
  const name = meta.githubRepo ?? meta.githubCommitRepo;
  const id = Number(meta.githubRepoId ?? meta.githubCommitRepoId);
  const { githubCommitRef: ref, githubCommitSha: sha } = meta;
  if (!owner || !name || !ref || !sha || !Number.isSafeInteger(id) || id <= 0) return undefined;
  return withoutUndefined({
    provider: 'github' as const,
    repository: { id, owner, name },
    commitOwner: meta.githubCommitOrg ?? owner,
    commitRepository: meta.githubCommitRepo ?? name,
    ref,
    sha,
    message: meta.githubCommitMessage,
    author: meta.githubCommitAuthorLogin,
    dirty: flag(meta.gitDirty),
  });
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}
