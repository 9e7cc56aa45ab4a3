import type { Attempt, Failure, Incident, PreviewRef, StoredDiagnosis, Verdict } from '../incident/incident.js';
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
}

/** One line that survives a squash merge as a commit subject: it pings nobody and closes nothing. */
export function buildPullRequestTitle(incident: Incident, attempt: Attempt): string {
  const summary = summariseErrors(incident.diagnosis).replace(/\s+/g, ' ');
  const title = `fix: repair the production build (${summary})`;
  const fallback = `fix: repair the production build (${attempt.files.length} files)`;
  const chosen = title.length > 120 ? `fix: repair the production build (${shorten(summary, 84)})` : title;
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
  const { incident, dashboardUrl } = input;
  return [buildMarker(incident.id), describeStatus(incident).sentence, footer(incident, dashboardUrl), END_MARKER].join(
    '\n\n',
  );
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

function joinSections({ incident, attempt, dashboardUrl }: PullRequestInput, detail: Detail): string {
  const sections = [
    buildMarker(incident.id),
    opening(incident),
    failed(incident, detail),
    reason(incident, attempt, detail),
    evidence(incident, attempt),
    attemptList(incident, detail),
    listMistakes(incident.settings?.mistakes ?? [], {
      language: 'en',
      heading: '###',
      schemaUrl: dashboardUrl && `${dashboardUrl}/schema/self-healing.schema.json`,
    }),
    choices(incident, attempt, dashboardUrl),
    footer(incident, dashboardUrl),
    END_MARKER,
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

function opening(incident: Incident): string {
  const status = describeStatus(incident);
  const since = formatTime(firstFailureAt(incident));
  const projects = unique(incident.failures.map((failure) => failure.projectName));
  const names = listNames(projects.map((name) => inlineCode(shorten(name, 100))));
  const serving =
    incident.status === 'healed'
      ? ''
      : ' The last good deployment keeps serving; nothing newer reaches production until this is repaired.';
  const verb = incident.status === 'healed' ? 'failed to build from' : 'has failed to build since';
  return [
    `Production of ${names} ${verb} **${since}**.${serving}`,
    `**${status.label}:** ${status.sentence}${status.next === undefined ? '' : ` ${status.next}`}`,
  ].join('\n\n');
}

function failed(incident: Incident, detail: Detail): string {
  const lines = ['### What failed', ''];
  const [first] = incident.failures;
  const shown = incident.failures.slice(0, detail.rows);
  for (const failure of shown) lines.push(`- ${describeFailure(failure, { commit: failure.sha !== first?.sha })}`);
  if (shown.length < incident.failures.length) lines.push(`- and ${incident.failures.length - shown.length} more`);

  if (first !== undefined) lines.push('', culprit(first));
  if (incident.diagnosis !== undefined) lines.push('', ...describeErrors(incident.diagnosis, detail));
  return lines.join('\n');
}

function describeFailure(failure: Failure, show: { readonly commit: boolean }): string {
  const deployment = markdownLink('failed deployment', failure.inspectorUrl);
  const root = failure.rootDirectory === '' ? '' : ` in ${inlineCode(shorten(failure.rootDirectory, 200))}`;
  const commit = show.commit && isSha(failure.sha) ? ` of ${failure.sha}` : '';
  return `${inlineCode(shorten(failure.projectName, 100))}${root}: ${deployment}${commit}, ${formatTime(failure.createdAt)}`;
}

/** Names the commit and mentions its author; GitHub links the full commit id by itself. Stands in the text once. */
function culprit(failure: Failure): string {
  const subject = failure.commitMessage?.split('\n', 1)[0]?.trim() ?? '';
  const quoted = subject === '' ? '' : ` “${escapeMarkdown(shorten(subject, 120))}”`;
  const author = failure.author === undefined ? '' : ` by ${mention(failure.author)}`;
  return `First failing commit: ${isSha(failure.sha) ? failure.sha : inlineCode(shorten(failure.sha, 60))}${quoted}${author}.`;
}

/** The one ping that is meant. Anything that is no GitHub login is plain text; a bot is named, not called. */
function mention(login: string): string {
  if (login.endsWith('[bot]')) return inlineCode(shorten(login, 60));
  return /^[A-Za-z\d](?:[A-Za-z\d-]{0,38})$/.test(login) ? `@${login}` : escapeMarkdown(shorten(login, 60));
}

function describeErrors(diagnosis: StoredDiagnosis, detail: Detail): readonly string[] {
  const shown = diagnosis.errors.slice(0, detail.errors);
  const lines = shown.map((error) => {
    const place = formatPlace(error);
    const where = place === undefined ? '' : ` in ${inlineCode(shorten(place, 300))}`;
    const code = error.code === undefined ? '' : ` (${inlineCode(shorten(error.code, 80))})`;
    return `**${capitalise(nameKind(error.kind))}**${where}${code}: ${escapeProse(shorten(error.message, 500))}`;
  });
  if (lines.length === 0) lines.push(escapeMarkdown(shorten(diagnosis.summary, 500)));
  const total = countErrors(diagnosis);
  const rest = total - shown.reduce((sum, error) => sum + (error.count ?? 1), 0);
  if (rest > 0) lines.push(`and ${rest} more of ${total} errors.`);
  const paragraphs = lines.flatMap((line) => [line, '']);
  if (detail.excerpt === 0 || diagnosis.excerpt.trim() === '') return paragraphs.slice(0, -1);
  return [...paragraphs, codeBlock(shorten(diagnosis.excerpt, detail.excerpt))];
}

function reason(incident: Incident, attempt: Attempt, detail: Detail): string {
  const patches = [...listContainedAttempts(incident, attempt), attempt].slice(-detail.rows).map(({ patch }) => patch);
  const tell = (texts: readonly string[]): string => {
    const told = unique(texts.map((text) => escapeProse(shorten(text, detail.prose))).filter((text) => text !== ''));
    return told.length === 1 ? (told[0] ?? '') : told.map((text) => `- ${text}`).join('\n');
  };
  const files = attempt.files.slice(0, detail.rows).map((path) => `- ${inlineCode(shorten(path, 300))}`);
  if (attempt.files.length > files.length) files.push(`- and ${attempt.files.length - files.length} more`);
  return [
    '### Why',
    tell(patches.map((patch) => patch.cause)),
    '### What this changes',
    tell(patches.map((patch) => patch.change)),
    ['Changed files:', '', ...files].join('\n'),
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

function evidence(incident: Incident, attempt: Attempt): string {
  const { verdict } = attempt;
  const checked = [
    'The patch applies to the failing commit, the changed files parse, and relative imports resolve.',
    'It adds no suppression and loosens no rule, test or setting; these are checked in code before the commit.',
  ].map((line) => `- ✅ ${line}`);
  const previews = verdict?.deployments ?? attempt.previews ?? [];
  if (verdict === undefined) checked.push(`- ⏳ Preview build${linkPreviews(previews)}: not finished yet.`);
  else if (verdict.outcome === 'verified')
    checked.push(`- ✅ Preview build${linkPreviews(previews)}: ready since ${formatTime(verdict.at)}.`);
  else checked.push(`- ❌ ${refutedBy(verdict)}${linkPreviews(previews)}: failed at ${formatTime(verdict.at)}.`);
  if (incident.status === 'healed')
    checked.push(`- ✅ Production${linkPreviews(incident.healedBy)} serves this repair.`);
  return [
    '### What was checked, and what was not',
    [
      ...checked,
      '- ⬜ A ready preview shows that it builds, not that it behaves: nobody has clicked through it yet.',
      '- ⬜ Your tests were not run by us; your own checks on this pull request say what they say.',
    ].join('\n'),
  ].join('\n\n');
}

function refutedBy(verdict: Verdict & { readonly outcome: 'refuted' }): string {
  if (verdict.by === 'production') return 'Production build';
  if (verdict.by === 'base') return 'The branch moved on';
  return verdict.by === 'review' ? 'Review' : 'Preview build';
}

function linkPreviews(previews: readonly PreviewRef[]): string {
  const links = previews.slice(0, 12).map((preview) => {
    const open =
      preview.url === undefined
        ? inlineCode(shorten(preview.projectName, 100))
        : markdownLink(shorten(preview.projectName, 100), preview.url);
    return preview.inspectorUrl === undefined ? open : `${open} (${markdownLink('log', preview.inspectorUrl)})`;
  });
  return links.length === 0 ? '' : ` of ${links.join(', ')}`;
}

function attemptList(incident: Incident, detail: Detail): string {
  if (incident.attempts.length < 2) return '';
  const shown = incident.attempts.slice(-detail.rows);
  const rows = shown.map((attempt) => {
    const commit = attempt.commitSha !== undefined && isSha(attempt.commitSha) ? attempt.commitSha : '–';
    return `| ${attempt.number} | ${commit} | ${describeOrigin(attempt)} | ${describeVerdict(attempt)} |`;
  });
  return ['### Attempts', '', '| # | commit | origin | result |', '|---|---|---|---|', ...rows].join('\n');
}

function describeVerdict(attempt: Attempt): string {
  const { verdict } = attempt;
  if (verdict === undefined) return '⏳ building';
  if (verdict.outcome === 'verified') return '✅ builds';
  const why = verdict.diagnosis === undefined ? (verdict.note ?? 'failed') : summariseErrors(verdict.diagnosis);
  return `❌ ${escapeMarkdown(shorten(why, 160))}`;
}

function describeOrigin({ patch }: Attempt): string {
  const names = patch.origin.slice(0, 6).map((name) => inlineCode(shorten(name, 80)));
  if (patch.repairer === 'suggestions')
    return `compiler’s suggestion${names.length === 0 ? '' : `: ${names.join(', ')}`}`;
  if (patch.repairer === 'memory') return 'a repair that was verified before';
  return names.length === 0 ? 'model' : names.join(', ');
}

function choices(incident: Incident, attempt: Attempt, dashboardUrl: string | undefined): string {
  if (!DECIDABLE.has(incident.status)) return '';
  const again = incidentUrl(incident, dashboardUrl);
  const branch = shorten(attempt.branch, 200);
  const isRefuted = incident.status === 'refuted' || attempt.verdict?.outcome === 'refuted';
  return [
    '### What you can do',
    [
      ...(isRefuted ? [] : ['- **Accept:** review and merge. Production is watched until it serves the merge.']),
      '- **Reject:** close this pull request. The same patch is never proposed again, and this failure is left alone for 30 days.',
      again === undefined
        ? '- **Try again:** on the dashboard, with what the builds said so far.'
        : `- **Try again:** ${markdownLink('open the incident', again)} and choose “Try again”.`,
      `- **Take over:** ${inlineCode(`git fetch origin ${branch} && git switch ${branch}`)}, then push to it. From then on nothing more is written there.`,
    ].join('\n'),
  ].join('\n\n');
}

function footer(incident: Incident, dashboardUrl: string | undefined): string {
  const attempt = incident.attempts.at(-1);
  const tokens = incident.usage.inputTokens + incident.usage.outputTokens;
  const facts = [
    attempt === undefined ? '' : `Origin: ${describeOrigin(attempt)}`,
    attempt === undefined ? '' : `confidence ${Math.round(clamp(attempt.patch.confidence) * 100)} %`,
    tokens === 0
      ? 'no model tokens used'
      : `${tokens.toLocaleString('en-US')} tokens in ${incident.usage.calls} model calls`,
    spentText(incident),
  ].filter((fact) => fact !== '');
  const link = markdownLink('Self-Healing Pipeline', incidentUrl(incident, dashboardUrl));
  return `---\n<sub>${link} · ${facts.join(' · ')}</sub>`;
}

function spentText(incident: Incident): string {
  const healedAt = incident.reachedAt.healed;
  return healedAt === undefined ? '' : `healed after ${formatDuration(healedAt - firstFailureAt(incident))}`;
}

function incidentUrl(incident: Incident, dashboardUrl: string | undefined): string | undefined {
  return dashboardUrl === undefined ? undefined : `${dashboardUrl}/incidents/${encodeURIComponent(incident.id)}`;
}

/** When the first of the failed deployments was made. */
function firstFailureAt(incident: Incident): number {
  return Math.min(incident.openedAt, ...incident.failures.map((failure) => failure.createdAt));
}

function listNames(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? 'this project';
  if (names.length > 4) return `${names.slice(0, 3).join(', ')} and ${names.length - 3} more projects`;
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
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
