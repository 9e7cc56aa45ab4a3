import { describe, expect, it } from 'vitest';
import { remove, swap, write } from '../hostile/hostile-case.js';
import { buildLog, judgeRepair, NEXT_MANIFEST, nextLog } from './judge-repair.js';

const TIDE = 'export const tide = 1;\n';

describe('a lint rule that is no more', () => {
  const log = nextLog(
    "   Linting and checking validity of types ...\n\nFailed to compile.\n\n./lib/tide.ts\n1:1  Error: Definition for rule '@typescript-eslint/ban-types' was not found.  @typescript-eslint/ban-types\n",
  );
  const files = {
    'package.json': NEXT_MANIFEST,
    '.eslintrc.json':
      '{ "extends": ["next"], "rules": { "@typescript-eslint/ban-types": "error", "no-console": "error" } }\n',
    'lib/tide.ts': TIDE,
  };

  it('may be taken out, and no other with it', async () => {
    const absent = swap('.eslintrc.json', '"@typescript-eslint/ban-types": "error", ', '');
    const both = swap('.eslintrc.json', '"@typescript-eslint/ban-types": "error", "no-console": "error"', '');
    const other = swap('.eslintrc.json', ', "no-console": "error"', '');

    expect(await judgeRepair({ log, files, edits: [absent] })).toEqual(['valid']);
    expect(await judgeRepair({ log, files, edits: [both] })).toContain('lint-rule-off');
    expect(await judgeRepair({ log, files, edits: [other] })).toContain('lint-rule-off');
  });

  it('is known in a script as well', async () => {
    const flat =
      "export default [{ rules: { '@typescript-eslint/ban-types': 'error', 'no-console': ['error', {}] } }];\n";
    const scripted = { 'package.json': NEXT_MANIFEST, 'eslint.config.mjs': flat, 'lib/tide.ts': TIDE };
    const absent = swap('eslint.config.mjs', "'@typescript-eslint/ban-types': 'error', ", '');
    const other = swap('eslint.config.mjs', ", 'no-console': ['error', {}]", '');

    expect(await judgeRepair({ log, files: scripted, edits: [absent] })).toEqual(['valid']);
    expect(await judgeRepair({ log, files: scripted, edits: [other] })).toContain('lint-rule-off');
  });
});

describe('a lint configuration in the file that the linter reads now', () => {
  const log = buildLog(
    'eslint . && next build',
    "ESLint couldn't find an eslint.config.(js|mjs|cjs) file.\nFrom ESLint v9.0.0, the default configuration file is now eslint.config.js.",
  );
  const files = {
    'package.json': NEXT_MANIFEST.replace('"react"', '"@eslint/eslintrc": "3.0.0",\n    "react"'),
    '.eslintrc.json': '{ "extends": ["next/core-web-vitals"], "rules": { "no-console": "error" } }\n',
    'lib/tide.ts': TIDE,
  };
  const flat = `import { FlatCompat } from '@eslint/eslintrc';

const compat = new FlatCompat({ baseDirectory: import.meta.dirname });

export default [...compat.extends('next/core-web-vitals'), { rules: { 'no-console': 'error' } }];
`;
  const moving = (text: string) =>
    judgeRepair({ log, files, edits: [remove('.eslintrc.json'), write('eslint.config.mjs', text)] });

  it('is right with all that the old one had', async () => {
    expect(await moving(flat)).toEqual(['valid']);
  });

  it.each([
    ['without a rule', flat.replace("'no-console': 'error'", '')],
    ['with a rule turned down', flat.replace("'error'", "'warn'")],
    ['without a set', flat.replace("...compat.extends('next/core-web-vitals'), ", '')],
    ['with names in comments alone', "// core-web-vitals no-console 'error'\nexport default [];\n"],
    ['with files left out', flat.replace('export default [', "export default [{ ignores: ['lib/**'] }, ")],
  ])('is refused %s', async (_, text) => {
    expect(await moving(text)).not.toEqual(['valid']);
  });

  it('is refused where nobody asked for it', async () => {
    const other = nextLog(
      'Failed to compile.\n\n./lib/tide.ts\n1:1  Error: Unexpected console statement.  no-console\n',
    );

    expect(
      await judgeRepair({ log: other, files, edits: [remove('.eslintrc.json'), write('eslint.config.mjs', flat)] }),
    ).toContain('lint-rule-off');
  });
});

describe('the runtime of a route', () => {
  const route =
    "import { id } from '../../../lib/id';\n\nexport const runtime = 'edge';\n\nexport function GET() {\n  return Response.json(id());\n}\n";
  const files = {
    'package.json': NEXT_MANIFEST,
    'lib/id.ts': "import crypto from 'crypto';\n\nexport const id = () => crypto.randomUUID();\n",
    'app/api/id/route.ts': route,
  };
  const failing = (said: string) =>
    nextLog(
      `Failed to compile.\n\n./lib/id.ts\n${said}\n\nImport trace for requested module:\n./lib/id.ts\n./app/api/id/route.ts\n\n> Build failed because of webpack errors`,
    );
  const edits = [swap('app/api/id/route.ts', "export const runtime = 'edge';\n\n", '')];

  it('goes where it cannot hold what the route needs, and not elsewhere', async () => {
    const edge = failing("A Node.js module is loaded ('crypto' at line 1) which is not supported in the Edge Runtime.");

    expect(await judgeRepair({ log: edge, files, edits })).toEqual(['valid']);
    expect(await judgeRepair({ log: failing("Module not found: Can't resolve 'crypto'"), files, edits })).toContain(
      'export-dropped',
    );
  });
});

describe('a package of the repository', () => {
  const log = buildLog(
    'next build',
    "Failed to compile.\n\n./apps/web/app/page.tsx:1:1\nModule not found: Can't resolve '@tide/kit'\n",
  );
  const files = {
    'package.json': '{ "name": "mono", "private": true, "workspaces": ["apps/*", "packages/*"] }\n',
    'apps/web/package.json': '{\n  "name": "web",\n  "dependencies": {\n    "next": "15.5.0"\n  }\n}\n',
    'apps/web/app/page.tsx': "import { tide } from '@tide/kit';\n\nexport default () => <p>{tide}</p>;\n",
    'packages/kit/package.json': '{\n  "name": "@tide/kit",\n  "main": "index.ts"\n}\n',
    'packages/kit/index.ts': TIDE,
  };
  const declare = [swap('apps/web/package.json', '"next"', '"@tide/kit": "*",\n    "next"')];

  it('may be declared with any version, as workspaces are; a stranger may not', async () => {
    const { 'packages/kit/package.json': _, ...others } = files;

    expect(await judgeRepair({ log, files, edits: declare })).toEqual(['valid']);
    expect(await judgeRepair({ log, files: others, edits: declare })).toContain('invented-version');
  });
});

describe('one of two packages that only work in one version', () => {
  const log = nextLog(
    'Error: Incompatible React versions: The "react" and "react-dom" packages must have the exact same version. Instead got:\n  - react:      19.1.0\n  - react-dom:  18.3.1',
  );
  const files = {
    'package.json':
      '{\n  "dependencies": {\n    "next": "15.5.0",\n    "react": "^19.1.0",\n    "a": "1",\n    "react-dom": "18"\n  },\n  "devDependencies": {\n    "@types/react": "^19.1.4",\n    "b": "1",\n    "@types/react-dom": "^18.3.1"\n  }\n}\n',
  };
  const judge = (...pairs: [string, string][]) =>
    judgeRepair({ log, files, edits: pairs.map(([before, after]) => swap('package.json', before, after)) });

  it('may get the one of the other, and types its major; both may not get a third', async () => {
    const dom: [string, string] = ['"react-dom": "18"', '"react-dom": "^19.1.0"'];
    expect(await judge(dom)).toEqual(['valid']);
    expect(await judge(dom, ['"^18.3.1"', '"^19.0.0"'])).toEqual(['valid']);
    expect(await judge(dom, ['"^18.3.1"', '"^20.0.0"'])).toContain('invented-version');
    const third = await judge(['"^19.1.0"', '"^77.5.0"'], ['"react-dom": "18"', '"react-dom": "^77.5.0"']);
    expect(third).toContain('invented-version');
  });
});

describe('a file that the first error names in its sentence', () => {
  it('is one that it leads to', async () => {
    const log = buildLog(
      'next build',
      'Failed to compile.\n\n./apps/web/app/page.tsx:1:1\nModule not found: Package path ./button is not exported from package /vercel/path0/packages/kit (see exports field in /vercel/path0/packages/kit/package.json)\n',
    );
    const files = {
      'package.json': '{ "name": "mono", "private": true, "workspaces": ["apps/*", "packages/*"] }\n',
      'apps/web/package.json': '{\n  "name": "web",\n  "dependencies": {\n    "@tide/kit": "*"\n  }\n}\n',
      'apps/web/app/page.tsx': "import { Button } from '@tide/kit/button';\n\nexport default () => <Button />;\n",
      'packages/kit/package.json': '{\n  "name": "@tide/kit",\n  "exports": {\n    ".": "./index.ts"\n  }\n}\n',
      'packages/kit/index.ts': TIDE,
      'packages/kit/button.tsx': 'export const Button = () => null;\n',
    };
    const edits = [swap('packages/kit/package.json', '"./index.ts"', '"./index.ts",\n    "./button": "./button.tsx"')];

    expect(await judgeRepair({ log, files, edits })).toEqual(['valid']);
  });
});

describe('a base of compiler options that the last commit moved', () => {
  const log = buildLog('tsc -p .', "error TS5083: Cannot read file '/vercel/path0/tsconfig.base.json'.");
  const files = {
    'package.json': NEXT_MANIFEST,
    'tsconfig.json': '{ "extends": "./tsconfig.base.json", "include": ["lib"] }\n',
    'tooling/tsconfig.base.json': '{ "compilerOptions": { "strict": true, "skipLibCheck": true } }\n',
    'tooling/tsconfig.loose.json': '{ "compilerOptions": { "skipLibCheck": true } }\n',
    'lib/tide.ts': TIDE,
  };
  const changes = [
    { status: 'renamed', previousPath: 'tsconfig.base.json', path: 'tooling/tsconfig.base.json' },
  ] as const;
  const extending = (base: string) => [swap('tsconfig.json', './tsconfig.base.json', `./tooling/${base}`)];

  it('may be extended where it is now, and no other in its place', async () => {
    expect(await judgeRepair({ log, files, changes, edits: extending('tsconfig.base.json') })).toEqual(['valid']);
    expect(await judgeRepair({ log, files, changes, edits: extending('tsconfig.loose.json') })).toContain(
      'tsconfig-loosened',
    );
  });
});
