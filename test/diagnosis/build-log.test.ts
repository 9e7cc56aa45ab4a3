import { describe, expect, it } from 'vitest';
import { readBuildEvents, readLogText } from '../../lib/diagnosis/build-log.js';
import { diagnose } from '../../lib/diagnosis/diagnose.js';
import { normalisePath } from '../../lib/diagnosis/paths.js';

function textsOf(text: string) {
  return readLogText(text).lines.map((line) => line.text);
}

describe('readLogText', () => {
  it.each([
    ['brackets', '[12:34:56.789] a\n[12:34:56.790]   b'],
    ['a bar', '12:34:56.789 | a\n12:34:56.790 |   b'],
    ['nothing', '12:34:56.789 a\n12:34:56.790   b'],
    ['a tab', '12:34:56.789\ta\n12:34:56.790\t  b'],
    ['spaces and a tab', '12:34:56.789  \ta\n12:34:56.790  \t  b'],
    ['ISO 8601', '2026-01-31T12:34:56.789Z a\n2026-01-31T12:34:56.790Z   b'],
    ['half a day', '3:24:17 PM: a\n3:24:18 PM:   b'],
    ['seconds of a container’s build', '#12 134.0 a\n#12 134.1   b'],
    ['lines of their own', '17:33:24  \na\n17:33:25\n  b'],
  ])('takes timestamps with %s off', (_name, text) => {
    expect(textsOf(text)).toEqual(['a', '  b']);
  });

  it('leaves the times that a tool prints alone', () => {
    expect(textsOf('a\nb\n08:17:27 [content] c')).toEqual(['a', 'b', '08:17:27 [content] c']);
  });

  it('takes escape codes out of the middle of a path', () => {
    expect(textsOf('./src/\u001b[1mapp\u001b[22m/page.tsx \u001b]8;;x\u0007link')).toEqual(['./src/app/page.tsx link']);
  });

  it('tells the phases apart', () => {
    const text =
      'Cloning github.com/orchard/web\nInstalling dependencies...\nRunning "npm run build"\nBuild Completed in 3s';
    expect(readLogText(text).lines.map(({ phase }) => phase)).toEqual(['clone', 'install', 'build', 'output']);
  });

  it('says when a log was cut', () => {
    expect(readLogText('a\n').truncated).toBe(false);
    expect(readLogText('a\n'.repeat(2_000_000)).truncated).toBe(true);
  });
});

describe('readBuildEvents', () => {
  const stdout = (created: number, text: string) => ({ type: 'stdout', created, text });

  it('joins a line that two events share', () => {
    const log = readBuildEvents([stdout(1, 'one\ntw'), stdout(2, 'o\n'), stdout(3, 'three\n')]);
    expect(log.lines.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
  });

  it('takes events without newlines for a line each, in the order of their time', () => {
    const log = readBuildEvents([stdout(2, 'two'), stdout(1, 'one'), { type: 'delimiter', created: 3, text: 'x' }]);
    expect(log.lines.map(({ text }) => text)).toEqual(['one', 'two']);
  });
});

describe('normalisePath', () => {
  const base = { rootDirectory: 'apps/web', checkouts: ['/builds/orchard'] };

  it.each([
    ['./app/page.tsx', 'apps/web/app/page.tsx'],
    ['./apps/web/app/page.tsx', 'apps/web/app/page.tsx'],
    ['../../packages/ui/index.ts', 'packages/ui/index.ts'],
    ['/vercel/path0/apps/web/app/(shop)/[id]/page.tsx', 'apps/web/app/(shop)/[id]/page.tsx'],
    ['/builds/orchard/lib/a.ts', 'lib/a.ts'],
    ['webpack-internal:///(rsc)/./app/page.tsx', 'apps/web/app/page.tsx'],
    ['file:///vercel/path0/src/routes/%5Bid%5D/+page.ts?query=1', 'src/routes/[id]/+page.ts'],
    ['[project]/apps/web/lib/a.ts', 'apps/web/lib/a.ts'],
    ['.\\src\\App.tsx', 'apps/web/src/App.tsx'],
    ['turbo.json', 'turbo.json'],
    ['apps/web/turbo.json', 'apps/web/turbo.json'],
    ['/vercel/path0/node_modules/next/a.js', undefined],
    ['.next/server/app/page.js', undefined],
    ['node:internal/modules', undefined],
    ['../../../outside.ts', undefined],
    ['/etc/passwd', undefined],
    ['@astrojs-ssr-virtual-entry', undefined],
    ['[orchard]/[gatsby]/dist/commands/build-html.js', undefined],
  ])('%s', (raw, expected) => {
    expect(normalisePath(raw, base)).toBe(expected);
  });
});

describe('fingerprint', () => {
  const typeError = (line: number, path: string) =>
    diagnose({ log: readLogText(`${path}(${line},3): error TS2304: Cannot find name 'apple'.`) }).fingerprint;

  it('is the same on another line and another machine', () => {
    expect(typeError(9, 'src/a.ts')).toBe(typeError(4, 'src/a.ts'));
    expect(typeError(9, '/vercel/path0/src/a.ts')).toBe(typeError(4, 'src/a.ts'));
  });

  it('differs for another file and another failure', () => {
    expect(typeError(4, 'src/b.ts')).not.toBe(typeError(4, 'src/a.ts'));
    const other = diagnose({ log: readLogText("src/a.ts(4,3): error TS2304: Cannot find name 'pear'.") });
    expect(other.fingerprint).not.toBe(typeError(4, 'src/a.ts'));
  });
});

describe('folding', () => {
  it('makes one error with a count of many alike, and keeps every place', () => {
    const rows = Array.from(
      { length: 300 },
      (_, index) => `src/a.ts(${index + 1},3): error TS2304: Cannot find name 'apple'.`,
    );
    const { errors } = diagnose({ log: readLogText(rows.join('\n')) });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ file: 'src/a.ts', line: 1, column: 3, count: 300 });
    expect(errors[0]?.places).toHaveLength(300);
  });
});

describe('tasks that interleave', () => {
  it('keeps each package’s errors together, and those of the package that failed', () => {
    const log = [
      '• Packages in scope: web, ui',
      'ui:build: src/a.ts(1,2): error TS2322: Type A',
      'web:build: ready',
      'ui:build:   is not assignable to B.',
      'web:build: src/b.ts(1,2): error TS1005: only printed',
      'ui:build: ERROR: command finished with error: command (/vercel/path0/packages/ui) npm run build exited (2)',
    ].join('\n');
    const { errors } = diagnose({ log: readLogText(log), rootDirectory: 'apps/web' });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({
      file: 'packages/ui/src/a.ts',
      package: 'ui',
      message: 'Type A\n  is not assignable to B.',
    });
  });
});
