/** TAP, as `node --test` prints it where no terminal listens: `not ok 1 - name`, then a block of YAML. */
import { type LineStream, logLineAt, type Match, matchOne, textAt } from '../finding.js';
import { isForeignPath } from '../paths.js';
import { findPlaces, type NamedPlace } from '../places.js';

const failed = /^\s*not ok \d{1,6}(?: - (.{0,300}))?$/;
const maxBlock = 80;

export function matchTap(lines: LineStream, at: number): Match | undefined {
  const text = textAt(lines, at);
  if (!text.includes('not ok ')) return undefined;
  const name = failed.exec(text)?.[1];
  if (name === undefined || textAt(lines, at + 1).trim() !== '---') return undefined;
  const message: string[] = [];
  let place: NamedPlace | undefined;
  let declared: NamedPlace | undefined;
  let part = '';
  let isParent = false;
  let isAssertion = false;
  let end = at + 2;
  for (; end < lines.texts.length && end < at + maxBlock; end++) {
    const row = textAt(lines, end);
    if (row.trim() === '...') break;
    const key = /^\s*(\w{1,40}):(?: (.{0,1000}))?$/.exec(row);
    if (key?.[1] !== undefined) {
      part = key[1];
      const value = (key[2] ?? '').replace(/^\|-?$/, '').replace(/^'(.*)'$/, '$1');
      // A suite fails because its tests do, which say why themselves.
      if (part === 'failureType') isParent ||= value === 'subtestsFailed';
      if (part === 'code') isAssertion ||= value === 'ERR_ASSERTION';
      if (part === 'location') [declared] = findPlaces(value);
      if (part === 'error' && value !== '') message.push(value);
    } else if (part === 'error' && row.trim() !== '' && message.length < 6) message.push(row.trim());
    else if (part === 'stack') place ??= findPlaces(row).find(({ path }) => !isForeignPath(path));
  }
  if (isParent || message.length === 0) return { findings: [], end: end + 1 };
  const where = place ?? declared;
  return matchOne(
    {
      role: 'cause',
      error: {
        tool: 'tests',
        kind: 'other',
        ...(isAssertion ? { code: 'assertion' } : {}),
        message: `${name}: ${message.join('\n')}`,
        ...(where === undefined ? {} : { file: where.path }),
        ...(where?.line === undefined ? {} : { line: where.line }),
        ...(where?.column === undefined ? {} : { column: where.column }),
        ...(declared === undefined || declared.path === where?.path ? {} : { trace: [declared.path] }),
        logLine: logLineAt(lines, at),
      },
    },
    end + 1,
  );
}
