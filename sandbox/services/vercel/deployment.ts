import type { Project } from './project.js';

export type ReadyState = 'QUEUED' | 'BUILDING' | 'READY' | 'ERROR' | 'CANCELED' | 'BLOCKED' | 'INITIALIZING';

export interface BuildEvent {
  readonly type: 'command' | 'stdout' | 'stderr' | 'delimiter';
  readonly created: number;
  readonly serial: string;
  readonly text: string;
}

export interface Deployment {
  readonly id: string;
  readonly project: Project;
  readonly url: string;
  readonly target: 'production' | null;
  readonly source: string;
  readonly createdAt: number;
  readonly meta: Readonly<Record<string, string>>;
  readonly owner: string;
  readonly repo: string;
  readonly ref: string;
  readonly sha: string;
  readonly events: BuildEvent[];
  readyState: ReadyState;
  /** Whether it has ever served the production domains. */
  promoted: boolean;
  buildingAt?: number;
  /** When it left the builder, for whichever end. */
  ready?: number;
  errorCode?: string;
  errorMessage?: string;
  errorStep?: string;
  errorLink?: string;
  readyStateReason?: string;
  /** Fields that a test laid over it. */
  extra: Readonly<Record<string, unknown>>;
}

export interface Account {
  readonly id: string;
  readonly username: string;
  readonly email: string;
}

/** An item of `GET /v7/deployments`. https://vercel.com/docs/rest-api/deployments/list-deployments */
export function describeListItem(deployment: Deployment, account: Account, baseUrl: string): Record<string, unknown> {
  return {
    uid: deployment.id,
    name: deployment.project.name,
    projectId: deployment.project.id,
    url: deployment.url,
    created: deployment.createdAt,
    createdAt: deployment.createdAt,
    source: deployment.source,
    state: deployment.readyState,
    readyState: deployment.readyState,
    ...(deployment.readyState === 'READY' ? { readySubstate: deployment.promoted ? 'PROMOTED' : 'STAGED' } : {}),
    type: 'LAMBDAS',
    creator: { uid: account.id, email: account.email, username: account.username },
    inspectorUrl: inspectorUrl(deployment, account, baseUrl),
    meta: deployment.meta,
    target: deployment.target,
    aliasError: null,
    aliasAssigned: deployment.readyState === 'READY' ? (deployment.ready ?? true) : null,
    isRollbackCandidate: deployment.readyState === 'READY' && deployment.promoted,
    buildingAt: deployment.buildingAt,
    ready: deployment.ready,
    errorCode: deployment.errorCode,
    errorMessage: deployment.errorMessage,
    projectSettings: { commandForIgnoringBuildStep: null },
    ...deployment.extra,
  };
}

/** `GET /v13/deployments/{id}`. https://vercel.com/docs/rest-api/deployments/get-a-deployment-by-id-or-url */
export function describeDeployment(deployment: Deployment, account: Account, baseUrl: string): Record<string, unknown> {
  const { project } = deployment;
  const failed = deployment.readyState === 'ERROR';
  return {
    id: deployment.id,
    name: project.name,
    projectId: project.id,
    project: { id: project.id, name: project.name, framework: project.framework ?? null },
    url: deployment.url,
    version: 2,
    type: 'LAMBDAS',
    status: deployment.readyState,
    readyState: deployment.readyState,
    ...(deployment.readyState === 'READY' ? { readySubstate: deployment.promoted ? 'PROMOTED' : 'STAGED' } : {}),
    source: deployment.source,
    target: deployment.target,
    meta: deployment.meta,
    gitSource: {
      type: 'github',
      repoId: project.repoId,
      ref: deployment.ref,
      sha: deployment.sha,
      org: deployment.owner,
      repo: deployment.repo,
    },
    createdAt: deployment.createdAt,
    bootedAt: deployment.buildingAt ?? deployment.createdAt,
    buildingAt: deployment.buildingAt ?? deployment.createdAt,
    buildSkipped: false,
    ready: deployment.ready,
    ...(failed ? { buildErrorAt: deployment.ready } : {}),
    errorCode: deployment.errorCode,
    errorMessage: deployment.errorMessage,
    errorStep: deployment.errorStep,
    errorLink: deployment.errorLink,
    readyStateReason: deployment.readyStateReason,
    alias: [],
    aliasAssigned: deployment.readyState === 'READY',
    aliasError: null,
    autoAssignCustomDomains: project.autoAssignCustomDomains ?? true,
    creator: { uid: account.id, username: account.username },
    ownerId: account.id,
    plan: 'hobby',
    public: false,
    regions: ['iad1'],
    routes: [],
    build: { env: [] },
    env: [],
    createdIn: 'sfo1',
    inspectorUrl: inspectorUrl(deployment, account, baseUrl),
    isInConcurrentBuildsQueue: deployment.readyState === 'QUEUED',
    isInSystemBuildsQueue: false,
    projectSettings: {
      framework: project.framework ?? null,
      rootDirectory: project.rootDirectory ?? null,
      buildCommand: project.buildCommand ?? null,
      installCommand: null,
      outputDirectory: null,
      nodeVersion: project.nodeVersion ?? '24.x',
    },
    ...deployment.extra,
  };
}

export function inspectorUrl(deployment: Deployment, account: Account, baseUrl: string): string {
  return `${baseUrl}/${account.username}/${deployment.project.name}/${deployment.id.replace('dpl_', '')}`;
}

/** The events API mixes two shapes: a delimiter comes nested, a line of output flat. */
export function describeEvent(deployment: Deployment, event: BuildEvent): Record<string, unknown> {
  const info = { type: 'build', name: `bld_${deployment.id.slice(4, 13)}`, entrypoint: '.' };
  const { type, created, serial, text } = event;
  const facts = { deploymentId: deployment.id, id: serial, date: created, serial, text, info };
  if (type === 'delimiter') return { type, created, payload: facts };
  return { type, created, ...facts, ...(type === 'stderr' ? { level: 'error' } : {}) };
}
