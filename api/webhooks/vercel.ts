import { readSecret } from '../../lib/config.js';
import { answerWebhook } from '../../lib/http/webhook-answer.js';
import { readVercelDelivery } from '../../lib/webhooks/vercel.js';

/** Vercel's account webhook: deployment.error, deployment.succeeded, deployment.promoted. */
export async function POST(request: Request): Promise<Response> {
  return await answerWebhook(request, { secret: readSecret('VERCEL_WEBHOOK_SECRET'), read: readVercelDelivery });
}
