import type { Deployment } from './deployment.js';

export interface ProjectSeed {
  readonly name: string;
  /** `owner/name` on the GitHub service. */
  readonly repository: string;
  readonly productionBranch?: string;
  readonly rootDirectory?: string;
  readonly framework?: string | null;
  readonly buildCommand?: string;
  readonly nodeVersion?: string;
  /** False: a finished production build is staged until somebody promotes it. */
  readonly autoAssignCustomDomains?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Project extends ProjectSeed {
  readonly id: string;
  readonly owner: string;
  readonly repo: string;
  readonly repoId: number;
  readonly productionBranch: string;
  readonly createdAt: number;
  /** The deployment that the production domains serve. */
  productionDeploymentId?: string;
}

const RESOURCES = { functionDefaultRegions: ['iad1'], fluid: true };

/** https://vercel.com/docs/rest-api/projects/find-a-project-by-id-or-name */
export function describeProject(
  project: Project,
  accountId: string,
  production: Deployment | undefined,
): Record<string, unknown> {
  return {
    accountId,
    id: project.id,
    name: project.name,
    framework: project.framework ?? null,
    rootDirectory: project.rootDirectory ?? null,
    buildCommand: project.buildCommand ?? null,
    installCommand: null,
    outputDirectory: null,
    devCommand: null,
    commandForIgnoringBuildStep: null,
    nodeVersion: project.nodeVersion ?? '24.x',
    autoAssignCustomDomains: project.autoAssignCustomDomains ?? true,
    directoryListing: false,
    publicSource: null,
    sourceFilesOutsideRootDirectory: true,
    serverlessFunctionRegion: 'iad1',
    live: false,
    createdAt: project.createdAt,
    updatedAt: project.createdAt,
    alias: [],
    deploymentExpiration: {},
    defaultResourceConfig: RESOURCES,
    resourceConfig: RESOURCES,
    link: {
      type: 'github',
      org: project.owner,
      repo: project.repo,
      repoId: project.repoId,
      repoOwnerId: 1,
      productionBranch: project.productionBranch,
      gitCredentialId: '',
      deployHooks: [],
      sourceless: true,
      createdAt: project.createdAt,
      updatedAt: project.createdAt,
    },
    targets: production ? { production: describeTarget(production) } : {},
  };
}

function describeTarget({ id, project, url, createdAt, meta, readyState }: Deployment): Record<string, unknown> {
  return {
    ...{ id, name: project.name, url, createdAt, meta, readyState, readySubstate: 'PROMOTED' },
    ...{ type: 'LAMBDAS', target: 'production', plan: 'hobby', private: false, aliasAssigned: true },
  };
}
