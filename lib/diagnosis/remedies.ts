/** What a person has to do where no patch can help, with the exact names. */
import type { BuildError, FailureClass } from './diagnosis.js';
import { remedyForVariables } from './missing-variable.js';

export function remedyFor(failureClass: FailureClass, error: BuildError | undefined): string | undefined {
  switch (failureClass) {
    case 'environment':
      return error?.symbol === undefined
        ? 'Set the missing environment variable in the Vercel project, for Production and Preview, and redeploy.'
        : remedyForVariables([error.symbol], /^[A-Z]/.test(error.symbol));
    case 'transient':
      return 'Redeploy the same commit: nothing in the repository is at fault. If it fails alike again, look at the status of the service that the log names.';
    case 'infrastructure':
      return remedyForMachine(error);
    case 'dependency':
      return error === undefined ? undefined : remedyForDependency(error);
    case 'config':
      return error?.code === 'root-directory'
        ? 'Correct the Root Directory in the project’s settings (Build and Deployment).'
        : undefined;
    default:
      return undefined;
  }
}

function remedyForMachine(error: BuildError | undefined): string {
  switch (error?.kind) {
    case 'memory':
      return 'The build needs more memory than the build machine has. Choose a larger build machine in the project’s settings (Build and Deployment, Build Machine), or make the build need less.';
    case 'timeout':
      return 'The build takes longer than allowed. Make it do less (fewer pages rendered at build time, faster data), or choose a faster build machine in the project’s settings.';
    case 'size':
      return error.code === 'ENOSPC'
        ? 'The build machine’s disk is full. Choose a larger build machine in the project’s settings, or clear the build cache and write less.'
        : 'What is deployed is larger than the plan allows. Leave files out of the function (outputFileTracingExcludes in Next.js, excludeFiles in vercel.json), split it, or change the plan.';
    default:
      return error?.code === 'canceled'
        ? 'The deployment was canceled; redeploy it if that was not meant.'
        : 'Vercel did not build the commit. Look at the deployment’s page for the reason, and at the team’s membership and limits.';
  }
}

function remedyForDependency(error: BuildError): string | undefined {
  if (error.kind === 'lockfile') {
    if (error.file?.endsWith('pnpm-lock.yaml') === true)
      return 'Run `pnpm install --lockfile-only` and commit pnpm-lock.yaml.';
    if (error.file?.endsWith('yarn.lock') === true) return 'Run `yarn install` and commit yarn.lock.';
    if (/bun\.lockb?$/.test(error.file ?? '')) return 'Run `bun install` and commit the lockfile.';
    return 'Run `npm install --package-lock-only` and commit package-lock.json.';
  }
  if (error.message.includes('npm has a bug related to optional dependencies'))
    return 'The lockfile lacks what the build machine needs. Delete package-lock.json and node_modules, run `npm install`, and commit package-lock.json.';
  if (error.code === 'command-not-found' && error.symbol !== undefined) {
    return `\`${error.symbol}\` is not installed where the build runs: declare its package in package.json, or let the installation include development dependencies.`;
  }
  return undefined;
}
