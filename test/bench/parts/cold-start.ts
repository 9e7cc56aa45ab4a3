import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSessionCookie, createSession } from '../../../lib/http/session.js';
import { startGitHub } from '../../../sandbox/services/github.js';
import { startUpstash } from '../../../sandbox/services/upstash.js';
import { startVercel } from '../../../sandbox/services/vercel.js';
import { boot, DEPLOYED, type FirstAnswer, type FirstRequest, makeEmptyFunction } from '../../deploy/boot.js';
import { type BuiltFunction, buildFunctions } from '../../deploy/built-functions.js';
import { type Part, type Row, sample } from '../report.js';

const ROUNDS = 7;
const PACKAGES_SHOWN = 12;
const POSTED = ['api/heal', 'api/webhooks/vercel', 'api/webhooks/github'];

/** What a function is asked first, and what its answer may take beyond an empty function's. */
interface Case {
  readonly what: string;
  readonly one: BuiltFunction;
  readonly request: FirstRequest;
  readonly expected: number;
  readonly mostMs?: number;
}

export async function measureColdStart(progress: (line: string) => void): Promise<readonly Part[]> {
  const work = mkdtempSync(join(tmpdir(), 'bench-deploy-'));
  const outside = await startQuietOutside();
  try {
    progress('building the functions with the Vercel CLI');
    const { functions } = buildFunctions(process.cwd(), work);
    const cases = listCases(functions, outside.settings);
    const [first] = functions;
    if (first === undefined) throw new Error('There are no functions.');
    const empty = makeEmptyFunction(first.node, join(work, 'empty'));
    const emptyAnswers: FirstAnswer[] = [];
    const answers = cases.map((): FirstAnswer[] => []);
    for (let round = 0; round < ROUNDS; round += 1) {
      emptyAnswers.push(await boot(empty, { method: 'GET' }));
      for (const [index, { what, one, request, expected }] of cases.entries()) {
        const answer = await boot(one, request);
        if (answer.status !== expected) throw new Error(`${what} answered ${answer.status}`);
        answers[index]?.push(answer);
      }
      progress(`round ${round + 1} of ${ROUNDS}`);
    }
    const baseline: Row = {
      what: 'an empty function, from the start of its process',
      value: sample(
        emptyAnswers.map(({ totalMs }) => totalMs),
        'ms',
      ),
      against: sample(
        emptyAnswers.map(({ memory }) => memory),
        'bytes',
      ),
    };
    const rows = cases.map((one, index) => toRow(one, answers[index] ?? [], baseline.value.median));
    return [
      {
        name: 'cold-start',
        title: 'Cold start',
        how: `Each function as the Vercel CLI builds it, from the start of a process to its first answer, beyond the median of an empty function in the same ${ROUNDS} rounds. A stranger gets no further than the door; the cron’s own sweep and the signed-in page reach a store and Vercel on this machine.`,
        columns: ['beyond empty', 'memory'],
        rows: [baseline, ...rows],
      },
      describeBundles(functions),
    ];
  } finally {
    await outside.close();
    rmSync(work, { recursive: true, force: true });
  }
}

function listCases(functions: readonly BuiltFunction[], settings: Readonly<Record<string, string>>): readonly Case[] {
  const find = (name: string) => {
    const found = functions.find((one) => one.name === name);
    if (found === undefined) throw new Error(`There is no function ${name}.`);
    return found;
  };
  const session = buildSessionCookie(createSession(Date.now()), DEPLOYED.DASHBOARD_SECRET, { secure: true });
  const cookie = session.split(';', 1)[0] ?? '';
  const strangers = functions.map(
    (one): Case => ({
      what: `${one.name}, a stranger`,
      one,
      request: { method: POSTED.includes(one.name) ? 'POST' : 'GET' },
      expected: one.name === 'api/health' ? 200 : 401,
    }),
  );
  return [
    {
      what: 'api/cron, an idle sweep',
      one: find('api/cron'),
      request: { method: 'GET', headers: { authorization: `Bearer ${DEPLOYED.CRON_SECRET}` }, settings },
      expected: 200,
      mostMs: 150,
    },
    {
      what: 'api/dashboard, the first page, signed in',
      one: find('api/dashboard'),
      request: { method: 'GET', headers: { cookie, accept: 'text/html' }, settings },
      expected: 200,
      mostMs: 100,
    },
    ...strangers,
  ];
}

function toRow({ what, mostMs }: Case, answers: readonly FirstAnswer[], emptyMs: number): Row {
  const beyond = sample(
    answers.map(({ totalMs }) => totalMs - emptyMs),
    'ms',
  );
  return {
    what,
    value: beyond,
    against: sample(
      answers.map(({ memory }) => memory),
      'bytes',
    ),
    ...(mostMs === undefined ? {} : { bound: { text: `at most ${mostMs} ms`, holds: beyond.median <= mostMs } }),
  };
}

const MEGABYTE = 1024 * 1024;

function describeBundles(functions: readonly BuiltFunction[]): Part {
  const heaviest = functions.reduce((left, right) => (right.bytes > left.bytes ? right : left));
  const dashboard = functions.find(({ name }) => name === 'api/dashboard');
  const total = (one: BuiltFunction, most: number): Row => ({
    what: `${one.name}, all of it`,
    value: sample([one.bytes], 'bytes'),
    bound: { text: `at most ${most} MB`, holds: one.bytes <= most * MEGABYTE },
  });
  const packages = [...heaviest.packages].slice(0, PACKAGES_SHOWN);
  return {
    name: 'bundles',
    title: 'Bundles by package',
    how: 'Files of a function on its own, uncompressed: the heaviest, its packages, and the one that people look at.',
    columns: ['size', ''],
    rows: [
      total(heaviest, 15),
      ...packages.map(
        ([name, bytes]): Row => ({ what: name === 'own' ? 'our own code' : name, value: sample([bytes], 'bytes') }),
      ),
      ...(dashboard === undefined ? [] : [total(dashboard, 5)]),
    ],
  };
}

/** A store and a Vercel without a failure. */
async function startQuietOutside() {
  const github = await startGitHub({ seed: { users: [{ login: 'ada' }], tokens: {}, repositories: [] } });
  const vercel = await startVercel({
    seed: { token: DEPLOYED.VERCEL_TOKEN, github: { url: github.url, token: '' }, projects: [] },
    builder: 'recorded',
  });
  const upstash = await startUpstash({ token: DEPLOYED.UPSTASH_REDIS_REST_TOKEN });
  return {
    settings: { VERCEL_API_URL: vercel.url, GITHUB_API_URL: github.url, UPSTASH_REDIS_REST_URL: upstash.url },
    async close() {
      for (const service of [upstash, vercel, github]) await service.close();
    },
  };
}
