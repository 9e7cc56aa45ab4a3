import type { Project } from '../../ports.js';
import { chooseOwnProject, chooseWatched, type WatchedProject } from './choose.js';
import {
  connectGitHub,
  connectModel,
  connectQueue,
  connectVercel,
  type GitHubConnection,
  type QueueConnection,
  requireTokens,
  type Settings,
  type VercelConnection,
} from './connect.js';
import { type Dialogue, SetupProblem } from './dialogue.js';
import type { SetupOutside } from './outside.js';
import { openVariables, type VariableBook } from './variables.js';

export interface SetupRequest {
  /** Tokens, secrets and choices, as the environment and the file say. */
  readonly settings: Settings;
  /** Further settings of the file that are handed on as they are: limits, addresses, the mode. */
  readonly passedOn: Settings;
  /** Id or name of the project in which this program is deployed. */
  readonly project?: string;
  readonly isDryRun: boolean;
  readonly withReviewConfig: boolean;
}

/** Who the tokens belong to, and whether this program is on Vercel yet. */
export interface Arrival {
  readonly request: SetupRequest;
  readonly outside: SetupOutside;
  readonly vercel: VercelConnection;
  readonly github: GitHubConnection;
  readonly projects: readonly Project[];
  readonly own: Project | undefined;
}

/** What was found out before anything is decided. */
export interface Scene extends Arrival {
  readonly own: Project;
  readonly queue: QueueConnection | undefined;
  readonly modelKey: string | undefined;
  readonly variables: VariableBook;
  readonly watched: readonly WatchedProject[];
  readonly publicUrl: string;
}

/** Asks for the tokens that are missing and checks them. Writes nothing. */
export async function arrive(request: SetupRequest, outside: SetupOutside, dialogue: Dialogue): Promise<Arrival> {
  const { settings } = request;
  requireTokens(settings, dialogue);
  const vercel = await connectVercel(settings, outside, dialogue);
  const github = await connectGitHub(settings, outside, dialogue);
  const projects = await vercel.account.listProjects();
  const own = await chooseOwnProject(projects, request.project, dialogue);
  return { request, outside, vercel, github, projects, own };
}

/** Asks for the rest, and looks at what the services hold. Writes nothing. */
export async function survey(arrival: Arrival, own: Project, dialogue: Dialogue): Promise<Scene> {
  const { request, outside, vercel, github, projects } = arrival;
  const { settings } = request;
  const variables = await openVariables(vercel.account, own.id, outside.mark);
  requireStore(settings, variables);

  const ask = (name: string) => settings[name] !== undefined || (dialogue.isAttended && !variables.has(name));
  const modelKey = ask('GEMINI_API_KEY') ? await connectModel(settings.GEMINI_API_KEY, outside, dialogue) : undefined;
  const wantsQueue = settings.QSTASH_TOKEN !== undefined || (vercel.plan === 'hobby' && ask('QSTASH_TOKEN'));
  const queue = wantsQueue ? await connectQueue(settings.QSTASH_TOKEN, outside, dialogue) : undefined;

  const watched = await chooseWatched({
    projects,
    own,
    named: settings.VERCEL_PROJECTS ?? (await variables.read('VERCEL_PROJECTS')),
    isNamedHere: settings.VERCEL_PROJECTS !== undefined,
    github: github.account,
    usesModel: modelKey !== undefined || variables.has('GEMINI_API_KEY'),
    dialogue,
  });
  const publicUrl = await findPublicUrl(settings, variables, vercel, own);
  return { ...arrival, own, queue, modelKey, variables, watched, publicUrl };
}

function requireStore(settings: Settings, variables: VariableBook): void {
  const pairs = [
    ['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'],
    ['KV_REST_API_URL', 'KV_REST_API_TOKEN'],
  ];
  if (pairs.some((names) => names.every((name) => settings[name] !== undefined || variables.has(name)))) return;
  throw new SetupProblem(
    'There is no database yet: in the Vercel project open Storage, connect Upstash Redis, and run setup again; or set UPSTASH_REDIS_REST_URL and UPSTASH_REDIS_REST_TOKEN.',
  );
}

/** The shortest domain of our own, as Vercel itself chooses: VERCEL_PROJECT_PRODUCTION_URL. */
async function findPublicUrl(
  settings: Settings,
  variables: VariableBook,
  { account }: VercelConnection,
  own: Project,
): Promise<string> {
  const set = settings.PUBLIC_URL ?? (await variables.read('PUBLIC_URL'));
  if (set !== undefined) return (/^https?:\/\//.test(set) ? set : `https://${set}`).replace(/\/+$/, '');
  const domains = await account.listDomains(own.id);
  const bought = domains.filter((domain) => !domain.endsWith('.vercel.app'));
  const [host] = [...(bought.length > 0 ? bought : domains)].sort((a, b) => a.length - b.length);
  if (host === undefined)
    throw new SetupProblem(`The project ${own.name} has no domain yet: deploy it once, or set PUBLIC_URL.`);
  return `https://${host}`;
}
