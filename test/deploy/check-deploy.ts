/**
 * What only a deployment would show: the real builder makes the functions, and each is booted from its output, on
 * the Node version that it names. Run by `npm run check:deploy`.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { boot, makeEmptyFunction } from './boot.js';
import { type BuiltFunction, buildFunctions, listFiles, VERCEL_CLI } from './built-functions.js';

const MEGABYTE = 1024 * 1024;
/** Parsers of every language that a patch may touch travel with the functions that repair. */
const LARGEST_BUNDLE = 15 * MEGABYTE;
const LARGEST_WITHOUT_PARSERS = 5 * MEGABYTE;
const WITHOUT_PARSERS = ['api/dashboard', 'api/health', 'api/incidents'];

const SOURCE_FILE = /\.(ts|tsx|mts|cts|lock|map)$|(^|\/)(package(-lock)?|tsconfig|vercel)\.json$|(^|\/)\./u;

/** `from "name"` and `import("name")` of a package, also of one of its files. */
const BARE_IMPORT = /\b(?:from|import\() ?['"]((?!node:)[@a-z][^'"]*)['"]/gu;

/** What a stranger without any secret gets from each function. */
const UNAUTHENTICATED: Readonly<
  Record<string, { readonly method: 'GET' | 'POST'; readonly statuses: readonly number[] }>
> = {
  'api/cron': { method: 'GET', statuses: [401] },
  'api/trigger': { method: 'GET', statuses: [401] },
  'api/health': { method: 'GET', statuses: [200] },
  'api/incidents': { method: 'GET', statuses: [401] },
  'api/dashboard': { method: 'GET', statuses: [303, 401] },
  'api/sweep': { method: 'GET', statuses: [401] },
  'api/heal': { method: 'POST', statuses: [401] },
  'api/webhooks/vercel': { method: 'POST', statuses: [401] },
  'api/webhooks/github': { method: 'POST', statuses: [401] },
};

/** A sound and a broken file for every parser. */
const PARSED: readonly { readonly path: string; readonly sound: string; readonly broken: string }[] = [
  { path: 'a.tsx', sound: 'export const a = <p>{1 as number}</p>;', broken: 'export const a = <p>;' },
  { path: 'a.vue', sound: '<template><p v-if="a && b">{{ a }}</p></template>', broken: '<template><p></template>' },
  { path: 'a.svelte', sound: '<script lang="ts">let a: number = 1;</script>{a}', broken: '{#if a}' },
  { path: 'a.astro', sound: '---\nconst a: number = 1;\n---\n<p>{a}</p>', broken: '---\nconst a = ;\n---\n<p />' },
  { path: 'a.json', sound: '{ "a": 1 }', broken: '{ "a": }' },
  { path: 'a.yaml', sound: 'a: [1]', broken: 'a: [1' },
  { path: 'a.css', sound: 'a { color: red }', broken: 'a { color: red' },
  { path: 'a.scss', sound: '// a\na { b { c: d } }', broken: 'a { b {' },
];

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'check-deploy-'));
const problems: string[] = [];
let checks = 0;

function check(ok: boolean, sentence: string): void {
  checks += 1;
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${sentence}`);
  if (!ok) problems.push(sentence);
}

const LOAD = `
const missing = [];
for (const name of process.argv.slice(2)) {
  try {
    await import(name);
  } catch (error) {
    missing.push(name + ': ' + String(error.message).split('\\n')[0]);
  }
}
console.log(JSON.stringify(missing));
process.exit(0);
`;

/** Packages that the function's own code names, each loaded from inside the function: what the tracer missed is not there. */
function loadPackages({ node, folder }: BuiltFunction, excluded: readonly string[]): readonly string[] {
  const named = listFiles(folder)
    .filter((file) => file.endsWith('.js') && !file.startsWith('node_modules'))
    .flatMap((file) => [...fs.readFileSync(path.join(folder, file), 'utf8').matchAll(BARE_IMPORT)])
    .map((match) => match[1] ?? '')
    .filter((name) => !excluded.includes(name.split('/')[0] ?? ''));
  return runInside(node, folder, LOAD, [...new Set(named)]);
}

const PARSE = `
const { parseFile } = await import('./lib/patch/syntax/parse-file.js');
const wrong = [];
for (const { path, sound, broken } of JSON.parse(process.argv[2])) {
  const [good, bad] = [await parseFile(path, sound), await parseFile(path, broken)];
  if (good.errors.length > 0) wrong.push(path + ': ' + good.errors[0].message);
  if (bad.errors.length === 0) wrong.push(path + ': the broken file passes');
}
console.log(JSON.stringify(wrong));
process.exit(0);
`;

/** Runs a script in the function's folder that prints a list of what is wrong. */
function runInside(node: string, folder: string, script: string, args: readonly string[]): readonly string[] {
  fs.writeFileSync(path.join(folder, '__run.mjs'), script);
  const answer = spawnSync(node, ['__run.mjs', ...args], { cwd: folder, encoding: 'utf8' });
  const last = answer.stdout.trim().split('\n').at(-1) ?? '';
  return last.startsWith('[') ? JSON.parse(last) : [answer.stderr.trim().split('\n').slice(0, 6).join(' ')];
}

/** The packages, or their scopes, that `vercel.json` leaves out of the functions without parsers. */
function listParsers(): readonly string[] {
  const { functions } = JSON.parse(fs.readFileSync('vercel.json', 'utf8')) as {
    functions: Readonly<Record<string, { readonly excludeFiles: string }>>;
  };
  return Object.values(functions)[0]?.excludeFiles.split(/[{,}]/u) ?? [];
}

async function main(): Promise<void> {
  console.log(`building with ${VERCEL_CLI}, offline and without settings given`);
  const { output, functions } = buildFunctions(process.cwd(), work);
  const statics = listFiles(path.join(output, 'static'));
  const leaked = statics.filter((file) => SOURCE_FILE.test(file));
  check(
    statics.length > 0 && leaked.length === 0,
    `no source file among the ${statics.length} static files${leaked.length > 0 ? `: ${leaked.slice(0, 5).join(', ')}` : ''}`,
  );

  const config = JSON.parse(fs.readFileSync(path.join(output, 'config.json'), 'utf8'));
  const crons = JSON.stringify(config.crons ?? []);
  check(
    crons === JSON.stringify([{ path: '/api/cron', schedule: '* * * * *' }]),
    `the cron is in the output: ${crons}`,
  );

  const names = functions.map(({ name }) => name).sort();
  check(names.join() === Object.keys(UNAUTHENTICATED).sort().join(), `the functions are ${names.join(', ')}`);

  for (const one of functions) {
    const { name, runtime, bytes } = one;
    const expected = UNAUTHENTICATED[name] ?? { method: 'GET' as const, statuses: [401] };
    try {
      const empty = await boot(makeEmptyFunction(one.node, path.join(work, 'empty')), { method: 'GET' });
      const answer = await boot(one, expected);
      const above = Math.round(answer.importMs - empty.importMs);
      const facts = `${runtime}, ${(bytes / MEGABYTE).toFixed(1)} MB, import ${above} ms above an empty function`;
      check(
        expected.statuses.includes(answer.status) && answer.cache === 'no-store',
        `${expected.method} /${name} without a secret: ${answer.status} ${answer.cache} (${facts})`,
      );
    } catch (error) {
      check(false, `/${name}: ${error instanceof Error ? error.message : error}`);
    }
    const parses = !WITHOUT_PARSERS.includes(name);
    const missing = loadPackages(one, parses ? [] : listParsers());
    check(
      missing.length === 0,
      `/${name} has every package that it names${missing.map((line) => `\n     ${line}`).join('')}`,
    );
    if (parses) {
      const wrong = runInside(one.node, one.folder, PARSE, [JSON.stringify(PARSED)]);
      check(
        wrong.length === 0,
        `/${name} tells sound files from broken ones${wrong.map((line) => `\n     ${line}`).join('')}`,
      );
    }
    const bound = parses ? LARGEST_BUNDLE : LARGEST_WITHOUT_PARSERS;
    check(bytes <= bound, `/${name} is ${(bytes / MEGABYTE).toFixed(1)} MB, at most ${bound / MEGABYTE} MB`);
  }
}

try {
  await main();
} catch (error) {
  problems.push(error instanceof Error ? error.message : String(error));
  console.error(error);
} finally {
  if (process.env.KEEP === undefined) fs.rmSync(work, { recursive: true, force: true });
  else console.log(`kept: ${work}`);
}
console.log(`\n${checks - problems.length} passed, ${problems.length} failed`);
process.exitCode = problems.length === 0 ? 0 : 1;
