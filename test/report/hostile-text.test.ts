import { describe, expect, it } from 'vitest';
import { describeDiagnosis } from '../../cli/diagnosis-report.js';
import { describeOutcome } from '../../cli/repair-output.js';
import { formatJson, oneLine, plain } from '../../cli/terminal.js';
import type { Attempt, Incident } from '../../lib/incident/incident.js';
import { buildCommitMessage, parseCommitTrailers } from '../../lib/patch/commit-message.js';
import { buildComment, buildCommitComment, buildIssue } from '../../lib/report/comments.js';
import { escapeTerminal } from '../../lib/report/escape.js';
import { withEdit } from '../../lib/report/handed-edit.js';
import { renderHtml } from '../../lib/report/html.js';
import { buildNotificationText } from '../../lib/report/notification-text.js';
import { renderConfirmation } from '../../lib/report/pages/confirmation-page.js';
import { renderDoctor } from '../../lib/report/pages/doctor-page.js';
import { renderIncident } from '../../lib/report/pages/incident-page.js';
import { renderOverview } from '../../lib/report/pages/overview-page.js';
import { page } from '../../lib/report/pages/page.js';
import { renderSetupProblems, renderSignIn } from '../../lib/report/pages/sign-in-page.js';
import { buildPullRequestBody, buildPullRequestTitle, parseIncidentMarker } from '../../lib/report/pull-request.js';
import { buildRevertText, parseRevertMarker } from '../../lib/report/revert-text.js';
import { renderTriggerPage } from '../../lib/report/trigger-page.js';
import { LANGUAGES } from '../../lib/settings/settings-schema.js';
import { HOSTILE_STRINGS, UNSEEN } from './hostile-strings.js';
import { fakeAttempt, fakeDiagnosis, fakeFailure, fakeIncident, NOW, refuted } from './incidents.js';
import { renderMarkdown } from './render-markdown.js';

const STATUSES = ['proposed', 'refuted', 'verified', 'healed', 'escalated', 'superseded', 'rejected'] as const;

function hostileAttempt(text: string): Attempt {
  const attempt = refuted(
    fakeAttempt({
      branch: text,
      files: [text],
      patch: {
        ...fakeAttempt().patch,
        repairer: 'gemini',
        cause: text,
        change: `\`${text}\` ${text}`,
        origin: [text],
        edits: [
          { kind: 'replace', path: text, search: text, replace: `${text}!` },
          { kind: 'create', path: `${text}2`, content: text },
          { kind: 'delete', path: `${text}3` },
        ],
      },
    }),
  );
  const preview = { deploymentId: text, projectId: text, projectName: text, url: text, inspectorUrl: text };
  const verdict = { outcome: 'refuted' as const, at: NOW, by: 'preview' as const, note: text, deployments: [preview] };
  return { ...attempt, previews: [preview], verdict: { ...verdict, diagnosis: hostileDiagnosis(text) } };
}

function hostileDiagnosis(text: string) {
  return fakeDiagnosis({
    summary: text,
    remedy: text,
    excerpt: `${text}\n> 3 | ${text}\n    | ^^^`,
    evidence: [{ fact: text, from: 'log' }],
    errors: [{ tool: text, kind: 'type', message: text, file: text, code: text, line: 3, symbol: text }],
  });
}

function hostileIncident(text: string, status: Incident['status']): Incident {
  const place = { deploymentId: text, projectId: text, projectName: text, url: text, inspectorUrl: text };
  return fakeIncident(status, {
    repository: { id: 99, owner: text, name: text },
    branch: text,
    failures: [
      fakeFailure({
        projectName: text,
        rootDirectory: text,
        commitMessage: text,
        author: text,
        inspectorUrl: text,
        sha: text,
      }),
    ],
    diagnosis: hostileDiagnosis(text),
    attempts: [hostileAttempt(text), { ...hostileAttempt(text), number: 2 }],
    pullRequest: { number: 7, url: text, openedAt: NOW },
    previousIncident: text,
    revert: { refused: text },
    ...(status === 'escalated' ? { detail: withEdit(text, 'byHand', text) } : {}),
    ...(status === 'healed' ? { healedBy: [place] } : {}),
    ...(status === 'superseded' ? { by: place } : {}),
  } as Partial<Incident>);
}

function allPages(text: string): readonly (readonly [string, string])[] {
  const common = { now: NOW, formToken: 'token' };
  const incidents = STATUSES.map((status) => hostileIncident(text, status));
  const overview = {
    ...common,
    mode: 'repair' as const,
    pausedSince: NOW,
    pausedByEnvironment: false,
    isNewest: true,
    limits: [{ name: text, used: 1, ceiling: 2 }],
    models: [text],
    watched: [text],
    longOpen: [],
    ignored: [{ deploymentId: text, projectName: text, reason: text, createdAt: NOW, inspectorUrl: text }],
    deadLetters: [{ id: text, incidentId: text, at: NOW, reason: text }],
    actions: [
      { at: NOW, who: text, action: text, incidentId: text },
      { at: NOW, who: text, action: 'pause' },
    ],
  };
  return [
    ['overview', renderHtml(renderOverview({ ...overview, incidents }))],
    ['empty overview', renderHtml(renderOverview({ ...overview, incidents: [] }))],
    ...incidents.map((incident): [string, string] => [
      `incident ${incident.status}`,
      renderHtml(
        renderIncident({
          ...common,
          operation: 'repairing',
          incident,
          history: [{ at: NOW, event: text, text }],
          isMuted: true,
          actions: ['unmute'],
        }),
      ),
    ]),
    [
      'confirmation',
      renderHtml(renderConfirmation({ ...common, action: 'mute', incident: hostileIncident(text, 'proposed') })),
    ],
    [
      'doctor',
      renderHtml(
        renderDoctor({
          ...common,
          findings: [{ id: text, check: text, state: 'fail', detail: text, remedy: text, link: text }],
        }),
      ),
    ],
    ['settings', renderHtml(renderSetupProblems([{ variable: text, problem: text, remedy: text }]))],
    ['sign-in', renderHtml(renderSignIn({ next: text, problem: text }))],
    ['problem', renderHtml(page({ title: text, main: renderSetupProblems([]) }))],
    [
      'trigger',
      renderHtml(
        renderTriggerPage({
          trigger: text,
          startedAt: NOW,
          finishedAt: NOW,
          paused: false,
          mode: 'repair',
          detected: [{ incidentId: text, project: text }],
          ignored: [{ deploymentId: text, project: text, reason: text }],
          steps: [{ incidentId: text, from: text, to: text, note: text }],
          left: 0,
          problems: [text],
        }),
      ),
    ],
  ];
}

/** Names of the elements and attributes in a piece of markup, without those of the two blocks that we wrote ourselves. */
function listMarkup(markup: string): ReadonlySet<string> {
  const own = markup.replace(/<style>.*?<\/style>/gs, '').replace(/<script>.*?<\/script>/gs, '');
  const names = new Set<string>();
  for (const [, close = '', name = '', attributes = ''] of own.matchAll(
    /<(\/?)([^\s>/]+)((?:\s+[^\s=>]+(?:="[^"]*")?)*)\s*\/?>/g,
  )) {
    names.add(close + name);
    for (const [, attribute = ''] of attributes.matchAll(/\s([^\s=]+)(?:="[^"]*")?/g))
      names.add(`${name} ${attribute}`);
  }
  return names;
}

const HARMLESS_PAGES = new Map(allPages('harmless').map(([name, markup]) => [name, listMarkup(markup)]));

describe.each(HOSTILE_STRINGS)('%s', (_, text) => {
  it('show as text on every page', () => {
    for (const [name, markup] of allPages(text)) {
      expect(markup, name).not.toMatch(UNSEEN);
      expect(markup, name).not.toMatch(/(?:href|src|action|content)="\s*(?:javascript|data|vbscript):/i);
      const known = HARMLESS_PAGES.get(name) ?? new Set();
      const added = [...listMarkup(markup)].filter((part) => !known.has(part) && !EXPECTED.has(part));
      expect(added, name).toEqual([]);
    }
  });

  it.each(STATUSES)('show as text in the pull request while it is %s', (status) => {
    const incident = hostileIncident(text, status);
    const attempt = incident.attempts.at(-1) as Attempt;
    const title = buildPullRequestTitle(incident, attempt);
    const body = buildPullRequestBody({ incident, attempt, dashboardUrl: 'https://heal.example.dev' });

    // Both may become a commit message, in which no code fence protects anything.
    for (const raw of [title, body].map((part) => part.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(code)))) {
      expect(raw).not.toMatch(UNSEEN);
      expect(raw).not.toMatch(/@(?=[\p{L}\p{N}_])/u);
      expect(raw).not.toMatch(/#\d|\bGH-\d|\/issues\/\d/i);
      expect(raw).not.toMatch(/^\/(?:approve|merge)/m);
    }
    expect(title).not.toContain('\n');
    expect(parseIncidentMarker(body)).toBe(incident.id);
    expect(body.match(/<!--/g)).toHaveLength(2);
    expectHarmlessMarkdown(body);
  });

  it('show as text in comments and issues', () => {
    for (const status of STATUSES) {
      const incident = hostileIncident(text, status);
      const bodies = [buildComment(incident, { dashboardUrl: 'https://heal.example.dev' })?.body];
      if (incident.status === 'escalated') {
        const issue = buildIssue(incident);
        expect(issue.title).not.toMatch(UNSEEN);
        expect(issue.title).not.toMatch(/@(?=[\p{L}\p{N}_])|#\d|\n/u);
        expect(parseIncidentMarker(issue.body)).toBe(incident.id);
        bodies.push(buildCommitComment(incident).body, issue.body);
      }
      for (const body of bodies) {
        if (body === undefined) continue;
        expect(body).not.toMatch(UNSEEN);
        expectHarmlessMarkdown(body);
      }
    }
  });

  it('show as text in the draft of a revert', () => {
    for (const language of LANGUAGES) {
      const incident = hostileIncident(text, 'escalated');
      const sha = 'a'.repeat(40);
      const draft = buildRevertText({ incident, base: sha, head: sha, paths: [text], language });
      for (const part of [draft.title, draft.body, draft.message]) {
        expect(part).not.toMatch(UNSEEN);
        expect(part).not.toMatch(/@(?=[\p{L}\p{N}_])|#\d/u);
      }
      expect(parseRevertMarker(draft.body)).toBe(incident.id);
      expectHarmlessMarkdown(draft.body);
    }
  });

  it('stay one message in a commit, whose trailers are ours', () => {
    const { patch } = hostileAttempt(text);
    const message = buildCommitMessage({ patch, diagnosis: { summary: text }, incidentId: 'inc_1', attempt: 2 });
    expect(message).not.toMatch(UNSEEN);
    expect(message).not.toMatch(/@(?=[\p{L}\p{N}_])|#\d|\[|^Co-authored-by|skip-checks/imu);
    expect(message.split('\n')).toHaveLength(7);
    expect(parseCommitTrailers(message)).toEqual({ incidentId: 'inc_1', attempt: 2 });
  });

  it('reach no terminal as anything but text', () => {
    const { patch } = hostileAttempt(text);
    const diagnosis = { ...hostileDiagnosis(text), phase: 'build' as const };
    const usage = { calls: 1, inputTokens: 1, outputTokens: 1 };
    const file = { path: text, before: text, content: `${text}!`, mode: '100644' as const };
    const shown = [
      plain(text),
      oneLine(text),
      escapeTerminal(text),
      formatJson({ text }),
      describeDiagnosis({ diagnosis, log: { lines: [], truncated: true } } as never),
      describeOutcome({ outcome: 'patch', patch, files: [file], usage } as never),
      describeOutcome({ outcome: 'low-confidence', reason: text, usage } as never),
    ];
    for (const output of shown) {
      expect(output).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/);
    }
    expect(oneLine(text)).not.toContain('\n');
    expect(escapeTerminal(text)).not.toContain('\n');
  });

  it('ping nobody and link nowhere in a chat', () => {
    for (const status of STATUSES)
      for (const event of ['opened', 'verified', 'healed', 'escalated'] as const) {
        const told = buildNotificationText(hostileIncident(text, status), event);
        expect(told).not.toMatch(UNSEEN);
        expect(told).not.toMatch(/\n|@(?=[\p{L}\p{N}_])|<(?=[!@#\w])|\]\(|:\/\//u);
      }
  });
});

/** Elements whose number or presence follows from what an ordinary text lacks, such as a code span in prose. */
const EXPECTED = new Set([
  'code',
  '/code',
  'span class',
  'span',
  '/span',
  'u',
  '/u',
  'b',
  '/b',
  'mark',
  '/mark',
  'del',
  '/del',
]);

const MARKDOWN_ELEMENTS =
  /^\/?(?:p|strong|em|code|pre|a|ul|ol|li|h3|h4|table|thead|tbody|tr|th|td|hr|sub|br|details|summary)$/;

/** What GitHub would make of it has nothing but our own structure, and leads only where we lead. */
function expectHarmlessMarkdown(markdown: string): void {
  const rendered = renderMarkdown(markdown);
  const visible = rendered.replace(/<!--.*?-->/gs, '');
  for (const [, name = ''] of visible.matchAll(/<(\/?[^\s>]+)/g)) expect(name).toMatch(MARKDOWN_ELEMENTS);
  for (const [, href = ''] of visible.matchAll(/href="([^"]*)"/g))
    expect(href).toMatch(/^https:\/\/(?:heal\.example\.dev|vercel\.example)\//);
  const prose = visible.replace(/<(pre|code)[^>]*>.*?<\/\1>/gs, '').replace(/<[^>]*>/g, '');
  expect(prose).not.toMatch(/@(?=[\p{L}\p{N}_])/u);
  expect(prose).not.toMatch(/#\d|\bGH-\d/i);
  expect(prose).not.toMatch(/:\/\//);
}
