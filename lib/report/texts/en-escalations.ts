import type { EscalationReason } from '../../incident/incident.js';
import type { EscalationText } from '../escalation-text.js';

export const EN_ESCALATIONS: Readonly<Record<EscalationReason, EscalationText>> = {
  'not-repairable': {
    title: 'An edit to the repository cannot repair this',
    remedy: 'Do what the diagnosis names, then redeploy.',
  },
  'patch-rejected': {
    title: 'No patch passed the checks',
    remedy: 'The reasons are listed below. Make the edit by hand where it is right, or try again.',
  },
  'rejected-before': {
    title: 'A person closed the pull request for this failure before',
    remedy: 'Nothing is proposed for 30 days, unless you choose to try again.',
  },
  muted: {
    title: 'A person muted this failure',
    remedy: 'It is recorded and nothing else, until somebody unmutes it.',
  },
  'branch-excluded': {
    title: 'The repository’s settings leave this branch alone',
    remedy: 'Name the branch under `branches` in `.github/self-healing.json` if it is to be healed.',
  },
  'given-up': {
    title: 'A person stopped the repair',
    remedy: 'Repair it by hand, or try again.',
  },
  'attempts-exhausted': {
    title: 'All attempts were used',
    remedy:
      'The attempts below show what was tried and what the builds said. Continue from the last one, or try again.',
  },
  'limit-reached': {
    title: 'A limit was reached',
    remedy: 'Wait until the limit resets and try again, or raise it in the settings.',
  },
  'low-confidence': {
    title: 'The model was not sure enough to propose a change',
    remedy: 'Repair it by hand with the diagnosis below, or try again when the code around it is clearer.',
  },
  'preview-environment': {
    title: 'The preview lacks an environment variable that production has',
    remedy: 'Add the variable to the Preview environment in the project’s settings on Vercel, then try again.',
  },
  'preview-never-started': {
    title: 'Vercel never built the repair branch',
    remedy:
      'Check the project’s Ignored Build Step, that previews of this branch are on, and that Vercel accepts the commit’s author; then try again.',
  },
  'preview-timeout': {
    title: 'The preview did not finish in time',
    remedy: 'Look at the preview deployment on Vercel. When it is done, try again.',
  },
  'production-never-started': {
    title: 'Vercel did not build production after the merge',
    remedy: 'Check the Git settings of the project on Vercel and redeploy the production branch.',
  },
  'production-timeout': {
    title: 'Production did not serve the merged repair in time',
    remedy: 'Look at the production deployment on Vercel; it may be waiting for a promotion.',
  },
  'signature-required': {
    title: 'The repository accepts signed commits only',
    remedy: 'Make the edit below by hand, or exempt the branches `fix/auto-repair-*` from the rule.',
  },
  'branch-rule': {
    title: 'A branch rule refuses the repair branch',
    remedy: 'Allow the branches `fix/auto-repair-*` for this token in the repository’s rules, then try again.',
  },
  'push-protection': {
    title: 'GitHub’s push protection refused the commit',
    remedy: 'Look at what it found in the files named below; it may be a secret that is in the repository already.',
  },
  'repository-archived': {
    title: 'The repository is archived',
    remedy: 'Unarchive it, or disconnect the project on Vercel.',
  },
  'repository-unreadable': {
    title: 'The token cannot read the repository',
    remedy: 'Give the GitHub token access to this repository (Contents: read and write), then try again.',
  },
  'token-lacks-rights': {
    title: 'The token lacks a right',
    remedy:
      'Give the GitHub token Contents, Pull requests, Issues and Commit statuses (read and write), then try again.',
  },
  'deployment-limit': {
    title: 'Vercel makes no more deployments today',
    remedy:
      'The account’s limit of deployments is used up (Hobby: 100 a day). When it has reset, redeploy the production branch; a larger plan has a higher limit.',
  },
  'cron-not-allowed': {
    title: 'The plan does not allow a cron job of vercel.json',
    remedy:
      'On Hobby a cron job runs once a day at most: give it a daily schedule such as `0 1 * * *` in vercel.json, or move the project to Pro.',
  },
  'author-rejected': {
    title: 'Vercel does not accept the commit’s author',
    remedy:
      'The author’s email has to belong to a GitHub account with access to the Vercel project: add that person to the team, or push a commit of a member. A repair branch needs a token of such an account.',
  },
  'vercel-config-invalid': {
    title: 'The file vercel.json is not valid',
    remedy: 'Correct what Vercel names in vercel.json at the project’s root directory, and push.',
  },
  'deployment-refused': {
    title: 'Vercel made no deployment of this commit',
    remedy: 'Open the commit’s status on GitHub: it links to the reason. When that is mended, redeploy.',
  },
  'evidence-gone': {
    title: 'The failed deployment’s log is gone',
    remedy: 'Redeploy the production branch: a new failure brings a new log.',
  },
  'empty-tree': {
    title: 'The failing commit has no files',
    remedy: 'Check what was pushed to the production branch.',
  },
  'model-unavailable': {
    title: 'The model could not be reached',
    remedy: 'Check the key and the quota of the model, then try again.',
  },
  'internal-error': {
    title: 'Something broke on our side',
    remedy: 'Try again. When it happens twice, the log of the function has the details.',
  },
};
