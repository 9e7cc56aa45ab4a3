import { readCodeRabbit } from '../incident/coderabbit.js';
import type { Attempt, Incident } from '../incident/incident.js';
import { decideNextAction } from '../incident/next-action.js';
import { describeRequest, listRequestedChanges, type Review } from '../incident/review.js';
import { moveTo } from '../incident/transitions.js';
import type { Move } from './moves.js';
import { actionSettings } from './repository-settings.js';
import type { World } from './world.js';

/** What was said about the newest attempt's commit. */
export interface Heard {
  readonly reviews: readonly Review[];
  /** The change that a person who may write asks for. */
  readonly byPerson?: Review;
  readonly byCodeRabbit?: Review;
}

/** Who else reviews, bots above all, is neither heeded nor answered. */
export async function hearReviews(world: World, incident: Incident, attempt: Attempt): Promise<Heard> {
  const { pullRequest, repository } = incident;
  if (pullRequest === undefined) return { reviews: [] };
  const github = await world.github();
  const reviews = await github.listReviews(repository, pullRequest.number);
  const asked = listRequestedChanges(attempt, reviews);
  const rights = await Promise.all(asked.map(({ author }) => github.mayWrite(repository, author)));
  const byPerson = asked.findLast((_, index) => rights[index]);
  const word = world.config.codeRabbit === 'off' ? undefined : readCodeRabbit(attempt.commitSha ?? '', reviews, []);
  return {
    reviews,
    ...(byPerson === undefined ? {} : { byPerson }),
    ...(word?.is === 'requested-changes' ? { byCodeRabbit: word.review } : {}),
  };
}

/**
 * A requested change refutes the attempt, and its text goes into the next one. Undefined where no further attempt can
 * follow it: then it stays with people.
 */
export async function reviseAttempt(
  world: World,
  incident: Extract<Incident, { status: 'proposed' | 'verified' }>,
  attempt: Attempt,
  request: Review,
): Promise<Move | undefined> {
  const now = world.clock.now();
  const refuteWith = (note: string) =>
    moveTo(incident, 'refuted', now, {
      diagnosis: incident.diagnosis,
      attempts: [
        ...incident.attempts.slice(0, -1),
        {
          ...attempt,
          verdict: {
            outcome: 'refuted',
            at: now,
            by: 'review',
            deployments: attempt.previews ?? [],
            note,
            reviewer: request.author,
          },
        },
      ],
      dueAt: now,
    });
  const next = decideNextAction(refuteWith(''), actionSettings(world, incident));
  if (next.do !== 'repair' || !(await hasModel(world))) return undefined;

  return {
    incident: refuteWith(await readRequest(world, incident, request)),
    entry: { at: now, event: 'refuted', text: `${request.author} asks for a change of attempt ${attempt.number}.` },
  };
}

/** The text of a review with its remarks, redacted. */
export async function readRequest(world: World, incident: Incident, request: Review): Promise<string> {
  const github = await world.github();
  const number = incident.pullRequest?.number ?? 0;
  const notes = await github.listReviewNotes(incident.repository, number, request.id);
  return world.redact(describeRequest(request, notes));
}

/** What compilers suggest takes no note of words. */
async function hasModel(world: World): Promise<boolean> {
  return (await world.repairers()).some(({ name }) => name === 'gemini');
}
