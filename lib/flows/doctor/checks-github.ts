import { inParallel } from '../../parallel.js';
import type { Permission, WebhookDelivery } from '../../ports/accounts.js';
import { listNames, unknownAddress } from './checks-vercel.js';
import { type Check, fail, judgeExpiry, ok, unknown, type Verdict, warn } from './finding.js';
import type { Patient, WatchedRepository } from './patient.js';

const TOKENS = 'https://github.com/settings/personal-access-tokens';
const AT_ONCE = 4;
/** What starts a sweep, and what people do with a pull request. */
export const GITHUB_EVENTS = [
  'deployment_status',
  'status',
  'pull_request',
  'pull_request_review',
  'issue_comment',
] as const;
export const REVIEWER = 'coderabbitai[bot]';

const PERMISSION_NAMES: Readonly<Record<Permission, string>> = {
  contents: 'Contents',
  pull_requests: 'Pull requests',
  issues: 'Issues',
  statuses: 'Commit statuses',
};

export const gitHubToken: Check = {
  id: 'github-token',
  title: 'GitHub token',
  async look({ world, gitHubToken: read }) {
    const token = await read();
    const expiry = judgeExpiry(token.expiresAt, world.clock.now(), { name: 'GITHUB_TOKEN', link: TOKENS });
    if (expiry.verdict !== undefined) return expiry.verdict;
    const sentence = `Commits and pull requests are made by ${token.login}. ${expiry.sentence}`;
    if (token.accountType === 'Bot')
      return warn(`${sentence} It is a bot, whose pull requests CodeRabbit passes over.`, {
        remedy: 'Use a fine-grained token of a person.',
        link: TOKENS,
      });
    if (token.kind === 'classic' && token.scopes?.includes('repo') === false)
      return fail(`${sentence} It is a classic token without the scope repo.`, {
        remedy: 'Make a fine-grained token with the rights that the README lists.',
        link: TOKENS,
      });
    if (token.kind === 'classic')
      return warn(`${sentence} It is a classic token, which reaches every repository of the account.`, {
        remedy: 'Make a fine-grained token for the watched repositories alone.',
        link: TOKENS,
      });
    return ok(sentence);
  },
};

export const gitHubRequests: Check = {
  id: 'github-requests',
  title: 'GitHub requests left',
  async look({ gitHubToken: read }) {
    const { requestsLeft: requests } = await read();
    if (requests === undefined) return unknown('GitHub does not say how many requests are left this hour.');
    const sentence = `${requests.left} of ${requests.limit} requests are left until ${formatClock(requests.resetsAt)}.`;
    if (requests.left > requests.limit / 10) return ok(sentence);
    return warn(sentence, {
      remedy: 'Find out what else uses this account; all of its tokens share the limit.',
      link: 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api',
    });
  },
};

export const gitHubRights: Check = {
  id: 'github-rights',
  title: 'Rights on the repository',
  look: (patient) => lookAtEach(patient, (watched) => judgeRights(patient, watched)),
};

async function judgeRights({ world, accounts }: Patient, { repository, name }: WatchedRepository): Promise<Verdict> {
  const github = await accounts.github();
  const facts = await github.findRepository(repository);
  if (facts === undefined)
    return fail(`The token does not see ${name}.`, {
      remedy: 'Add the repository to the token, and have its organisation approve the token.',
      link: TOKENS,
    });
  if (facts.isArchived)
    return fail(`${name} is archived, so nothing can be written to it.`, {
      remedy: 'Unarchive it, or take its projects out of VERCEL_PROJECTS.',
      link: `https://github.com/${name}/settings`,
    });
  if (world.config.mode === 'observe') return ok(`${name} is readable. MODE=observe needs no more.`);
  if (facts.accountCanPush === false)
    return fail(`The account may not push to ${name}.`, {
      remedy: 'Give the account write access to the repository.',
      link: `https://github.com/${name}/settings/access`,
    });
  const rights = await github.probeWriting(repository);
  const named = (state: string) =>
    (Object.keys(rights) as Permission[]).filter((key) => rights[key] === state).map((key) => PERMISSION_NAMES[key]);
  const missing = named('missing');
  if (missing.length > 0)
    return fail(`On ${name} the token lacks: ${missing.join(', ')} (read and write).`, {
      remedy: 'Edit the token and add these permissions.',
      link: TOKENS,
    });
  const unclear = named('unknown');
  if (unclear.length > 0)
    return unknown(`On ${name} GitHub did not say whether the token may write: ${unclear.join(', ')}.`);
  return ok(`${name}: contents, pull requests, issues and commit statuses can be written.`);
}

export const gitHubWebhooks: Check = {
  id: 'github-webhook',
  title: 'GitHub webhook',
  async look(patient) {
    if (patient.world.config.publicUrl === undefined) return unknownAddress();
    return await lookAtEach(patient, (watched) => judgeWebhook(patient, watched));
  },
};

async function judgeWebhook({ world, accounts }: Patient, { repository, name }: WatchedRepository): Promise<Verdict> {
  const github = await accounts.github();
  const webhooks = await github.listWebhooks(repository);
  const link = `https://github.com/${name}/settings/hooks`;
  const remedy = 'Run `npm run setup`, which creates and repairs it.';
  const address = `${world.config.publicUrl}/api/webhooks/github`;
  const ours = webhooks.find(({ url }) => url === address);
  if (ours === undefined) return warn(`${name} has none: failures are found by the cron alone.`, { remedy, link });
  if (!ours.isActive) return warn(`The webhook of ${name} is switched off.`, { remedy, link });
  const missing = GITHUB_EVENTS.filter((event) => !ours.events.includes(event) && !ours.events.includes('*'));
  if (missing.length > 0)
    return warn(`The webhook of ${name} does not tell of ${missing.join(', ')}.`, { remedy, link });
  if (world.config.secrets.githubWebhook === undefined)
    return fail(`${name} has a webhook, but GITHUB_WEBHOOK_SECRET is not set, so every delivery is refused.`, {
      remedy,
      link,
    });
  return judgeDeliveries(name, await github.listDeliveries(repository, ours.id), `${link}/${ours.id}`);
}

function judgeDeliveries(name: string, deliveries: readonly WebhookDelivery[], link: string): Verdict {
  const [last] = deliveries;
  if (last === undefined) return ok(`The webhook of ${name} stands; nothing was delivered yet.`, { link });
  const arrived = deliveries.filter(({ status }) => status >= 200 && status < 300);
  const sentence = `the last delivery from ${name} (${last.event}) was answered with ${last.status || 'nothing'}`;
  if (arrived[0] === last) return ok(`The webhook works: ${sentence}.`);
  if (last.status === 401)
    return fail(`The secrets on both sides differ: ${sentence}.`, {
      remedy: 'Run `npm run setup`, which makes them the same, and deploy again.',
      link,
    });
  // One that came while a function was starting is no fault; the cron finds what it told of.
  const verdict = arrived.length === 0 && deliveries.length > 2 ? fail : warn;
  return verdict(`${arrived.length} of the last ${deliveries.length} arrived, and ${sentence}.`, {
    remedy: 'Look at its recent deliveries.',
    link,
  });
}

export const reviewer: Check = {
  id: 'coderabbit',
  title: 'CodeRabbit',
  look: (patient) => lookAtEach(patient, (watched) => judgeReviewer(patient, watched)),
};

async function judgeReviewer(patient: Patient, { repository, name }: WatchedRepository): Promise<Verdict> {
  const github = await patient.accounts.github();
  const [token, text, comments] = await Promise.all([
    patient.gitHubToken(),
    findReviewConfig(github, repository),
    github.listComments(repository),
  ]);
  const link = 'https://docs.coderabbit.ai/getting-started/configure-coderabbit';
  const ignored = text === undefined ? [] : await readIgnored(text);
  if (ignored.includes(token.login))
    return fail(`${name}: .coderabbit.yaml names ${token.login} among ignore_usernames, so repairs are not reviewed.`, {
      remedy: `Take ${token.login} out of reviews.auto_review.ignore_usernames.`,
      link,
    });
  const said = comments.filter(({ author }) => author === REVIEWER);
  if (token.accountType === 'Bot' || said.some((comment) => /bot user detected/i.test(comment.text)))
    return warn(`${name}: CodeRabbit passes over pull requests that a bot opens.`, {
      remedy: 'Use the token of a person, for whom it reviews.',
      link,
    });
  const config = text === undefined ? 'there is no .coderabbit.yaml' : '.coderabbit.yaml is there';
  if (said.length > 0) return ok(`${name}: CodeRabbit is at work, and ${config}.`);
  return unknown(`${name}: CodeRabbit was not seen among the last comments; ${config}.`, {
    remedy: 'Install it on the repository if you want repairs reviewed; nothing waits for it.',
    link: 'https://github.com/apps/coderabbitai',
  });
}

/** CodeRabbit takes both endings: https://docs.coderabbit.ai/guides/configure-coderabbit */
export async function findReviewConfig(
  github: { findText(repository: WatchedRepository['repository'], path: string): Promise<string | undefined> },
  repository: WatchedRepository['repository'],
): Promise<string | undefined> {
  return (
    (await github.findText(repository, '.coderabbit.yaml')) ?? (await github.findText(repository, '.coderabbit.yml'))
  );
}

/** A file that is no YAML ignores nobody. */
async function readIgnored(text: string): Promise<readonly string[]> {
  const { parse } = await import('yaml');
  try {
    const names = (parse(text) as { reviews?: { auto_review?: { ignore_usernames?: unknown } } } | null)?.reviews
      ?.auto_review?.ignore_usernames;
    return Array.isArray(names) ? names.map(String) : [];
  } catch {
    return [];
  }
}

async function lookAtEach(
  patient: Patient,
  judge: (watched: WatchedRepository) => Promise<Verdict>,
): Promise<Verdict | readonly Verdict[]> {
  const { looked, more } = await patient.repositories();
  if (looked.length === 0) return unknown('No watched project is connected to a GitHub repository.');
  const verdicts = await inParallel(looked, AT_ONCE, async (watched) => ({
    about: watched.name,
    ...(await judge(watched)),
  }));
  if (more === 0) return verdicts;
  const names = listNames(looked.map(({ name }) => name));
  return [...verdicts, { ...unknown(`${more} more repositories were not looked at, only ${names}.`), about: 'others' }];
}

function formatClock(at: number): string {
  return `${new Date(at).toISOString().slice(11, 16)} UTC`;
}
