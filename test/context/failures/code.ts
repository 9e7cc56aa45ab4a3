import { bikeKitchen, choir, market, nightSchool, orchard, seeds, toolLibrary, walks } from './apps.js';
import type { Failure } from './failure.js';

/** Syntax, types, lint, styles and data. */
export const codeFailures: readonly Failure[] = [
  {
    name: 'unclosed brace in a Vue script',
    app: bikeKitchen,
    broken: {},
    edits: { 'src/money.ts': ['EUR`;\n}', 'EUR`;'] },
    errors: [
      { tool: 'esbuild', kind: 'syntax', message: 'Unexpected end of file', file: 'src/money.ts', line: 4, column: 1 },
    ],
    fault: [['src/money.ts']],
  },
  {
    name: 'merge markers in a style sheet that a script imports',
    app: choir,
    broken: {
      'styles/site.css': '<<<<<<< HEAD\nbody {\n  margin: 0;\n=======\nbody {\n  margin: 4px;\n>>>>>>> summer\n}\n',
    },
    errors: [
      {
        tool: 'webpack',
        kind: 'syntax',
        message: 'Module build failed: CssSyntaxError: Unknown word <<<<<<<',
        file: 'pages/_app.js',
      },
    ],
    fault: [['styles/site.css']],
  },
  {
    name: 'one type error',
    app: seeds,
    broken: {},
    edits: { 'app/routes/seeds.$name.tsx': ['loaderData.latin', 'loaderData.latinName'] },
    errors: [
      {
        tool: 'typescript',
        kind: 'type',
        code: 'TS2551',
        message:
          "Property 'latinName' does not exist on type '{ name: string; latin: string; }'. Did you mean 'latin'?",
        file: 'app/routes/seeds.$name.tsx',
        line: 9,
        column: 27,
        symbol: 'latinName',
        suggestion: 'latin',
      },
    ],
    fault: [['app/routes/seeds.$name.tsx']],
  },
  {
    name: 'property renamed in the type, many users',
    app: toolLibrary,
    broken: {},
    edits: { 'data/types.ts': ['dueOn: string', 'returnOn: string'] },
    errors: [
      {
        tool: 'typescript',
        kind: 'type',
        code: 'TS2353',
        message: "Object literal may only specify known properties, and 'dueOn' does not exist in type 'Tool'.",
        file: 'data/tools.ts',
        line: 3,
        column: 63,
        symbol: 'dueOn',
        count: 14,
        places: [{ file: 'data/tools.ts', line: 3 }],
      },
      {
        tool: 'typescript',
        kind: 'type',
        code: 'TS2339',
        message: "Property 'dueOn' does not exist on type 'Tool'.",
        file: 'ui/tool-card.tsx',
        line: 5,
        column: 80,
        symbol: 'dueOn',
      },
      {
        tool: 'typescript',
        kind: 'type',
        code: 'TS2339',
        message: "Property 'dueOn' does not exist on type 'Tool'.",
        file: 'app/tools/[id]/page.tsx',
        line: 7,
        column: 30,
        symbol: 'dueOn',
      },
    ],
    fault: [['data/types.ts'], ['data/tools.ts', 'ui/tool-card.tsx', 'app/tools/[id]/page.tsx']],
  },
  {
    name: 'prop added to a component, one caller',
    app: market,
    broken: {},
    edits: {
      'libs/signs/src/price-sign.tsx': [
        '{ grams }: { grams: number }',
        '{ grams, euros }: { grams: number; euros: number }',
      ],
    },
    rootDirectory: 'sites/stall',
    errors: [
      {
        tool: 'typescript',
        kind: 'type',
        code: 'TS2741',
        message:
          "Property 'euros' is missing in type '{ key: string; grams: number; }' but required in type '{ grams: number; euros: number; }'.",
        file: 'sites/stall/src/app/page.tsx',
        line: 6,
        column: 31,
        symbol: 'euros',
        package: '@market/stall',
      },
    ],
    fault: [['sites/stall/src/app/page.tsx'], ['libs/signs/src/price-sign.tsx']],
  },
  {
    name: 'type error in a package, path relative to it',
    app: market,
    broken: {},
    edits: { 'libs/scales/src/weigh.ts': ['crate.grams', 'crate.gramms'] },
    rootDirectory: 'sites/stall',
    errors: [
      {
        tool: 'typescript',
        kind: 'type',
        code: 'TS2551',
        message: "Property 'gramms' does not exist on type 'Crate'. Did you mean 'grams'?",
        file: 'src/weigh.ts',
        line: 4,
        column: 16,
        symbol: 'gramms',
        suggestion: 'grams',
        package: '@market/scales',
      },
    ],
    fault: [['libs/scales/src/weigh.ts']],
  },
  {
    name: 'types of a package missing',
    app: seeds,
    broken: {},
    edits: {
      'app/parts/seed-box.tsx': ['import { Banner }', "import sift from 'sift-seeds';\nimport { Banner }"],
      'package.json': ['"isbot"', '"sift-seeds": "^1.0.0",\n    "isbot"'],
    },
    errors: [
      {
        tool: 'typescript',
        kind: 'type',
        code: 'TS7016',
        message: "Could not find a declaration file for module 'sift-seeds'.",
        file: 'app/parts/seed-box.tsx',
        line: 1,
        column: 18,
        specifier: 'sift-seeds',
      },
    ],
    fault: [['package.json'], ['app/parts/seed-box.tsx']],
  },
  {
    name: 'vue template misses a prop',
    app: bikeKitchen,
    broken: {},
    edits: { 'src/orders/OrderList.vue': [' :order="order"', ''] },
    errors: [
      {
        tool: 'vue-tsc',
        kind: 'type',
        code: 'TS2345',
        message:
          "Argument of type '{ key: number; }' is not assignable to parameter of type '{ readonly order: Order; }'.",
        file: 'src/orders/OrderList.vue',
        line: 9,
        column: 4,
      },
    ],
    fault: [['src/orders/OrderList.vue']],
  },
  {
    name: 'lint errors in two files',
    app: toolLibrary,
    broken: {},
    errors: [
      {
        tool: 'eslint',
        kind: 'lint',
        code: 'react/no-unescaped-entities',
        message: "`'` can be escaped with `&apos;`",
        file: 'ui/top-bar.tsx',
        line: 4,
        column: 20,
      },
      {
        tool: 'eslint',
        kind: 'lint',
        code: '@typescript-eslint/no-unused-vars',
        message: "'Tool' is defined but never used.",
        file: 'data/loans.ts',
        line: 1,
        column: 10,
      },
    ],
    fault: [['ui/top-bar.tsx', 'data/loans.ts']],
  },
  {
    name: 'class of a theme that does not have it',
    app: toolLibrary,
    broken: {},
    edits: { 'app/globals.css': ['bg-moss', 'bg-fern'] },
    errors: [
      {
        tool: 'postcss',
        kind: 'style',
        message: 'Syntax error: The `bg-fern` class does not exist.',
        file: 'app/globals.css',
        line: 3,
        column: 3,
        symbol: 'bg-fern',
      },
    ],
    fault: [['app/globals.css'], ['tailwind.config.js']],
  },
  {
    name: 'style sheet blamed through the page that imports it',
    app: choir,
    broken: { 'styles/site.css': 'body {\n  margin: 0;\n' },
    errors: [
      {
        tool: 'postcss',
        kind: 'style',
        message: 'Unclosed block',
        file: 'styles/site.css',
        line: 1,
        column: 1,
        trace: ['pages/_app.js'],
      },
    ],
    fault: [['styles/site.css']],
  },
  {
    name: 'broken data blamed on its reader',
    app: choir,
    broken: { 'content/voices.json': '[{ "name": "alto", "range": "f3-f5", }]\n' },
    errors: [
      {
        tool: 'webpack',
        kind: 'json',
        message: 'Cannot parse JSON: Expected double-quoted property name in JSON at position 37',
        file: 'pages/voices.js',
      },
    ],
    fault: [['content/voices.json']],
  },
  {
    name: 'a field of the content that was renamed, for all but one entry and its page',
    app: walks,
    broken: {
      'src/trails/lock-path.md': '---\ntitle: Lock path\nlength: 4\n---\nWet.\n',
      'src/pages/longest.astro':
        "---\nimport { getCollection } from 'astro:content';\nconst trails = await getCollection('trails');\n---\n<p>{Math.max(...trails.map((trail) => trail.data.length))}</p>\n",
    },
    errors: [
      {
        tool: 'astro',
        kind: 'other',
        code: 'InvalidContentEntryDataError',
        message: 'trails → lock-path data does not match collection schema.\nmiles: Required',
        file: 'src/trails/lock-path.md',
      },
    ],
    fault: [['src/trails/lock-path.md', 'src/pages/longest.astro']],
  },
  {
    name: 'front matter against the schema, entry named only',
    app: walks,
    broken: {},
    edits: { 'src/trails/mill-stream.md': ['miles: 3', 'miles: three'] },
    errors: [
      {
        tool: 'astro',
        kind: 'other',
        message: 'trails → mill-stream data does not match collection schema. miles: Expected number, received string',
      },
    ],
    fault: [['src/trails/mill-stream.md']],
  },
  {
    name: 'unclosed svelte block',
    app: orchard,
    broken: {},
    edits: { 'src/parts/RowList.svelte': ['{/each}', ''] },
    errors: [
      {
        tool: 'svelte',
        kind: 'syntax',
        message: 'Block was left open',
        file: 'src/parts/RowList.svelte',
        line: 6,
        column: 1,
      },
    ],
    fault: [['src/parts/RowList.svelte']],
  },
  {
    name: 'element left open in a Nuxt page',
    app: nightSchool,
    broken: {},
    edits: { 'app/pages/index.vue': ['</p>', ''] },
    errors: [
      {
        tool: 'vite',
        kind: 'syntax',
        message: '[vite:vue] Element is missing end tag.',
        file: 'app/pages/index.vue',
        line: 6,
        column: 3,
      },
    ],
    fault: [['app/pages/index.vue']],
  },
  {
    name: 'a member that became optional',
    app: toolLibrary,
    broken: {},
    edits: { 'data/types.ts': ['  dueOn: string;', '  dueOn?: string;'] },
    errors: [
      {
        tool: 'typescript',
        kind: 'type',
        code: 'TS2345',
        message: "Argument of type 'string | undefined' is not assignable to parameter of type 'string'.",
        file: 'ui/tool-card.tsx',
        line: 5,
        column: 71,
      },
    ],
    fault: [['data/types.ts', 'ui/tool-card.tsx']],
  },
  {
    name: 'a member that became of another type',
    app: toolLibrary,
    broken: {},
    edits: { 'data/types.ts': ['  toolId: string;', '  toolId: number;'] },
    errors: [
      {
        tool: 'typescript',
        kind: 'type',
        code: 'TS2322',
        message: "Type 'string' is not assignable to type 'number'.",
        file: 'data/loans.ts',
        line: 4,
        column: 20,
      },
    ],
    fault: [['data/types.ts', 'data/loans.ts']],
  },
  {
    name: 'a file that exports nothing any more',
    app: toolLibrary,
    broken: {
      'data/dates.ts':
        "import dayjs from 'dayjs';\n\nconst formatDue = (date: string) => dayjs(date).format('D MMM');\n",
    },
    errors: [
      {
        tool: 'typescript',
        kind: 'type',
        code: 'TS2306',
        message: "File '/vercel/path0/data/dates.ts' is not a module.",
        file: 'ui/due-date.tsx',
        line: 1,
      },
    ],
    fault: [['data/dates.ts']],
  },
];
