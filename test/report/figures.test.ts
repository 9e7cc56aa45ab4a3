import { describe, expect, it } from 'vitest';
import { marksError } from '../../lib/report/failure-text.js';
import {
  countByClass,
  estimateIncidentCost,
  failedAt,
  listBroken,
  listHealed,
  listProjectFigures,
  medianOf,
  sumSpending,
} from '../../lib/report/figures.js';
import { renderHtml } from '../../lib/report/html.js';
import { renderTimeToHeal } from '../../lib/report/pages/time-to-heal-chart.js';
import { renderTimeline } from '../../lib/report/pages/timeline.js';
import { estimateCost, formatDollars } from '../../lib/report/price.js';
import { describeStatus } from '../../lib/report/status-text.js';
import { formatDay, formatDuration, formatIsoTime, formatTime } from '../../lib/report/time-text.js';
import { fakeAttempt, fakeDiagnosis, fakeFailure, fakeIncident, NOW, refuted, verified } from './incidents.js';

describe('what is broken', () => {
  it('is everything open and everything handed over, the longest first', () => {
    const incidents = (['proposed', 'escalated', 'healed', 'superseded', 'joined'] as const).map((status, index) =>
      fakeIncident(status, {
        id: status,
        failures: [fakeFailure({ projectId: status, createdAt: NOW - index * 60_000 })],
        openedAt: NOW,
      }),
    );
    expect(listBroken(incidents).map((incident) => incident.id)).toEqual(['escalated', 'proposed']);
  });

  it('is over for a handed-over incident once its project was healed later', () => {
    const escalated = fakeIncident('escalated');
    const later = fakeIncident('healed', { failures: [fakeFailure({ createdAt: failedAt(escalated) + 60_000 })] });
    const elsewhere = fakeIncident('healed', { failures: [fakeFailure({ projectId: 'prj_other' })] });
    expect(listBroken([escalated, elsewhere])).toEqual([escalated]);
    expect(listBroken([escalated, later])).toEqual([]);
    expect(listBroken([fakeIncident('proposed'), later])).toHaveLength(1);
  });
});

describe('figures', () => {
  const incidents = [
    fakeIncident('healed'),
    fakeIncident('escalated', { diagnosis: fakeDiagnosis({ class: 'environment' }) }),
    fakeIncident('proposed', { usage: { calls: 2, inputTokens: 1_000_000, outputTokens: 100_000 } }),
    fakeIncident('superseded'),
    fakeIncident('detected', { diagnosis: undefined } as never),
  ];

  it('count outcomes by class', () => {
    expect(countByClass(incidents)).toEqual([
      { class: 'code', total: 2, healed: 1, open: 1, handedOver: 0 },
      { class: 'environment', total: 1, healed: 0, open: 0, handedOver: 1 },
      { class: 'undiagnosed', total: 1, healed: 0, open: 1, handedOver: 0 },
    ]);
  });

  it('take the time to heal from the failed deployment on', () => {
    const [point] = listHealed(incidents);
    expect(point?.took).toBe((point?.healedAt ?? 0) - Date.UTC(2026, 10, 22, 14, 3));
  });

  it('sum what was spent, at list price', () => {
    expect(sumSpending(incidents)).toEqual({ attempts: 5, calls: 2, tokens: 1_100_000, dollars: 1.125 });
    expect(estimateIncidentCost(fakeIncident('healed'))).toBe(0);
  });

  it('name the projects with what is failing in each', () => {
    expect(listProjectFigures(incidents)).toMatchObject([
      { name: 'web', repository: 'acme/web', incidents: 5, healed: 1, brokenSince: Date.UTC(2026, 10, 22, 14, 3) },
    ]);
  });

  it.each([
    [[], 0],
    [[3], 3],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2.5],
  ])('median of %j is %d', (values, expected) => {
    expect(medianOf(values)).toBe(expected);
  });
});

describe('prices', () => {
  it('are known for known models only', () => {
    const usage = { calls: 1, inputTokens: 10_000, outputTokens: 1_000 };
    expect(estimateCost(usage, 'gemini-3.8-flash')).toBeCloseTo(0.01125);
    expect(estimateCost(usage, 'another')).toBeUndefined();
    expect(estimateCost({ calls: 0, inputTokens: 0, outputTokens: 0 }, 'another')).toBe(0);
  });

  it.each([
    [0, '$0'],
    [0.00001, 'under $0.0001'],
    [0.01126, '$0.0113'],
    [4.2, '$4.20'],
  ])('%d reads %s', (dollars, expected) => {
    expect(formatDollars(dollars)).toBe(expected);
  });
});

describe('times', () => {
  it.each([
    [0, '0 s'],
    [-5, '0 s'],
    [Number.NaN, '0 s'],
    [59_400, '59 s'],
    [59_600, '1 min'],
    [192_000, '3 min 12 s'],
    [7_500_000, '2 h 5 min'],
    [86_400_000, '1 d'],
    [273_600_000, '3 d 4 h'],
  ])('%d ms reads %s', (milliseconds, expected) => {
    expect(formatDuration(milliseconds)).toBe(expected);
  });

  it('are the same everywhere and never throw', () => {
    expect(formatTime(NOW)).toBe('22 Nov 2026, 15:00 UTC');
    expect(formatDay(NOW)).toBe('22 Nov');
    for (const odd of [Number.NaN, Number.POSITIVE_INFINITY, 1e300])
      expect([formatTime(odd), formatIsoTime(odd)]).toEqual(['1 Jan 1970, 00:00 UTC', '1970-01-01T00:00:00.000Z']);
  });
});

describe('the chart', () => {
  const point = (day: number, took: number) => ({
    incidentId: `inc_${day}`,
    label: `web <${day}>`,
    healedAt: NOW - day * 86_400_000,
    took,
  });

  it('says so when there is nothing', () => {
    expect(renderHtml(renderTimeToHeal([]))).toContain('Nothing has been healed yet.');
  });

  it.each([
    ['one point', [point(0, 60_000)]],
    ['the same point twice', [point(0, 0), point(0, 0)]],
    ['from seconds to months', [point(0, 1), point(400, 90 * 86_400_000)]],
    ['many', Array.from({ length: 100 }, (_, index) => point(index, index * 60_000))],
  ])('keeps %s inside its box and escapes their names', (_, points) => {
    const markup = renderHtml(renderTimeToHeal(points));
    const positions = [...markup.matchAll(/ c([xy])="([^"]*)%"/g)];
    expect(positions).toHaveLength(points.length * 2);
    for (const [, , position] of positions) {
      expect(Number(position)).toBeGreaterThanOrEqual(0);
      expect(Number(position)).toBeLessThanOrEqual(100);
    }
    expect(markup).toContain(`Time to heal of ${points.length} incidents`);
    expect(markup).not.toContain('web <');
    expect(markup.match(/<tr>/g)?.length).toBe(Math.min(points.length, 30) + 1);
    const days = [...markup.matchAll(/<text class="axis" [^>]*>([^<]*)/g)].map(([, day]) => day);
    expect(days).toEqual([...new Set(days)]);
    expect(days.length).toBeGreaterThan(0);
  });
});

describe('the timeline', () => {
  const stagesOf = (incident: Parameters<typeof renderTimeline>[0]): readonly string[] =>
    [...renderHtml(renderTimeline(incident)).matchAll(/<li class="([^"]*)"[^>]*><span class="stage">([^<]*)/g)].map(
      ([, state, label]) => `${label} (${state})`,
    );

  it('names what was done, what is, and what lies ahead', () => {
    expect(stagesOf(fakeIncident('detected', { attempts: [], reachedAt: { detected: NOW } }))).toEqual([
      'Failed (done setback)',
      'Detected (last bad)',
      'Proposed (ahead)',
      'Verified (ahead)',
      'Merged (ahead)',
      'Healed (ahead)',
    ]);
  });

  it('has each attempt with its verdict', () => {
    const second = verified(fakeAttempt({ number: 2, committedAt: Date.UTC(2026, 10, 22, 14, 8) }));
    const stages = stagesOf(fakeIncident('verified', { attempts: [refuted(fakeAttempt()), second] }));
    expect(stages.slice(-6)).toEqual([
      'Proposed (done)',
      'Refuted (done setback)',
      'Attempt 2 (done)',
      'Verified (last good)',
      'Merged (ahead)',
      'Healed (ahead)',
    ]);
  });

  it('has nothing ahead once it ended', () => {
    for (const status of ['healed', 'escalated', 'superseded', 'rejected', 'joined', 'taken-over'] as const)
      expect(stagesOf(fakeIncident(status)).join()).not.toContain('ahead');
  });
});

describe('a state in words', () => {
  it.each([
    'detected',
    'diagnosed',
    'redeployed',
    'proposed',
    'refuted',
    'verified',
    'merged',
    'taken-over',
    'healed',
    'joined',
    'rejected',
    'superseded',
    'escalated',
  ] as const)('%s', (status) => {
    const { label, sentence, next } = describeStatus(fakeIncident(status));
    expect(label).toMatch(/^[A-Z]/);
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    if (next !== undefined) expect(next).toMatch(/^[A-Z].*\.$/);
  });
});

describe('a line of the log', () => {
  const errors = fakeDiagnosis().errors;
  it.each([
    ['> 3 | expot default function Page() {', true],
    ['    | ^', true],
    ['Type error: Cannot find name `expot`. Did you mean `export`?', true],
    ['./app/page.tsx:3:1', true],
    ['Failed to compile.', true],
    ['  4 |   return <main />;', false],
    ['Creating an optimized production build ...', false],
    ['', false],
    [' '.repeat(100_000), false],
  ])('%j is marked: %j', (line, expected) => {
    expect(marksError(line, errors)).toBe(expected);
  });
});
