import { describe, expect, it } from 'vitest';
import { settingSpelling } from '../../../../lib/patch/suggestions/rules/setting-spelling.js';
import { repairWith } from '../repository.js';

describe('a setting that its tool rejects', () => {
  const repair = (file: string, text: string, message: string) =>
    repairWith(settingSpelling, { kind: 'config', message }, { files: { [file]: text } });

  it('rewrites in the words of routes', async () => {
    const message =
      'Error: Invalid vercel.json - `rewrites[1]` should NOT have additional property `src`. Did you mean `source`?';
    const text = (source: string, destination: string) =>
      `{\n  "rewrites": [\n    { "source": "/a", "destination": "/b" },\n    { "${source}": "/c", "${destination}": "/d" }\n  ]\n}\n`;

    expect(await repair('vercel.json', text('src', 'dest'), message)).toEqual({
      'vercel.json': text('source', 'destination'),
    });
    expect(await repair('vercel.json', '{ "routes": [{ "src": "/c", "dest": "/d" }] }\n', message)).toBeUndefined();
    expect(await repair('vercel.json', text('src', 'dest'), message.replace('`source`', '`has`'))).toBeUndefined();
  });

  it.each([
    [
      'vercel.json',
      '{ "rewirtes": [{ "source": "/a" }] }\n',
      'Error: Invalid vercel.json - should NOT have additional property `rewirtes`. Please remove it.',
      '{ "rewrites": [{ "source": "/a" }] }\n',
    ],
    [
      'vercel.json',
      '{ "redirects": [{ "source": "/a", "destinaton": "/b" }] }\n',
      'Error: Invalid vercel.json - `redirects[0]` should NOT have additional property `destinaton`. Please remove it.',
      '{ "redirects": [{ "source": "/a", "destination": "/b" }] }\n',
    ],
    [
      'svelte.config.js',
      'export default { kit: { adaptor: auto() } };\n',
      'Error: Unexpected option config.kit.adaptor',
      'export default { kit: { adapter: auto() } };\n',
    ],
    [
      'eslint.config.mjs',
      'export default [{ ruels: {} }];\n',
      'ConfigError: Config (unnamed): Unexpected key "ruels" found.',
      'export default [{ rules: {} }];\n',
    ],
    [
      'turbo.json',
      '{ "tasks": { "build": { "dependOn": [] } } }\n',
      'Found an unknown key `dependOn`.',
      '{ "tasks": { "build": { "dependsOn": [] } } }\n',
    ],
    [
      'tsconfig.json',
      '{ "compilerOptions": { "moduleResolution": "Bunlder" } }\n',
      "Argument for '--moduleResolution' option must be: 'node16', 'nodenext', 'bundler'.",
      '{ "compilerOptions": { "moduleResolution": "bundler" } }\n',
    ],
  ])('%s', async (file, text, message, repaired) => {
    expect(await repair(file, text, message)).toEqual({ [file]: repaired });
  });

  it.each([
    [
      'it is like none',
      'vercel.json',
      '{ "colour": 1 }\n',
      'Invalid vercel.json - should NOT have additional property `colour`.',
    ],
    [
      'it stands in two places',
      'turbo.json',
      '{ "a": { "dependOn": [] }, "b": { "dependOn": [] } }\n',
      'Found an unknown key `dependOn`.',
    ],
    [
      'it is a value',
      'vercel.json',
      '{ "name": "rewirtes" }\n',
      'Invalid vercel.json - should NOT have additional property `rewirtes`.',
    ],
    ...(
      [
        [
          'a list becomes one',
          'redirects[0]',
          'sources',
          '{ "redirects": [{ "sources": ["/a"], "destination": "/c" }] }',
        ],
        ['one becomes a list', 'functions.a.ts', 'region', '{ "functions": { "a.ts": { "region": "iad1" } } }'],
        ['its neighbour has that name', 'rewrites[0]', 'sorce', '{ "rewrites": [{ "source": "/a", "sorce": "/b" }] }'],
        ['that list knows no such key', 'rewrites[0]', 'permanant', '{ "rewrites": [{ "permanant": true }] }'],
        ['it is the name of something else', 'functions.a.ts', 'memroy', '{ "env": { "memroy": "1" } }'],
      ] as const
    ).map(([title, place, key, text]) => [
      title,
      'vercel.json',
      text,
      `Invalid vercel.json - \`${place}\` should NOT have additional property \`${key}\`.`,
    ]),
    [
      'the value is allowed',
      'tsconfig.json',
      '{ "compilerOptions": { "target": "ES2022" } }\n',
      "Argument for '--target' option must be: 'es2021', 'es2022'.",
    ],
  ])('stays where %s', async (_, file, text, message) => {
    expect(await repair(file, text, message)).toBeUndefined();
  });
});
