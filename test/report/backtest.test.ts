import { describe, expect, it } from 'vitest';
import type { BacktestCase } from '../../lib/flows/backtest.js';
import { sumBacktest } from '../../lib/report/backtest-figures.js';
import { renderHtml } from '../../lib/report/html.js';
import { renderBacktest } from '../../lib/report/pages/backtest-page.js';
import { fakeDiagnosis } from './incidents.js';

const NOW = Date.UTC(2026, 10, 22);
const DAY = 24 * 60 * 60 * 1000;

function caseOf(change: Partial<BacktestCase>): BacktestCase {
  return {
    deploymentId: 'dpl_1',
    createdAt: NOW,
    outcome: 'proposed',
    reason: '',
    files: ['a.ts'],
    usage: { calls: 1, inputTokens: 100, outputTokens: 10 },
    dollars: 0.01,
    tookMs: 1000,
    diagnosis: fakeDiagnosis(),
    ...change,
  };
}

const people = (...common: string[]) => ({ sha: 'c'.repeat(40), afterMs: DAY, files: ['a.ts', 'z.ts'], common });

describe('the figures of a backtest', () => {
  it('compare each repair with what people changed, and count nothing twice', () => {
    const figures = sumBacktest([
      caseOf({ people: people('a.ts') }),
      caseOf({ files: ['a.ts', 'b.ts'], people: people('a.ts'), tookMs: 3000 }),
      caseOf({ files: ['b.ts'], people: people() }),
      caseOf({ outcome: 'same-as-before', files: [] }),
      caseOf({ outcome: 'left-alone', files: [] }),
      caseOf({ outcome: 'nothing-found', files: [] }),
    ]);

    expect(figures).toMatchObject({
      failures: 6,
      incidents: 4,
      agreement: { compared: 3, all: 1, some: 1, none: 1 },
      calls: 6,
      tokens: 660,
      medianMs: 1000,
      medianPeopleMs: DAY,
    });
    expect(figures.dollars).toBeCloseTo(0.06);
    expect(figures.classes).toEqual([{ class: 'code', total: 4, proposed: 3, handedOver: 0, nothing: 1 }]);
  });

  it('say no sum of money where one price is not known', () => {
    expect(sumBacktest([caseOf({}), caseOf({ dollars: undefined })]).dollars).toBeUndefined();
  });
});

describe('the report of a backtest', () => {
  const render = (cases: readonly BacktestCase[], failures = cases.length) =>
    renderHtml(renderBacktest({ project: 'p', repository: 'o/p', repairers: 'r', at: NOW, failures, cases }));

  it('shows strangers’ text as text', () => {
    const hostile = '<img src=x onerror=alert(1)>\u202E';
    const text = render([caseOf({ commitMessage: hostile, reason: hostile, inspectorUrl: 'javascript:alert(1)' })]);

    expect(text).not.toContain('<img');
    expect(text).not.toContain('\u202E');
    expect(text).not.toContain('javascript:');
  });

  it('names each day once, and says when it was stopped', () => {
    const text = render([caseOf({}), caseOf({ createdAt: NOW + 1000 })], 9);
    const days = [...text.matchAll(/y="97%">([^<]+)</g)].map((match) => match[1]);

    expect(new Set(days).size).toBe(days.length);
    expect(text).toContain('stopped: 9 were to be looked at');
  });

  it('is a page where there is nothing to show', () => {
    expect(render([])).toContain('0 failed production deployments');
  });
});
