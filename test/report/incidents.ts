import type { Attempt, Failure, Incident, StoredDiagnosis } from '../../lib/incident/incident.js';
import { NO_USAGE } from '../../lib/patch/patch.js';

export const NOW = Date.UTC(2026, 10, 22, 15, 0, 0);

export function fakeSha(seed: number): string {
  return seed.toString(16).padStart(2, '0').repeat(20).slice(0, 40);
}

export function fakeFailure(overrides: Partial<Failure> = {}): Failure {
  return {
    deploymentId: 'dpl_failed',
    projectId: 'prj_web',
    projectName: 'web',
    rootDirectory: '',
    sha: fakeSha(1),
    createdAt: Date.UTC(2026, 10, 22, 14, 3, 0),
    inspectorUrl: 'https://vercel.example/acme/web/failed',
    commitMessage: 'Show the tide table\n\nLonger text.',
    author: 'octo-cat',
    ...overrides,
  };
}

export const EXCERPT = [
  'Failed to compile.',
  '',
  './app/page.tsx:3:1',
  'Type error: Cannot find name `expot`. Did you mean `export`?',
  '',
  '  1 | import { tides } from "../lib/tides";',
  '  2 |',
  '> 3 | expot default function Page() {',
  '    | ^',
  '  4 |   return <main>{tides.length}</main>;',
].join('\n');

export function fakeDiagnosis(overrides: Partial<StoredDiagnosis> = {}): StoredDiagnosis {
  return {
    class: 'code',
    repairable: true,
    summary: 'TypeScript cannot find the name expot.',
    fingerprint: '0123456789abcdef',
    errors: [
      {
        tool: 'typescript',
        kind: 'type',
        code: 'TS2304',
        message: 'Cannot find name `expot`. Did you mean `export`?',
        file: 'app/page.tsx',
        line: 3,
        column: 1,
      },
    ],
    evidence: [{ fact: 'the compiler reports TS2304', from: 'log', logLine: 41 }],
    phase: 'build',
    excerpt: EXCERPT,
    ...overrides,
  };
}

export function fakeAttempt(overrides: Partial<Attempt> = {}): Attempt {
  return {
    number: 1,
    startedAt: Date.UTC(2026, 10, 22, 14, 5, 0),
    baseSha: fakeSha(1),
    parents: [fakeSha(1)],
    branch: 'fix/auto-repair-1795529000',
    treeId: fakeSha(7),
    patch: {
      repairer: 'suggestions',
      edits: [
        {
          kind: 'replace',
          path: 'app/page.tsx',
          search: 'expot default function Page() {',
          replace: 'export default function Page() {',
        },
      ],
      cause: 'The keyword `export` is misspelt as `expot`, so the compiler reads a name that does not exist.',
      change: 'Writes `export`, as the compiler suggests.',
      confidence: 1,
      origin: ['misspelt-keyword'],
    },
    files: ['app/page.tsx'],
    usage: NO_USAGE,
    commitSha: fakeSha(2),
    committedAt: Date.UTC(2026, 10, 22, 14, 5, 4),
    ...overrides,
  };
}

const PREVIEW = {
  deploymentId: 'dpl_preview',
  projectId: 'prj_web',
  projectName: 'web',
  url: 'web-git-fix.example.dev',
  inspectorUrl: 'https://vercel.example/acme/web/preview',
};

export const PULL_REQUEST = {
  number: 7,
  url: 'https://github.example/acme/web/pull/7',
  openedAt: Date.UTC(2026, 10, 22, 14, 5, 6),
};

export function refuted(attempt: Attempt): Attempt {
  const diagnosis = fakeDiagnosis({ fingerprint: 'fedcba9876543210' });
  return {
    ...attempt,
    previews: [PREVIEW],
    verdict: {
      outcome: 'refuted',
      at: Date.UTC(2026, 10, 22, 14, 7, 0),
      by: 'preview',
      deployments: [PREVIEW],
      diagnosis,
    },
  };
}

export function verified(attempt: Attempt): Attempt {
  const at = Date.UTC(2026, 10, 22, 14, 9, 0);
  return { ...attempt, previews: [PREVIEW], verdict: { outcome: 'verified', at, deployments: [PREVIEW] } };
}

type Status = Incident['status'];

/** An incident in the given state, with everything that the state needs. */
export function fakeIncident(status: Status = 'proposed', overrides: Partial<Incident> = {}): Incident {
  const openedAt = Date.UTC(2026, 10, 22, 14, 4, 0);
  const base = {
    schema: 1,
    id: 'inc_8f2k1',
    version: 4,
    repository: { id: 99, owner: 'acme', name: 'web' },
    branch: 'main',
    failures: [fakeFailure()],
    openedAt,
    updatedAt: openedAt + 60_000,
    hiccups: 0,
    diagnosis: fakeDiagnosis(),
    attempts: [fakeAttempt()],
    usage: NO_USAGE,
    pullRequest: PULL_REQUEST,
    reachedAt: { detected: openedAt, diagnosed: openedAt + 2_000, proposed: openedAt + 8_000 },
  } as const;
  const states = {
    detected: {},
    diagnosed: {},
    redeployed: { deadline: openedAt + 900_000 },
    proposed: { deadline: openedAt + 900_000 },
    refuted: { attempts: [refuted(fakeAttempt())] },
    verified: { attempts: [verified(fakeAttempt())] },
    merged: {
      attempts: [verified(fakeAttempt())],
      mergeSha: fakeSha(9),
      deadline: openedAt + 3_600_000,
    },
    'taken-over': {},
    healed: {
      attempts: [verified(fakeAttempt())],
      healedBy: [{ ...PREVIEW, deploymentId: 'dpl_production', url: 'web.example.dev' }],
      reachedAt: {
        ...base.reachedAt,
        verified: openedAt + 300_000,
        merged: openedAt + 900_000,
        healed: openedAt + 1_020_000,
      },
    },
    joined: { into: 'inc_other' },
    rejected: {},
    superseded: { by: PREVIEW },
    escalated: { reason: 'attempts-exhausted', detail: 'Three attempts failed with the same error.' },
  } as const;
  return { ...base, status, ...states[status], ...overrides } as Incident;
}
