import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../lib/report/html.js';
import { renderTriggerPage, type SweepSummary } from '../../lib/report/trigger-page.js';
import { NOW } from './incidents.js';

function render(overrides: Partial<SweepSummary>): string {
  return renderHtml(
    renderTriggerPage({
      trigger: 'trigger',
      startedAt: NOW,
      finishedAt: NOW + 2_300,
      paused: false,
      mode: 'repair',
      detected: [],
      ignored: [],
      steps: [],
      left: 0,
      problems: [],
      ...overrides,
    }),
  );
}

describe('the trigger page', () => {
  it('says that all is well', () => {
    const text = render({});
    expect(text).toContain('All is well: nothing new failed, nothing is due');
    expect(text).toContain('Started 22 Nov 2026, 15:00 UTC, took 2 s.');
  });

  it('tells what was found, done, left alone and left over', () => {
    const text = render({
      detected: [{ incidentId: 'inc_1', project: 'web' }],
      steps: [{ incidentId: 'inc_1', from: 'detected', to: 'diagnosed', note: 'A type error.' }],
      ignored: [{ deploymentId: 'dpl_2', project: 'docs', reason: 'fork' }],
      left: 3,
    });
    expect(text).toContain('1 new incident, 1 step taken');
    expect(text).toContain('href="/incidents/inc_1"');
    expect(text).toContain('detected → diagnosed');
    expect(text).toContain('fork');
    expect(text).toContain('3 incidents left for the next sweep.');
  });

  it.each([
    [{ paused: true }, 'Paused: nothing was looked at'],
    [{ mode: 'observe' }, 'Observing only'],
    [{ problems: ['Vercel did not answer.'] }, 'The sweep could not finish'],
  ])('says so with %j', (overrides, expected) => {
    expect(render(overrides)).toContain(expected);
  });

  it('stays small and shows strangers’ text as text', () => {
    const hostile = '<script>alert(1)</script>';
    const text = render({
      steps: Array.from({ length: 5_000 }, () => ({ incidentId: hostile, from: 'a', to: 'b', note: hostile })),
      problems: Array.from({ length: 5_000 }, () => hostile),
      ignored: Array.from({ length: 5_000 }, () => ({ deploymentId: hostile, project: hostile, reason: hostile })),
    });
    expect(text).not.toContain('<script>alert');
    expect(Buffer.byteLength(text)).toBeLessThan(100_000);
    expect(text).toContain('the first 100 of 5000');
  });
});
