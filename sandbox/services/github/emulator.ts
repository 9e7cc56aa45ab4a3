import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createEmulator } from 'emulate';
import { findFreePort } from '../../http/free-port.js';
import type { TokenRights } from './token-rights.js';

export interface GitHubUser {
  readonly login: string;
  readonly name?: string;
  readonly email?: string;
}

export interface GitHubRepository {
  readonly owner: string;
  readonly name: string;
  readonly private?: boolean;
  /** `main` unless told. */
  readonly defaultBranch?: string;
  /** Logins of those who may push, beside the owner. */
  readonly writers?: readonly string[];
}

export interface GitHubSeed {
  readonly users: readonly GitHubUser[];
  /** Personal access tokens: the token to its owner's login. */
  readonly tokens: Readonly<Record<string, string>>;
  /** What tokens are confined to. */
  readonly rights?: Readonly<Record<string, TokenRights>>;
  readonly repositories: readonly GitHubRepository[];
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the emulator's JSON, read field by field
  readonly json: any;
}

export interface GitHubRequest {
  readonly method?: string;
  readonly path: string;
  readonly token?: string | undefined;
  readonly body?: unknown;
}

export interface GitHubEmulator {
  call(request: GitHubRequest): Promise<Answer>;
  /** All that it knows, to be given back to it later. */
  snapshot(): EmulatorSnapshot;
  restore(snapshot: EmulatorSnapshot): void;
  close(): Promise<void>;
}

declare const isSnapshot: unique symbol;
export type EmulatorSnapshot = { readonly [isSnapshot]: true };

/** What the package's GitHub plugin is given to work with. */
interface Inside {
  readonly app: { fetch(request: Request): Promise<Response> };
  readonly store: { snapshot(): EmulatorSnapshot; restore(snapshot: EmulatorSnapshot): void };
}

/**
 * The emulator gives every token 5,000 requests an hour, and the rules in front of it make several of each request. So
 * each token has many names there, one after the other.
 */
const NAMES_OF_A_TOKEN = 256;
const REQUESTS_BY_A_NAME = 4_000;

function nameToken(token: string, number: number): string {
  return `${token}~${number % NAMES_OF_A_TOKEN}`;
}

/** The `emulate` package's GitHub service, called without a connection; `publicUrl` is what its links show. */
export async function startEmulator(seed: GitHubSeed, publicUrl: string): Promise<GitHubEmulator> {
  const { emulator, inside } = await lookInside(publicUrl, async () =>
    createEmulator({
      service: 'github',
      // It reports the port that it was given, so 0 is of no use to it.
      port: await findFreePort(),
      baseUrl: publicUrl,
      seed: {
        tokens: Object.fromEntries(
          Object.entries(seed.tokens).flatMap(([token, login]) =>
            Array.from({ length: NAMES_OF_A_TOKEN }, (_, number) => [
              nameToken(token, number),
              { login, scopes: ['repo', 'user'] },
            ]),
          ),
        ),
        github: {
          users: seed.users,
          repos: seed.repositories.map(({ defaultBranch, writers: _, ...repository }) => ({
            ...repository,
            default_branch: defaultBranch ?? 'main',
          })),
        },
      },
    }),
  );
  let requests = 0;
  /** What was read since the last write: the rules in front ask the same things for every request. */
  let known = new Map<string, Answer>();

  async function send(request: GitHubRequest): Promise<Answer> {
    const { method = 'GET', path, token, body } = request;
    requests += 1;
    const name = token && nameToken(token, Math.floor(requests / REQUESTS_BY_A_NAME));
    const response = await inside.app.fetch(
      new Request(publicUrl + path, {
        method,
        headers: {
          ...(name ? { authorization: `Bearer ${name}` } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      get json() {
        return parse(text);
      },
    };
  }

  return {
    async call(request) {
      if ((request.method ?? 'GET') !== 'GET') {
        known = new Map();
        // What is read while it is written is kept nowhere.
        return await send(request).finally(() => {
          known = new Map();
        });
      }
      const [answers, key] = [known, `${request.token} ${request.path}`];
      const answer = answers.get(key) ?? (await send(request));
      answers.set(key, answer);
      return answer;
    },
    // Entries are shared with the running store, and nothing says that they are never written to.
    snapshot: () => structuredClone(inside.store.snapshot()),
    restore(snapshot) {
      known = new Map();
      inside.store.restore(structuredClone(snapshot));
    },
    close: () => emulator.close(),
  };
}

/**
 * The package hands out neither its handler nor its store; both are given to its plugin, in a file that the package
 * does not export.
 */
async function lookInside<Emulator>(
  publicUrl: string,
  start: () => Promise<Emulator>,
): Promise<{ readonly emulator: Emulator; readonly inside: Inside }> {
  const entry = import.meta.resolve('emulate');
  const [, file] =
    /import\("([^"]+)"\);\s+return \{\s+plugin: mod\.githubPlugin/.exec(await readFile(fileURLToPath(entry), 'utf8')) ??
    [];
  if (file === undefined) throw new Error('This version of the package emulate keeps its GitHub plugin elsewhere.');
  const { githubPlugin: plugin } = (await import(new URL(file, entry).href)) as { githubPlugin: Plugin };
  const { register } = plugin;
  let inside: Inside | undefined;
  // Several may start at the same time; each has its own address.
  plugin.register = (app, store, webhooks, baseUrl, ...rest) => {
    if (baseUrl === publicUrl) inside = { app, store };
    register.call(plugin, app, store, webhooks, baseUrl, ...rest);
  };
  const emulator = await start();
  if (inside === undefined) throw new Error('The package emulate started GitHub without its plugin.');
  return { emulator, inside };
}

interface Plugin {
  register(app: Inside['app'], store: Inside['store'], webhooks: unknown, baseUrl: string, ...rest: unknown[]): void;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
