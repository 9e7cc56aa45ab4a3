import * as v from 'valibot';
import type { Project } from '../../ports.js';
import { integer, optionalText } from './tolerant.js';

const Link = v.fallback(
  v.optional(
    v.object({
      type: optionalText,
      org: optionalText,
      repo: optionalText,
      repoId: integer,
      productionBranch: optionalText,
    }),
  ),
  undefined,
);

/** What is needed of `GET /v9/projects/{idOrName}`. Null is Vercel's word for "the default". */
const ProjectBody = v.object({
  id: v.string(),
  name: v.string(),
  rootDirectory: optionalText,
  framework: optionalText,
  nodeVersion: optionalText,
  buildCommand: optionalText,
  installCommand: optionalText,
  outputDirectory: optionalText,
  link: Link,
  targets: v.fallback(
    v.optional(
      v.object({
        production: v.fallback(v.optional(v.nullable(v.object({ id: optionalText, plan: optionalText }))), undefined),
      }),
    ),
    undefined,
  ),
});

/** Undefined when it is no project. */
export function parseProject(json: unknown): Project | undefined {
  const parsed = v.safeParse(ProjectBody, json);
  if (!parsed.success) return undefined;
  const { id, name, rootDirectory, framework, link, targets, ...settings } = parsed.output;
  const { id: productionDeploymentId, plan } = targets?.production ?? {};
  const linked = readLink(link);
  return {
    id,
    name,
    rootDirectory: (rootDirectory ?? '').replace(/^\.?\/+|\/+$|^\.$/g, ''),
    framework: framework ?? null,
    ...(settings.nodeVersion === undefined ? {} : { nodeVersion: settings.nodeVersion }),
    ...(settings.buildCommand === undefined ? {} : { buildCommand: settings.buildCommand }),
    ...(settings.installCommand === undefined ? {} : { installCommand: settings.installCommand }),
    ...(settings.outputDirectory === undefined ? {} : { outputDirectory: settings.outputDirectory }),
    ...(linked === undefined ? {} : { link: linked }),
    ...(productionDeploymentId === undefined ? {} : { productionDeploymentId }),
    ...(plan === undefined ? {} : { plan }),
  };
}

function readLink(link: v.InferOutput<typeof Link>): Project['link'] {
  // gitlab, bitbucket and github-custom-host are links too, and none that the GitHub API of our token reaches.
  if (link?.type !== 'github' && link?.type !== 'github-limited') return undefined;
  const { org: owner, repo: name, repoId: id, productionBranch } = link;
  if (!owner || !name || id === undefined || !productionBranch) return undefined;
  return { repository: { id, owner, name }, productionBranch };
}
