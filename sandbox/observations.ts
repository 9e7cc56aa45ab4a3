import { PROJECT, type World } from './world.js';

/** What is pushed to other branches, such as the one that setup makes, is no part of the story. */
export const REPAIR_BRANCHES = 'fix/auto-repair-';

/** A deployment as Vercel's state shows it. */
export interface SeenDeployment {
  readonly id: string;
  readonly projectName: string;
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

interface SeenPull {
  readonly number: number;
  readonly head: { readonly ref: string };
  readonly merged_at: string | null;
  readonly merge_commit_sha: string;
}

export interface Observation {
  readonly deployments: readonly SeenDeployment[];
  /** As it was last told; undefined while there is none or the functions do not answer. */
  readonly incident: SeenIncident | undefined;
  readonly merged: { readonly number: number; readonly sha: string } | undefined;
}

export interface Observer {
  observe(): Promise<Observation>;
}

/** The incidents come from a function, whose first start takes seconds; the rest is not kept waiting for it. */
export function createObserver(world: World): Observer {
  let incident: SeenIncident | undefined;
  let asking: Promise<void> | undefined;

  async function askForIncident(): Promise<void> {
    const url = `${world.functions.url}/api/incidents`;
    const answer = await readJson<{ incidents?: Partial<SeenIncident>[] }>(url, world.secrets.dashboard);
    const [newest] = answer?.incidents ?? [];
    if (!newest?.id || !newest.status) return;
    incident = { ...newest, id: newest.id, status: newest.status, attempts: newest.attempts ?? [] };
  }

  return {
    async observe() {
      asking ??= askForIncident().finally(() => {
        asking = undefined;
      });
      const [vercel, github] = await Promise.all([
        readJson<{ deployments: SeenDeployment[] }>(`${world.vercel.url}/__state`),
        readJson<{ repositories: { pulls: SeenPull[] }[] }>(`${world.github.url}/__state`),
        Promise.race([asking, new Promise((resolve) => setTimeout(resolve, 300))]),
      ]);
      const merged = github?.repositories[0]?.pulls.find(
        ({ head, merged_at }) => merged_at !== null && head.ref.startsWith(REPAIR_BRANCHES),
      );
      return {
        deployments: vercel?.deployments.filter(({ projectName }) => projectName === PROJECT) ?? [],
        incident,
        merged: merged && { number: merged.number, sha: merged.merge_commit_sha },
      };
    },
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
