import type { Project } from '../../ports.js';
import { type Check, fail, judgeExpiry, ok, unknown, type Verdict, warn } from './finding.js';

const TOKENS = 'https://vercel.com/account/settings/tokens';

export const vercelToken: Check = {
  id: 'vercel-token',
  title: 'Vercel token',
  async look({ world, accounts, team }) {
    const vercel = await accounts.vercel();
    const [token, user, owner] = await Promise.all([vercel.readToken(), vercel.readUser(), team()]);
    const { teamId } = world.config.vercel;
    if (teamId !== undefined && owner === undefined)
      return fail(`The token of ${user.username} does not reach the team ${teamId}.`, {
        remedy: 'Make the token with that team as its scope, or correct VERCEL_TEAM_ID.',
        link: TOKENS,
      });
    const expiry = judgeExpiry(token.expiresAt, world.clock.now(), { name: 'VERCEL_TOKEN', link: TOKENS });
    if (expiry.verdict !== undefined) return expiry.verdict;
    const scope = token.teamIds.length === 0 ? 'the whole account' : `${token.teamIds.length} team`;
    return ok(`It is ${user.username}'s, for ${scope}. ${expiry.sentence}`);
  },
};

export const vercelProjects: Check = {
  id: 'vercel-projects',
  title: 'Projects',
  async look({ projects }) {
    const { watched, unseen } = await projects();
    if (unseen.length > 0)
      return fail(`The token does not see ${listNames(unseen)}, which VERCEL_PROJECTS names.`, {
        remedy: 'Correct the names, or VERCEL_TEAM_ID, or give the token the team that owns them.',
        link: TOKENS,
      });
    if (watched.length === 0)
      return fail('There is no project to watch.', {
        remedy: 'Name the projects in VERCEL_PROJECTS, or give the token the team that owns them.',
        link: TOKENS,
      });
    const [linked, unlinked] = [watched.filter(isLinked), watched.filter((project) => !isLinked(project))];
    const sentence = `${linked.length} watched: ${listNames(linked.map(({ name }) => name))}.`;
    if (linked.length === 0)
      return fail('None of the projects is connected to a GitHub repository, so none can be repaired.', {
        remedy: 'Connect them in Settings, Git.',
        link: 'https://vercel.com/docs/git/vercel-for-github',
      });
    if (unlinked.length === 0) return ok(sentence);
    return ok(
      `${sentence} Without a GitHub repository and therefore ignored: ${listNames(unlinked.map((p) => p.name))}.`,
    );
  },
};

export const vercelPlan: Check = {
  id: 'vercel-plan',
  title: 'Vercel plan',
  async look({ plan }) {
    const name = await plan();
    if (name === undefined) return unknown('Vercel does not tell this token which plan the account is on.');
    if (name !== 'hobby') return ok(`The plan is ${name}: the cron may run every minute.`);
    return ok('The plan is hobby: a cron a day, no webhooks of Vercel, 100 deployments a day for everything.');
  },
};

/** What decides it: https://vercel.com/docs/deployments/troubleshoot-project-collaboration */
export const commitAuthor: Check = {
  id: 'commit-author',
  title: 'Will Vercel build our commits?',
  async look({ world, accounts, gitHubToken, team, repositories }) {
    const { login, accountType } = await gitHubToken();
    const vercel = await world.vercel();
    const recent = await vercel.listDeployments({ limit: 100 });
    const ours = recent.filter(({ git }) => git?.author?.toLowerCase() === login.toLowerCase());
    const link = 'https://vercel.com/docs/deployments/troubleshoot-project-collaboration';
    const blocked = ours.find(({ readyState, blockCode }) => readyState === 'BLOCKED' || blockCode !== undefined);
    const newest = ours[0];
    if (newest !== undefined && newest === blocked)
      return fail(`Vercel blocked the newest commit of ${login} (${newest.blockCode ?? 'BLOCKED'}).`, {
        remedy: `Make ${login} a member of the Vercel team, or use the token of somebody who is.`,
        link,
      });
    if (newest !== undefined) return ok(`Yes: Vercel built a commit of ${login} among the last 100 deployments.`);
    if (accountType === 'Bot')
      return warn(`Probably: ${login} is a bot, whose commits Vercel builds by experience, not by its documentation.`, {
        remedy: 'Use the token of a member of the Vercel team to be sure.',
        link,
      });
    const owner = await team();
    if (owner === undefined)
      return unknown(`No commit of ${login} was deployed yet, and the team is not known.`, { link });
    const members = await (await accounts.vercel()).listGitHubLogins(owner.id);
    if (members.some((member) => member.toLowerCase() === login.toLowerCase()))
      return ok(`Yes: ${login} is a member of the Vercel team ${owner.name}.`);
    const github = await accounts.github();
    const { looked } = await repositories();
    const facts = await Promise.all(looked.map(async ({ repository }) => await github.findRepository(repository)));
    const remedy = `Make ${login} a member of the Vercel team ${owner.name}, with GitHub connected, or use a member's token.`;
    if (facts.some((one) => one?.isPrivate === true))
      return fail(`No: ${login} is no member of the Vercel team ${owner.name}, and a watched repository is private.`, {
        remedy,
        link,
      });
    return warn(`Perhaps: ${login} is no member of the Vercel team ${owner.name}; public repositories mostly build.`, {
      remedy,
      link,
    });
  },
};

export const vercelWebhook: Check = {
  id: 'vercel-webhook',
  title: 'Vercel webhook',
  async look(patient) {
    const { world, accounts } = patient;
    const link = 'https://vercel.com/docs/webhooks';
    const plan = await patient.plan();
    if (plan === 'hobby')
      return ok('The hobby plan has none; the cron and the GitHub webhooks find failures.', { link });
    const { publicUrl, secrets } = world.config;
    if (publicUrl === undefined) return unknownAddress();
    const webhooks = await (await accounts.vercel()).listWebhooks();
    const ours = webhooks.filter(({ url }) => url === `${publicUrl}/api/webhooks/vercel`);
    const remedy = 'Run `npm run setup`, which creates it.';
    if (ours.length === 0)
      return warn('There is none: failures are found by the cron, up to a minute later.', { remedy, link });
    const events = new Set(ours.flatMap((webhook) => webhook.events));
    if (!events.has('deployment.error') || !events.has('deployment.succeeded'))
      return warn('It does not tell of both deployment.error and deployment.succeeded.', { remedy, link });
    if (secrets.vercelWebhook === undefined)
      return fail('It exists, but VERCEL_WEBHOOK_SECRET is not set, so every delivery is refused.', { remedy, link });
    return ok('It tells of deployment.error and deployment.succeeded.');
  },
};

export function unknownAddress(): Verdict {
  return unknown('Our own address is not known here, so it cannot be compared.', {
    remedy: 'Set PUBLIC_URL to the address of the deployment.',
  });
}

export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 5);
  return names.length > shown.length ? `${shown.join(', ')} and ${names.length - shown.length} more` : shown.join(', ');
}

function isLinked(project: Project): boolean {
  return project.link !== undefined;
}
