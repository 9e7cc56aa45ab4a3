import * as v from 'valibot';
import type { Arrival, ArrivalEvent, RawDelivery } from './arrival.js';
import { nameSchema, parseBody, shaSchema } from './parse-body.js';
import { isSigned } from './signature.js';

/** By type; webhooks made long ago write a hyphen for the dot. */
const KINDS: Readonly<Record<string, 'deployment-failed' | 'deployment-succeeded'>> = {
  'deployment.error': 'deployment-failed',
  'deployment-error': 'deployment-failed',
  'deployment.succeeded': 'deployment-succeeded',
  'deployment-succeeded': 'deployment-succeeded',
  'deployment.promoted': 'deployment-succeeded',
};

const envelopeSchema = v.object({ id: nameSchema, type: v.pipe(v.string(), v.maxLength(200)) });

const deploymentSchema = v.object({
  payload: v.object({
    deployment: v.object({
      id: nameSchema,
      meta: v.optional(v.fallback(v.nullable(v.record(v.string(), v.unknown())), null)),
    }),
    project: v.object({ id: nameSchema }),
    target: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(200)))),
  }),
});

/**
 * Verifies and reads a delivery of Vercel's account webhooks. The signature has no time in it, so an old delivery can
 * come again: whoever works on it tells it by its id. https://vercel.com/docs/webhooks/webhooks-api
 */
export function readVercelDelivery({ headers, body, secret }: RawDelivery): Arrival {
  const signature = headers.get('x-vercel-signature');
  if (!isSigned({ body, signature, secret, algorithm: 'sha1' })) return { outcome: 'unauthorized' };

  const envelope = parseBody(body, envelopeSchema);
  if ('problem' in envelope) return { outcome: 'malformed', ...envelope };
  const kind = Object.hasOwn(KINDS, envelope.value.type) ? KINDS[envelope.value.type] : undefined;
  if (kind === undefined) return { outcome: 'ignored', why: 'unknown-type' };

  const parsed = parseBody(body, deploymentSchema);
  if ('problem' in parsed) return { outcome: 'malformed', ...parsed };
  const { deployment, project, target } = parsed.value.payload;
  const event: ArrivalEvent = {
    kind,
    deploymentId: deployment.id,
    projectId: project.id,
    target: target ?? null,
    ...readMeta(deployment.meta ?? {}),
  };
  return { outcome: 'event', deliveryId: `vercel ${envelope.value.id}`, event };
}

/** Every value of a deployment's meta is a string, set by Vercel or, for deployments of the CLI, by anybody. */
function readMeta(meta: Readonly<Record<string, unknown>>): { readonly repositoryId?: number; readonly sha?: string } {
  const repositoryId = Number(meta.githubRepoId ?? meta.githubCommitRepoId);
  const sha = v.safeParse(shaSchema, meta.githubCommitSha);
  return {
    ...(Number.isSafeInteger(repositoryId) && repositoryId > 0 ? { repositoryId } : {}),
    ...(sha.success ? { sha: sha.output } : {}),
  };
}
