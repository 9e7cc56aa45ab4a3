import type { Attempt, Failure, Incident, StoredDiagnosis } from '../../lib/incident/incident.js';
import { openIncident } from '../../lib/incident/transitions.js';
import { NO_USAGE, type Patch } from '../../lib/patch/patch.js';
import type { Deployment, Project, PullRequest } from '../../lib/ports.js';

/** A sha that is valid and tells where it came from. */
export function fakeSha(seed: string): string {
  return Buffer.from(seed.padEnd(20, '.')).toString('hex').slice(0, 40);
}

export const REPOSITORY = { id: 41, owner: 'acme', name: 'shop' } as const;

export function buildFailure(change: Partial<Failure> = {}): Failure {
  return {
    deploymentId: 'dpl_first',
    projectId: 'prj_web',
    projectName: 'web',
    rootDirectory: '',
    sha: fakeSha('broken'),
    createdAt: 1_000_000,
    ...change,
  };
}

export function buildDiagnosis(change: Partial<StoredDiagnosis> = {}): StoredDiagnosis {
  return {
    class: 'code',
    repairable: true,
    summary: 'A type error in app/page.tsx.',
    fingerprint: 'aaaaaaaaaaaaaaaa',
    errors: [],
    evidence: [],
    phase: 'build',
    excerpt: '',
    ...change,
  };
}

const PATCH: Patch = {
  repairer: 'suggestions',
  edits: [],
  cause: 'A keyword is misspelt.',
  change: 'Spells it right.',
  confidence: 1,
  origin: ['keyword-spelling'],
};

export function buildAttempt(number: number, change: Partial<Attempt> = {}): Attempt {
  return {
    number,
    startedAt: 1_100_000,
    baseSha: fakeSha('broken'),
    parents: [fakeSha('broken')],
    branch: 'fix/auto-repair-1000',
    treeId: fakeSha(`tree${number}`),
    patch: PATCH,
    files: ['app/page.tsx'],
    usage: NO_USAGE,
    commitSha: fakeSha(`commit${number}`),
    committedAt: 1_100_000,
    ...change,
  };
}

/** An attempt that its preview refuted with this fingerprint. */
export function buildRefuted(number: number, fingerprint: string): Attempt {
  return buildAttempt(number, {
    verdict: {
      outcome: 'refuted',
      at: 1_200_000,
      by: 'preview',
      deployments: [],
      diagnosis: buildDiagnosis({ fingerprint }),
    },
  });
}

export function buildIncident(change: Partial<Incident> = {}): Incident {
  const opened = openIncident({ failure: buildFailure(), repository: REPOSITORY, branch: 'main', now: 1_050_000 });
  return { ...opened, ...change } as Incident;
}

export function buildDeployment(change: Partial<Deployment> = {}): Deployment {
  return {
    id: 'dpl_first',
    projectId: 'prj_web',
    projectName: 'web',
    target: 'production',
    readyState: 'ERROR',
    createdAt: 1_000_000,
    source: 'git',
    outOfMemory: false,
    meta: {},
    git: {
      provider: 'github',
      repository: REPOSITORY,
      commitOwner: 'acme',
      commitRepository: 'shop',
      ref: 'main',
      sha: fakeSha('broken'),
      dirty: false,
    },
    ...change,
  };
}

export function buildProject(change: Partial<Project> = {}): Project {
  return {
    id: 'prj_web',
    name: 'web',
    rootDirectory: '',
    framework: 'nextjs',
    link: { repository: REPOSITORY, productionBranch: 'main' },
    ...change,
  };
}

export function buildPullRequest(change: Partial<PullRequest> = {}): PullRequest {
  return {
    number: 7,
    url: 'https://github.example/acme/shop/pull/7',
    state: 'open',
    merged: false,
    headRef: 'fix/auto-repair-1000',
    headSha: fakeSha('commit1'),
    baseRef: 'main',
    title: 'fix',
    body: '',
    author: 'owner',
    createdAt: 1_150_000,
    ...change,
  };
}
