import type { Attempt, Incident } from '../../lib/incident/incident.js';
import {
  fakeAttempt,
  fakeDiagnosis,
  fakeFailure,
  fakeIncident,
  fakeSha,
  refuted,
  verified,
} from '../report/incidents.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const PROJECTS = ['storefront', 'admin', 'docs', 'checkout', 'landing'];

interface Case {
  readonly kind: 'code' | 'dependency' | 'config' | 'environment' | 'transient' | 'infrastructure';
  readonly status: 'healed' | 'escalated' | 'superseded' | 'rejected';
  readonly error: Parameters<typeof fakeDiagnosis>[0];
}

const CASES: readonly Case[] = [
  { kind: 'code', status: 'healed', error: {} },
  {
    kind: 'code',
    status: 'healed',
    error: {
      errors: [
        {
          tool: 'turbopack',
          kind: 'module-not-found',
          message: "Module not found: Can't resolve '../lib/money'",
          file: 'components/cart/summary.tsx',
          line: 4,
          column: 1,
        },
      ],
    },
  },
  {
    kind: 'dependency',
    status: 'healed',
    error: {
      errors: [
        {
          tool: 'webpack',
          kind: 'package-missing',
          message: "Can't resolve 'date-fns'",
          file: 'lib/dates.ts',
          line: 1,
        },
      ],
    },
  },
  {
    kind: 'environment',
    status: 'escalated',
    error: {
      repairable: false,
      remedy: 'Set `PAYMENTS_KEY` for Production in the project’s settings on Vercel, then redeploy.',
      errors: [
        { tool: 'next', kind: 'variable-missing', message: 'PAYMENTS_KEY is not set', file: 'lib/env.ts', line: 9 },
      ],
    },
  },
  {
    kind: 'transient',
    status: 'healed',
    error: { repairable: false, errors: [{ tool: 'npm', kind: 'network', message: 'read ECONNRESET' }] },
  },
  {
    kind: 'config',
    status: 'superseded',
    error: {
      errors: [{ tool: 'next', kind: 'config', message: 'Unrecognized key: "swcMinify"', file: 'next.config.mjs' }],
    },
  },
  {
    kind: 'code',
    status: 'rejected',
    error: {
      errors: [
        {
          tool: 'eslint',
          kind: 'lint',
          message: "'total' is assigned a value but never used",
          code: 'no-unused-vars',
          file: 'app/cart/page.tsx',
          line: 18,
          column: 9,
        },
      ],
    },
  },
];

/** A believable month: the same on every run. */
export function sampleIncidents(now: number, amount = 46): readonly Incident[] {
  const ended = Array.from({ length: amount }, (_, index) => endedIncident(now, index));
  return [...openIncidents(now), ...ended];
}

function endedIncident(now: number, index: number): Incident {
  const sample = CASES[(index * 5) % CASES.length] as Case;
  const project = PROJECTS[index % PROJECTS.length] as string;
  const failedAt = now - 9 * HOUR - index * 15 * HOUR - ((index * 7919) % 240) * MINUTE;
  const took = (3 + ((index * 37) % 50) + (index % 9 === 0 ? 300 : 0)) * MINUTE;
  const byModel = index % 3 === 1;
  const attempt = byModel ? modelAttempt(1) : fakeAttempt();
  return fakeIncident(sample.status, {
    id: `inc_${(index + 1).toString(36).padStart(6, 'k3')}`,
    openedAt: failedAt + 40_000,
    updatedAt: failedAt + took,
    failures: [
      fakeFailure({
        projectId: `prj_${project}`,
        projectName: project,
        createdAt: failedAt,
        deploymentId: `dpl_${index}`,
        sha: fakeSha(index + 16),
      }),
    ],
    repository: { id: 99, owner: 'acme', name: project === 'docs' ? 'docs' : 'shop' },
    diagnosis: fakeDiagnosis({ class: sample.kind, ...sample.error }),
    attempts:
      sample.status === 'escalated' || sample.kind === 'transient' ? [] : [shift(verified(attempt), failedAt + 44_000)],
    usage: byModel ? attempt.usage : { calls: 0, inputTokens: 0, outputTokens: 0 },
    reachedAt: {
      detected: failedAt + 40_000,
      diagnosed: failedAt + 42_000,
      ...(sample.status === 'healed'
        ? {
            proposed: failedAt + 55_000,
            verified: failedAt + 140_000,
            merged: failedAt + took - 90_000,
            healed: failedAt + took,
          }
        : { [sample.status]: failedAt + took }),
    },
  });
}

function openIncidents(now: number): readonly Incident[] {
  const failedAt = now - 37 * MINUTE;
  const opened = failedAt + 38_000;
  const first = refuted({ ...fakeAttempt(), startedAt: opened + 4_000 });
  return [
    fakeIncident('proposed', {
      id: 'inc_open01',
      openedAt: opened,
      updatedAt: now - 30_000,
      dueAt: now + 12_000,
      deadline: now + 9 * MINUTE,
      failures: ['storefront', 'admin'].map((name, index) =>
        fakeFailure({
          projectId: `prj_${name}`,
          projectName: name,
          rootDirectory: `apps/${name}`,
          createdAt: failedAt + index * 4_000,
          deploymentId: `dpl_open${index}`,
        }),
      ),
      repository: { id: 99, owner: 'acme', name: 'shop' },
      diagnosis: fakeDiagnosis(),
      attempts: [shift(first, opened), shift(modelAttempt(2), opened + 3 * MINUTE)],
      usage: modelAttempt(2).usage,
      pullRequest: { number: 212, url: 'https://github.com/acme/shop/pull/212', openedAt: opened + 9_000 },
      reachedAt: { detected: opened, diagnosed: opened + 2_000, proposed: opened + 9_000, refuted: opened + 150_000 },
    } as Partial<Incident>),
    fakeIncident('escalated', {
      id: 'inc_open02',
      openedAt: now - 3 * HOUR,
      updatedAt: now - 3 * HOUR + 4_000,
      failures: [
        fakeFailure({
          projectId: 'prj_checkout',
          projectName: 'checkout',
          createdAt: now - 3 * HOUR - 31_000,
          deploymentId: 'dpl_open9',
          inspectorUrl: 'https://vercel.com/acme/checkout/9',
        }),
      ],
      repository: { id: 100, owner: 'acme', name: 'payments' },
      diagnosis: fakeDiagnosis({
        class: 'environment',
        repairable: false,
        summary: 'The build needs the variable PAYMENTS_KEY, which Production does not have.',
        remedy: 'Set `PAYMENTS_KEY` for Production in the settings of the project checkout on Vercel, then redeploy.',
        errors: [
          {
            tool: 'next',
            kind: 'variable-missing',
            message: 'Error: PAYMENTS_KEY is not set',
            symbol: 'PAYMENTS_KEY',
            file: 'lib/env.ts',
            line: 9,
            column: 11,
          },
        ],
        excerpt:
          'Collecting page data ...\nError: PAYMENTS_KEY is not set\n    at <unknown> (lib/env.ts:9:11)\n> Build error occurred\n[Error: Failed to collect page data for /pay]',
      }),
      attempts: [],
      pullRequest: undefined,
      reason: 'not-repairable',
      detail: 'Set `PAYMENTS_KEY` for Production.',
      reachedAt: { detected: now - 3 * HOUR, diagnosed: now - 3 * HOUR + 2_000, escalated: now - 3 * HOUR + 4_000 },
    } as Partial<Incident>),
  ];
}

function shift(attempt: Attempt, at: number): Attempt {
  const { verdict } = attempt;
  return {
    ...attempt,
    startedAt: at + 3_000,
    committedAt: at + 8_000,
    ...(verdict === undefined ? {} : { verdict: { ...verdict, at: at + 2 * MINUTE } }),
  };
}

/** As a model writes it: two files, one of them new. */
export function modelAttempt(number: number): Attempt {
  return fakeAttempt({
    number,
    commitSha: fakeSha(40 + number),
    usage: { calls: 1, inputTokens: 18_240, outputTokens: 912 },
    files: ['app/page.tsx', 'lib/tides.ts'],
    patch: {
      repairer: 'gemini',
      origin: ['gemini-3.8-flash'],
      confidence: 0.92,
      cause: 'The page imports `tides` from `lib/tides`, which was renamed to `listTides` in the last commit.',
      change: 'Imports the new name and keeps the call as it was; the list is typed where it is empty.',
      edits: [
        {
          kind: 'replace',
          path: 'app/page.tsx',
          search:
            'import { tides } from "../lib/tides";\n\nexport default function Page() {\n  return <main>{tides.length}</main>;',
          replace:
            'import { listTides } from "../lib/tides";\n\nexport default function Page() {\n  return <main>{listTides().length}</main>;',
        },
        {
          kind: 'create',
          path: 'lib/tides.ts',
          content: 'export function listTides(): readonly number[] {\n  return [];\n}\n',
        },
      ],
    },
  });
}

export { DAY };
