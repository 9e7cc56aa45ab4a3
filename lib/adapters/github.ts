import type { RepositoryReader, RepositoryWriter, SourceOpener } from '../ports.js';
import { createGitHubClient } from './github/github-client.js';
import { createRepositoryReader } from './github/repository-reader.js';
import { createRepositoryWriter } from './github/repository-writer.js';
import { createSourceOpener } from './github/source-opener.js';
import { RETRY_POLICY, type RetryPolicy } from './retry.js';

export interface GitHubOptions {
  readonly token: string;
  readonly baseUrl?: string;
  /** Milliseconds for one sending of one request, its body included. GitHub itself ends a request after ten seconds. */
  readonly timeoutMs?: number;
  readonly retry?: RetryPolicy;
}

/** GitHub by Octokit, which is loaded when first needed. */
export function createGitHub(options: GitHubOptions): RepositoryReader & SourceOpener & RepositoryWriter {
  const { token, baseUrl, timeoutMs = 12_000, retry = RETRY_POLICY } = options;
  const client = createGitHubClient({ token, timeoutMs, retry, ...(baseUrl === undefined ? {} : { baseUrl }) });
  const reader = createRepositoryReader(client);
  return { ...reader, ...createSourceOpener(client), ...createRepositoryWriter(client, reader) };
}
