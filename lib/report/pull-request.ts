import type { Attempt, Failure, Incident, PreviewRef, StoredDiagnosis } from '../incident/incident.js';
import type { Language } from '../settings/settings-schema.js';
import {
  codeBlock,
  escapeMarkdown,
  escapeProse,
  escapeReferences,
  inlineCode,
  markdownLink,
  shorten,
} from './escape.js';
import { countErrors, formatPlace, nameKind, summariseErrors } from './failure-text.js';
import { listMistakes } from './settings-text.js';
import { describeStatus } from './status-text.js';
import { type Texts, textsIn } from './texts/texts.js';
import { formatDuration, formatTime } from './time-text.js';

// GitHub refuses a longer title or body with 422.
const LONGEST_TITLE = 256;
const LONGEST_BODY = 65_536;

const MARKER = 'self-heal:incident';
const END_MARKER = '<!-- self-heal:end -->';

/** How much of everything the text shows; the first level that fits is taken. */
interface Detail {
  readonly excerpt: number;
  readonly errors: number;
  readonly rows: number;
  readonly prose: number;
}

const DETAILS: readonly Detail[] = [
  { excerpt: 6_000, errors: 5, rows: 50, prose: 2_000 },
  { excerpt: 1_500, errors: 2, rows: 10, prose: 600 },
  { excerpt: 0, errors: 1, rows: 3, prose: 200 },
];

/** While the pull request waits for a person. */
const DECIDABLE: ReadonlySet<Incident['status']> = new Set(['proposed', 'refuted', 'verified', 'escalated']);

export interface PullRequestInput {
  readonly incident: Incident;
  readonly attempt: Attempt;
  /** The address of the dashboard, without a path. */
  readonly dashboardUrl?: string;
  /** English when absent. */
  readonly language?: Language;
}

/** In which words something is told. */
interface Voice {
  readonly language: Language;
  readonly texts: Texts['pullRequest'];
}

function voiceOf(language: Language = 'en'): Voice {
  return { language, texts: textsIn(language).pullRequest };
}

/** One line that survives a squash merge as a commit subject: it pings nobody and closes nothing. */
export function buildPullRequestTitle(incident: Incident, attempt: Attempt, language: Language = 'en'): string {
  const { texts } = voiceOf(language);
  const summary = summariseErrors(incident.diagnosis, language).replace(/\s+/g, ' ');
  const title = texts.title(summary);
  const fallback = texts.title(texts.files(attempt.files.length));
  const chosen = title.length > 120 ? texts.title(shorten(summary, 84)) : title;
  return shorten(escapeReferences(chosen.trim() === '' ? fallback : chosen), LONGEST_TITLE);
}

/**
 * The pull request's text as of now; built again whenever the incident moves.
 * Bounded to GitHub's limit: first the excerpt shrinks, then lists, then prose.
 */
export function buildPullRequestBody(input: PullRequestInput): string {
  const bodies = DETAILS.map((detail) => () => joinSections(input, detail));
  for (const build of bodies) {
    const body = build();
    if (body.length <= LONGEST_BODY) return body;
  }
  const { incident, dashboardUrl, language } = input;
  const voice = voiceOf(language);
  return [
    buildMarker(incident.id),
    describeStatus(incident, language).sentence,
    footer(incident, dashboardUrl, voice),
    END_MARKER,
  ].join('\n\n');
}

/**
 * The new text in place of our own old one. What others added below it stays: CodeRabbit and Vercel write their
 * summaries into the description, and people add notes.
 */
export function replacePullRequestBody(current: string, next: string): string {
  const end = current.indexOf(END_MARKER);
  if (parseIncidentMarker(current) === undefined || end === -1) return next;
  const foreign = current.slice(end + END_MARKER.length).trimEnd();
  const joined = next + foreign;
  return joined.length <= LONGEST_BODY ? joined : next;
}

function buildMarker(incidentId: string): string {
  return `<!-- ${MARKER}:${incidentId} -->`;
}

/** The incident that a pull request's text belongs to. Only a marker on its first line counts: the rest quotes strangers. */
export function parseIncidentMarker(body: string): string | undefined {
  return /^<!-- self-heal:incident:([\w-]{1,128}) -->/.exec(body)?.[1];
}

function joinSections({ incident, attempt, dashboardUrl, language }: PullRequestInput, detail: Detail): string {
  const voice = voiceOf(language);
  const sections = [
    buildMarker(incident.id),
    opening(incident, voice),
    failed(incident, detail, voice),
    reason(incident, attempt, detail, voice),
    evidence(incident, attempt, voice),
    attemptList(incident, detail, voice),
    listMistakes(incident.settings?.mistakes ?? [], {
      language: voice.language,
      heading: '###',
      schemaUrl: dashboardUrl && `${dashboardUrl}/schema/self-healing.schema.json`,
    }),
    choices(incident, attempt, dashboardUrl, voice),
    footer(incident, dashboardUrl, voice),
    END_MARKER,
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

function opening(incident: Incident, { texts, language }: Voice): string {
  const status = describeStatus(incident, language);
  const since = formatTime(firstFailureAt(incident), language);
  const projects = unique(incident.failures.map((failure) => failure.projectName));
  const names = listNames(
    projects.map((name) => inlineCode(shorten(name, 100))),
    texts,
  );
  const healed = incident.status === 'healed';
  return [
    healed ? texts.failed(names, since) : `${texts.failing(names, since)} ${texts.serving}`,
    `**${status.label}:** ${status.sentence}${status.next === undefined ? '' : ` ${status.next}`}`,
  ].join('\n\n');
}

function failed(incident: Incident, detail: Detail, voice: Voice): string {
  const { texts } = voice;
  const lines = [`### ${texts.whatFailed}`, ''];
  const [first] = incident.failures;
  const shown = incident.failures.slice(0, detail.rows);
  for (const failure of shown) lines.push(`- ${describeFailure(failure, failure.sha !== first?.sha, voice)}`);
  if (shown.length < incident.failures.length) lines.push(`- ${texts.more(incident.failures.length - shown.length)}`);

  if (first !== undefined) lines.push('', culprit(first, voice));
  if (incident.diagnosis !== undefined) lines.push('', ...describeErrors(incident.diagnosis, detail, voice));
  return lines.join('\n');
}

function describeFailure(failure: Failure, showCommit: boolean, { texts, language }: Voice): string {
  const deployment = markdownLink(texts.failedDeployment, failure.inspectorUrl);
  const root = failure.rootDirectory === '' ? '' : ` ${texts.inRoot(inlineCode(shorten(failure.rootDirectory, 200)))}`;
  const commit = showCommit && isSha(failure.sha) ? ` ${texts.ofCommit(failure.sha)}` : '';
  return `${inlineCode(shorten(failure.projectName, 100))}${root}: ${deployment}${commit}, ${formatTime(failure.createdAt, language)}`;
}

/** Names the commit and mentions its author; GitHub links the full commit id by itself. Stands in the text once. */
function culprit(failure: Failure, { texts }: Voice): string {
  const subject = failure.commitMessage?.split('\n', 1)[0]?.trim() ?? '';
  const quoted = subject === '' ? '' : ` “${escapeMarkdown(shorten(subject, 120))}”`;
  const author = failure.author === undefined ? '' : ` ${texts.by(mention(failure.author))}`;
  return `${texts.culprit} ${isSha(failure.sha) ? failure.sha : inlineCode(shorten(failure.sha, 60))}${quoted}${author}.`;
}

/** The one ping that is meant. Anything that is no GitHub login is plain text; a bot is named, not called. */
function mention(login: string): string {
  if (login.endsWith('[bot]')) return inlineCode(shorten(login, 60));
  return /^[A-Za-z\d](?:[A-Za-z\d-]{0,38})$/.test(login) ? `@${login}` : escapeMarkdown(shorten(login, 60));
}

function describeErrors(diagnosis: StoredDiagnosis, detail: Detail, { texts, language }: Voice): readonly string[] {
  const shown = diagnosis.errors.slice(0, detail.errors);
  const lines = shown.map((error) => {
    const place = formatPlace(error);
    const where = place === undefined ? undefined : inlineCode(shorten(place, 300));
    const code = error.code === undefined ? undefined : inlineCode(shorten(error.code, 80));
    const kind = capitalise(nameKind(error.kind, language));
    return `${texts.error(kind, where, code)} ${escapeProse(shorten(error.message, 500))}`;
  });
  if (lines.length === 0) lines.push(escapeMarkdown(shorten(diagnosis.summary, 500)));
  const total = countErrors(diagnosis);
  const rest = total - shown.reduce((sum, error) => sum + (error.count ?? 1), 0);
  if (rest > 0) lines.push(texts.moreErrors(rest, total));
  const paragraphs = lines.flatMap((line) => [line, '']);
  if (detail.excerpt === 0 || diagnosis.excerpt.trim() === '') return paragraphs.slice(0, -1);
  return [...paragraphs, codeBlock(shorten(diagnosis.excerpt, detail.excerpt))];
}

function reason(incident: Incident, attempt: Attempt, detail: Detail, { texts: said }: Voice): string {
  const patches = [...listContainedAttempts(incident, attempt), attempt].slice(-detail.rows).map(({ patch }) => patch);
  const tell = (texts: readonly string[]): string => {
    const told = unique(texts.map((text) => escapeProse(shorten(text, detail.prose))).filter((text) => text !== ''));
    return told.length === 1 ? (told[0] ?? '') : told.map((text) => `- ${text}`).join('\n');
  };
  const files = attempt.files.slice(0, detail.rows).map((path) => `- ${inlineCode(shorten(path, 300))}`);
  if (attempt.files.length > files.length) files.push(`- ${said.more(attempt.files.length - files.length)}`);
  return [
    `### ${said.why}`,
    tell(patches.map((patch) => patch.cause)),
    `### ${said.change}`,
    tell(patches.map((patch) => patch.change)),
    [said.changedFiles, '', ...files].join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Earlier attempts whose edits are all part of this one: what they repaired belongs to the reasons. */
function listContainedAttempts(incident: Incident, attempt: Attempt): readonly Attempt[] {
  const edits = new Set(attempt.patch.edits.map((edit) => JSON.stringify(edit)));
  return incident.attempts.filter(
    (earlier) =>
      earlier.number < attempt.number && earlier.patch.edits.every((edit) => edits.has(JSON.stringify(edit))),
  );
}

function evidence(incident: Incident, attempt: Attempt, voice: Voice): string {
  const { texts, language } = voice;
  const { verdict } = attempt;
  const of = linkPreviews(verdict?.deployments ?? attempt.previews ?? [], voice);
  const checked = [`- ✅ ${texts.checkedPatch}`, `- ✅ ${texts.checkedPolicy}`];
  if (verdict === undefined) checked.push(`- ⏳ ${texts.building(of)}`);
  else if (verdict.outcome === 'verified') checked.push(`- ✅ ${texts.built(of, formatTime(verdict.at, language))}`);
  else checked.push(`- ❌ ${texts.notBuilt(texts.refutedBy[verdict.by], of, formatTime(verdict.at, language))}`);
  if (incident.status === 'healed') checked.push(`- ✅ ${texts.serves(linkPreviews(incident.healedBy, voice))}`);
  return [`### ${texts.checks}`, [...checked, `- ⬜ ${texts.notClicked}`, `- ⬜ ${texts.notTested}`].join('\n')].join(
    '\n\n',
  );
}

function linkPreviews(previews: readonly PreviewRef[], { texts }: Voice): string {
  const links = previews.slice(0, 12).map((preview) => {
    const open =
      preview.url === undefined
        ? inlineCode(shorten(preview.projectName, 100))
        : markdownLink(shorten(preview.projectName, 100), preview.url);
    return preview.inspectorUrl === undefined ? open : `${open} (${markdownLink(texts.log, preview.inspectorUrl)})`;
  });
  return links.length === 0 ? '' : texts.of(links.join(', '));
}

function attemptList(incident: Incident, detail: Detail, voice: Voice): string {
  if (incident.attempts.length < 2) return '';
  const shown = incident.attempts.slice(-detail.rows);
  const rows = shown.map((attempt) => {
    const commit = attempt.commitSha !== undefined && isSha(attempt.commitSha) ? attempt.commitSha : '–';
    return `| ${attempt.number} | ${commit} | ${describeOrigin(attempt, voice)} | ${describeVerdict(attempt, voice)} |`;
  });
  const { attempts, columns } = voice.texts;
  return [`### ${attempts}`, '', `| ${columns.join(' | ')} |`, '|---|---|---|---|', ...rows].join('\n');
}

function describeVerdict(attempt: Attempt, { texts, language }: Voice): string {
  const { verdict } = attempt;
  if (verdict === undefined) return `⏳ ${texts.verdictBuilding}`;
  if (verdict.outcome === 'verified') return `✅ ${texts.verdictBuilds}`;
  const why =
    verdict.diagnosis === undefined
      ? (verdict.note ?? texts.verdictFailed)
      : summariseErrors(verdict.diagnosis, language);
  return `❌ ${escapeMarkdown(shorten(why, 160))}`;
}

function describeOrigin({ patch }: Attempt, { texts }: Voice): string {
  const names = patch.origin.slice(0, 6).map((name) => inlineCode(shorten(name, 80)));
  if (patch.repairer === 'suggestions')
    return `${texts.suggestion}${names.length === 0 ? '' : `: ${names.join(', ')}`}`;
  if (patch.repairer === 'memory') return texts.remembered;
  return names.length === 0 ? texts.model : names.join(', ');
}

function choices(incident: Incident, attempt: Attempt, dashboardUrl: string | undefined, { texts }: Voice): string {
  if (!DECIDABLE.has(incident.status)) return '';
  const again = incidentUrl(incident, dashboardUrl);
  const branch = shorten(attempt.branch, 200);
  const isRefuted = incident.status === 'refuted' || attempt.verdict?.outcome === 'refuted';
  const choose = [
    ...(isRefuted ? [] : [texts.accept]),
    texts.reject,
    again === undefined ? texts.again : texts.againAt(markdownLink(texts.openIncident, again)),
    texts.takeOver(inlineCode(`git fetch origin ${branch} && git switch ${branch}`)),
  ];
  return [`### ${texts.choices}`, choose.map((choice) => `- ${choice}`).join('\n')].join('\n\n');
}

function footer(incident: Incident, dashboardUrl: string | undefined, voice: Voice): string {
  const { texts } = voice;
  const attempt = incident.attempts.at(-1);
  const tokens = incident.usage.inputTokens + incident.usage.outputTokens;
  const healedAt = incident.reachedAt.healed;
  const facts = [
    attempt === undefined ? '' : texts.origin(describeOrigin(attempt, voice)),
    attempt === undefined ? '' : texts.confidence(Math.round(clamp(attempt.patch.confidence) * 100)),
    tokens === 0 ? texts.noTokens : texts.tokens(tokens, incident.usage.calls),
    healedAt === undefined ? '' : texts.healedAfter(formatDuration(healedAt - firstFailureAt(incident))),
  ].filter((fact) => fact !== '');
  const link = markdownLink('Self-Healing Pipeline', incidentUrl(incident, dashboardUrl));
  return `---\n<sub>${link} · ${facts.join(' · ')}</sub>`;
}

function incidentUrl(incident: Incident, dashboardUrl: string | undefined): string | undefined {
  return dashboardUrl === undefined ? undefined : `${dashboardUrl}/incidents/${encodeURIComponent(incident.id)}`;
}

/** When the first of the failed deployments was made. */
function firstFailureAt(incident: Incident): number {
  return Math.min(incident.openedAt, ...incident.failures.map((failure) => failure.createdAt));
}

function listNames(names: readonly string[], texts: Texts['pullRequest']): string {
  if (names.length <= 1) return names[0] ?? texts.thisProject;
  if (names.length > 4) return texts.andMoreProjects(names.slice(0, 3).join(', '), names.length - 3);
  return texts.and(names.slice(0, -1).join(', '), names.at(-1) ?? '');
}

function isSha(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

function clamp(confidence: number): number {
  return Math.min(1, Math.max(0, Number.isFinite(confidence) ? confidence : 0));
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
