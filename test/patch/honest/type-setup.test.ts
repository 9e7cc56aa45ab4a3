import { describe, expect, it } from 'vitest';
import { swap, write } from '../hostile/hostile-case.js';
import { buildLog, judgeRepair, NEXT_MANIFEST, typeErrorLog } from './judge-repair.js';

const PAGE = 'export default function Page() {\n  return <h1>Site</h1>;\n}\n';

function importing(specifier: string) {
  return {
    log: typeErrorLog(
      'app/page.tsx:1:20',
      `Cannot find module '${specifier}' or its corresponding type declarations.\n\n> 1 | import thing from '${specifier}';`,
    ),
    files: {
      'package.json': NEXT_MANIFEST,
      'app/page.tsx': `import thing from '${specifier}';\n\n${PAGE.replace('Site', '{String(thing)}')}`,
      'app/page.module.scss': '.a {\n  color: red;\n}\n',
      'lib/tides.ts': 'export const tide = 1;\n',
    },
  };
}

const SCSS =
  "declare module '*.module.scss' {\n  const classes: Readonly<Record<string, string>>;\n  export default classes;\n}\n";

describe('a declaration file of its own', () => {
  it('is right for the kind of asset that an error names', async () => {
    expect(await judgeRepair({ ...importing('./page.module.scss'), edits: [write('types/scss.d.ts', SCSS)] })).toEqual([
      'valid',
    ]);
  });

  it.each([
    ['of another kind of asset', SCSS.replace('.module.scss', '.svg'), 'unrelated-file'],
    ['of every module', SCSS.replace('*.module.scss', '*'), 'module-declared'],
    ['of the very module', SCSS.replace('*.module.scss', './page.module.scss'), 'module-declared'],
    ['of classes of any kind', SCSS.replace('string>>', 'any>>'), 'any-added'],
  ])('is refused %s', async (_, declaration, rule) => {
    expect(
      await judgeRepair({ ...importing('./page.module.scss'), edits: [write('types/scss.d.ts', declaration)] }),
    ).toContain(rule);
  });

  it('does not stand for a module of code that is not there', async () => {
    const edits = [
      write(
        'types/heights.d.ts',
        "declare module '*/heights' {\n  const height: number;\n  export default height;\n}\n",
      ),
    ];

    expect(await judgeRepair({ ...importing('../lib/heights'), edits })).toContain('module-declared');
  });

  const analytics = {
    log: typeErrorLog('lib/analytics.ts:2:10', "Property 'gtag' does not exist on type 'Window & typeof globalThis'."),
    files: {
      'package.json': NEXT_MANIFEST,
      'lib/analytics.ts': "export function track(name: string) {\n  window.gtag('event', name);\n}\n",
    },
  };

  it('is right for the member that an error names', async () => {
    const member =
      'export {};\n\ndeclare global {\n  interface Window {\n    gtag: (command: string, name: string) => void;\n  }\n}\n';

    expect(await judgeRepair({ ...analytics, edits: [write('types/gtag.d.ts', member)] })).toEqual(['valid']);
    expect(
      await judgeRepair({ ...analytics, edits: [write('types/gtag.d.ts', member.replace('gtag', 'other'))] }),
    ).toContain('unrelated-file');
    expect(
      await judgeRepair({
        ...analytics,
        edits: [write('types/gtag.d.ts', member.replace('  interface', '  var gtag: number;\n  interface'))],
      }),
    ).toContain('unrelated-file');
  });

  it('does not keep a misspelling', async () => {
    const log = typeErrorLog(
      'lib/analytics.ts:2:10',
      "Property 'locaton' does not exist on type 'Window & typeof globalThis'. Did you mean 'location'?",
    );
    const files = { ...analytics.files, 'lib/analytics.ts': 'export const here = () => window.locaton;\n' };
    const edits = [
      write(
        'types/window.d.ts',
        'export {};\n\ndeclare global {\n  interface Window {\n    locaton: string;\n  }\n}\n',
      ),
    ];

    expect(await judgeRepair({ log, files, edits })).toContain('unrelated-file');
  });
});

const MANIFEST =
  '{\n  "name": "site",\n  "scripts": { "build": "tsc -b && vite build" },\n  "devDependencies": {\n    "typescript": "5.9.3",\n    "vite": "7.1.0"\n  }\n}\n';
const TSCONFIG =
  '{\n  "compilerOptions": {\n    "strict": true,\n    "moduleResolution": "node",\n    "outDir": "dist"\n  },\n  "files": ["src/gone.d.ts", "src/main.ts"],\n  "exclude": ["node_modules"]\n}\n';

function compiling(said: string, main: string) {
  return {
    log: buildLog('tsc -b && vite build', said),
    files: {
      'package.json': MANIFEST,
      'tsconfig.json': TSCONFIG,
      'src/main.ts': main,
      'src/other.ts': 'export const a = 1;\n',
    },
  };
}

describe('types that a bundler brings', () => {
  const repair = compiling(
    "src/main.ts(1,34): error TS2339: Property 'env' does not exist on type 'ImportMeta'.",
    'export const title = import.meta.env.VITE_TITLE;\n',
  );

  it('may be referred to where they are missed', async () => {
    expect(
      await judgeRepair({ ...repair, edits: [write('src/vite-env.d.ts', '/// <reference types="vite/client" />\n')] }),
    ).toEqual(['valid']);
    expect(
      await judgeRepair({
        ...repair,
        edits: [write('src/vite-env.d.ts', '/// <reference types="unknown/client" />\n')],
      }),
    ).toContain('unrelated-file');
  });
});

describe('the compiler configuration', () => {
  const moduleResolution = compiling(
    `src/main.ts(1,20): error TS2307: Cannot find module 'vite/client' or its corresponding type declarations.
  There are types at '/vercel/path0/node_modules/vite/client.d.ts', but this result could not be resolved under your current 'moduleResolution' setting. Consider updating to 'node16', 'nodenext', or 'bundler'.`,
    "import 'vite/client';\n",
  );
  const touching = (search: string, replace: string) => [
    swap('tsconfig.json', search, replace),
    swap('src/main.ts', "import 'vite/client';", "import 'vite/client';\n\nexport {};"),
  ];

  it('may get the option that an error names, and no other', async () => {
    const named = touching('"moduleResolution": "node"', '"moduleResolution": "bundler"');
    const more = touching('"moduleResolution": "node"', '"moduleResolution": "bundler",\n    "allowJs": false');
    const types = touching('"outDir"', '"types": ["vite/client"],\n    "outDir"');
    const unknown = touching('"outDir"', '"types": ["unknown/client"],\n    "outDir"');

    expect(await judgeRepair({ ...moduleResolution, edits: named })).toEqual(['valid']);
    expect(await judgeRepair({ ...moduleResolution, edits: more })).toContain('unrelated-file');
    expect(await judgeRepair({ ...moduleResolution, edits: types })).toEqual(['valid']);
    expect(await judgeRepair({ ...moduleResolution, edits: unknown })).toContain('unrelated-file');
  });

  it('may leave out what no file of the repository is', async () => {
    const gone = compiling(
      "error TS6053: File '/vercel/path0/src/gone.d.ts' not found.\n  The file is in the program because:\n    Part of 'files' list in tsconfig.json",
      'export {};\n',
    );
    const overwritten = compiling(
      "error TS5055: Cannot write file '/vercel/path0/dist/main.d.ts' because it would overwrite input file.",
      'export {};\n',
    );

    expect(await judgeRepair({ ...gone, edits: [swap('tsconfig.json', '"src/gone.d.ts", ', '')] })).toEqual(['valid']);
    expect(
      await judgeRepair({ ...gone, edits: [swap('tsconfig.json', '"src/gone.d.ts", "src/main.ts"', '')] }),
    ).toEqual(['tsconfig-loosened']);
    expect(
      await judgeRepair({
        ...overwritten,
        edits: [swap('tsconfig.json', '["node_modules"]', '["node_modules", "dist"]')],
      }),
    ).toEqual(['valid']);
  });

  it.each([
    'src/other.ts',
    'src/other',
    'src/oth*',
    'src',
    './src/',
    '**/other.ts',
    '.next/types',
    '../src',
    '{src,lib}',
    'src/./other.ts',
    '././src',
    'src//other.ts',
    'src\\\\other.ts',
    'dist/../src',
  ])('may not exclude %s', async (pattern) => {
    const repair = compiling(
      "error TS5055: Cannot write file '/vercel/path0/dist/main.d.ts' because it would overwrite input file.",
      'export {};\n',
    );
    const edits = [swap('tsconfig.json', '["node_modules"]', `["node_modules", "${pattern}"]`)];

    expect(await judgeRepair({ ...repair, edits })).toEqual(['tsconfig-loosened']);
  });
});

describe('a base that is extended by a path to nowhere', () => {
  const repair = {
    log: buildLog('tsc', "error TS5083: Cannot read file '/vercel/path0/apps/tsconfig.base.json'."),
    files: {
      'package.json': '{ "devDependencies": { "typescript": "5.9.3" } }\n',
      'apps/site/tsconfig.json': '{\n  "extends": "../tsconfig.base.json",\n  "include": ["src"]\n}\n',
      'tsconfig.base.json': '{\n  "compilerOptions": { "strict": true, "skipLibCheck": true }\n}\n',
      'loose.json': '{\n  "compilerOptions": { "skipLibCheck": true }\n}\n',
      'apps/site/src/a.ts': 'export {};\n',
    },
  };
  const extending = (base: string) => swap('apps/site/tsconfig.json', '../tsconfig.base.json', base);

  it('brings its options back where it is found', async () => {
    expect(await judgeRepair({ ...repair, edits: [extending('../../tsconfig.base.json')] })).toEqual(['valid']);
  });

  it.each([
    ['by another', [extending('../../loose.json')]],
    [
      'by itself, made looser',
      [extending('../../tsconfig.base.json'), swap('tsconfig.base.json', '"strict": true, ', '"noLib": true, ')],
    ],
    ['by nothing', [swap('apps/site/tsconfig.json', '  "extends": "../tsconfig.base.json",\n', '')]],
  ])('is not replaced %s', async (_, edits) => {
    expect(await judgeRepair({ ...repair, edits })).toContain('tsconfig-loosened');
  });
});

describe('a property that Angular sets', () => {
  const repair = {
    log: buildLog(
      'ng build',
      `✘ [ERROR] TS2564: Property 'name' has no initializer and is not definitely assigned in the constructor. [plugin angular-compiler]

    src/app/card.component.ts:5:11:
      5 │   @Input() name: string;
        ╵            ~~~~`,
    ),
    files: {
      'package.json': '{\n  "dependencies": { "@angular/core": "20.0.0" }\n}\n',
      'src/app/card.component.ts':
        "import { Component, Input } from '@angular/core';\n\n@Component({ selector: 'app-card', template: '<p>{{ name }}</p>' })\nexport class CardComponent {\n  @Input() name: string;\n}\n",
    },
  };

  it('may be asserted where templates are checked for it', async () => {
    const required = [
      swap('src/app/card.component.ts', '@Input() name: string', '@Input({ required: true }) name!: string'),
    ];

    expect(await judgeRepair({ ...repair, edits: required })).toEqual(['valid']);
  });

  it.each([
    '@Input() name!: string',
    'name!: string',
    '@Input({ required: false }) name!: string',
    "@Input({ alias: 'required' }) name!: string",
  ])('and not otherwise: %s', async (asserted) => {
    const edits = [swap('src/app/card.component.ts', '@Input() name: string', asserted)];

    expect(await judgeRepair({ ...repair, edits })).toContain('non-null-added');
  });
});

describe('types of tests that nobody installed', () => {
  const log = buildLog(
    'tsc --noEmit && vite build',
    "error TS2688: Cannot find type definition file for 'vitest/globals'.\n  The file is in the program because:\n    Entry point of type library 'vitest/globals' specified in compilerOptions",
  );
  const files = {
    'package.json':
      '{\n  "scripts": { "build": "tsc --noEmit && vite build" },\n  "devDependencies": {\n    "@types/node": "24.1.0",\n    "typescript": "5.9.3",\n    "vite": "7.1.7"\n  }\n}\n',
    'tsconfig.json':
      '{\n  "compilerOptions": {\n    "strict": true,\n    "types": ["vite/client", "node", "vitest/globals"]\n  },\n  "include": ["src"]\n}\n',
    'src/main.ts': 'export const tide = 1;\n',
  };
  const leaving = (from: string, to: string) => judgeRepair({ log, files, edits: [swap('tsconfig.json', from, to)] });

  it('may be left out, and nothing else with them', async () => {
    expect(await leaving(', "vitest/globals"', '')).toEqual(['valid']);
    expect(await leaving('true,\n    "types": ["vite/client", "node", "vitest/globals"]', 'false')).not.toEqual([
      'valid',
    ]);
    expect(await leaving('["src"]', '[]')).not.toEqual(['valid']);
  });
});

describe('a generated file that is committed', () => {
  const tree = `// This file was automatically generated by TanStack Router.
import { Route as ForgotRouteImport } from './routes/forgot'

const ForgotRoute = ForgotRouteImport.update({ id: '/forgot', path: '/forgot' })

export interface FileRoutesByPath {
  '/forgot': typeof ForgotRoute
}
`;
  const judging = (content: string) =>
    judgeRepair({
      log: buildLog(
        'tsc --noEmit && vite build',
        "src/routes/reset.tsx(3,38): error TS2345: Argument of type '\"/reset\"' is not assignable to parameter of type 'keyof FileRoutesByPath | undefined'.",
      ),
      files: {
        'package.json': '{\n  "dependencies": {\n    "@tanstack/react-router": "1.132.0"\n  }\n}\n',
        'src/routeTree.gen.ts': tree,
        'src/routes/reset.tsx':
          "import { createFileRoute } from '@tanstack/react-router'\n\nexport const Route = createFileRoute('/reset')({})\n",
      },
      changes: [{ path: 'src/routes/reset.tsx', previousPath: 'src/routes/forgot.tsx', status: 'renamed' }],
      edits: [{ kind: 'create', path: 'src/routeTree.gen.ts', content }],
    });

  it('may follow the route that was renamed, and loosens no type', async () => {
    const renamed = tree.replaceAll('forgot', 'reset').replaceAll('Forgot', 'Reset');

    expect(await judging(renamed)).toEqual(['valid']);
    expect(await judging(renamed.replace('typeof ResetRoute', 'any'))).toContain('any-added');
  });
});
