import { answerQueue } from '../lib/http/queue-answer.js';

/** One step of one incident, delivered by QStash; with `?given-up` the news that a step was given up. */
export async function POST(request: Request): Promise<Response> {
  return await answerQueue(request);
}
