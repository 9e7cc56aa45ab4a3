import { describe, expect, it } from 'vitest';
import { contextProvider } from '../../../../lib/patch/suggestions/rules/context-provider.js';
import { type Repository, repairWith } from '../repository.js';

describe('context-provider', () => {
  const manifest = (range: string) => `{\n  "dependencies": {\n    "react": "${range}"\n  }\n}\n`;
  const short = "JSX element type 'Theme' does not have any construct or call signatures.";
  const long =
    "'Theme' cannot be used as a JSX component.\n  Its type 'Context<string>' is not a valid JSX element type.";
  const declared = "import { createContext } from 'react';\n\nexport const Theme = createContext('light');\n";
  const use = (name: string) => `export const A = () => (\n  <${name} value="dark">\n    <p />\n  </${name}>\n);\n`;
  const repair = (
    files: Readonly<Record<string, string>>,
    {
      message = short,
      line = 4,
      range = '^18.3.1',
      ...rest
    }: Partial<Repository> & { message?: string; line?: number; range?: string } = {},
  ) =>
    repairWith(
      contextProvider,
      { file: 'src/a.tsx', line, message },
      { files: { 'package.json': manifest(range), ...files }, ...rest },
    );

  it.each([
    ['of the file itself', declared, short],
    ['by the namespace of React', declared.replace('{ createContext }', 'React').replace('= c', '= React.c'), long],
  ])('names the provider of a context %s', async (_, text, message) => {
    const answer = await repair({ 'src/a.tsx': text + use('Theme') }, { message, line: 5 });
    expect(answer).toEqual({ 'src/a.tsx': text + use('Theme.Provider') });
  });

  it('of another module, wherever it is rendered', async () => {
    const imports = (name: string) => `import { ${name} } from './theme';\n\n`;
    const answer = await repair({
      'src/theme.ts': declared,
      'src/a.tsx': imports('Theme') + use('Theme'),
      'src/b.tsx': imports('Theme as T') + use('T'),
      'src/c.tsx': imports('Theme') + use('Theme.Provider'),
    });
    expect(answer).toEqual({
      'src/a.tsx': imports('Theme') + use('Theme.Provider'),
      'src/b.tsx': imports('Theme as T') + use('T.Provider'),
    });
  });

  const text = declared + use('Theme');
  it.each<[string, string, Parameters<typeof repair>[1]]>([
    ['React is 19 already', text, { range: '^19.0.0' }],
    [
      'the diff changed the version',
      text,
      {
        changes: [
          { path: 'package.json', status: 'modified', hunks: '-    "react": "^19.0.0"\n+    "react": "^18.3.1"' },
        ],
      },
    ],
    ['the name is no context', text.replace('createContext(', 'createStore('), {}],
    ['it is given no value', text.replace(' value="dark"', ''), {}],
  ])('leaves it where %s', async (_, source, options) => {
    expect(await repair({ 'src/a.tsx': source }, { line: 5, ...options })).toBeUndefined();
  });
});
