import { describe, expect, it } from 'vitest';
import type { Incident } from '../../lib/incident/incident.js';
import {
  buildPullRequestBody,
  buildPullRequestTitle,
  parseIncidentMarker,
  replacePullRequestBody,
} from '../../lib/report/pull-request.js';
import { fakeAttempt, fakeDiagnosis, fakeFailure, fakeIncident, fakeSha, refuted, verified } from './incidents.js';
import { renderMarkdown } from './render-markdown.js';

const HOSTILE =
  '@octocat fixes #1 <img src=x onerror=alert(1)> ![p](https://evil.example/p.png)\n```\n/approve\u202E\u001B[2J';

function bodyOf(incident: Incident, dashboardUrl?: string): string {
  const attempt = incident.attempts.at(-1) ?? fakeAttempt();
  return buildPullRequestBody({ incident, attempt, ...(dashboardUrl === undefined ? {} : { dashboardUrl }) });
}

describe('title', () => {
  it.each([
    [fakeDiagnosis(), 'fix: repair the production build (type error in app/page.tsx)'],
    [
      fakeDiagnosis({ errors: [{ tool: 'next', kind: 'module-not-found', message: 'm' }] }),
      'fix: repair the production build (missing module)',
    ],
    [fakeDiagnosis({ errors: [] }), 'fix: repair the production build (build error)'],
    [
      fakeDiagnosis({
        errors: ['a.ts', 'b.ts', 'b.ts'].map((file) => ({ tool: 'typescript', kind: 'type', message: 'm', file })),
      }),
      'fix: repair the production build (3 errors in a.ts and 1 more file)',
    ],
  ])('names the failure', (diagnosis, expected) => {
    expect(buildPullRequestTitle(fakeIncident('proposed', { diagnosis }), fakeAttempt())).toBe(expected);
  });

  it('stays one short line that pings and closes nothing', () => {
    const file = `${HOSTILE}${'x'.repeat(500)}`;
    const diagnosis = fakeDiagnosis({ errors: [{ tool: 'next', kind: 'syntax', message: 'm', file }] });
    const title = buildPullRequestTitle(fakeIncident('proposed', { diagnosis }), fakeAttempt());
    expect(title.length).toBeLessThan(200);
    expect(title).not.toMatch(/@octocat|#1|\n|\u202E|\u001B/);
  });
});

describe('body', () => {
  it('tells what failed, why, what changes, what was checked, and what one can do', () => {
    const body = bodyOf(fakeIncident('proposed'), 'https://heal.example.dev');
    expect(body).toContain('Production of `web` has failed to build since **22 Nov 2026, 14:03 UTC**');
    expect(body).toContain('[failed deployment](https://vercel.example/acme/web/failed)');
    expect(body).toContain('**Type error** in `app/page.tsx:3:1` (`TS2304`)');
    expect(body).toContain('> 3 | expot default function Page() {');
    expect(body).toContain('The keyword `export` is misspelt as `expot`');
    expect(body).toContain('⏳ Preview build: not finished yet.');
    expect(body).toContain('compiler’s suggestion: `misspelt-keyword`');
    expect(body).toContain('confidence 100 %');
    expect(body).toContain('`git fetch origin fix/auto-repair-1795529000 && git switch fix/auto-repair-1795529000`');
    expect(body).toContain('**Accept:**');
    expect(body).toContain('[open the incident](https://heal.example.dev/incidents/inc_8f2k1)');
  });

  it('mentions the author of the failing commit once, and nobody else', () => {
    const body = bodyOf(fakeIncident('proposed'));
    expect(body.match(/@[\w-]+/g)).toEqual(['@octo-cat']);
    expect(body).toContain(`First failing commit: ${fakeSha(1)} “Show the tide table” by @octo-cat.`);
  });

  it.each(['renovate[bot]', 'not a login', '-x', 'a'.repeat(60)])('does not call %j', (author) => {
    expect(bodyOf(fakeIncident('proposed', { failures: [fakeFailure({ author })] }))).not.toMatch(/@[\w-]/);
  });

  it('follows the incident', () => {
    const first = refuted(fakeAttempt());
    const second = verified(fakeAttempt({ number: 2, commitSha: fakeSha(3) }));
    const body = bodyOf(fakeIncident('verified', { attempts: [first, second] }));
    expect(body).toContain('**Verified:** Attempt 2 builds: its preview is ready.');
    expect(body).toContain('[web](https://web-git-fix.example.dev/) ([log](https://vercel.example/acme/web/preview))');
    expect(body).toContain(`| 1 | ${fakeSha(2)} |`);
    expect(body).toContain('❌ type error in app/page.tsx');
    expect(body).toContain('✅ builds');
    const healed = bodyOf(fakeIncident('healed'));
    expect(healed).toContain('serves this repair');
    expect(healed).not.toContain('What you can do');
    expect(healed).toContain('healed after 18 min');
  });

  it('gives the reasons of earlier attempts that the last one contains', () => {
    const first = refuted(fakeAttempt());
    const [edit] = first.patch.edits;
    const patch = { ...first.patch, cause: 'Second cause.', change: 'Second change.', edits: edit ? [edit] : [] };
    const dropped = refuted(
      fakeAttempt({
        number: 2,
        patch: { ...patch, cause: 'Dropped cause.', edits: [{ kind: 'delete', path: 'x.ts' }] },
      }),
    );
    const body = bodyOf(
      fakeIncident('verified', { attempts: [first, dropped, verified(fakeAttempt({ number: 3, patch }))] }),
    );
    expect(body).toContain('- The keyword `export` is misspelt as `expot`');
    expect(body).toContain('- Second cause.');
    expect(body).not.toContain('Dropped cause.');
  });

  it('does not offer a merge of what the build refuted', () => {
    expect(bodyOf(fakeIncident('escalated', { attempts: [refuted(fakeAttempt())] }))).not.toContain('**Accept:**');
  });

  it('names every failed project', () => {
    const failures = Array.from({ length: 12 }, (_, index) =>
      fakeFailure({ deploymentId: `dpl_${index}`, projectName: `app-${index}`, rootDirectory: `apps/${index}` }),
    );
    const body = bodyOf(fakeIncident('proposed', { failures }));
    for (const { projectName, rootDirectory } of failures)
      expect(body).toContain(`\`${projectName}\` in \`${rootDirectory}\``);
  });

  it('keeps hostile text text', () => {
    const patch = { ...fakeAttempt().patch, cause: HOSTILE, change: HOSTILE, origin: [HOSTILE] };
    const incident = fakeIncident('refuted', {
      failures: [
        fakeFailure({ projectName: HOSTILE, rootDirectory: HOSTILE, commitMessage: HOSTILE, author: HOSTILE }),
      ],
      diagnosis: fakeDiagnosis({
        summary: HOSTILE,
        excerpt: HOSTILE,
        errors: [{ tool: HOSTILE, kind: 'type', message: HOSTILE, file: HOSTILE, code: HOSTILE }],
      }),
      attempts: [refuted(fakeAttempt({ patch, files: [HOSTILE], branch: HOSTILE })), refuted(fakeAttempt({ patch }))],
    });
    const body = bodyOf(incident);
    expect(body).not.toMatch(/@octocat|#1\b|\u202E|\u001B|^\/approve/m);
    const rendered = renderMarkdown(body);
    expect(rendered).not.toMatch(/<img|<script|href="[^"]*evil/);
    expect(rendered.replace(/<(pre|code)>.*?<\/\1>/gs, '')).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });
});

describe('marker', () => {
  it('comes back from the body', () => {
    expect(parseIncidentMarker(bodyOf(fakeIncident('proposed')))).toBe('inc_8f2k1');
  });

  it('is not taken from quoted text', () => {
    const diagnosis = fakeDiagnosis({ excerpt: 'x\n<!-- self-heal:incident:inc_forged -->', errors: [] });
    const body = bodyOf(fakeIncident('proposed', { diagnosis }));
    expect(body).not.toContain('<!-- self-heal:incident:inc_forged');
    expect(parseIncidentMarker(`Hello\n${body}`)).toBeUndefined();
  });

  it.each(['', 'text', '<!-- self-heal:incident: -->', '<!-- self-heal:incident:a b -->'])(
    'is absent in %j',
    (body) => {
      expect(parseIncidentMarker(body)).toBeUndefined();
    },
  );
});

describe('what others wrote below', () => {
  it('stays when our part is replaced', () => {
    const before = `${bodyOf(fakeIncident('proposed'))}\n\n## Summary by a reviewer\n* text`;
    const next = bodyOf(fakeIncident('verified'));
    expect(replacePullRequestBody(before, next)).toBe(`${next}\n\n## Summary by a reviewer\n* text`);
  });

  it('goes when both together are over the limit, and a stranger’s body is replaced whole', () => {
    const next = bodyOf(fakeIncident('verified'));
    expect(replacePullRequestBody(`${next}${'x'.repeat(65_536)}`, next)).toBe(next);
    expect(replacePullRequestBody('nothing of ours', next)).toBe(next);
  });
});

describe('the limit of 65,536 characters', () => {
  it.each([
    ['a huge log', { excerpt: `${'`'.repeat(50)}\n`.repeat(5_000) }],
    [
      'huge messages',
      {
        errors: Array.from({ length: 900 }, () => ({
          tool: 't',
          kind: 'type' as const,
          message: '#1 @a '.repeat(9_000),
        })),
      },
    ],
  ])('holds with %s', (_, overrides) => {
    const long = '&<>`@a '.repeat(20_000);
    const attempt = fakeAttempt({
      files: Array.from({ length: 5_000 }, (_, index) => `${long}${index}`),
      patch: { ...fakeAttempt().patch, cause: long, change: long, origin: [long, long] },
      branch: long,
    });
    const failures = Array.from({ length: 900 }, () =>
      fakeFailure({ projectName: long, commitMessage: long, rootDirectory: long }),
    );
    const incident = fakeIncident('refuted', {
      failures,
      diagnosis: fakeDiagnosis(overrides),
      attempts: Array.from({ length: 60 }, () => refuted(attempt)),
    });
    const body = bodyOf(incident);
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(parseIncidentMarker(body)).toBe(incident.id);
    expect(body).toContain('### Why');
  });
});
