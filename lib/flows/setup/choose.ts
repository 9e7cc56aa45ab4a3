import { inParallel } from '../../parallel.js';
import type { RepositoryFacts } from '../../ports/accounts.js';
import type { GitHubSetup } from '../../ports/setup.js';
import type { Project } from '../../ports.js';
import { type Dialogue, SetupProblem } from './dialogue.js';

/** Under this name the button and the import make it. */
const USUAL_NAME = 'self-healing-pipeline';
/** No id or name of a project. */
const NONE = '';
const AT_ONCE = 6;

const FREE_TIER =
  'On its free tier, Google may use what Gemini is sent to improve its products. For private repositories use a paid key.';

export interface WatchedProject extends Project {
  readonly link: NonNullable<Project['link']>;
  readonly facts: RepositoryFacts;
}

/** The project in which this program is deployed; undefined while there is none. */
export async function chooseOwnProject(
  projects: readonly Project[],
  asked: string | undefined,
  dialogue: Dialogue,
): Promise<Project | undefined> {
  dialogue.begin('Projects');
  const find = (idOrName: string | undefined) => projects.find(({ id, name }) => id === idOrName || name === idOrName);
  if (asked !== undefined && find(asked) === undefined)
    throw new SetupProblem(`There is no Vercel project ${asked}; there are ${listSome(projects)}.`);
  const found = find(asked ?? USUAL_NAME);
  if (found !== undefined) {
    dialogue.say(`This program is deployed as ${found.name}.`);
    return found;
  }
  if (!dialogue.isAttended || projects.length === 0) return undefined;
  const options = [
    ...projects.map(({ id, name }) => ({ value: id, label: name })),
    { value: NONE, label: 'none of them: it is not on Vercel yet' },
  ];
  return find(await dialogue.choose('Which Vercel project is this program itself?', options));
}

/** The projects to watch: those that are named, or those that are chosen. */
export async function chooseWatched(input: {
  readonly projects: readonly Project[];
  readonly own: Project;
  /** What VERCEL_PROJECTS says, here or on Vercel. */
  readonly named: string | undefined;
  readonly isNamedHere: boolean;
  readonly github: GitHubSetup;
  readonly usesModel: boolean;
  readonly dialogue: Dialogue;
}): Promise<readonly WatchedProject[]> {
  const { projects, own, named, github, usesModel, dialogue } = input;
  const names =
    named
      ?.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '') ?? [];
  const others = projects.filter(({ id }) => id !== own.id);
  const unknown = names.filter((name) => !others.some((project) => project.id === name || project.name === name));
  if (unknown.length > 0)
    throw new SetupProblem(
      `VERCEL_PROJECTS names ${unknown.join(', ')}, which the token does not see; it sees ${listSome(others)}.`,
    );

  const candidates = await readFacts(others, github);
  const unseen = others.filter(({ id, link }) => link !== undefined && !candidates.some((one) => one.id === id));
  if (unseen.length > 0)
    dialogue.warn(`Left out, for the GitHub token does not see their repositories: ${listSome(unseen)}.`);
  const wanted = candidates.filter(({ id, name }) => names.length === 0 || names.includes(id) || names.includes(name));
  if (candidates.length === 0)
    throw new SetupProblem(
      'None of the projects is connected to a GitHub repository that the GitHub token sees; connect one in Settings, Git, or add its repository to the token.',
    );
  if (usesModel) dialogue.warn(FREE_TIER);
  const chosen = input.isNamedHere ? wanted : await ask(candidates, wanted, dialogue);
  const privates = chosen.filter(({ facts }) => facts.isPrivate);
  if (privates.length === 0 || !usesModel || input.isNamedHere) return announce(chosen, dialogue);
  const question = `${privates.map(({ name }) => name).join(', ')}: private. May their code go to Gemini with this key?`;
  return announce(
    (await dialogue.confirm(question)) ? chosen : chosen.filter(({ facts }) => !facts.isPrivate),
    dialogue,
  );
}

async function ask(
  candidates: readonly WatchedProject[],
  wanted: readonly WatchedProject[],
  dialogue: Dialogue,
): Promise<readonly WatchedProject[]> {
  const options = candidates.map(({ id, name, link, facts }) => ({
    value: id,
    label: name,
    hint: `${link.repository.owner}/${link.repository.name}${facts.isPrivate ? ', private' : ''}`,
  }));
  const ids = await dialogue.chooseSeveral(
    'Which projects are watched?',
    options,
    wanted.map(({ id }) => id),
  );
  return candidates.filter(({ id }) => ids.includes(id));
}

function announce(chosen: readonly WatchedProject[], dialogue: Dialogue): readonly WatchedProject[] {
  if (chosen.length === 0) throw new SetupProblem('No project is left to watch.');
  dialogue.say(
    `Watched: ${chosen.map(({ name, facts }) => `${name}${facts.isPrivate ? ' (private)' : ''}`).join(', ')}.`,
  );
  return chosen;
}

/** Those that are linked to a repository which the token sees. */
async function readFacts(projects: readonly Project[], github: GitHubSetup): Promise<readonly WatchedProject[]> {
  const linked = await inParallel(projects, AT_ONCE, async (project) => {
    if (project.link === undefined) return undefined;
    const facts = await github.findRepository(project.link.repository);
    return facts === undefined ? undefined : { ...project, link: project.link, facts };
  });
  return linked.filter((project) => project !== undefined);
}

function listSome(projects: readonly Project[]): string {
  if (projects.length === 0) return 'none';
  const names = projects.slice(0, 10).map(({ name }) => name);
  return projects.length > names.length
    ? `${names.join(', ')} and ${projects.length - names.length} more`
    : names.join(', ');
}
