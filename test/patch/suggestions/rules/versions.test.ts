import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import { pairedVersion } from '../../../../lib/patch/suggestions/rules/paired-version.js';
import { statedVersion } from '../../../../lib/patch/suggestions/rules/stated-version.js';
import { repairWith } from '../repository.js';

const write = (manifest: object) => `${JSON.stringify(manifest, undefined, 2)}\n`;

describe('a version that a tool states', () => {
  const next =
    'TypeScript 7.0.2 is not supported by this version of Next.js. Install TypeScript 6 (e.g. npm install --save-dev typescript@^6) or upgrade to a Next.js v16.2.11 or later to get support for TypeScript 7.';
  const angular = (range: string) => `The Angular Compiler requires TypeScript ${range} but 5.6.3 was found instead.`;
  const manifest = (typescript: string) => write({ dependencies: { a: '1.0.0' }, devDependencies: { typescript } });
  const repair = (message: string, text: string, more: Readonly<Record<string, string>> = {}, unread: string[] = []) =>
    repairWith(
      statedVersion,
      { kind: 'config', file: 'package.json', message },
      { files: { 'package.json': text, ...more }, unread },
    );

  it.each([
    ['by Next.js', next, '^7.0.2', '^6'],
    ['by Angular', angular('>=5.8.0 and <6.0.0'), '~5.6.2', '^5.8.0'],
    ['by Angular, within a major', angular('>=5.5.0 and <5.9.0'), '5.4', '~5.5.0'],
    ['by others', 'This plugin needs an older compiler: please install typescript@5.8.3.', '~7.0.1', '5.8.3'],
  ])('is asked for: %s', async (_, message, before, after) => {
    expect(await repair(message, manifest(before))).toEqual({ 'package.json': manifest(after) });
  });

  const many = 'Install typescript@^6 or run `npm install typescript@^5`.';
  it.each([
    ['it names two', many, manifest('^7.0.2'), {}],
    ['it names no number', 'Please install typescript@latest.', manifest('^7.0.2'), {}],
    ['it names another package', next.replace('typescript@', 'tsc@'), manifest('^7.0.2'), {}],
    ['it only mentions one', 'typescript@6.0.3 was found.', manifest('^7.0.2'), {}],
    ['it is asked for already', next, manifest('^6.1.0'), {}],
    ['no number is asked for', next, manifest('latest'), {}],
    ['its lockfile is frozen', next, manifest('^7.0.2'), { 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" }],
    ['its lockfile is made so', next, manifest('^7.0.2'), { 'vercel.json': '{ "installCommand": "npm ci" }' }],
    [
      'the project of a workspace has it twice',
      next,
      write({ dependencies: { typescript: '7' }, devDependencies: { typescript: '7' } }),
      {},
    ],
  ])('is left alone where %s', async (_, message, text, more) => {
    expect(await repair(message, text, more)).toBeUndefined();
  });
});

describe('React and its renderer in two versions', () => {
  const manifest = (react: string, dom: string, types = '^18.3.1', domTypes = '^18.3.1') =>
    write({
      dependencies: { next: '15.5.9', react, 'react-dom': dom },
      devDependencies: { '@types/react': types, '@types/react-dom': domTypes },
    });
  const internals = {
    tool: 'script',
    kind: 'other' as const,
    message: "TypeError: Cannot read properties of undefined (reading 'ReactCurrentDispatcher')",
  };
  const refused = {
    tool: 'npm',
    kind: 'peer-conflict' as const,
    message: 'ERESOLVE unable to resolve dependency tree: react-dom wants react@^18.3.1, react@19.2.0 is there',
    symbol: 'react',
    specifier: 'react-dom',
    file: 'package.json',
  };
  const exact = {
    tool: 'script',
    kind: 'peer-conflict' as const,
    message:
      'Error: Incompatible React versions: The "react" and "react-dom" packages must have the exact same version. Instead got:\n  - react: 19.1.0\n  - react-dom: 19.2.0',
  };
  const raised: FileChange[] = [
    {
      path: 'package.json',
      status: 'modified',
      hunks: '@@ -1 +1 @@\n-  "react": "^18.3.1",\n+  "react": "^19.1.0",\n',
    },
  ];
  const setBack: FileChange[] = [
    {
      path: 'package.json',
      status: 'modified',
      hunks: '@@ -1 +1 @@\n-  "react": "^19.1.0",\n+  "react": "^18.3.1",\n',
    },
  ];
  const repair = (error: object, text: string, changes: readonly FileChange[] = raised, unread: string[] = []) =>
    repairWith(pairedVersion, error, { files: { 'package.json': text }, changes, unread });

  it.each([
    ['breaks the build', internals],
    ['is refused by npm', refused],
  ])('get the one of that which was raised: the other %s', async (_, error) => {
    expect(await repair(error, manifest('^19.1.0', '^18.3.1'))).toEqual({
      'package.json': manifest('^19.1.0', '^19.1.0'),
    });
  });

  it('take their types along, of which every major begins', async () => {
    expect(await repair(internals, manifest('^19.1.0', '^18.3.1', '^19.1.4'))).toEqual({
      'package.json': manifest('^19.1.0', '^19.1.0', '^19.1.4', '^19.0.0'),
    });
    const types = {
      ...refused,
      message: 'ERESOLVE: @types/react-dom wants @types/react@^18, @types/react@19.2.0 is there',
    };
    const names = { symbol: '@types/react', specifier: '@types/react-dom' };
    expect(await repair({ ...types, ...names }, manifest('^19.1.0', '^19.1.0', '^19.1.4'), [])).toEqual({
      'package.json': manifest('^19.1.0', '^19.1.0', '^19.1.4', '^19.0.0'),
    });
  });

  it('get the exact same where react-dom compares them', async () => {
    expect(await repair(exact, manifest('19.1.0', '19.2.0'), [])).toEqual({
      'package.json': manifest('19.2.0', '19.2.0'),
    });
  });

  it.each([
    ['one was set back', internals, manifest('^18.3.1', '^19.1.0'), setBack, []],
    ['both are of one major', internals, manifest('^19.1.0', '^19.0.0'), raised, []],
    ['they are the same', exact, manifest('19.2.0', '19.2.0'), raised, []],
    [
      'something else is read',
      { ...internals, message: internals.message.replace('ReactCurrent', 'Current') },
      manifest('^19.1.0', '^18.3.1'),
      raised,
      [],
    ],
    [
      'other packages conflict',
      { ...refused, message: 'ERESOLVE: a wants react@18', specifier: 'a' },
      manifest('^19.1.0', '^18.3.1'),
      raised,
      [],
    ],
    ['one is no number', internals, manifest('^19.1.0', 'latest'), raised, []],
    ['the lockfile is frozen', internals, manifest('^19.1.0', '^18.3.1'), raised, ['pnpm-lock.yaml']],
  ])('are left alone where %s', async (_, error, text, changes, unread) => {
    expect(await repair(error, text, changes, unread)).toBeUndefined();
  });
});
