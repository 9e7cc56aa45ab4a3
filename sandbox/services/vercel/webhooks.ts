import { createHmac, randomBytes } from 'node:crypto';
import { type Route, route } from '../../http/router.js';
import type { Deployment } from './deployment.js';

interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly projectIds?: readonly string[];
  readonly secret: string;
  readonly createdAt: number;
}

export interface Webhooks {
  readonly routes: readonly Route<{ readonly body: Record<string, unknown> }>[];
  announce(type: string, deployment: Deployment, inspectorUrl: string): void;
}

/** https://vercel.com/docs/webhooks and https://vercel.com/docs/rest-api/webhooks/creates-a-webhook */
export function createWebhooks(ownerId: string, commonSecret?: string): Webhooks {
  let webhooks: readonly Webhook[] = [];

  function describe({ secret: _, ...webhook }: Webhook): Record<string, unknown> {
    return { ...webhook, ownerId, updatedAt: webhook.createdAt };
  }

  return {
    routes: [
      route('POST', '/v1/webhooks', (_, { body }) => {
        if (typeof body.url !== 'string' || !Array.isArray(body.events)) {
          return Response.json(
            { error: { code: 'bad_request', message: 'url and events are required' } },
            { status: 400 },
          );
        }
        const webhook: Webhook = {
          id: `account_hook_${randomBytes(12).toString('hex')}`,
          url: body.url,
          events: body.events.map(String),
          ...(Array.isArray(body.projectIds) ? { projectIds: body.projectIds.map(String) } : {}),
          secret: commonSecret ?? randomBytes(24).toString('base64url'),
          createdAt: Date.now(),
        };
        webhooks = [...webhooks, webhook];
        // The secret is shown this once.
        return Response.json({ ...describe(webhook), secret: webhook.secret });
      }),
      route('GET', '/v1/webhooks', () => Response.json(webhooks.map(describe))),
      route('DELETE', '/v1/webhooks/:id', ({ id }) => {
        webhooks = webhooks.filter((webhook) => webhook.id !== id);
        return new Response(null, { status: 204 });
      }),
    ],
    announce(type, deployment, inspectorUrl) {
      const { project, id, meta, url, target } = deployment;
      const body = JSON.stringify({
        id: randomBytes(16).toString('hex'),
        type,
        createdAt: Date.now(),
        region: null,
        payload: {
          team: null,
          user: { id: ownerId },
          deployment: { id, meta, url, name: project.name, inspectorUrl },
          links: { deployment: inspectorUrl, project: inspectorUrl },
          target,
          project: { id: project.id },
          plan: 'pro',
          regions: ['iad1'],
        },
      });
      for (const webhook of webhooks) {
        if (!webhook.events.includes(type) || webhook.projectIds?.includes(project.id) === false) continue;
        const signature = createHmac('sha1', webhook.secret).update(body).digest('hex');
        // Sent once; Vercel repeats for a day what was not answered with 2xx.
        fetch(webhook.url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-vercel-signature': signature },
          body,
        }).catch(() => {});
      }
    },
  };
}
