import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import { functionPattern } from '../../../../lib/patch/suggestions/rules/function-pattern.js';
import { repairWith } from '../repository.js';

describe('function-pattern', () => {
  const settings = (...patterns: readonly string[]) =>
    `{\n  "functions": {\n${patterns.map((pattern) => `    "${pattern}": { "maxDuration": 10 }`).join(',\n')}\n  }\n}\n`;

  async function repair(
    patterns: readonly [string, ...string[]],
    paths: readonly string[],
    more: { readonly changes?: readonly FileChange[]; readonly rootDirectory?: string } = {},
  ) {
    const file = more.rootDirectory === undefined ? 'vercel.json' : `${more.rootDirectory}/vercel.json`;
    const repaired = await repairWith(
      functionPattern,
      { tool: 'vercel', kind: 'config', code: 'unused_function', symbol: patterns[0], file },
      { files: { [file]: settings(...patterns) }, unread: paths, ...more },
    );
    return repaired?.[file];
  }

  const hourly = ['api/tide.ts', 'api/berths/[id].ts', 'src/app.ts'];

  it.each([
    ['a folder too many', 'src/api/**/*.ts', 'api/**/*.ts', hourly],
    ['a folder too few', 'tide.ts', 'api/tide.ts', hourly],
    ['a path from the root', '/api/**', 'api/**', hourly],
    ['the extension of another language', 'api/**/*.js', 'api/**/*.ts', hourly],
    ['no extension', 'api/tide', 'api/tide.ts', hourly],
    ['both', 'server/api/berths/[id].js', 'api/berths/[id].ts', hourly],
  ])('mends %s', async (_, wrong, right, paths) => {
    expect(await repair([wrong], paths)).toBe(settings(right));
  });

  it('starts from the root directory', async () => {
    const more = { rootDirectory: 'apps/web' };
    expect(await repair(['apps/web/api/*.ts'], ['apps/web/api/tide.ts', 'api/no.ts'], more)).toBe(settings('api/*.ts'));
  });

  it('follows a folder', async () => {
    const changes = [{ status: 'renamed', previousPath: 'api/report/day.ts', path: 'api/statements/day.ts' }] as const;
    expect(await repair(['api/report/*.ts'], ['api/statements/day.ts', 'api/a.ts'], { changes })).toBe(
      settings('api/statements/*.ts'),
    );
  });

  it.each([
    ['there are none', ['src/api/**/*.ts'], ['src/api/tide.ts', 'api/_lib/db.ts', 'api/tide.test.ts']],
    ['they are of two languages', ['api/**/*.js'], ['api/tide.ts', 'api/wind.py']],
    ['another name is meant', ['api/moon.ts'], hourly],
    ['the other pattern stands there already', ['src/api/**/*.ts', 'api/**/*.ts'], hourly],
  ] as const)('has no answer where %s', async (_, patterns, paths) => {
    expect(await repair(patterns as unknown as [string], paths)).toBeUndefined();
  });
});
