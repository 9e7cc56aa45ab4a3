import type { RepositoryRef } from '../../incident/incident.js';
import { inParallel } from '../../parallel.js';
import type { Accounts, GitHubToken, VercelTeam } from '../../ports/accounts.js';
import type { Project, Pulse } from '../../ports.js';
import type { World } from '../world.js';

/** A repository that watched projects are linked to, with those projects. */
export interface WatchedRepository {
  readonly repository: RepositoryRef;
  readonly name: string;
  readonly projects: readonly Project[];
}

/** What several checks need to know, asked for once however many want it. */
export interface Patient {
  readonly world: World;
  readonly accounts: Accounts;
  pulse(): Promise<Pulse>;
  /** Watched projects, linked or not, without our own; `unseen` are names of the setting that the token does not see. */
  projects(): Promise<{ readonly watched: readonly Project[]; readonly unseen: readonly string[] }>;
  /** At most ten of the watched repositories; more would use up GitHub's patience with one look. */
  repositories(): Promise<{ readonly looked: readonly WatchedRepository[]; readonly more: number }>;
  /** The team whose projects these are; undefined where nothing tells. */
  team(): Promise<VercelTeam | undefined>;
  /** `hobby`, `pro`, `enterprise`; undefined where nothing tells. */
  plan(): Promise<string | undefined>;
  gitHubToken(): Promise<GitHubToken>;
}

const MOST_REPOSITORIES = 10;
const NAMED_AT_ONCE = 8;
const RECENT_DEPLOYMENTS = 300;
const MOST_PROJECTS = 50;

export function examinePatient(world: World, accounts: Accounts): Patient {
  const { config } = world;

  const pulse = once(async () => await (await world.store()).readPulse());

  const projects = once(async () => {
    const names = config.vercel.projects;
    if (names.length === 0) {
      const watched = (await findDeployedProjects(world)).filter(({ id }) => id !== config.ownProjectId);
      return { watched, unseen: [] };
    }
    const vercel = await world.vercel();
    const found = await inParallel(names, NAMED_AT_ONCE, async (name) => await vercel.findProject(name));
    return {
      watched: found.filter((project) => project !== undefined).filter(({ id }) => id !== config.ownProjectId),
      unseen: names.filter((_, index) => found[index] === undefined),
    };
  });

  const repositories = once(async () => {
    const byName = new Map<string, WatchedRepository>();
    for (const project of (await projects()).watched) {
      if (project.link === undefined) continue;
      const { repository } = project.link;
      const name = `${repository.owner}/${repository.name}`;
      byName.set(name, { repository, name, projects: [...(byName.get(name)?.projects ?? []), project] });
    }
    const all = [...byName.values()];
    return { looked: all.slice(0, MOST_REPOSITORIES), more: Math.max(0, all.length - MOST_REPOSITORIES) };
  });

  const team = once(async () => {
    const vercel = await accounts.vercel();
    const id = config.vercel.teamId ?? (await vercel.readUser()).defaultTeamId;
    return id === undefined ? undefined : (await vercel.listTeams()).find((one) => one.id === id || one.slug === id);
  });

  const plan = once(async () => {
    const said = (await team())?.plan;
    return said ?? (await projects()).watched.find((project) => project.plan !== undefined)?.plan;
  });

  const gitHubToken = once(async () => await (await accounts.github()).readToken());

  return { world, accounts, pulse, projects, repositories, team, plan, gitHubToken };
}

/**
 * Where no project is named, all are watched by their deployments; so those count that were deployed lately. To list
 * them all would take a part of the SDK that weighs as much as all its other parts together.
 */
async function findDeployedProjects(world: World): Promise<readonly Project[]> {
  const vercel = await world.vercel();
  const recent = await vercel.listDeployments({ target: 'production', limit: RECENT_DEPLOYMENTS });
  const ids = [...new Set(recent.map(({ projectId }) => projectId))].slice(0, MOST_PROJECTS);
  const found = await inParallel(ids, NAMED_AT_ONCE, async (id) => await vercel.findProject(id));
  return found.filter((project) => project !== undefined);
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}
