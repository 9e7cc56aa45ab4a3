import type { IgnoreReason } from '../incident/admission.js';

/** Why a failed deployment was left alone, and what a person does who wants it otherwise. */
export interface IgnoreText {
  readonly title: string;
  readonly remedy: string;
}

export const IGNORE_TEXTS: Readonly<Record<IgnoreReason, IgnoreText>> = {
  'not-production': {
    title: 'It is a preview, not production',
    remedy: 'Nothing: a preview that fails is seen by the person who made it.',
  },
  'not-failed': {
    title: 'It did not fail',
    remedy: 'Nothing.',
  },
  'no-github-link': {
    title: 'The project is not linked to a GitHub repository',
    remedy: 'Connect it in the project’s Git settings on Vercel.',
  },
  fork: {
    title: 'Its commit is in another repository than the linked one',
    remedy: 'Merge the commit into the linked repository: nothing is written to forks.',
  },
  'made-from-cli': {
    title: 'It was deployed from the command line',
    remedy: 'Push the commit and let Vercel build it: what was uploaded by hand is in no repository.',
  },
  'dirty-tree': {
    title: 'It was deployed with uncommitted changes',
    remedy: 'Commit and push them: what the build saw is in no repository.',
  },
  'other-branch': {
    title: 'It is not of the production branch',
    remedy: 'Set the production branch in the project’s Git settings on Vercel, when this one is meant.',
  },
  blocked: {
    title: 'Vercel blocked it before the build',
    remedy: 'Open it on Vercel, which says why: most often the commit’s author is no member of the team.',
  },
  canceled: {
    title: 'It was cancelled',
    remedy: 'Redeploy it, when it was not meant to be.',
  },
  'not-newest': {
    title: 'A newer deployment of the project has ended since',
    remedy: 'Nothing: the newer one decides.',
  },
  'project-not-watched': {
    title: 'VERCEL_PROJECTS does not name its project',
    remedy: 'Add the project’s name or id to VERCEL_PROJECTS, or empty it to watch all.',
  },
  'evidence-gone': {
    title: 'The deployment was deleted, and its log with it',
    remedy: 'Redeploy the production branch: a new failure brings a new log.',
  },
  'own-project': {
    title: 'It is the project that this pipeline runs in',
    remedy: 'Repair it by hand: a pipeline that cannot be deployed cannot repair itself.',
  },
};

export function explainIgnored(reason: string): IgnoreText {
  // A stored entry may carry a reason of another version.
  return IGNORE_TEXTS[reason as IgnoreReason] ?? { title: reason, remedy: '' };
}
