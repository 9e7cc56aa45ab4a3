// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are source files
import { bikeKitchen, choir, market, nightSchool, orchard, toolLibrary, walks } from './apps.js';
import type { Failure } from './failure.js';

/** Configuration, manifests, scripts and files at build time. */
export const settingFailures: readonly Failure[] = [
  {
    name: 'script that vercel.json asks for is not there',
    app: orchard,
    broken: { 'vercel.json': '{ "buildCommand": "npm run build:site" }\n' },
    errors: [{ tool: 'npm', kind: 'script-missing', message: 'Missing script: "build:site"', symbol: 'build:site' }],
    fault: [['vercel.json'], ['package.json']],
  },
  {
    name: 'script that another script asks for is not there',
    app: bikeKitchen,
    broken: {},
    edits: { 'package.json': ['vue-tsc -b && vite build', 'npm run typecheck && vite build'] },
    errors: [{ tool: 'npm', kind: 'script-missing', message: 'Missing script: "typecheck"', symbol: 'typecheck' }],
    fault: [['package.json']],
  },
  {
    name: 'tool not found, installed without dev dependencies',
    app: bikeKitchen,
    broken: { 'vercel.json': '{ "installCommand": "npm ci --omit=dev" }\n' },
    errors: [
      { tool: 'npm', kind: 'script-failed', message: 'sh: line 1: vue-tsc: command not found', symbol: 'vue-tsc' },
    ],
    fault: [['vercel.json'], ['package.json']],
  },
  {
    name: 'entry that Parcel is given is not there',
    app: orchard,
    broken: {},
    edits: { 'package.json': ['"vite build"', '"parcel build src/start.html"'] },
    errors: [{ tool: 'parcel', kind: 'config', message: 'Entry /vercel/path0/src/start.html does not exist' }],
    fault: [['package.json']],
  },
  {
    name: 'rules of ESLint that want types which its parser was not told of',
    app: orchard,
    broken: {
      'eslint.config.js': "import ts from 'typescript-eslint';\nexport default ts.configs.recommendedTypeChecked;\n",
    },
    errors: [
      {
        tool: 'eslint',
        kind: 'config',
        message: 'Parsing error: error TS5012: Cannot read file',
        file: Object.keys(orchard).find((path) => path.startsWith('src/')) ?? '',
        line: 0,
      },
    ],
    fault: [['eslint.config.js']],
  },
  {
    name: 'addon of Storybook that its main file does not name as it should',
    app: orchard,
    broken: { '.storybook/main.ts': "export default { framework: '@storybook/react' };\n" },
    errors: [{ tool: 'storybook', kind: 'config', code: 'InvalidFrameworkNameError', message: 'Invalid value' }],
    fault: [['.storybook/main.ts']],
  },
  {
    name: 'setup file that Jest is told of is not there',
    app: orchard,
    broken: { 'jest.config.js': "export default { setupFiles: ['<rootDir>/test/setup.js'] };\n" },
    errors: [
      {
        tool: 'jest',
        kind: 'config',
        message: 'Module <rootDir>/test/setup.js in the setupFiles option was not found.',
        specifier: '<rootDir>/test/setup.js',
        symbol: 'setupFiles',
      },
    ],
    fault: [['jest.config.js']],
  },
  {
    name: 'theme that Hugo is told of is not there',
    app: orchard,
    broken: { 'hugo.toml': 'theme = "ananke"\n' },
    errors: [{ tool: 'hugo', kind: 'config', message: 'Error: module "ananke" not found', symbol: 'ananke' }],
    fault: [['hugo.toml']],
  },
  {
    name: 'tool not declared',
    app: orchard,
    broken: {},
    edits: { 'package.json': ['"vite build"', '"paraglide-js compile && vite build"'] },
    errors: [
      {
        tool: 'npm',
        kind: 'script-failed',
        message: 'sh: line 1: paraglide-js: command not found',
        symbol: 'paraglide-js',
      },
    ],
    fault: [['package.json']],
  },
  {
    name: 'prebuild script reads what is not there',
    app: choir,
    broken: {},
    edits: {
      'scripts/make-feed.js': ['content/voices.json', 'content/parts.json'],
      'package.json': ['"build": "next build"', '"prebuild": "node scripts/make-feed.js", "build": "next build"'],
    },
    errors: [
      {
        tool: 'node',
        kind: 'file-missing',
        message: "ENOENT: no such file or directory, open 'content/parts.json'",
        specifier: 'content/parts.json',
        file: 'scripts/make-feed.js',
        line: 3,
        column: 30,
      },
    ],
    fault: [['scripts/make-feed.js'], ['content/parts.json']],
  },
  {
    name: 'content opened in another case, caller unknown',
    app: choir,
    broken: {},
    edits: { 'scripts/make-feed.js': ['content/voices.json', 'content/Voices.json'] },
    errors: [
      {
        tool: 'node',
        kind: 'file-missing',
        message: "ENOENT: no such file or directory, open '/vercel/path0/content/Voices.json'",
        specifier: '/vercel/path0/content/Voices.json',
      },
    ],
    fault: [['scripts/make-feed.js']],
  },
  {
    name: 'script file of package.json is gone',
    app: choir,
    broken: { 'scripts/make-feed.js': null },
    edits: { 'package.json': ['"next build"', '"node scripts/make-feed.js && next build"'] },
    errors: [
      {
        tool: 'node',
        kind: 'module-not-found',
        message: "Error: Cannot find module '/vercel/path0/scripts/make-feed.js'",
        specifier: '/vercel/path0/scripts/make-feed.js',
      },
    ],
    fault: [['package.json'], ['scripts/make-feed.js']],
  },
  {
    name: 'peer conflict',
    app: choir,
    broken: {},
    edits: { 'package.json': ['"react": "18.3.1"', '"react": "18.3.1", "react-metronome": "^4.0.0"'] },
    errors: [
      {
        tool: 'npm',
        kind: 'peer-conflict',
        code: 'ERESOLVE',
        message: 'While resolving: choir, Found: react@18.3.1, peer react@"^19" from react-metronome@4.0.0',
        symbol: 'react-metronome',
      },
    ],
    fault: [['package.json']],
  },
  {
    name: 'version that does not exist, in a package of the workspace',
    app: market,
    broken: {},
    edits: { 'sites/office/package.json': ['"vite": "^7.0.0"', '"vite": "^77.0.0"'] },
    rootDirectory: 'sites/stall',
    errors: [
      {
        tool: 'pnpm',
        kind: 'package-missing',
        code: 'ERR_PNPM_NO_MATCHING_VERSION',
        message: 'No matching version found for vite@^77.0.0',
        symbol: 'vite',
      },
    ],
    fault: [['sites/office/package.json']],
  },
  {
    name: 'lockfile behind the manifest of one site',
    app: market,
    broken: {},
    rootDirectory: 'sites/stall',
    errors: [
      {
        tool: 'pnpm',
        kind: 'lockfile',
        code: 'ERR_PNPM_OUTDATED_LOCKFILE',
        message:
          'Cannot install with "frozen-lockfile" because pnpm-lock.yaml is not up to date with sites/stall/package.json',
      },
    ],
    fault: [['pnpm-lock.yaml'], ['sites/stall/package.json']],
  },
  {
    name: 'engine no longer offered',
    app: walks,
    broken: {},
    edits: { 'package.json': ['"private": true', '"private": true, "engines": { "node": "16.x" }'] },
    errors: [
      { tool: 'vercel', kind: 'engine', message: 'Node.js Version "16.x" is discontinued and must be upgraded.' },
    ],
    fault: [['package.json']],
  },
  {
    name: 'output directory by vercel.json',
    app: bikeKitchen,
    broken: { 'vercel.json': '{ "outputDirectory": "public" }\n' },
    errors: [
      {
        tool: 'vercel',
        kind: 'output-directory',
        message: 'No Output Directory named "public" found after the Build completed.',
        symbol: 'public',
      },
    ],
    fault: [['vercel.json'], ['vite.config.ts']],
  },
  {
    name: 'output directory by the bundler',
    app: bikeKitchen,
    broken: {},
    edits: { 'vite.config.ts': ['plugins: [vue()],', "plugins: [vue()],\n  build: { outDir: 'out/site' },"] },
    errors: [
      {
        tool: 'vercel',
        kind: 'output-directory',
        message: 'No Output Directory named "dist" found after the Build completed.',
        symbol: 'dist',
      },
    ],
    fault: [['vite.config.ts'], ['vercel.json']],
  },
  {
    name: 'next.config with an unknown key',
    app: toolLibrary,
    broken: { 'next.config.mjs': "export default { output: 'standalon' };\n" },
    errors: [
      {
        tool: 'next',
        kind: 'config',
        message:
          'Invalid next.config.mjs options detected: Expected "standalone" | "export", received "standalon" at "output"',
        symbol: 'output',
      },
    ],
    fault: [['next.config.mjs']],
  },
  {
    name: 'vercel.json with a pattern that matches nothing',
    app: choir,
    broken: { 'vercel.json': '{ "functions": { "api/feed.js": { "memory": 512 } } }\n' },
    errors: [
      {
        tool: 'vercel',
        kind: 'config',
        message: 'The pattern "api/feed.js" defined in `functions` doesn\'t match any Serverless Functions.',
        symbol: 'api/feed.js',
      },
    ],
    fault: [['vercel.json']],
  },
  {
    name: 'turbo task missing',
    app: market,
    broken: { 'turbo.json': '{ "tasks": { "lint": {} } }\n' },
    rootDirectory: 'sites/stall',
    errors: [{ tool: 'turbo', kind: 'config', message: 'Could not find task `build` in project', symbol: 'build' }],
    fault: [['turbo.json']],
  },
  {
    name: 'package.json does not parse',
    app: walks,
    broken: { 'package.json': '{\n  "name": "walks"\n  "private": true\n}\n' },
    errors: [
      {
        tool: 'vercel',
        kind: 'json',
        message: "Can't parse json file /vercel/path0/package.json: Expected ',' or '}'",
        file: 'package.json',
      },
    ],
    fault: [['package.json']],
  },
  {
    name: 'compiler configuration does not parse, no file named',
    app: bikeKitchen,
    broken: { 'tsconfig.app.json': '{ "compilerOptions": { "strict": true "noEmit": true } }\n' },
    errors: [{ tool: 'vite', kind: 'config', message: '[tsconfig-failure] parsing tsconfig.app.json failed' }],
    fault: [['tsconfig.app.json']],
  },
  {
    name: 'heap capped by the build script',
    app: walks,
    broken: {},
    edits: { 'package.json': ['"astro build"', '"NODE_OPTIONS=--max-old-space-size=64 astro build"'] },
    errors: [
      {
        tool: 'node',
        kind: 'memory',
        message: 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
      },
    ],
    fault: [['package.json']],
  },
  {
    name: 'a folder of style sheets that is not there',
    app: toolLibrary,
    broken: {
      'next.config.mjs': "export default { sassOptions: { loadPaths: ['ui/sheets'] } };\n",
      'ui/styles/_tokens.scss': '$moss: #465;\n',
      'ui/top-bar.module.scss': "@use 'tokens' as t;\n.bar { color: t.$moss; }\n",
    },
    errors: [
      {
        tool: 'webpack',
        kind: 'style',
        message: "SassError: Can't find stylesheet to import.",
        symbol: 'tokens',
        file: 'ui/top-bar.module.scss',
        line: 1,
      },
    ],
    fault: [['next.config.mjs']],
  },
  {
    name: 'a sheet that was renamed, of whose users Sass names the first',
    app: toolLibrary,
    broken: {
      'ui/_theme.scss': '$moss: #465;\n',
      'ui/top-bar.module.scss': "@use 'tokens' as t;\n.bar { color: t.$moss; }\n",
      'app/page.module.scss': "@use 'tokens' as *;\n",
    },
    errors: [
      {
        tool: 'webpack',
        kind: 'style',
        message: "Can't find stylesheet to import.",
        file: 'ui/top-bar.module.scss',
        line: 1,
      },
    ],
    fault: [['ui/top-bar.module.scss', 'app/page.module.scss']],
  },
  {
    name: 'a lockfile that knows a dependency which package.json lost',
    app: toolLibrary,
    broken: { 'pnpm-lock.yaml': 'lockfileVersion: 9\n' },
    edits: { 'package.json': ['"dayjs": "^1.11.0"', '"clsx": "^2.0.0"'] },
    errors: [
      {
        tool: 'pnpm',
        kind: 'lockfile',
        code: 'ERR_PNPM_OUTDATED_LOCKFILE',
        message: 'pnpm-lock.yaml is not up to date with <ROOT>/package.json',
        file: 'pnpm-lock.yaml',
        symbol: 'dayjs',
      },
    ],
    fault: [['package.json'], ['pnpm-lock.yaml']],
  },
  {
    name: 'a module of a scope that is called otherwise',
    app: nightSchool,
    broken: { 'nuxt.config.ts': "export default defineNuxtConfig({ modules: ['@orchard/shopjs'] });\n" },
    edits: { 'package.json': ['"nuxt":', '"@orchard/shop": "1.0.0",\n    "nuxt":'] },
    errors: [
      {
        tool: 'nuxt',
        kind: 'package-missing',
        message: 'Could not load `@orchard/shopjs`. Is it installed?',
        specifier: '@orchard/shopjs',
      },
    ],
    fault: [['nuxt.config.ts']],
  },
  {
    name: 'a script that names the data in which it found something',
    app: toolLibrary,
    broken: {
      'data/loans.json': '[{ "until": "2026-13-02" }]\n',
      'scripts/check.mjs':
        "import loans from '../data/loans.json' with { type: 'json' };\nfor (const { until } of loans) if (Number.isNaN(Date.parse(until))) throw new Error(`loans.json: \"${until}\" is no date`);\n",
    },
    errors: [
      {
        tool: 'node',
        kind: 'script-failed',
        message: 'Error: loans.json: "2026-13-02" is no date',
        file: 'scripts/check.mjs',
        line: 2,
      },
    ],
    fault: [['data/loans.json']],
  },
  {
    name: 'dialect that Drizzle does not know',
    app: choir,
    broken: { 'drizzle.config.ts': "export default { dialect: 'postgres', schema: './db/schema.ts' };\n" },
    errors: [{ tool: 'drizzle', kind: 'config', message: '_ZodError: [\n"received": "postgres",' }],
    fault: [['drizzle.config.ts']],
  },
  {
    name: 'schema of GraphQL at an address of the developer’s own machine',
    app: choir,
    broken: { 'codegen.ts': "export default { schema: 'http://localhost:4000/graphql', generates: {} };\n" },
    errors: [
      {
        tool: 'codegen',
        kind: 'config',
        message: 'Load GraphQL schemas [FAILED: Failed to load schema from http://localhost:4000/graphql:',
        symbol: 'http://localhost:4000/graphql',
      },
    ],
    fault: [['codegen.ts']],
  },
  {
    name: 'document that Contentlayer names from its own folder',
    app: choir,
    broken: {
      'contentlayer.config.js': "export default makeSource({ contentDirPath: 'posts', documentTypes: [Post] });\n",
      'posts/spring.md': '---\ntitle: 12\n---\n\nSongs.\n',
      'posts/autumn.md': '---\ntitle: Autumn\n---\n\nSongs.\n',
    },
    errors: [
      {
        tool: 'contentlayer',
        kind: 'json',
        message:
          'Error: Found 1 problems in 1 documents.\n• "spring.md" of type "Post" has the following incompatible fields:',
        file: 'spring.md',
      },
    ],
    fault: [['posts/spring.md']],
  },
];
