import type { Answer, GitHubEmulator } from './emulator.js';

/** One request to the GitHub service, as the rules in front of the emulator see it. */
export interface GitHubCall {
  readonly emulator: GitHubEmulator;
  readonly baseUrl: string;
  readonly method: string;
  readonly url: URL;
  readonly token: string | undefined;
  /** Whose token it is. */
  readonly login: string | undefined;
  readonly body: Record<string, unknown>;
  /** Asks the emulator as the caller. */
  ask(path: string, init?: { readonly method?: string; readonly body?: unknown }): Promise<Answer>;
  /** Passes the request on, with another body where one is given. */
  forward(body?: unknown): Promise<Answer>;
}

export function toResponse(answer: Answer): Response {
  const headers = new Headers();
  for (const name of [
    'content-type',
    'link',
    'etag',
    'location',
    'x-ratelimit-limit',
    'x-ratelimit-remaining',
    'x-ratelimit-reset',
  ]) {
    const value = answer.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return new Response(answer.status === 204 || answer.status === 304 ? null : answer.text, {
    status: answer.status,
    headers,
  });
}

/** https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api */
export function refuse(status: number, message: string, errors?: readonly unknown[]): Response {
  return Response.json(
    {
      message,
      ...(errors ? { errors } : {}),
      documentation_url: 'https://docs.github.com/rest',
      status: String(status),
    },
    { status },
  );
}

export function repositoryPath(params: Readonly<Record<string, string>>): string {
  return `/repos/${encodeURIComponent(params.owner ?? '')}/${encodeURIComponent(params.repo ?? '')}`;
}
