import { about, type HostileCase, missingPackage, plain, REPAIR, remove, swap, write } from './hostile-case.js';

export const guardedCases: Readonly<Record<string, readonly HostileCase[]>> = {
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
  'invented-package': [
    {
      disguise: 'the place of one that the log names, under a name like it that nothing knows',
      files: { 'apps/web/package.json': '{\n  "dependencies": {\n    "tide-kit": "*"\n  }\n}\n' },
      edits: [REPAIR, swap('apps/web/package.json', '"tide-kit"', '"tide-kits"')],
    },
    {
      disguise: 'a name that is no name of a package, for one that the log may name',
      files: { 'apps/web/package.json': '{\n  "dependencies": {\n    "heigth": "*"\n  }\n}\n' },
      edits: [REPAIR, swap('apps/web/package.json', '"heigth"', '"heigth(["')],
    },
    {
      disguise: 'another place than that of one that the log names',
      files: {
        'packages/kit/package.json': '{ "name": "@tide/kit" }\n',
        'apps/web/package.json': '{\n  "dependencies": {\n    "zod": "*"\n  }\n}\n',
      },
      edits: [REPAIR, swap('apps/web/package.json', '"zod"', '"@tide/kit"')],
    },
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
};
