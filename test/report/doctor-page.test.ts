import { describe, expect, it } from 'vitest';
import { describeReport } from '../../cli/doctor-report.js';
import type { DoctorReport, Finding } from '../../lib/flows/doctor.js';
import { renderHtml } from '../../lib/report/html.js';
import { renderDoctor } from '../../lib/report/pages/doctor-page.js';

const finding = (state: Finding['state'], more: Partial<Finding> = {}): Finding => ({
  id: `check:${state}`,
  check: `Check ${state}`,
  state,
  detail: `It is ${state}.`,
  ...more,
});
const ALL = [finding('ok'), finding('warn'), finding('unknown'), finding('fail')];
const show = (findings: readonly Finding[]) => renderHtml(renderDoctor({ formToken: 't', findings }));
const report = (findings: readonly Finding[]): DoctorReport => ({
  ok: !findings.some(({ state }) => state === 'fail'),
  findings,
});
const ESC = String.fromCharCode(27);

/** What a project's name, an answer of a service or a comment may hold. */
const HOSTILE = `<img src=x onerror=alert(1)> ${ESC}[2J\u202Egnp.exe\u202C @everyone`;

describe('the page', () => {
  it('shows what is wrong first', () => {
    const places = ['fail', 'warn', 'unknown', 'ok'].map((state) => show(ALL).indexOf(`It is ${state}.`));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places.every((place) => place > 0)).toBe(true);
  });

  it.each([
    [ALL, '1 thing to mend'],
    [[finding('ok'), finding('warn')], 'Working, with 1 thing to look at'],
    [[finding('ok'), finding('unknown')], 'All is well'],
  ])('sums up', (findings, title) => {
    expect(show(findings)).toContain(title);
  });

  it('shows what comes from outside as text, and links only what is an address', () => {
    const page = show([
      finding('fail', { detail: HOSTILE, remedy: HOSTILE, link: 'javascript:alert(1)' }),
      finding('warn', { link: 'https://example.dev/a?b=1&c=2' }),
    ]);
    expect(page).not.toMatch(/<img|javascript:|\u202E/);
    expect(page).not.toContain(ESC);
    expect(page).toContain('href="https://example.dev/a?b=1&#38;c=2"');
  });
});

describe('in the terminal', () => {
  it('shows what is wrong last, where the eye is, with what to do', () => {
    const text = describeReport(
      report([finding('fail', { remedy: 'Mend it.', link: 'https://example.dev' }), finding('ok')]),
    );
    expect(text.indexOf('It is ok.')).toBeLessThan(text.indexOf('It is fail.'));
    expect(text).toMatch(/-> Mend it\.\n +https:\/\/example\.dev/);
    expect(text).toMatch(/Something is to be mended: 1 fine, 0 not known, 0 to look at, 1 to mend\.\n$/);
  });

  it('moves no cursor and turns no text around', () => {
    const text = describeReport(report([finding('warn', { detail: HOSTILE, remedy: HOSTILE })]));
    expect(text).not.toContain(ESC);
    expect(text).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
    expect(text).toContain('@everyone');
  });
});
