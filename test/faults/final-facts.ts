import { isFinal, isHandedOver } from '../../lib/incident/transitions.js';
import { topicOf } from './comment-topic.js';
import type { Stage } from './stage.js';

/** What is left of a life, one line each, read from the servers. Without what differs from run to run. */
export async function readFinalFacts(stage: Stage): Promise<readonly string[]> {
  return [...(await readRepository(stage)), ...(await readDeployments(stage)), ...(await readStore(stage))].sort();
}

async function readRepository({ github, pulls }: Stage): Promise<readonly string[]> {
  const facts: string[] = [];
  const refs: { ref: string; object: { sha: string } }[] = await github('GET', '/git/matching-refs/heads/');
  for (const { ref, object } of refs) {
    facts.push(`branch ${ref.replace(/\d{10}$/, ':seconds')}`);
    const { content } = await github('GET', `/contents/app/page.tsx?ref=${object.sha}`);
    facts.push(`page on ${ref.replace(/\d{10}$/, ':seconds')} ${Buffer.from(content, 'base64')}`);
    const { statuses } = await github('GET', `/commits/${object.sha}/status`);
    for (const { context, state, description } of statuses)
      facts.push(`status of ${ref.includes('/fix/') ? 'repair' : 'main'}: ${context} ${state} ${description}`);
    const commits: { commit: { message: string } }[] = await github('GET', `/commits?sha=${object.sha}&per_page=100`);
    for (const { commit } of commits)
      facts.push(`commit ${ref.includes('/fix/') ? 'repair' : 'main'}: ${subjectOf(commit.message)}`);
  }
  for (const pull of await pulls()) {
    facts.push(`pull request ${pull.merged_at === null ? pull.state : 'merged'}`);
    for (const label of pull.labels) facts.push(`label ${label.name}`);
    const comments: { body: string }[] = await github('GET', `/issues/${pull.number}/comments?per_page=100`);
    for (const { body } of comments) facts.push(`comment ${nameTopic(body)}`);
  }
  const commitComments: { body: string }[] = await github('GET', '/comments?per_page=100');
  for (const { body } of commitComments) facts.push(`commit comment ${nameTopic(body)}`);
  return facts;
}

async function readDeployments(stage: Stage): Promise<readonly string[]> {
  return (await stage.deployments()).map(
    ({ target, source, readyState }) => `deployment ${target ?? 'preview'} ${source} ${readyState}`,
  );
}

async function readStore({ name, store, incidents, outside }: Stage): Promise<readonly string[]> {
  const facts: string[] = [];
  let watched = 0;
  for (const incident of await incidents()) {
    facts.push(`incident ${incident.status}`);
    for (const status of Object.keys(incident.reachedAt)) facts.push(`reached ${status}`);
    for (const attempt of incident.attempts) facts.push(`attempt ${attempt.number} ${attempt.verdict?.outcome}`);
    for (const { event } of await store.readHistory(incident.id))
      if (event !== 'waiting') facts.push(`history ${event}`);
    if (isHandedOver(incident.status) && incident.dueAt !== undefined) watched += 1;
    else if (isFinal(incident.status) && incident.dueAt !== undefined) facts.push('a final incident is due');
  }
  const { open } = await store.readPulse();
  if (open > watched) facts.push(`${open - watched} incidents are due`);
  const leases = await outside.redis('keys', `${name}:lease:*`);
  return Array.isArray(leases) && leases.length > 0 ? [...facts, 'a lease is held'] : facts;
}

function subjectOf(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/#\d+/, '#:number');
}

function nameTopic(body: string): string {
  return (topicOf(body) ?? 'without topic').replace(/inc_\w+/, ':incident');
}
