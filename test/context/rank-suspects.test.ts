import { describe, expect, test } from 'vitest';
import { gatherContext } from '../../lib/context/gather.js';
import type { FileChange } from '../../lib/context/source.js';
import { breadthFailures } from './failures/breadth.js';
import { codeFailures } from './failures/code.js';
import { breakApp, diagnosisOf, type Failure } from './failures/failure.js';
import { furtherFailures } from './failures/further.js';
import { moduleFailures } from './failures/modules.js';
import { renderingFailures } from './failures/rendering.js';
import { settingFailures } from './failures/settings.js';
import { readTexts } from './texts-reader.js';

const failures = [
  ...moduleFailures,
  ...codeFailures,
  ...renderingFailures,
  ...settingFailures,
  ...furtherFailures,
  ...breadthFailures,
];

async function rank(failure: Failure, options: { readonly whole: boolean; readonly noise: boolean }) {
  const files = breakApp(failure);
  const changes = options.noise ? listChanges(failure, files) : undefined;
  const context = await gatherContext(
    diagnosisOf(failure.errors),
    readTexts(files, { whole: options.whole, ...(changes ? { changes } : {}) }),
    { rootDirectory: failure.rootDirectory ?? '' },
  );
  return context.suspects.map(({ path }) => path);
}

/** The break, and unrelated edits in every other source file, at least ten with what is added beside. */
function listChanges(failure: Failure, files: ReadonlyMap<string, string>): FileChange[] {
  const touched = new Set([...Object.keys(failure.broken), ...Object.keys(failure.edits ?? {})]);
  const breaks = [...touched].map((path): FileChange => {
    const before = failure.app[path];
    const after = files.get(path);
    const status = before === undefined ? 'added' : after === undefined ? 'removed' : 'modified';
    return {
      path,
      status,
      hunks: [
        '@@ -1,9 +1,9 @@',
        ...(before ?? '').split('\n').map((line) => `-${line}`),
        ...(after ?? '').split('\n').map((line) => `+${line}`),
      ].join('\n'),
    };
  });
  const unrelated = [...files.keys()]
    .filter((path) => !touched.has(path))
    .slice(0, 12)
    .map(
      (path): FileChange => ({
        path,
        status: 'modified',
        hunks: '@@ -1,2 +1,3 @@\n context\n+// checked in spring\n context',
      }),
    );
  const added = ['docs/rota.md', 'docs/keys.md', 'public/robots.txt'].map(
    (path): FileChange => ({ path, status: 'added', hunks: '@@ -0,0 +1 @@\n+text' }),
  );
  return [...breaks, ...unrelated, ...added];
}

function judge(failure: Failure, suspects: readonly string[]) {
  const five = suspects.slice(0, 5);
  return {
    first: failure.fault.some((set) => set.includes(suspects[0] ?? '')),
    all: failure.fault.some((set) => set.every((path) => five.includes(path))),
  };
}

describe.each([
  ['a small repository, read whole', { whole: true, noise: false }],
  ['a large repository, read in two rounds', { whole: false, noise: false }],
  ['with a diff full of unrelated edits', { whole: true, noise: true }],
])('%s', (_name, options) => {
  test.each(failures.map((failure) => [failure.name, failure] as const))('%s', async (_failure, failure) => {
    const suspects = await rank(failure, options);

    expect({ ...judge(failure, suspects), suspects: suspects.slice(0, 5) }).toMatchObject({ first: true, all: true });
  });
});
