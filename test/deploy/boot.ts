/** A built function in a process of its own, from its start to its first answer. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** Settings as a deployment has them; nothing outside is asked before a secret was given. */
export const DEPLOYED = {
  VERCEL_TOKEN: 'placeholder-vercel-token',
  GITHUB_TOKEN: 'placeholder-github-token',
  UPSTASH_REDIS_REST_URL: 'https://redis.example',
  UPSTASH_REDIS_REST_TOKEN: 'placeholder-redis-token',
  CRON_SECRET: 'placeholder-cron-secret',
  TRIGGER_SECRET: 'placeholder-trigger-secret',
  DASHBOARD_SECRET: 'placeholder-dashboard-secret',
  VERCEL_WEBHOOK_SECRET: 'placeholder-vercel-webhook-secret',
  GITHUB_WEBHOOK_SECRET: 'placeholder-github-webhook-secret',
  QSTASH_TOKEN: 'placeholder-qstash-token',
  QSTASH_CURRENT_SIGNING_KEY: 'placeholder-signing-key',
  QSTASH_NEXT_SIGNING_KEY: 'placeholder-next-signing-key',
  PUBLIC_URL: 'https://self-healing.example',
};

export interface Bootable {
  readonly node: string;
  readonly folder: string;
  readonly handler: string;
}

export interface FirstRequest {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  /** Beside or instead of the settings of a deployment. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface FirstAnswer {
  readonly status: number;
  readonly cache: string | null;
  /** Milliseconds from the start of the process to the answer, and of the import alone. */
  readonly totalMs: number;
  readonly importMs: number;
  /** Bytes of memory that the process held at its most. */
  readonly memory: number;
}

const BOOT = `
const [handler, request] = process.argv.slice(2);
const { method, headers } = JSON.parse(request);
const before = performance.now();
let exports = await import(handler);
for (let depth = 0; depth < 5 && exports.default !== undefined; depth += 1) exports = exports.default;
const importMs = performance.now() - before;
const handle = exports[method] ?? exports.fetch;
const body = method === 'POST' ? '{}' : undefined;
const response = await handle(new Request('https://self-healing.example/', { method, headers, body }));
await response.text();
const facts = { status: response.status, cache: response.headers.get('cache-control'), importMs };
console.log(JSON.stringify({ ...facts, memory: process.resourceUsage().maxRSS * 1024 }));
process.exit(0);
`;

export async function boot(one: Bootable, { method, headers = {}, settings = {} }: FirstRequest): Promise<FirstAnswer> {
  const script = path.join(one.folder, '__boot.mjs');
  if (!fs.existsSync(script)) fs.writeFileSync(script, BOOT);
  const startedAt = performance.now();
  return await new Promise((resolve, reject) => {
    const child = spawn(one.node, [script, path.join(one.folder, one.handler), JSON.stringify({ method, headers })], {
      cwd: one.folder,
      env: { PATH: process.env.PATH, NODE_ENV: 'production', ...DEPLOYED, ...settings },
    });
    let output = '';
    let errors = '';
    let answeredAt = startedAt;
    child.stdout.on('data', (chunk) => {
      output += chunk;
      answeredAt = performance.now();
    });
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), 60_000);
    child.on('close', (code) => {
      clearTimeout(timer);
      const last = output.trim().split('\n').at(-1) ?? '';
      if (code === 0 && last.startsWith('{')) resolve({ ...JSON.parse(last), totalMs: answeredAt - startedAt });
      else reject(new Error(`it does not boot: ${errors.trim().split('\n').slice(0, 6).join(' ')}`));
    });
  });
}

/** What a deployment costs that does nothing. */
export function makeEmptyFunction(node: string, folder: string): Bootable {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'index.mjs'), "export function GET() { return new Response('ok'); }\n");
  return { node, folder, handler: 'index.mjs' };
}
