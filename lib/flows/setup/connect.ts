import { AdapterError } from '../../errors.js';
import type { GitHubToken, VercelTeam } from '../../ports/accounts.js';
import type { GitHubSetup, VercelSetup } from '../../ports/setup.js';
import { judgeExpiry } from '../doctor/finding.js';
import { type Dialogue, SetupProblem } from './dialogue.js';
import type { SetupOutside } from './outside.js';

export type Settings = Readonly<Record<string, string>>;

export interface VercelConnection {
  readonly token: string;
  readonly account: VercelSetup;
  readonly team?: VercelTeam;
  /** `hobby`, `pro`, `enterprise`; undefined where nothing tells. */
  readonly plan?: string;
}

export interface GitHubConnection {
  readonly token: string;
  readonly account: GitHubSetup;
  readonly facts: GitHubToken;
}

const TRIES = 3;
const VERCEL_TOKENS = 'https://vercel.com/account/settings/tokens';
const GITHUB_TOKENS = 'https://github.com/settings/personal-access-tokens';

/** The names that have to be set where nobody can be asked; all that is missing at once. */
export function requireTokens(settings: Settings, dialogue: Dialogue): void {
  if (dialogue.isAttended) return;
  const missing = (['VERCEL_TOKEN', 'GITHUB_TOKEN'] as const).filter((name) => settings[name] === undefined);
  if (missing.length === 0) return;
  throw new SetupProblem(
    ...missing.map(
      (name) => `${name} is not set; make one at ${name === 'VERCEL_TOKEN' ? VERCEL_TOKENS : GITHUB_TOKENS}.`,
    ),
  );
}

export async function connectVercel(
  settings: Settings,
  outside: SetupOutside,
  dialogue: Dialogue,
): Promise<VercelConnection> {
  dialogue.begin('Vercel');
  return await withToken(
    {
      name: 'VERCEL_TOKEN',
      given: settings.VERCEL_TOKEN,
      hint: `scope: the team that owns the projects; ${VERCEL_TOKENS}`,
    },
    dialogue,
    async (token) => {
      const personal = outside.vercel(token);
      const [user, facts, teams] = await Promise.all([
        personal.readUser(),
        personal.readToken().catch(orNothing),
        personal.listTeams().catch(orNothing),
      ]);
      const expiry = judgeExpiry(facts?.expiresAt, outside.now(), { name: 'VERCEL_TOKEN', link: VERCEL_TOKENS });
      dialogue.say(`The token is ${user.username}'s. ${facts === undefined ? '' : expiry.sentence}`.trim());
      if (expiry.verdict !== undefined) dialogue.warn(`${expiry.verdict.detail} ${expiry.verdict.remedy}`);
      const confined = facts?.teamIds.length === 1 ? facts.teamIds[0] : undefined;
      const wanted = settings.VERCEL_TEAM_ID ?? confined;
      const team = await chooseTeam(teams ?? [], { wanted, usual: user.defaultTeamId }, dialogue);
      const teamId = team?.id ?? wanted;
      const account = outside.vercel(token, teamId);
      const plan = team?.plan ?? (await account.listProjects()).find((project) => project.plan !== undefined)?.plan;
      dialogue.say(
        `${team === undefined ? 'The account' : `The team ${team.name}`} is on ${plan ?? 'a plan that Vercel does not tell'}.`,
      );
      return { token, account, ...(team === undefined ? {} : { team }), ...(plan === undefined ? {} : { plan }) };
    },
  );
}

async function chooseTeam(
  teams: readonly VercelTeam[],
  known: { readonly wanted: string | undefined; readonly usual: string | undefined },
  dialogue: Dialogue,
): Promise<VercelTeam | undefined> {
  const find = (idOrSlug: string | undefined) => teams.find(({ id, slug }) => id === idOrSlug || slug === idOrSlug);
  if (known.wanted !== undefined) {
    const team = find(known.wanted);
    if (team === undefined && teams.length > 0)
      throw new SetupProblem(
        `The token does not reach the team ${known.wanted}; it reaches ${teams.map(({ slug }) => slug).join(', ')}.`,
      );
    return team;
  }
  if (teams.length <= 1) return teams[0];
  if (!dialogue.isAttended) {
    const usual = find(known.usual);
    if (usual !== undefined) return usual;
    throw new SetupProblem(
      `The token reaches several teams; set VERCEL_TEAM_ID to one of ${teams.map(({ id, slug }) => `${id} (${slug})`).join(', ')}.`,
    );
  }
  const options = teams.map(({ id, name, plan }) => ({
    value: id,
    label: name,
    ...(plan === undefined ? {} : { hint: plan }),
  }));
  return find(await dialogue.choose('Which team owns the projects?', options));
}

export async function connectGitHub(
  settings: Settings,
  outside: SetupOutside,
  dialogue: Dialogue,
): Promise<GitHubConnection> {
  dialogue.begin('GitHub');
  return await withToken(
    {
      name: 'GITHUB_TOKEN',
      given: settings.GITHUB_TOKEN,
      hint: `a fine-grained token of your own user; ${GITHUB_TOKENS}`,
    },
    dialogue,
    async (token) => {
      const account = outside.github(token);
      const facts = await account.readToken();
      const expiry = judgeExpiry(facts.expiresAt, outside.now(), { name: 'GITHUB_TOKEN', link: GITHUB_TOKENS });
      dialogue.say(`Commits and pull requests will be made by ${facts.login}. ${expiry.sentence}`);
      if (expiry.verdict !== undefined) dialogue.warn(`${expiry.verdict.detail} ${expiry.verdict.remedy}`);
      if (facts.accountType === 'Bot')
        dialogue.warn(
          'It is a bot: CodeRabbit passes over its pull requests, and Vercel may refuse to build its commits.',
        );
      if (facts.kind === 'classic')
        dialogue.warn(
          'It is a classic token, which reaches every repository of the account. A fine-grained one is safer.',
        );
      return { token, account, facts };
    },
  );
}

/** The key when there is one and it works; undefined when nobody wants the model. */
export async function connectModel(
  given: string | undefined,
  outside: SetupOutside,
  dialogue: Dialogue,
): Promise<string | undefined> {
  return await withOptionalToken(
    {
      name: 'GEMINI_API_KEY',
      given,
      hint: 'left empty, only what the compiler suggests is repaired; https://aistudio.google.com/apikey',
    },
    dialogue,
    async (key) => {
      const models = await outside.model(key).listModels();
      dialogue.say(`The key reaches ${models.length} models.`);
      return key;
    },
  );
}

export interface QueueConnection {
  readonly token: string;
  readonly keys: { readonly current: string; readonly next: string };
}

export async function connectQueue(
  given: string | undefined,
  outside: SetupOutside,
  dialogue: Dialogue,
): Promise<QueueConnection | undefined> {
  return await withOptionalToken(
    {
      name: 'QSTASH_TOKEN',
      given,
      hint: 'left empty, the cron of Hobby sweeps once a day; https://console.upstash.com/qstash',
    },
    dialogue,
    async (token) => {
      const keys = await outside.queue(token).readSigningKeys();
      dialogue.say('QStash knows the token; its signing keys were read.');
      return { token, keys };
    },
  );
}

interface TokenQuestion {
  readonly name: string;
  readonly given: string | undefined;
  readonly hint: string;
}

async function withToken<T>(
  question: TokenQuestion,
  dialogue: Dialogue,
  check: (token: string) => Promise<T>,
): Promise<T> {
  const result = await withOptionalToken(question, dialogue, check, true);
  if (result === undefined) throw new SetupProblem(`Without ${question.name} nothing can be set up.`);
  return result;
}

/** Checks what was given; asks, and asks again, where somebody answers. */
async function withOptionalToken<T>(
  { name, given, hint }: TokenQuestion,
  dialogue: Dialogue,
  check: (token: string) => Promise<T>,
  isRequired = false,
): Promise<T | undefined> {
  let token = given;
  for (let round = 0; round < TRIES; round += 1) {
    token ??= (await dialogue.askSecret({ title: isRequired ? name : `${name} (optional)`, hint }))?.trim();
    if (token === undefined || token === '') return undefined;
    try {
      return await check(token);
    } catch (error) {
      if (!(error instanceof AdapterError)) throw error;
      const sentence = `${name} does not work: ${error.message.replaceAll(token, '[token]')}.`;
      if (!dialogue.isAttended) throw new SetupProblem(sentence);
      dialogue.warn(sentence);
      token = undefined;
    }
  }
  throw new SetupProblem(`${name} did not work three times. Nothing was written.`);
}

/** What a confined token may not read is no reason to stop. */
function orNothing(error: unknown): undefined {
  if (error instanceof AdapterError && error.kind !== 'unauthorized') return undefined;
  throw error;
}
