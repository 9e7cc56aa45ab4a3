import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startService } from '../sandbox/start-service.js';
import { type GitHubService, OWNER_TOKEN, startGitHubService } from './github-service.js';

export const VERCEL_TOKEN = 'vercel-token';

export interface VercelService {
  readonly url: string;
  readonly github: GitHubService;
  /** The sandbox's own requests: how builds end, deployments and projects that are there. */
  control<T = unknown>(path: 'results' | 'projects' | 'deployments' | 'faults', body: object): Promise<T>;
  stop(): Promise<void>;
}

/** The sandbox's GitHub and Vercel as processes, Vercel with builds that a test decides on. */
export async function startVercelService(repositories: readonly string[]): Promise<VercelService> {
  const github = await startGitHubService(repositories);
  const folder = mkdtempSync(join(tmpdir(), 'vercel-contract-'));
  const seed = { token: VERCEL_TOKEN, github: { url: github.url, token: OWNER_TOKEN }, projects: [] };
  writeFileSync(join(folder, 'seed.json'), JSON.stringify(seed));
  const args = ['--seed', join(folder, 'seed.json'), '--builder', 'recorded'];
  const service = await startService('sandbox/services/vercel.ts', args);

  return {
    url: service.url,
    github,
    async control<T>(path: string, body: object) {
      const response = await fetch(`${service.url}/__control/${path}`, { method: 'POST', body: JSON.stringify(body) });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return (response.status === 204 ? undefined : await response.json()) as T;
    },
    async stop() {
      await service.stop();
      await github.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
