import { readSecret } from '../../lib/config.js';
import { answerWebhook } from '../../lib/http/webhook-answer.js';
import { readGitHubDelivery } from '../../lib/webhooks/github.js';

/** A repository's webhook: deployment_status, pull_request, pull_request_review, issue_comment. */
export async function POST(request: Request): Promise<Response> {
  return await answerWebhook(request, { secret: readSecret('GITHUB_WEBHOOK_SECRET'), read: readGitHubDelivery });
}
