import { createEmulator } from 'emulate';
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
        Object.entries(seed.tokens).map(([token, login]) => [token, { login, scopes: ['repo', 'user'] }]),
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

  return {
    async call({ method = 'GET', path, token, body, headers }) {
      const response = await fetch(url + path, {
        method,
        redirect: 'manual',
        headers: {
          ...headers,
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, json: parse(text) };
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
