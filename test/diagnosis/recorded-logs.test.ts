import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readLogText } from '../../lib/diagnosis/build-log.js';
import { diagnose } from '../../lib/diagnosis/diagnose.js';
import type { DeploymentFacts } from '../../lib/diagnosis/diagnosis.js';

interface Expectation {
  readonly source: 'made' | 'assembled';
  readonly class: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly symbol?: string;
  readonly specifier?: string;
  readonly route?: string;
  readonly deployment?: DeploymentFacts;
}

const folder = new URL('../fixtures/logs/', import.meta.url);
const expectations: Readonly<Record<string, Expectation>> = JSON.parse(
  readFileSync(new URL('expectations.json', folder), 'utf8'),
);

describe('recorded logs', () => {
  it('has an expectation for every log', () => {
    expect(
      readdirSync(folder)
        .filter((name) => name.endsWith('.log'))
        .sort(),
    ).toEqual(Object.keys(expectations).sort());
  });

  it.each(['environment', 'infrastructure', 'transient', 'dependency', 'config', 'code'])(
    'holds at least 20 of %s',
    (name) => {
      expect(Object.values(expectations).filter((expected) => expected.class === name).length).toBeGreaterThanOrEqual(
        20,
      );
    },
  );

  it.each(Object.entries(expectations))('%s', (name, expected) => {
    const { source: _, class: failureClass, deployment, ...place } = expected;
    const diagnosis = diagnose({
      log: readLogText(readFileSync(new URL(name, folder), 'utf8')),
      ...(deployment === undefined ? {} : { deployment }),
    });
    expect(diagnosis.class).toBe(failureClass);
    if (Object.keys(place).length > 0) expect(diagnosis.errors[0]).toMatchObject(place);
  });
});
