import type { World } from './world.js';

/** A deployment as Vercel's state shows it. */
export interface SeenDeployment {
  readonly id: string;
  readonly sha: string;
  readonly ref: string;
  readonly target: 'production' | null;
  readonly readyState: string;
  readonly createdAt: number;
  readonly buildingAt?: number;
  readonly ready?: number;
  readonly errorMessage?: string;
  readonly inspectorUrl: string;
  readonly lastLines: readonly string[];
}

/** As much of an incident as the timeline tells; read leniently, for the functions decide what is in it. */
export interface SeenIncident {
  readonly id: string;
  readonly status: string;
  readonly reason?: string;
  readonly detail?: string;
  readonly diagnosis?: { readonly summary?: string; readonly class?: string };
  readonly pullRequest?: { readonly number: number; readonly url: string };
  readonly attempts: readonly {
    readonly number: number;
    readonly commitSha?: string;
    readonly patch?: { readonly repairer?: string; readonly change?: string };
    readonly verdict?: { readonly outcome: string };
  }[];
}

export interface Observation {
  readonly deployments: readonly SeenDeployment[];
  /** Undefined while the functions do not answer. */
  readonly incident: SeenIncident | undefined;
  readonly merged: { readonly number: number; readonly sha: string; readonly at: number } | undefined;
}

export async function observe(world: World): Promise<Observation> {
  const [vercel, github, incidents] = await Promise.all([
    readJson<{ deployments: SeenDeployment[] }>(`${world.vercel.url}/__state`),
    readJson<{ repositories: { pulls: { number: number; merged_at: string | null; merge_commit_sha: string }[] }[] }>(
      `${world.github.url}/__state`,
    ),
    readJson<{ incidents?: Partial<SeenIncident>[] }>(`${world.functions.url}/api/incidents`, world.secrets.dashboard),
  ]);
  const [newest] = incidents?.incidents ?? [];
  const merged = github?.repositories[0]?.pulls.find(({ merged_at }) => merged_at !== null);
  return {
    deployments: vercel?.deployments ?? [],
    incident:
      newest?.id && newest.status
        ? { ...newest, id: newest.id, status: newest.status, attempts: newest.attempts ?? [] }
        : undefined,
    merged: merged && { number: merged.number, sha: merged.merge_commit_sha, at: Date.parse(merged.merged_at ?? '') },
  };
}

async function readJson<Body>(url: string, bearer?: string): Promise<Body | undefined> {
  try {
    const response = await fetch(url, bearer === undefined ? {} : { headers: { authorization: `Bearer ${bearer}` } });
    return response.ok ? ((await response.json()) as Body) : undefined;
  } catch {
    return undefined;
  }
}
