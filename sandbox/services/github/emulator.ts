import { createEmulator } from 'emulate';
import { callLocal } from '../../http/call.js';
import { findFreePort } from '../../http/free-port.js';

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
}

export interface GitHubSeed {
  readonly users: readonly GitHubUser[];
  /** Personal access tokens: the token to its owner's login. */
  readonly tokens: Readonly<Record<string, string>>;
  readonly repositories: readonly GitHubRepository[];
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the emulator's JSON, read field by field
  readonly json: any;
}

export interface GitHubEmulator {
  call(request: {
    readonly method?: string;
    readonly path: string;
    readonly token?: string | undefined;
    readonly body?: unknown;
    readonly headers?: Readonly<Record<string, string>>;
  }): Promise<Answer>;
  close(): Promise<void>;
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

/** The `emulate` package's GitHub service on a port of its own; `publicUrl` is what its links show. */
export async function startEmulator(seed: GitHubSeed, publicUrl: string): Promise<GitHubEmulator> {
  // The emulator's built-in services report the port that they were given, so 0 is of no use to them.
  const port = await findFreePort();
  const emulator = await createEmulator({
    service: 'github',
    port,
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
        repos: seed.repositories.map(({ defaultBranch, ...repository }) => ({
          ...repository,
          default_branch: defaultBranch ?? 'main',
        })),
      },
    },
  });
  const url = `http://127.0.0.1:${port}`;
  let requests = 0;

  return {
    async call({ method = 'GET', path, token, body, headers }) {
      requests += 1;
      const name = token && nameToken(token, Math.floor(requests / REQUESTS_BY_A_NAME));
      const answer = await callLocal(url + path, {
        method,
        headers: {
          ...headers,
          ...(name ? { authorization: `Bearer ${name}` } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
      });
      return { ...answer, json: parse(answer.text) };
    },
    close: () => emulator.close(),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
