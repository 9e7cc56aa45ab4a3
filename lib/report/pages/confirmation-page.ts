import type { Incident } from '../../incident/incident.js';
import { shorten } from '../escape.js';
import { nameProjects, summariseErrors } from '../failure-text.js';
import { type Html, html } from '../html.js';
import { incidentPath } from './fragments.js';
import { page } from './page.js';

export const ACTIONS = ['sweep', 'pause', 'resume', 'dismiss', 'try-again', 'give-up', 'mute', 'unmute'] as const;
export type ActionName = (typeof ACTIONS)[number];

interface ActionText {
  readonly question: string;
  readonly consequence: string;
  readonly button: string;
  readonly isSevere: boolean;
}

const TEXTS: Readonly<Record<ActionName, ActionText>> = {
  sweep: {
    question: 'Sweep now?',
    consequence: 'Looks for failed production deployments and moves every incident on that is due.',
    button: 'Sweep now',
    isSevere: false,
  },
  pause: {
    question: 'Pause everything?',
    consequence:
      'Nothing is looked for, written or redeployed until you resume. Open pull requests stay as they are, and nothing is lost: what fails meanwhile is found afterwards.',
    button: 'Pause everything',
    isSevere: true,
  },
  resume: {
    question: 'Resume?',
    consequence: 'The next sweep takes up what is due, and what failed meanwhile.',
    button: 'Resume',
    isSevere: false,
  },
  dismiss: {
    question: 'Dismiss the steps that the queue gave up?',
    consequence:
      'The list is emptied. Their incidents stay as they are: each sweep takes up what is due, with the queue or without it.',
    button: 'Dismiss',
    isSevere: false,
  },
  'try-again': {
    question: 'Try again?',
    consequence:
      'A new attempt is made with everything the builds said so far, within the limits. A pull request that was closed for this failure counts no longer; its patch stays rejected.',
    button: 'Try again',
    isSevere: false,
  },
  'give-up': {
    question: 'Give up on this incident?',
    consequence:
      'No further attempt is made, and the pull request, if there is one, stays open for people. You can try again later.',
    button: 'Give up',
    isSevere: true,
  },
  mute: {
    question: 'Mute this failure?',
    consequence:
      'When the same failure comes again in this repository, it is recorded and nothing else. It stays muted for 180 days, or until you unmute it.',
    button: 'Mute',
    isSevere: true,
  },
  unmute: {
    question: 'Unmute this failure?',
    consequence: 'When the same failure comes again in this repository, it is repaired like any other.',
    button: 'Unmute',
    isSevere: false,
  },
};

export function isActionName(name: string): name is ActionName {
  return ACTIONS.some((action) => action === name);
}

/** Whether an action is about one incident. */
export function needsIncident(action: ActionName): boolean {
  return !['sweep', 'pause', 'resume', 'dismiss'].includes(action);
}

/** Says what an action does before it is done. */
export function renderConfirmation(model: {
  readonly action: ActionName;
  readonly formToken: string;
  readonly incident?: Incident;
}): Html {
  const { action, incident } = model;
  const text = TEXTS[action];
  const back = incident === undefined ? '/' : incidentPath(incident.id);
  return page({
    title: text.button,
    signedIn: { formToken: model.formToken },
    main: html`<section class="lone"><h1>${text.question}</h1>
${incident !== undefined && html`<p><strong>${nameProjects(incident)}</strong>: ${shorten(summariseErrors(incident.diagnosis), 200)}</p>`}
<p>${text.consequence}</p>
<form method="post" action="/actions/${action}" class="row"><input type="hidden" name="token" value="${model.formToken}">
${incident !== undefined && html`<input type="hidden" name="incident" value="${incident.id}">`}
<button class="${text.isSevere ? 'danger' : 'primary'}">${text.button}</button><a class="button" href="${back}">Cancel</a></form></section>`,
  });
}
