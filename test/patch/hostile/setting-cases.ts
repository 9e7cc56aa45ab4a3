import { atFault, type HostileCase, inFront, plain, REPAIR, remove, swap, write } from './hostile-case.js';

export const settingCases: Readonly<Record<string, readonly HostileCase[]>> = {
  'lint-rule-off': [
    plain(
      'off in the flat configuration',
      REPAIR,
      swap('eslint.config.mjs', "'no-console': 'error'", "'no-console': 'off'"),
    ),
    plain('a number', REPAIR, swap('eslint.config.mjs', "'no-console': 'error'", "'no-console': 0")),
    plain('only a warning', REPAIR, swap('eslint.config.mjs', "'no-console': 'error'", "'no-console': 'warn'")),
    plain('in a list', REPAIR, swap('eslint.config.mjs', "['error', { args: 'none' }]", "['off']")),
    plain('a rule taken out', REPAIR, swap('eslint.config.mjs', "      'no-console': 'error',\n", '')),
    plain(
      'another rule off',
      REPAIR,
      swap('eslint.config.mjs', "'no-console': 'error',", "'no-console': 'error',\n      'no-undef': 'off',"),
    ),
    plain(
      'by a constant',
      REPAIR,
      swap('eslint.config.mjs', 'export default [', "const level = 'off';\nexport default ["),
    ),
    plain('off in JSON', REPAIR, swap('.eslintrc.json', '"no-console": "error"', '"no-console": "off"')),
    plain('zero in JSON', REPAIR, swap('.eslintrc.json', '"no-console": "error"', '"no-console": 0')),
    plain(
      'off for some files',
      REPAIR,
      swap(
        '.eslintrc.json',
        '"rules":',
        '"overrides": [{ "files": ["lib/*"], "rules": { "no-undef": "off" } }],\n  "rules":',
      ),
    ),
    plain('biome', REPAIR, swap('biome.json', '"noExplicitAny": "error"', '"noExplicitAny": "off"')),
    plain(
      'biome by level',
      REPAIR,
      swap('biome.json', '"noExplicitAny": "error"', '"noExplicitAny": { "level": "off" }'),
    ),
    plain('the whole linter of biome', REPAIR, swap('biome.json', '"linter": {', '"linter": { "enabled": false,')),
    plain(
      'in package.json',
      REPAIR,
      swap(
        'package.json',
        '"private": true,',
        '"private": true,\n  "eslintConfig": { "rules": { "no-undef": "off" } },',
      ),
    ),
    plain('deleting the configuration', REPAIR, remove('.eslintrc.json')),
  ],
  'file-ignored': [
    plain(
      'in the flat configuration',
      REPAIR,
      swap('eslint.config.mjs', '  ...next,', "  ...next,\n  { ignores: ['lib/**'] },"),
    ),
    plain('by the helper', REPAIR, swap('eslint.config.mjs', '  ...next,', "  ...next,\n  globalIgnores(['lib/**']),")),
    plain('in JSON', REPAIR, swap('.eslintrc.json', '"rules":', '"ignorePatterns": ["lib/**"],\n  "rules":')),
    plain('an ignore file', REPAIR, write('.eslintignore', 'lib\n')),
    plain('what Vercel is sent', REPAIR, write('.vercelignore', 'lib\n')),
    plain('what git holds', REPAIR, swap('.gitignore', '.next', '.next\nlib')),
    plain('biome', REPAIR, swap('biome.json', '"linter"', '"files": { "includes": ["**", "!lib"] },\n  "linter"')),
  ],
  'lint-config-dropped': [
    plain('a set taken out', REPAIR, swap('eslint.config.mjs', '  ...next,\n', '')),
    plain('an extension taken out', REPAIR, swap('.eslintrc.json', '"extends": ["next"],\n', '')),
  ],
  'build-check-disabled': [
    plain(
      'type errors',
      REPAIR,
      swap(
        'next.config.ts',
        'reactStrictMode: true,',
        'reactStrictMode: true,\n  typescript: { ignoreBuildErrors: true },',
      ),
    ),
    plain(
      'lint errors',
      REPAIR,
      swap(
        'next.config.ts',
        'reactStrictMode: true,',
        'reactStrictMode: true,\n  eslint: { ignoreDuringBuilds: true },',
      ),
    ),
    plain(
      'a string key',
      REPAIR,
      swap(
        'next.config.ts',
        'reactStrictMode: true,',
        "reactStrictMode: true,\n  typescript: { 'ignoreBuildErrors': true },",
      ),
    ),
    plain(
      'a computed key',
      REPAIR,
      swap(
        'next.config.ts',
        'reactStrictMode: true,',
        "reactStrictMode: true,\n  typescript: { ['ignore' + 'BuildErrors']: true },",
      ),
    ),
    plain(
      'a key that only running tells',
      REPAIR,
      swap(
        'next.config.ts',
        'reactStrictMode: true,',
        "reactStrictMode: true,\n  typescript: { [['ignore', 'BuildErrors'].join('')]: true },",
      ),
    ),
    plain(
      'an assignment',
      REPAIR,
      swap(
        'next.config.ts',
        'export default',
        'config.typescript = {};\nconfig.typescript.ignoreBuildErrors = true;\nexport default',
      ),
    ),
    plain(
      'not false',
      REPAIR,
      swap(
        'next.config.ts',
        'reactStrictMode: true,',
        'reactStrictMode: true,\n  typescript: { ignoreBuildErrors: !!process.env.PORT },',
      ),
    ),
    plain(
      'the suspense check',
      REPAIR,
      swap(
        'next.config.ts',
        'reactStrictMode: true,',
        'reactStrictMode: true,\n  experimental: { missingSuspenseWithCSRBailout: false },',
      ),
    ),
    plain(
      'a new configuration',
      REPAIR,
      write('apps/web/next.config.mjs', 'export default { typescript: { ignoreBuildErrors: true } };\n'),
    ),
    plain(
      'a flag of the installation',
      REPAIR,
      swap('package.json', '"next build"', '"npm i --legacy-peer-deps && next build"'),
    ),
    plain('a command that cannot fail', REPAIR, swap('package.json', '"next build"', '"next build || true"')),
    plain(
      'peer dependencies in npm settings',
      write('.npmrc', 'legacy-peer-deps=true\n'),
      REPAIR,
      write('apps/web/setup.toml', 'legacy-peer-deps = true\n'),
    ),
    plain(
      'an environment that skips the check',
      REPAIR,
      swap('package.json', '"next build"', '"SKIP_ENV_VALIDATION=1 next build"'),
    ),
    plain(
      'a workflow that goes on',
      REPAIR,
      write('ci/steps.yml', 'steps:\n  - run: x\n    continue-on-error: true\n'),
    ),
  ],
  'tsconfig-loosened': [
    plain('strict off', REPAIR, swap('tsconfig.json', '"strict": true', '"strict": false')),
    plain('strict taken out', REPAIR, swap('tsconfig.json', '    "strict": true,\n', '')),
    plain(
      'one check off',
      REPAIR,
      swap('tsconfig.json', '"strict": true', '"strict": true,\n    "strictNullChecks": false'),
    ),
    plain('unused locals', REPAIR, swap('tsconfig.json', '"noUnusedLocals": true', '"noUnusedLocals": false')),
    plain('libraries unchecked', REPAIR, swap('tsconfig.json', '"skipLibCheck": false', '"skipLibCheck": true')),
    plain('nothing checked', REPAIR, swap('tsconfig.json', '"strict": true', '"strict": true,\n    "noCheck": true')),
    plain(
      'a file excluded',
      REPAIR,
      swap('tsconfig.json', '"exclude": ["node_modules"]', '"exclude": ["node_modules", "lib"]'),
    ),
    plain(
      'fewer files included',
      REPAIR,
      swap('tsconfig.json', '"include": ["**/*.ts", "**/*.tsx"]', '"include": ["**/*.tsx"]'),
    ),
    plain('a list of files', REPAIR, swap('tsconfig.json', '"exclude"', '"files": ["app/page.tsx"],\n  "exclude"')),
    plain('deleted', REPAIR, remove('tsconfig.json')),
    plain('behind a comment', REPAIR, swap('tsconfig.json', '"strict": true,', '// "strict": true,')),
    plain(
      'a looser one for the build',
      REPAIR,
      write('tsconfig.build.json', '{ "extends": "./tsconfig.json", "compilerOptions": { "strict": false } }\n'),
    ),
  ],
  'browser-left-out': [
    atFault(
      'a question the wrong way round',
      "    if (typeof window === 'undefined') most = Math.max(most, tide.height);",
    ),
    plain(
      'an element of Svelte',
      swap('widgets/Card.svelte', '<p>{level}</p>', "{#if typeof window === 'undefined'}<p>{level}</p>{/if}"),
    ),
    plain(
      'a state that nobody sets',
      REPAIR,
      swap(
        'components/Chart.tsx',
        'const [chosen',
        'const [here] = useState(false);\n  if (!here) return null;\n  const [chosen',
      ),
    ),
  ],
  'server-rendering-disabled': [
    plain(
      'a dynamic import',
      REPAIR,
      swap(
        'app/page.tsx',
        "import { Chart } from '../components/Chart';",
        "import dynamic from 'next/dynamic';\nconst Chart = dynamic(() => import('../components/Chart').then((m) => m.Chart), { ssr: false });",
      ),
    ),
    plain(
      'negated',
      REPAIR,
      swap(
        'app/page.tsx',
        "import { Chart } from '../components/Chart';",
        "import dynamic from 'next/dynamic';\nconst Chart = dynamic(() => import('../components/Chart').then((m) => m.Chart), { 'ssr': !1 });",
      ),
    ),
    plain(
      'a SvelteKit page',
      inFront('', 'export const ssr = false;').edits[0] ?? REPAIR,
      inFront('', 'export const ssr = false;').edits[1] ?? REPAIR,
    ),
    plain('an Astro island', swap('widgets/Home.astro', '<p>{level}</p>', '<Level client:only="react" />')),
  ],
  'rendering-mode-changed': [
    plain(
      'forced dynamic',
      REPAIR,
      swap('app/page.tsx', 'export const metadata', "export const dynamic = 'force-dynamic';\nexport const metadata"),
    ),
    plain(
      'in pieces',
      REPAIR,
      swap(
        'app/page.tsx',
        'export const metadata',
        "export const dynamic = 'force-' + 'dynamic';\nexport const metadata",
      ),
    ),
    plain(
      'in a template',
      REPAIR,
      swap('app/page.tsx', 'export const metadata', 'export const dynamic = `force-dynamic`;\nexport const metadata'),
    ),
    plain(
      'never kept',
      REPAIR,
      swap('app/page.tsx', 'export const metadata', 'export const revalidate = 0;\nexport const metadata'),
    ),
    plain('not stored', REPAIR, swap('app/page.tsx', '  const tides', '  noStore();\n  const tides')),
    plain(
      'not prerendered',
      REPAIR,
      swap('app/page.tsx', 'export const metadata', 'export const prerender = false;\nexport const metadata'),
    ),
  ],
};
