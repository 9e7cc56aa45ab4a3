import { describe, expect, it } from 'vitest';
import { asyncFunction } from '../../../../lib/patch/suggestions/rules/async-function.js';
import { exportSpelling } from '../../../../lib/patch/suggestions/rules/export-spelling.js';
import { memberSpelling } from '../../../../lib/patch/suggestions/rules/member-spelling.js';
import { pathAlias } from '../../../../lib/patch/suggestions/rules/path-alias.js';
import { unusedName } from '../../../../lib/patch/suggestions/rules/unused-name.js';
import { repairWith } from '../repository.js';

const path = 'src/harbour.tsx';

function changed(...lines: readonly string[]) {
  const now = lines.filter((line) => !line.startsWith('-')).map((line) => line.slice(1));
  const former = lines.filter((line) => !line.startsWith('+'));
  const hunks = [`@@ -1,${former.length} +1,${now.length} @@`, ...lines].join('\n');
  return {
    files: { [path]: now.join('\n') },
    changes: [{ path, status: 'modified' as const, hunks }],
  };
}

describe('a function that awaits', () => {
  const error = { file: path, message: "'await' expressions are only allowed within async functions.", line: 2 };

  it('is asynchronous where it is declared to answer with a promise', async () => {
    const text = 'function load(a: A): Promise<B> {\n  return await find(a);\n}\n';
    expect(await repairWith(asyncFunction, error, { files: { [path]: text } })).toEqual({ [path]: `async ${text}` });
  });

  it('is left alone where nobody says that it answers with a promise', async () => {
    const renamed = changed('-const load = async () => {', '+const loadAll = () => {', '   await a(); };');
    expect(await repairWith(asyncFunction, error, renamed)).toBeUndefined();
    const generator = 'function* load(): Promise<B> {\n  await find(a);\n}\n';
    expect(await repairWith(asyncFunction, error, { files: { [path]: generator } })).toBeUndefined();
    for (const text of [
      'function load(): Promise<B> | B {\n  return await find();\n}\n',
      'function load(): Promise<B>[] {\n  return [await find()];\n}\n',
      "import Promise from 'bluebird';\nfunction load(): Promise<B> {\n  return await find();\n}\n",
      "'use client';\nexport function Load(): Promise<B> {\n  return await find();\n}\n",
    ])
      expect(await repairWith(asyncFunction, error, { files: { [path]: text } })).toBeUndefined();
  });
});

describe('what sets a state', () => {
  const error = { file: path, message: "'setQuay' is declared but its value is never read.", line: 1 };

  it('stays where the latest change took its last use', async () => {
    const repository = changed(' const [quay, setQuay] = useState(1);', '-setQuay(2);', ' sail(quay);');
    expect(await repairWith(unusedName, error, repository)).toBeUndefined();
  });

  it('goes where it came unused', async () => {
    const repository = changed(
      " import { sail, useState } from './boat';",
      '+const [quay, setQuay] = useState(1);',
      '+sail(quay);',
    );
    expect(await repairWith(unusedName, { ...error, line: 2 }, repository)).toEqual({
      [path]: "import { sail, useState } from './boat';\nconst [quay] = useState(1);\nsail(quay);",
    });
  });
});

describe('what an attribute used', () => {
  const error = { file: path, message: "'Quay' is declared but its value is never read.", line: 1 };
  const lines = [
    " import { Quay } from './quay';",
    " import { Route } from './router';",
    ' export const routes = (',
    '-  <Route path="quay" element={<Quay />} />',
    '+  <Route path="quay" />',
    ' );',
  ];

  it('stays where the latest change took the attribute off a tag that stays', async () => {
    expect(await repairWith(unusedName, error, changed(...lines))).toBeUndefined();
  });

  it('goes where the component lost the attribute, and where the tag went', async () => {
    const { files, changes } = changed(...lines);
    const router = {
      path: 'src/router.tsx',
      status: 'modified' as const,
      hunks: '@@ -1 +1 @@\n-  element?: Element;\n',
    };
    const repaired = await repairWith(unusedName, error, { files, changes: [...changes, router] });
    expect(repaired?.[path]).not.toContain('Quay');
    const gone = changed(...lines.slice(0, 3), '-  <Quay />', '+  <Route />', ' );');
    expect((await repairWith(unusedName, error, gone))?.[path]).not.toContain('Quay');
  });
});

describe('a misspelt property of a pattern', () => {
  it('gets its name back where the function reads the right one, whatever others declare', async () => {
    const text = 'const a = ({ quay }: A) => quay;\nconst b = ({ qauy }: A) => quay;\n';
    const error = {
      file: path,
      message: "Property 'qauy' does not exist on type 'A'. Did you mean 'quay'?",
      line: 2,
      column: 14,
    };
    expect(await repairWith(memberSpelling, error, { files: { [path]: text } })).toEqual({
      [path]: text.replace('qauy', 'quay'),
    });
  });
});

describe('a member that another one is spelt like', () => {
  const error = { file: path, message: "Property 'form' does not exist on type 'Mail'. Did you mean 'from'?", line: 1 };
  const text = 'const a = (mail: Mail) => mail.form;\n';

  it('is left alone where the diff took it out of the type', async () => {
    const hunks = '@@ -1,3 +1,2 @@\n export interface Mail {\n-  form: Form;\n   from: string;';
    const changes = [{ path: 'src/mail.ts', status: 'modified' as const, hunks }];
    expect(await repairWith(memberSpelling, error, { files: { [path]: text }, changes })).toBeUndefined();
  });

  it('is left alone where data have it, or a value is called so', async () => {
    const files = { [path]: text, 'mail.json': '{ "form": 1 }' };
    expect(await repairWith(memberSpelling, error, { files })).toBeUndefined();
    const type = { [path]: text, 'src/form.ts': 'export interface Form {\n  form: string;\n}\n' };
    expect(await repairWith(memberSpelling, error, { files: type })).toBeUndefined();
    const given = 'const a = (form: Form): Mail => ({ form });\n';
    const message =
      "Object literal may only specify known properties, but 'form' does not exist in type 'Mail'. Did you mean to write 'from'?";
    expect(await repairWith(memberSpelling, { ...error, message }, { files: { [path]: given } })).toBeUndefined();
  });
});

describe('what the latest change gave up', () => {
  it('is no slip for another thing of almost that name', async () => {
    const files = {
      'src/rooms.ts':
        "export type Room = 'boats';\nconst names: Record<Room, string> = { boats: 'Boats' };\nexport const roomName = (room: Room) => names[room];\n",
      [path]: "import { rooms } from './rooms';\nshow(rooms.boats);\n",
    };
    const hunks =
      '@@ -2 +2,2 @@\n-export const rooms: Record<Room, string> = {\n+const names: Record<Room, string> = {\n+export const roomName = 1;';
    const error = {
      file: path,
      line: 1,
      message: `Module '"./rooms"' has no exported member 'rooms'. Did you mean 'Room'?`,
    };
    const changes = [{ path: 'src/rooms.ts', status: 'modified' as const, hunks }];
    expect(await repairWith(exportSpelling, error, { files, changes })).toBeUndefined();
  });

  it('is read otherwise where many took the place of one', async () => {
    const files = {
      [path]: 'show(note.author);\n',
      'src/note.ts': 'export interface Note {\n  authors: string[];\n}\n',
    };
    const error = {
      file: path,
      line: 1,
      column: 11,
      message: "Property 'author' does not exist on type 'Note'. Did you mean 'authors'?",
    };
    const changed = (hunks: string) => ({
      files,
      changes: [{ path: 'src/note.ts', status: 'modified' as const, hunks }],
    });
    const many = '@@ -2 +2 @@\n-  author: string;\n+  authors: string[];';
    const renamed = '@@ -2 +2 @@\n-  author: string[];\n+  authors: string[];';
    expect(await repairWith(memberSpelling, error, changed(many))).toBeUndefined();
    expect(await repairWith(memberSpelling, error, changed(renamed))).toEqual({ [path]: 'show(note.authors);\n' });
  });
});

describe('an alias that nothing maps beside one that is mapped to the same folder', () => {
  const files = {
    'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }\n',
    'src/lib/tides.ts': 'export const tides = [];\n',
    'src/dock.ts': "import { tides } from '~/lib/tides';\nexport const dock = tides;\n",
  };
  const error = {
    tool: 'turbopack',
    file: 'src/dock.ts',
    message: "Can't resolve '~/lib/tides'",
    specifier: '~/lib/tides',
  };

  it('is written as the one that is mapped', async () => {
    expect(await repairWith(pathAlias, error, { files })).toEqual({
      'src/dock.ts': "import { tides } from '@/lib/tides';\nexport const dock = tides;\n",
    });
  });

  it.each([
    ['src/dock.test.ts', "vi.mock('~/lib/tides');\n"],
    ['jest.config.js', "module.exports = { moduleNameMapper: { '^~/(.*)$': '<rootDir>/src/$1' } };\n"],
    ['vite.config.ts', "export default { resolve: { alias: { '~': '/src' } } };\n"],
    ['src/dock.css', "@import '~/lib/tides.css';\n"],
  ])('is left alone where %s gives it a meaning', async (name, text) => {
    expect(await repairWith(pathAlias, error, { files: { ...files, [name]: text } })).toBeUndefined();
  });

  it('is not mapped again where the diff took that out', async () => {
    const hunks = '@@ -1 +0,0 @@\n-"~/*": ["./src/*"],';
    const changes = [{ path: 'tsconfig.json', status: 'modified' as const, hunks }];
    const repaired = await repairWith(pathAlias, error, { files, changes });
    expect(Object.keys(repaired ?? {})).toEqual(['src/dock.ts']);

    const leading = "@@ -1 +1 @@\n-import { tides } from '~/lib/tides';\n+import { tides } from '../lib/tides';";
    const left = [...changes, { path: 'src/quay.ts', status: 'modified' as const, hunks: leading }];
    const none = { ...files, 'tsconfig.json': '{ "compilerOptions": {} }\n' };
    expect(await repairWith(pathAlias, error, { files: none, changes: left })).toBeUndefined();
  });

  it('is left alone where others write it too', async () => {
    const more = { ...files, 'src/quay.ts': files['src/dock.ts'] };
    expect(await repairWith(pathAlias, error, { files: more })).toBeUndefined();
  });
});
