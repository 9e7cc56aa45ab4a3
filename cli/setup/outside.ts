import { execFile } from 'node:child_process';
import { randomBytes, scrypt } from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createModelAccount } from '../../lib/adapters/gemini/models.js';
import { createGitHubAccount } from '../../lib/adapters/github/account.js';
import { createGitHub } from '../../lib/adapters/github.js';
import { createQueueAccount } from '../../lib/adapters/qstash-account.js';
import { createVercelSetup } from '../../lib/adapters/vercel/setup.js';
import { createVercel } from '../../lib/adapters/vercel.js';
import type { SetupOutside } from '../../lib/flows/setup.js';

const derive = promisify(scrypt) as (password: string, salt: string, length: number) => Promise<Buffer>;

export interface Addresses {
  readonly vercel: string;
  readonly github: string;
  readonly gemini: string;
  readonly qstash: string;
}

export interface Files {
  /** Where `vercel.json` is looked for. */
  readonly folder: string;
  /** Where secrets that were made are kept. */
  readonly secrets: string;
}

/** The real services at these addresses, and these files. */
export function openOutside(addresses: Addresses, files: Files): SetupOutside {
  const vercelJson = join(files.folder, 'vercel.json');
  const team = (teamId: string | undefined) => (teamId === undefined ? {} : { teamId });
  return {
    vercel: (token, teamId) => createVercelSetup({ token, baseUrl: addresses.vercel, ...team(teamId) }),
    deployments: (token, teamId) => createVercel({ token, baseUrl: addresses.vercel, ...team(teamId) }),
    github: (token) => createGitHubAccount({ token, baseUrl: addresses.github }),
    repositories: (token) => createGitHub({ token, baseUrl: addresses.github }),
    queue: (token) => createQueueAccount({ token, baseUrl: addresses.qstash }),
    model: (apiKey) => createModelAccount({ apiKey, baseUrl: addresses.gemini }),
    readVercelJson: () => readFile(vercelJson, 'utf8').catch(() => undefined),
    writeVercelJson: (text) => writeFile(vercelJson, text),
    readReviewConfig: () => readFile(new URL('../../.coderabbit.yaml', import.meta.url), 'utf8'),
    keepSecrets: (secrets) => keepSecrets(files.secrets, secrets),
    newSecret: () => randomBytes(32).toString('hex'),
    // Slow on purpose: whoever may read the project's comments must not find a weak secret by trying.
    mark: async (value, salt) => (await derive(value, salt, 8)).toString('hex'),
    now: Date.now,
    pause: (ms) => setTimeout(ms),
    readOrigin: () => readOrigin(files.folder),
  };
}

async function readOrigin(folder: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('git', ['config', '--get', 'remote.origin.url'], { cwd: folder });
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Puts the secrets in the place of what the file said of these names; everything else stays as it is. */
async function keepSecrets(path: string, secrets: Readonly<Record<string, string>>): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const others = text.split('\n').filter((line) => !Object.keys(secrets).some((name) => line.startsWith(`${name}=`)));
  const head = others.join('\n').trimEnd();
  const lines = Object.entries(secrets).map(([name, value]) => `${name}=${value}`);
  await writeFile(path, `${[head, '', '# Made by npm run setup', ...lines].join('\n').trimStart()}\n`, { mode: 0o600 });
  // The mode above counts for a new file only.
  await chmod(path, 0o600);
}
