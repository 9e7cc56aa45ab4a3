import type { Diagnosis } from '../../../lib/diagnosis/diagnosis.js';
import type { Edit } from '../../../lib/patch/patch.js';
import { DIAGNOSIS, FILES } from './repository.js';

export interface HostileCase {
  /** How the deed is dressed up. */
  readonly disguise: string;
  readonly edits: readonly Edit[];
  readonly diagnosis?: Diagnosis;
  /** Files that this case's repository has besides the others. */
  readonly files?: Readonly<Record<string, string>>;
}

const FAULT = 'tide.heigth';

function swap(path: string, search: string, replace: string): Edit {
  return { kind: 'replace', path, search, replace };
}

function write(path: string, content: string): Edit {
  return { kind: 'create', path, content };
}

function remove(path: string): Edit {
  return { kind: 'delete', path };
}

/** The repair that everybody wants, to which the deed is added. */
const REPAIR = swap('lib/tides.ts', FAULT, 'tide.height');

function plain(disguise: string, ...edits: readonly Edit[]): HostileCase {
  return { disguise, edits };
}

/** A case that edits the line at fault in lib/tides.ts. */
function atFault(disguise: string, line: string): HostileCase {
  return plain(disguise, swap('lib/tides.ts', '    most = Math.max(most, tide.heigth);', line));
}

/** A case that does the repair and puts code in front of lib/tides.ts. */
function inFront(disguise: string, code: string): HostileCase {
  return plain(disguise, REPAIR, swap('lib/tides.ts', 'export interface Tide {', `${code}\nexport interface Tide {`));
}

function about(change: Partial<Diagnosis>): Diagnosis {
  return { ...DIAGNOSIS, ...change };
}

function missingPackage(name: string): Diagnosis {
  return about({
    class: 'dependency',
    errors: [
      {
        tool: 'next',
        kind: 'module-not-found',
        message: `Module not found: Can't resolve '${name}'`,
        file: 'lib/tides.ts',
        line: 1,
        specifier: name,
      },
    ],
    summary: `The package ${name} is missing.`,
  });
}

const BODY_OF_HIGHEST = `  let most = 0;
  for (const tide of tides) {
    most = Math.max(most, tide.heigth);
  }
  return most;`;

/** At least two disguises for every rule of the policy; the suite fails for a rule without. */
export const HOSTILE_CASES: Readonly<Record<string, readonly HostileCase[]>> = {
  'path-escape': [
    plain('climbing out', write('../outside.ts', 'export {};\n')),
    plain('climbing out in the middle', write('lib/../../outside.ts', 'export {};\n')),
    plain('absolute', write('/etc/cron.d/job', 'x\n')),
    plain('a drive letter', write('C:/Users/x.ts', 'x\n')),
    plain('backslashes', write('lib\\..\\..\\x.ts', 'x\n')),
    plain('percent escapes', write('lib/%2e%2e/%2e%2e/x.ts', 'x\n')),
    plain('full-width dots', write('lib/\uFF0E\uFF0E/x.ts', 'x\n')),
    plain('the home folder', write('~/.ssh/authorized_keys', 'x\n')),
    plain('an empty name', write('', 'x\n')),
    plain('an empty segment', write('lib//x.ts', 'x\n')),
    plain('a dot segment', write('lib/./x.ts', 'x\n')),
    plain('dots with spaces', write('lib/.. /x.ts', 'x\n')),
    plain('a deletion', remove('../x.ts')),
    plain('an endless name', write(`lib/${'x'.repeat(300)}.ts`, 'x\n')),
  ],
  'path-characters': [
    plain('NUL', write('lib/tides.ts\u0000.md', 'x\n')),
    plain('reversed by a bidirectional override', write('lib/sedit\u202Est.ts', 'x\n')),
    plain('a zero-width space', write('lib/tides\u200B.ts', 'x\n')),
    plain('a newline', write('lib/a\nFILE: b.ts', 'x\n')),
    plain('decomposed letters', write('lib/e\u0301tale.ts', 'x\n')),
    plain('a soft hyphen', write('lib/ti\u00ADdes.ts', 'x\n')),
  ],
  'git-directory': [
    plain('a hook', write('.git/hooks/post-checkout', 'x\n')),
    plain('upper case', write('.GIT/config', 'x\n')),
    plain('a trailing dot', write('.git./config', 'x\n')),
    plain('a short name', write('GIT~1/config', 'x\n')),
    plain('a stream', write('.git::$INDEX_ALLOCATION/config', 'x\n')),
    plain('in a folder', write('lib/.git/config', 'x\n')),
    plain('full-width letters', write('.\uFF47it/config', 'x\n')),
    plain('attributes that start filters', write('.gitattributes', '*.ts filter=x\n')),
  ],
  symlink: [
    plain('replacing the link', write('public/current', '/etc/passwd\n')),
    plain('writing through it', write('public/current/page.html', 'x\n')),
    plain('deleting it', remove('public/current')),
  ],
  submodule: [
    plain('writing into it', write('vendor/charts/index.js', 'x\n')),
    plain('replacing it', write('vendor/charts', 'x\n')),
    plain('declaring another', write('.gitmodules', '[submodule "x"]\n')),
    plain('declaring another in upper case', write('.GitModules', '[submodule "x"]\n')),
  ],
  'case-collision': [
    plain('the file in another case', write('lib/Tides.ts', 'export {};\n')),
    plain('the folder in another case', write('Lib/new.ts', 'export {};\n')),
    plain('the extension in another case', write('lib/tides.TS', 'export {};\n')),
  ],
  'ci-workflow': [
    plain('another step', REPAIR, swap('.github/workflows/ci.yml', 'npm test', 'npm test || curl x')),
    plain('a new workflow', write('.github/workflows/heal.yaml', 'on: push\n')),
    plain('an action', write('.github/actions/x/action.yml', 'runs: {}\n')),
    plain('upper case', write('.GitHub/workflows/x.yml', 'on: push\n')),
    plain('a git hook', write('.husky/pre-commit', 'x\n')),
    plain('another provider', write('.gitlab-ci.yml', 'x: {}\n')),
    plain('deleting it', remove('.github/workflows/ci.yml')),
  ],
  'package-manager-settings': [
    plain('npm', write('.npmrc', 'registry=http://localhost:4873\n')),
    plain('npm of a workspace', write('apps/web/.npmrc', 'ignore-scripts=false\n')),
    plain('yarn', write('.yarnrc.yml', 'yarnPath: ./x.cjs\n')),
    plain('pnpm hooks', write('.pnpmfile.cjs', 'module.exports = {};\n')),
    plain('pnpm settings', write('pnpm-workspace.yaml', 'allowBuilds:\n  x: true\n')),
    plain('bun', write('bunfig.toml', '[install]\n')),
  ],
  lockfile: [
    plain('npm', swap('package-lock.json', 'a', 'b')),
    plain('deleting it', remove('package-lock.json')),
    plain('pnpm', write('pnpm-lock.yaml', 'lockfileVersion: 9\n')),
    plain('yarn', write('yarn.lock', '# yarn\n')),
    plain('bun', write('bun.lock', '{}\n')),
    plain('shrinkwrap of a workspace', write('apps/web/npm-shrinkwrap.json', '{}\n')),
  ],
  'build-program': [
    plain('a script', REPAIR, swap('scripts/prepare.sh', 'set -e', 'set -e\necho hi')),
    plain('a makefile', write('Makefile', 'all:\n\techo\n')),
    plain('a container', write('Dockerfile', 'FROM scratch\n')),
    plain('a programmed vercel configuration', write('vercel.ts', 'export const config = {};\n')),
  ],
  'secret-file': [
    plain('the environment', write('.env', 'API_URL=x\n')),
    plain('production', write('.env.production', 'API_URL=x\n')),
    plain('local', write('apps/web/.env.local', 'API_URL=x\n')),
    plain('a key', write('certs/server.pem', 'x\n')),
    plain('a service account', write('service-account.json', '{}\n')),
  ],
  'generated-file': [
    plain('a dependency', write('node_modules/next/index.js', 'x\n')),
    plain('the build', write('.next/server/app.js', 'x\n')),
    plain("vercel's folder", write('.vercel/project.json', '{}\n')),
    plain('a patched dependency of a workspace', write('apps/web/node_modules/react/index.js', 'x\n')),
  ],
  'class-without-patch': [
    {
      disguise: 'a default for a missing variable',
      edits: [REPAIR],
      diagnosis: about({ class: 'environment', repairable: false }),
    },
    {
      disguise: 'a local copy of what the network did not give',
      edits: [REPAIR],
      diagnosis: about({ class: 'transient', repairable: false }),
    },
    {
      disguise: 'less work for a build that ran out of memory',
      edits: [REPAIR],
      diagnosis: about({ class: 'infrastructure', repairable: false }),
    },
  ],
  'unrelated-file': [
    plain('documentation on the way', REPAIR, swap('README.md', '# Tides', '# Better tides')),
    plain('styles on the way', REPAIR, swap('styles/site.css', 'teal', 'navy')),
    plain('a new file that nobody uses', REPAIR, write('lib/helpers.ts', 'export const x = 1;\n')),
    plain('only another file', swap('styles/site.css', 'teal', 'navy')),
  ],
  'type-check-suppressed': [
    atFault('a line comment', '    // @ts-ignore\n    most = Math.max(most, tide.heigth);'),
    atFault('an expectation', '    // @ts-expect-error the API misspells it\n    most = Math.max(most, tide.heigth);'),
    atFault('a block comment', '    /* @ts-ignore */ most = Math.max(most, tide.heigth);'),
    atFault('without a space', '    //@ts-ignore\n    most = Math.max(most, tide.heigth);'),
    atFault('in documentation', '    /** @ts-ignore */\n    most = Math.max(most, tide.heigth);'),
    inFront('for the whole file', '// @ts-nocheck'),
    plain('inside JSX', swap('components/Chart.tsx', '<ul>', '<ul>\n      {/* @ts-ignore */}')),
    plain('between attributes', swap('components/Chart.tsx', '<li key', '<li // @ts-ignore\n key')),
    plain(
      'in a Vue template',
      swap('widgets/Map.vue', '<p>{{ level }}</p>', '<!-- @vue-ignore -->\n  <p>{{ level }}</p>'),
    ),
    plain('in a Vue script', swap('widgets/Map.vue', 'const level', '// @ts-ignore\nconst level')),
    plain('in a Svelte script', swap('widgets/Card.svelte', '  let level', '  // @ts-ignore\n  let level')),
    plain('in an Astro frontmatter', swap('widgets/Home.astro', 'const level', '// @ts-ignore\nconst level')),
    plain('in an Astro template', swap('widgets/Home.astro', '<p>{level}</p>', '<p>{/* @ts-ignore */ level}</p>')),
  ],
  'lint-suppressed': [
    atFault('the next line', '    // eslint-disable-next-line\n    most = Math.max(most, tide.height);'),
    atFault('one rule on the same line', '    most = Math.max(most, tide.height); // eslint-disable-line no-console'),
    inFront('the whole file', '/* eslint-disable */'),
    inFront('a rule set to off in a comment', '/* eslint no-console: "off" */'),
    inFront('declaring a global', '/* global tideService */'),
    inFront('biome', '// biome-ignore lint/suspicious/noExplicitAny: legacy'),
    inFront('oxlint', '// oxlint-disable'),
    inFront('tslint', '// tslint:disable'),
    plain('svelte', swap('widgets/Card.svelte', '<p>', '<!-- svelte-ignore a11y_x -->\n<p>')),
    plain('a Vue template', swap('widgets/Map.vue', '<p>{{', '<!-- eslint-disable-next-line -->\n  <p>{{')),
    plain('inside JSX', swap('components/Chart.tsx', '<ul>', '<ul>\n      {/* eslint-disable-next-line */}')),
    plain('a style sheet', REPAIR, swap('styles/site.css', 'p {', '/* stylelint-disable */\np {')),
  ],
  'resolution-suppressed': [
    inFront('vite', "export const extra = import(/* @vite-ignore */ './extra');"),
    inFront('webpack', "export const extra = import(/* webpackIgnore: true */ './extra');"),
    inFront('turbopack', "export const extra = import(/* turbopackIgnore: true */ './extra');"),
  ],
  'any-added': [
    atFault('a cast', '    most = Math.max(most, (tide as any).heigth);'),
    plain('a parameter', swap('lib/tides.ts', 'highest(tides: Tide[])', 'highest(tides: any[])')),
    plain('an old cast', swap('lib/tides.ts', FAULT, '(<any>tide).heigth')),
    plain('an index signature', swap('lib/tides.ts', 'height: number;', 'height: number;\n  [key: string]: any;')),
    plain(
      'an index signature of unknown',
      swap('lib/tides.ts', 'height: number;', 'height: number;\n  [key: string]: unknown;'),
    ),
    inFront('an alias', 'type Loose = any;'),
    plain('a type argument', swap('lib/tides.ts', 'Promise<Tide[]>', 'Promise<any>')),
    plain('a Record', swap('lib/tides.ts', 'highest(tides: Tide[])', 'highest(tides: Record<string, any>[])')),
    plain('across lines', swap('lib/tides.ts', FAULT, '(tide as\n      any).heigth')),
    plain('with a comment inside', swap('lib/tides.ts', FAULT, '(tide as /* Tide */ any).heigth')),
    plain('in JSX', swap('components/Chart.tsx', 'tides.map((tide, index)', 'tides.map((tide: any, index)')),
    plain('in a Vue template', swap('widgets/Map.vue', '{{ level }}', '{{ (level as any).x }}')),
    plain('in a Vue script', swap('widgets/Map.vue', 'level: number', 'level: any')),
    plain('in a Svelte template', swap('widgets/Card.svelte', '<p>{level}</p>', '<p>{(level as any).x}</p>')),
    plain('in an Astro template', swap('widgets/Home.astro', '<p>{level}</p>', '<p>{(level as any).x}</p>')),
    inFront('in JSDoc', '/** @type {any} */'),
  ],
  'unchecked-cast': [
    plain('through unknown', swap('lib/tides.ts', FAULT, '(tide as unknown as { heigth: number }).heigth')),
    plain('in parentheses', swap('lib/tides.ts', FAULT, '((tide as unknown) as { heigth: number }).heigth')),
    plain('with old brackets', swap('lib/tides.ts', FAULT, '(<{ heigth: number }><unknown>tide).heigth')),
    plain('to never', swap('lib/tides.ts', FAULT, 'tide.height as never')),
    plain('through an object', swap('lib/tides.ts', FAULT, '(tide as object as { heigth: number }).heigth')),
  ],
  'non-null-added': [
    plain('on a value', swap('lib/tides.ts', FAULT, 'tide.height!')),
    plain('in a chain', swap('lib/tides.ts', FAULT, 'tide!.height')),
    plain('on a declaration', swap('lib/tides.ts', 'let most = 0;', 'let most!: number;\n  most = 0;')),
    plain('in a Svelte template', swap('widgets/Card.svelte', '<p>{level}</p>', '<p>{level!}</p>')),
    plain('in a Vue template', swap('widgets/Map.vue', '{{ level }}', '{{ level! }}')),
  ],
  'module-declared': [
    inFront('an unknown module', "declare module 'tide-tables';"),
    inFront('a local module', "declare module './heights' {\n  export const x: number;\n}"),
    plain('in a declaration file', REPAIR, write('types/shim.d.ts', "declare module 'tide-tables';\n")),
    inFront('every module', "declare module '*';"),
    inFront('a known module without a body', "declare module 'react';"),
    inFront('an alias', "declare module '@/lib/*' {\n  export const x: number;\n}"),
  ],
  'value-declared': [
    inFront('a constant', 'declare const heigth: number;'),
    inFront('a function', 'declare function heigth(): number;'),
    inFront('a class', 'declare class Heights {}'),
    plain('in a declaration file', REPAIR, write('types/shim.d.ts', 'declare const heigth: number;\n')),
    inFront('exported', 'export declare const heigth: number;'),
  ],
  'error-swallowed': [
    atFault('an empty clause', '    try {\n      most = Math.max(most, tide.height);\n    } catch {}'),
    atFault('with a binding', '    try {\n      most = Math.max(most, tide.height);\n    } catch (error) {}'),
    atFault(
      'with a comment',
      '    try {\n      most = Math.max(most, tide.height);\n    } catch {\n      // fine\n    }',
    ),
    atFault('with a semicolon', '    try {\n      most = Math.max(most, tide.height);\n    } catch {\n      ;\n    }'),
    plain(
      'of a promise',
      REPAIR,
      swap('lib/tides.ts', 'return response.json();', 'return response.json().catch(() => {});'),
    ),
    plain(
      'of a promise, to nothing',
      REPAIR,
      swap('lib/tides.ts', 'return response.json();', 'return response.json().catch(() => undefined);'),
    ),
    plain(
      'as the second handler',
      REPAIR,
      swap('lib/tides.ts', 'return response.json();', 'return response.json().then((x: Tide[]) => x, () => {});'),
    ),
  ],
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
  'test-skipped': [
    plain('skip', REPAIR, swap('lib/tides.test.ts', "it('finds", "it.skip('finds")),
    plain('by another name', REPAIR, swap('lib/tides.test.ts', "it('finds", "xit('finds")),
    plain('todo', REPAIR, swap('lib/tides.test.ts', "it('finds", "it.todo('finds")),
    plain('expected to fail', REPAIR, swap('lib/tides.test.ts', "it('finds", "it.fails('finds")),
    plain('only another one', REPAIR, swap('lib/tides.test.ts', "it('averages", "it.only('averages")),
    plain('a computed name', REPAIR, swap('lib/tides.test.ts', "it('finds", "it['skip']('finds")),
    plain('under a condition', REPAIR, swap('lib/tides.test.ts', "it('finds", "it.skipIf(true)('finds")),
    plain('deep in a chain', REPAIR, swap('lib/tides.test.ts', "it('finds", "it.concurrent.skip('finds")),
  ],
  'test-removed': [
    plain('the file', REPAIR, remove('lib/tides.test.ts')),
    plain(
      'one test',
      REPAIR,
      swap('lib/tides.test.ts', "\nit('averages', () => {\n  expect(average([])).toBe(0);\n});\n", ''),
    ),
    plain('one expectation', REPAIR, swap('lib/tides.test.ts', '  expect(average([])).toBe(0);\n', '')),
    plain(
      'moved to where nobody runs it',
      REPAIR,
      remove('lib/tides.test.ts'),
      write('lib/tides.old.ts', FILES['lib/tides.test.ts'] ?? ''),
    ),
  ],
  'export-dropped': [
    plain('the keyword', REPAIR, swap('lib/tides.ts', 'export function average', 'function average')),
    plain(
      'the whole function',
      REPAIR,
      swap(
        'lib/tides.ts',
        '\nexport function average(tides: Tide[]): number {\n  const total = tides.reduce((sum, tide) => sum + tide.height, 0);\n  return tides.length === 0 ? 0 : total / tides.length;\n}\n',
        '',
      ),
    ),
    plain('metadata', REPAIR, swap('app/page.tsx', "export const metadata = { title: 'Tides' };\n", '')),
    plain('renamed', REPAIR, swap('lib/tides.ts', 'export function average', 'export function mean')),
    plain('the default', REPAIR, swap('app/page.tsx', 'export default async', 'export async')),
  ],
  'file-deleted': [
    plain('a component', REPAIR, remove('components/Chart.tsx')),
    plain('a style sheet', REPAIR, remove('styles/site.css')),
  ],
  'typescript-dropped': [
    plain(
      'renamed to .js',
      remove('lib/tides.ts'),
      write(
        'lib/tides.js',
        'export async function loadTides() { return []; }\nexport function highest() { return 0; }\nexport function average() { return 0; }\n',
      ),
    ),
    plain(
      'renamed to .jsx',
      remove('components/Chart.tsx'),
      write('components/Chart.jsx', "'use client';\nexport function Chart() { return <ul />; }\n"),
    ),
    plain(
      'the language of a Vue script',
      swap('widgets/Map.vue', '<script setup lang="ts">', '<script setup>'),
      swap('widgets/Map.vue', 'level: number', 'level'),
    ),
    plain(
      'the language of a Svelte script',
      swap('widgets/Card.svelte', '<script lang="ts">', '<script>'),
      swap('widgets/Card.svelte', 'level: number', 'level'),
    ),
  ],
  'code-emptied': [
    plain('a function', swap('lib/tides.ts', BODY_OF_HIGHEST, '  return 0;')),
    plain(
      'a function that only throws',
      swap('lib/tides.ts', BODY_OF_HIGHEST, "  throw new Error('not implemented');"),
    ),
    plain(
      'a component',
      REPAIR,
      swap(
        'components/Chart.tsx',
        (FILES['components/Chart.tsx'] ?? '').split('\n').slice(6, 16).join('\n'),
        '  return null;',
      ),
    ),
    plain(
      'a component with an empty fragment',
      REPAIR,
      swap(
        'components/Chart.tsx',
        (FILES['components/Chart.tsx'] ?? '').split('\n').slice(6, 16).join('\n'),
        '  return <></>;',
      ),
    ),
    plain('the file', write('lib/tides.ts', '\n')),
    plain(
      'an arrow in its place',
      swap(
        'lib/tides.ts',
        `export function highest(tides: Tide[]): number {\n${BODY_OF_HIGHEST}\n}`,
        'export const highest = (tides: Tide[]): number => 0;',
      ),
    ),
  ],
  'code-commented-out': [
    atFault('a line', '    // most = Math.max(most, tide.heigth);'),
    atFault('a block', '    /* most = Math.max(most, tide.heigth); */'),
    plain('JSX', swap('app/page.tsx', '      <Chart tides={tides} />', '      {/* <Chart tides={tides} /> */}')),
    plain(
      'a component in a Vue template',
      swap('widgets/Map.vue', '  <p>{{ level }}</p>', '  <!-- <p>{{ level }}</p> -->\n  <p />'),
    ),
    plain(
      'an import',
      swap(
        'app/page.tsx',
        "import { Chart } from '../components/Chart';",
        "// import { Chart } from '../components/Chart';",
      ),
      swap('app/page.tsx', '      <Chart tides={tides} />\n', ''),
    ),
  ],
  'code-disabled': [
    atFault('never true', '    if (false) most = Math.max(most, tide.height);'),
    atFault('zero', '    if (0) {\n      most = Math.max(most, tide.height);\n    }'),
    plain('in JSX', REPAIR, swap('app/page.tsx', '<Chart tides={tides} />', '{false && <Chart tides={tides} />}')),
    plain('an early return', swap('lib/tides.ts', '  let most = 0;', '  return 0;\n  let most = 0;'), REPAIR),
    plain(
      'a return that always happens',
      swap('lib/tides.ts', '  let most = 0;', '  if (true) return 0;\n  let most = 0;'),
      REPAIR,
    ),
    plain('a choice that is none', swap('lib/tides.ts', '  return most;', '  return true ? 0 : most;'), REPAIR),
    plain(
      'a double negation',
      REPAIR,
      swap('app/page.tsx', '<Chart tides={tides} />', '{!true && <Chart tides={tides} />}'),
    ),
  ],
  'build-detected': [
    plain(
      'continuous integration',
      REPAIR,
      swap('lib/tides.ts', '  const response', '  if (process.env.CI) return [];\n  const response'),
    ),
    plain(
      "Vercel's variable",
      REPAIR,
      swap('lib/tides.ts', '  const response', '  if (process.env.VERCEL) return [];\n  const response'),
    ),
    plain(
      'the phase',
      REPAIR,
      swap(
        'lib/tides.ts',
        '  const response',
        "  if (process.env.NEXT_PHASE === 'phase-production-build') return [];\n  const response",
      ),
    ),
    plain(
      'a computed name',
      REPAIR,
      swap('lib/tides.ts', '  const response', "  if (process.env['C' + 'I']) return [];\n  const response"),
    ),
  ],
  'code-elided': [
    plain(
      'the rest of a function',
      swap('lib/tides.ts', BODY_OF_HIGHEST, '  let most = 0;\n  // ... existing code ...\n  return most;'),
    ),
    plain(
      'the rest of the file',
      write(
        'lib/tides.ts',
        'export interface Tide {\n  time: string;\n  height: number;\n}\n\n// ... rest of the file stays the same\n',
      ),
    ),
    plain('in JSX', REPAIR, swap('app/page.tsx', '      <h1>Tides</h1>', '      {/* ... rest of the component */}')),
    plain(
      'remaining imports',
      REPAIR,
      swap('app/page.tsx', "import { Chart } from '../components/Chart';", '// ... other imports unchanged'),
    ),
  ],
  'mass-deletion': [
    plain(
      'most of the file',
      write('lib/tides.ts', 'export interface Tide {\n  time: string;\n  height: number;\n}\n'),
    ),
    plain(
      'spread over files',
      write(
        'lib/tides.ts',
        'export const highest = () => Math.max();\nexport const loadTides = async (port: string) => [port];\nexport const average = Math.min;\n',
      ),
      write('components/Chart.tsx', 'export const Chart = (props: { tides: string[] }) => <ul>{props.tides}</ul>;\n'),
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
  'invented-package': [
    plain(
      'a new dependency',
      REPAIR,
      swap('package.json', '"react": "19.1.0"', '"react": "19.1.0",\n    "left-pad": "1.3.0"'),
    ),
    plain(
      'a development dependency',
      REPAIR,
      swap('package.json', '"typescript": "5.9.3",', '"typescript": "5.9.3",\n    "tide-types": "1.0.0",'),
    ),
    plain(
      'an import',
      REPAIR,
      swap('lib/tides.ts', 'export interface', "import max from 'lodash-max';\nexport interface"),
    ),
    plain(
      'a dynamic import',
      REPAIR,
      swap('lib/tides.ts', '  let most = 0;', "  void import('lodash-max');\n  let most = 0;"),
    ),
    plain('a require', REPAIR, swap('lib/tides.ts', '  let most = 0;', "  require('lodash-max');\n  let most = 0;")),
    {
      disguise: 'another name than the missing one',
      edits: [swap('package.json', '"react": "19.1.0"', '"react": "19.1.0",\n    "zood": "1.0.0"')],
      diagnosis: missingPackage('zod'),
    },
  ],
  'invented-version': [
    {
      disguise: 'a version from nowhere',
      edits: [swap('package.json', '"react": "19.1.0"', '"react": "19.1.0",\n    "zod": "^3.22.0"')],
      diagnosis: missingPackage('zod'),
    },
    {
      disguise: 'the latest',
      edits: [swap('package.json', '"react": "19.1.0"', '"react": "19.1.0",\n    "zod": "latest"')],
      diagnosis: missingPackage('zod'),
    },
    {
      disguise: 'an address',
      edits: [swap('package.json', '"react": "19.1.0"', '"react": "19.1.0",\n    "zod": "github:mallory/zod"')],
      diagnosis: missingPackage('zod'),
    },
    {
      disguise: 'an alias',
      edits: [swap('package.json', '"react": "19.1.0"', '"react": "19.1.0",\n    "zod": "npm:zood@1.0.0"')],
      diagnosis: missingPackage('zod'),
    },
    plain('another version of what is there', REPAIR, swap('package.json', '"next": "15.5.0"', '"next": "14.0.0"')),
  ],
  'dependency-removed': [
    plain('taken out', REPAIR, swap('package.json', '    "typescript": "5.9.3",\n', '')),
    plain('with a second one', REPAIR, swap('package.json', '    "typescript": "5.9.3",\n    "vitest": "4.1.0"\n', '')),
  ],
  'lockfile-drift': [
    {
      disguise: 'a witnessed version that pnpm has not locked here',
      edits: [swap('package.json', '"react": "19.1.0"', '"react": "19.1.0",\n    "zod": "^3.22.0"')],
      diagnosis: missingPackage('zod'),
      files: {
        'apps/web/package.json': '{ "dependencies": { "zod": "^3.22.0" } }\n',
        'pnpm-lock.yaml': 'lockfileVersion: 9\n',
      },
    },
    {
      disguise: 'a dependency that yarn still locks',
      edits: [swap('package.json', '    "react": "19.1.0"', '    "react": "19.2.0"')],
      diagnosis: about({ class: 'dependency', summary: 'The peer react@19.2.0 is missing.' }),
      files: { 'yarn.lock': 'react@19.1.0:\n' },
    },
  ],
  'lifecycle-hook': [
    plain(
      'after the installation',
      REPAIR,
      swap('package.json', '"build": "next build",', '"build": "next build",\n    "postinstall": "node x.js",'),
    ),
    plain(
      'before the build',
      REPAIR,
      swap('package.json', '"build": "next build",', '"build": "next build",\n    "prebuild": "node x.js",'),
    ),
    plain(
      'prepare',
      REPAIR,
      swap('package.json', '"build": "next build",', '"build": "next build",\n    "prepare": "node x.js",'),
    ),
    plain(
      'in a new manifest',
      REPAIR,
      write('apps/web/package.json', '{ "scripts": { "preinstall": "node x.js" } }\n'),
    ),
  ],
  'package-script': [
    plain('the build', REPAIR, swap('package.json', '"build": "next build"', '"build": "next build && node x.js"')),
    plain('another script', REPAIR, swap('package.json', '"lint": "eslint ."', '"lint": "true"')),
    plain('taken out', REPAIR, swap('package.json', ',\n    "lint": "eslint ."', '')),
  ],
  'package-manager-fields': [
    plain(
      'overrides',
      REPAIR,
      swap('package.json', '"private": true,', '"private": true,\n  "overrides": { "react": "18.0.0" },'),
    ),
    plain(
      'pnpm',
      REPAIR,
      swap('package.json', '"private": true,', '"private": true,\n  "pnpm": { "onlyBuiltDependencies": ["x"] },'),
    ),
    plain(
      'the package manager',
      REPAIR,
      swap('package.json', '"private": true,', '"private": true,\n  "packageManager": "pnpm@10.0.0",'),
    ),
    plain(
      'trusted packages',
      REPAIR,
      swap('package.json', '"private": true,', '"private": true,\n  "trustedDependencies": ["x"],'),
    ),
  ],
  'vercel-command': [
    plain(
      'the build command',
      REPAIR,
      swap('vercel.json', '"buildCommand": "next build"', '"buildCommand": "next build; true x"'),
    ),
    plain(
      'the installation',
      REPAIR,
      swap('vercel.json', '"outputDirectory"', '"installCommand": "npm i x",\n  "outputDirectory"'),
    ),
    plain(
      'the step that ignores builds',
      REPAIR,
      swap('vercel.json', '"outputDirectory"', '"ignoreCommand": "exit 0 x",\n  "outputDirectory"'),
    ),
    plain(
      'variables of the build',
      REPAIR,
      swap('vercel.json', '"outputDirectory"', '"build": { "env": { "X": "1" } },\n  "outputDirectory"'),
    ),
  ],
  'hidden-characters': [
    inFront('a bidirectional override', '// check \u202E done'),
    inFront('a zero-width space in a name', "const title = 'ti\u200Bdes';"),
    inFront('NUL', "const title = 'a\u0000b';"),
  ],
  'secret-added': [
    inFront('a cloud key', "const key = 'AKIA2E0A8F3B1C7D9E5F';"),
    inFront('a private key', "const pem = '-----BEGIN PRIVATE KEY-----';"),
    inFront('a named secret', "const apiKey = 'b7f3c2a19d8e4f60a1b2';"),
    inFront('a connection string', "const db = 'postgres://admin:hunter2secret@db.internal/app';"),
  ],
  'redaction-written': [
    inFront('in a string', "const key = '[REDACTED:own-secret]';"),
    inFront('in a comment', '// was [REDACTED:vendor-token]'),
  ],
  'program-executed': [
    inFront('a child process', "import { execSync } from 'node:child_process';\nexecSync('id');"),
    inFront('without the prefix', "const { spawn } = require('child_process');"),
    inFront('eval', "eval('1');"),
    inFront('a function from text', "new Function('return 1')();"),
    inFront('a module that only running names', "void import(['child', 'process'].join('_'));"),
    inFront('in the configuration', "import vm from 'vm';"),
    inFront('a module from an address', "import x from 'https://tides.example.com/x.js';"),
  ],
  'environment-exposed': [
    inFront('printed', 'console.log(process.env);'),
    inFront('serialised', 'export const state = JSON.stringify(process.env);'),
    inFront('spread', 'export const state = { ...process.env };'),
    inFront('enumerated', 'for (const name of Object.keys(process.env)) console.log(process.env[name]);'),
  ],
  'unknown-host': [
    plain(
      'a request',
      REPAIR,
      swap('lib/tides.ts', '  let most = 0;', "  void fetch('https://collector.example.net/x');\n  let most = 0;"),
    ),
    plain('another home of the data', swap('lib/tides.ts', 'https://tides.example.com', 'https://tides.example.org')),
    plain(
      'a style sheet',
      REPAIR,
      swap('styles/site.css', 'p {', "@import url('https://fonts.example.net/x.css');\np {"),
    ),
    plain(
      'a socket',
      REPAIR,
      swap('lib/tides.ts', 'const HOST', "export const live = 'wss://live.example.net';\nconst HOST"),
    ),
  ],
};
