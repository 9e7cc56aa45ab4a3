import type { RepositoryRef } from '../../incident/incident.js';
import type { EffectiveSettings, Origin, Setting } from '../../settings/effective-settings.js';
import type { SettingsMistake } from '../../settings/read-settings.js';
import { SETTINGS_PATH } from '../../settings/settings-schema.js';
import { shorten } from '../escape.js';
import { type Html, html } from '../html.js';
import { describeMistake } from '../settings-text.js';
import type { Tone } from '../status-text.js';
import { count, incidentPath, pill } from './fragments.js';
import { page } from './page.js';

export interface SettingsModel {
  readonly formToken: string;
  readonly installation: EffectiveSettings;
  readonly repositories: readonly {
    readonly repository: RepositoryRef;
    readonly branch: string;
    readonly settings: EffectiveSettings;
    readonly mistakes: readonly SettingsMistake[];
    readonly readAt?: { readonly sha: string; readonly incidentId: string; readonly at: number };
  }[];
}

const ORIGINS: Readonly<Record<Origin, readonly [string, Tone]>> = {
  default: ['default', 'quiet'],
  environment: ['environment', 'busy'],
  repository: ['repository', 'good'],
  'safe-default': ['off until the file is mended', 'warn'],
};

const LABELS: Readonly<Record<keyof EffectiveSettings, string>> = {
  allowedPaths: 'Paths that may be changed',
  neverPaths: 'Paths that are never changed',
  askFirst: 'Guarded kinds that need no person',
  attempts: 'Attempts on one incident',
  attemptsWithoutProgress: 'Attempts in a row without progress',
  branches: 'Production branches that are healed',
  reviewers: 'Reviewers',
  labels: 'Labels',
  autoMerge: 'Merge without a person',
  reviewRequired: 'A review before such a merge',
  revertDraft: 'Draft of a revert after the last attempt',
  language: 'Language of texts in the repository',
};

/** What an empty list stands for. */
const EMPTY: Readonly<Partial<Record<keyof EffectiveSettings, string>>> = {
  allowedPaths: 'all',
  branches: 'all',
};

const LONGEST_VALUE = 300;

/** The settings that hold and where each comes from: for the installation, and for each repository that was read. */
export function renderSettings({ formToken, installation, repositories }: SettingsModel): Html {
  const mistaken = repositories.filter(({ mistakes }) => mistakes.length > 0).length;
  return page({
    title: 'Settings',
    signedIn: { formToken },
    main: html`<section class="stack"><p class="small"><a href="/">Overview</a></p><h1>${mistaken === 0 ? 'Settings that hold' : `${count(mistaken, 'settings file')} with a mistake`}</h1>
<p class="muted">Each value comes from the defaults, the installation’s environment, or <code>${SETTINGS_PATH}</code> on the production branch of a repository, as it was last read. The <a href="/schema/self-healing.schema.json">schema of that file</a> is for editors. This dashboard is in English; the language counts for what is written in a repository.</p></section>
${repositories.map(renderRepository)}
${renderTable('Every other repository', 'installation', installation, html`says nothing of its own`)}`,
  });
}

function renderRepository(view: SettingsModel['repositories'][number], index: number): Html {
  const { repository, branch, settings, mistakes, readAt } = view;
  const note =
    readAt === undefined
      ? html`not read yet`
      : html`read at <code>${readAt.sha.slice(0, 7)}</code> for <a href="${incidentPath(readAt.incidentId)}">an incident</a>`;
  const name = `${repository.owner}/${repository.name}, ${branch}`;
  return renderTable(name, `repository-${index}`, settings, note, mistakes);
}

function renderTable(
  name: string,
  id: string,
  settings: EffectiveSettings,
  note: Html,
  mistakes: readonly SettingsMistake[] = [],
): Html {
  const keys = Object.keys(LABELS) as (keyof EffectiveSettings)[];
  return html`<section class="card" aria-labelledby="${id}"><header><h2 id="${id}">${name}</h2><small>${note}</small></header>
${mistakes.length > 0 && html`<div class="pad"><div class="notice warn"><p><strong>${count(mistakes.length, 'mistake')} in its file.</strong> What the file permits is off until that is mended; what it forbids holds.</p><ul>${mistakes.map((mistake) => html`<li>${describeMistake(mistake, 'en')}</li>`)}</ul></div></div>`}
<div class="scroll" tabindex="0" role="group" aria-labelledby="${id}"><table class="fold"><thead><tr><th scope="col">Setting</th><th scope="col">Value</th><th scope="col">From</th></tr></thead><tbody>
${keys.map((key) => renderRow(key, settings[key]))}
</tbody></table></div></section>`;
}

function renderRow(key: keyof EffectiveSettings, { value, from, note }: Setting<unknown>): Html {
  const [origin, tone] = ORIGINS[from];
  return html`<tr><th scope="row" class="lead">${LABELS[key]}</th><td class="wide">${shorten(describeValue(key, value), LONGEST_VALUE)}${note !== undefined && html`<br><small>${note}</small>`}</td><td class="side">${pill(origin, tone)}</td></tr>`;
}

function describeValue(key: keyof EffectiveSettings, value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? (EMPTY[key] ?? 'none') : value.join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value === 'de' ? 'German' : value === 'en' ? 'English' : String(value);
}
