import { expect, test } from 'vitest';
import { createLogger, type LogLevel } from '../../lib/adapters/logger.js';
import { AdapterError } from '../../lib/errors.js';

function record(level: LogLevel = 'debug', redact = (text: string) => text.replaceAll('s3cret', '[redacted]')) {
  const lines: string[] = [];
  const logger = createLogger({ level, redact, now: () => 0, write: (line) => void lines.push(line) });
  return { logger, read: () => lines.map((line) => JSON.parse(line)), lines };
}

test('one line of JSON with time, level, message and facts', () => {
  const { logger, lines } = record();

  logger.info('sweep completed', { found: 3, project: 'bakery', first: undefined });

  expect(lines).toEqual([
    '{"time":"1970-01-01T00:00:00.000Z","level":"info","message":"sweep completed","found":3,"project":"bakery"}\n',
  ]);
});

test.each<[LogLevel, string[]]>([
  ['debug', ['debug', 'info', 'warn', 'error']],
  ['info', ['info', 'warn', 'error']],
  ['warn', ['warn', 'error']],
  ['error', ['error']],
])('at level %s', (level, expected) => {
  const { logger, read } = record(level);

  for (const each of ['debug', 'info', 'warn', 'error'] as const) logger[each]('m');

  expect(read().map((line) => line.level)).toEqual(expected);
});

test('a child adds its facts to every line, and the line’s own count', () => {
  const { logger, read } = record();

  logger.child({ incident: 'i1', step: 'repair' }).child({ deployment: 'dpl_1' }).warn('slow', { step: 'verify' });

  expect(read()).toMatchObject([{ incident: 'i1', deployment: 'dpl_1', step: 'verify', message: 'slow' }]);
});

test('facts cannot stand in for the message, the level and the time', () => {
  const { logger, read } = record();

  logger.error('real', { message: 'forged', level: 'debug', time: 'never' });

  expect(read()).toEqual([{ message: 'real', level: 'error', time: '1970-01-01T00:00:00.000Z' }]);
});

test('any number of facts leaves the message in', () => {
  const { logger, read } = record();

  logger.info('still here', Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`fact${index}`, index])));

  expect(read()).toMatchObject([{ message: 'still here', level: 'info', fact0: 0 }]);
});

test('every text is redacted: messages, nested facts, keys, errors and their causes', () => {
  const { logger, lines } = record();

  logger.error('has s3cret', {
    nested: { list: ['a s3cret'], 's3cret key': 1 },
    failure: new Error('says s3cret', { cause: new Error('because s3cret') }),
  });

  expect(lines.join()).not.toContain('s3cret');
  expect(lines.join().match(/\[redacted\]/g)?.length).toBeGreaterThanOrEqual(5);
});

test('an error of ours shows its facts, another one its stack’s first lines', () => {
  const { logger, read } = record();
  const ours = new AdapterError('GitHub get tree: 403', {
    system: 'github',
    kind: 'forbidden',
    status: 403,
    reason: 'token-lacks-rights',
  });

  logger.error('failed', { failure: ours });
  logger.error('failed', { failure: new RangeError('oops') });

  const [first, second] = read();
  expect(first.failure).toEqual({
    error: 'AdapterError',
    message: 'GitHub get tree: 403',
    system: 'github',
    kind: 'forbidden',
    status: 403,
    reason: 'token-lacks-rights',
  });
  expect(second.failure).toMatchObject({ error: 'RangeError', message: 'oops', stack: expect.stringContaining('at ') });
});

test('whatever the facts are, a line is written, and it is short', () => {
  const { logger, lines } = record();
  const cycle: Record<string, unknown> = { name: 'cycle' };
  cycle.self = cycle;
  const facts = {
    cycle,
    big: 10n,
    symbol: Symbol('s'),
    work: () => 1,
    nan: Number.NaN,
    throwing: {
      get trap() {
        throw new Error('no');
      },
    },
    log: 'x'.repeat(100_000),
    many: Array.from({ length: 1_000 }, (_, index) => index),
    wide: Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`key${index}`, 'v'])),
    'two\nlines': 'a\nb\u2028c',
  };

  logger.info('ugly', facts);

  expect(lines).toHaveLength(1);
  expect(lines[0]?.trimEnd()).not.toContain('\n');
  expect(lines[0]?.length).toBeLessThan(3_000);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ big: '10', throwing: { trap: '[unreadable]' }, message: 'ugly' });
});

test('a secret across the cut is not half shown', () => {
  const { logger, lines } = record();

  logger.info('cut', { text: `${'x'.repeat(497)}s3cret` });

  expect(lines.join()).not.toContain('s3c');
});
