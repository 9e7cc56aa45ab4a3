import { describe, expect, it } from 'vitest';
import { ESCALATION_REASONS, type Incident } from '../../lib/incident/incident.js';
import { buildComment, buildCommitComment, buildIssue } from '../../lib/report/comments.js';
import { explainEscalation } from '../../lib/report/escalation-text.js';
import { withEdit } from '../../lib/report/handed-edit.js';
import { fakeAttempt, fakeDiagnosis, fakeFailure, fakeIncident, refuted } from './incidents.js';
import { renderMarkdown } from './render-markdown.js';

type Escalated = Extract<Incident, { status: 'escalated' }>;

describe('a comment', () => {
  it.each(['detected', 'diagnosed', 'proposed', 'merged', 'rejected', 'taken-over', 'joined', 'redeployed'] as const)(
    'is not written for %s',
    (status) => {
      expect(buildComment(fakeIncident(status))).toBeUndefined();
    },
  );

  it('tells a refutation with its log', () => {
    const comment = buildComment(fakeIncident('refuted'));
    expect(comment?.topic).toBe('refuted-1-preview');
    expect(comment?.body).toContain('**Attempt 1 did not hold:**');
    expect(comment?.body).toContain('[preview build](https://vercel.example/acme/web/preview)');
    expect(comment?.body).toContain('> 3 | expot default function Page() {');
  });

  it('tells a verification with its preview', () => {
    const comment = buildComment(fakeIncident('verified'));
    expect(comment?.topic).toBe('verified-1');
    expect(comment?.body).toContain('The preview of [web](https://web-git-fix.example.dev/) is ready.');
  });

  it('tells the healing with the time of each stage', () => {
    const comment = buildComment(fakeIncident('healed'));
    expect(comment?.topic).toBe('healed');
    expect(comment?.body).toContain('18 min after the first failed deployment');
    expect(comment?.body).toContain(
      '(detected after 1 min, proposed after 8 s, verified after 4 min 52 s, merged after 10 min, in production after 2 min)',
    );
  });

  it('tells a supersession', () => {
    expect(buildComment(fakeIncident('superseded'))?.body).toContain('A later commit repaired production');
  });

  it('has a topic of its own for each further attempt', () => {
    const topics = [1, 2, 3].map((number) => {
      const attempts = [refuted(fakeAttempt({ number }))];
      return buildComment(fakeIncident('refuted', { attempts }))?.topic;
    });
    expect(new Set(topics).size).toBe(3);
  });
});

describe('an escalation', () => {
  it('carries the diagnosis, the attempts and the exact edit', () => {
    const attempts = [refuted(fakeAttempt())];
    const body = buildComment(fakeIncident('escalated', { attempts }), {
      dashboardUrl: 'https://heal.example.dev',
    })?.body;
    expect(body).toContain('### All attempts were used');
    expect(body).toContain('type error in `app/page.tsx:3:1`');
    expect(body).toContain('1. Writes `export`, as the compiler suggests. (failed: type error in app/page.tsx)');
    expect(body).toContain('```diff\n-expot default function Page() {\n+export default function Page() {\n```');
    expect(body).toContain('[Open the incident](https://heal.example.dev/incidents/inc_8f2k1)');
  });

  it('shows an edit that only a person may make line by line', () => {
    const detail = withEdit('package-script: package.json: It runs.', 'byHand', 'package.json\n-  "a@1"\n+  "@b/a@1"');
    const body = buildComment({ ...fakeIncident('escalated'), detail } as Escalated, {})?.body;
    expect(body).toContain('The edit to make by hand:\n\n```text\n  package.json\n  -  "a@1"\n  +  "@b/a@1"\n```');
  });

  it('names what a person has to do where no patch helps', () => {
    const diagnosis = fakeDiagnosis({
      class: 'environment',
      repairable: false,
      remedy: 'Set `NEXT_PUBLIC_API_URL` for Production in the project’s settings.',
    });
    const incident = fakeIncident('escalated', { diagnosis, attempts: [] }) as Escalated;
    const comment = buildCommitComment({ ...incident, reason: 'not-repairable', detail: '' });
    expect(comment.topic).toBe('escalated-inc_8f2k1-not-repairable');
    expect(comment.body).toContain('This commit does not build in production: `web`');
    expect(comment.body).toContain('Set `NEXT_PUBLIC_API_URL` for Production');
    expect(comment.body).not.toContain('What was tried');
  });

  it.each(ESCALATION_REASONS)('explains %s', (reason) => {
    const { title, remedy } = explainEscalation(reason);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(remedy).toMatch(/^[A-Z].*\.$/);
  });

  it('explains a reason that a newer version wrote', () => {
    expect(explainEscalation('something-new' as never).title).toBe('Stopped: something-new');
  });

  it('can be an issue', () => {
    const issue = buildIssue(fakeIncident('escalated') as Escalated);
    expect(issue.title).toBe('The production build fails: type error in app/page.tsx');
    expect(issue.body.startsWith('<!-- self-heal:incident:inc_8f2k1 -->')).toBe(true);
  });
});

describe('hostile text', () => {
  const hostile = '@octocat fixes #1 <script>x</script> [a](https://evil.example)\n```\n/approve\n\u001B[2J\u202E';
  const patch = {
    ...fakeAttempt().patch,
    change: hostile,
    edits: [{ kind: 'create' as const, path: hostile, content: hostile }],
  };
  const attempts = [refuted(fakeAttempt({ patch }))];
  const diagnosis = fakeDiagnosis({
    remedy: hostile,
    excerpt: hostile,
    summary: hostile,
    errors: [{ tool: 'next', kind: 'type', message: hostile, file: hostile }],
  });
  const incident = fakeIncident('escalated', {
    attempts,
    diagnosis,
    failures: [fakeFailure({ projectName: hostile, inspectorUrl: 'javascript:alert(1)' })],
  }) as Escalated;

  it.each([
    ['comment', buildComment({ ...incident, detail: hostile })?.body ?? ''],
    ['comment, in an edit', buildComment({ ...incident, detail: withEdit('a', 'refused', hostile) })?.body ?? ''],
    ['commit comment', buildCommitComment({ ...incident, detail: hostile }).body],
    ['issue', buildIssue({ ...incident, detail: hostile }).body],
  ])('stays text in a %s', (_, body) => {
    const rendered = renderMarkdown(body);
    expect(rendered).toContain('fixes');
    expect(rendered).not.toMatch(/<script|<img|href="(?!https:\/\/(vercel|web-git-fix)\.)/);
    expect(rendered.replace(/<(pre|code)\b.*?<\/\1>/gs, '')).not.toMatch(/@octocat|#1\b/);
    expect(body).not.toMatch(/\u001B|\u202E|^\/approve/m);
  });

  it('never grows over what GitHub takes', () => {
    const long = '<&@a `#1'.repeat(20_000);
    const huge = fakeIncident('escalated', {
      attempts: Array.from({ length: 50 }, () =>
        refuted(
          fakeAttempt({
            patch: { ...patch, change: long, edits: patch.edits.map((edit) => ({ ...edit, path: long })) },
          }),
        ),
      ),
      diagnosis: fakeDiagnosis({
        remedy: long,
        excerpt: long,
        errors: Array.from({ length: 99 }, () => ({ tool: 't', kind: 'type' as const, message: long, file: long })),
      }),
      failures: Array.from({ length: 99 }, () => fakeFailure({ projectName: long })),
    }) as Escalated;
    expect(buildCommitComment({ ...huge, detail: long }).body.length).toBeLessThan(65_000);
  });
});
