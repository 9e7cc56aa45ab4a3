import { describe, expect, it } from 'vitest';
import { readLogText } from '../../lib/diagnosis/build-log.js';
import { diagnose } from '../../lib/diagnosis/diagnose.js';

function diagnoseOutput(command: string, rows: readonly string[]) {
  const log = ['Running "npm run build"', '', '> reef@1.0.0 build', `> ${command}`, '', ...rows, ''];
  return diagnose({ log: readLogText([...log, 'Error: Command "npm run build" exited with 1'].join('\n')) });
}

type Row = readonly [command: string, rows: readonly string[], first: Readonly<Record<string, unknown>>];

/** The tools' own output on projects that were broken on purpose, but for the rows that a source is named for. */
const inModules = '/vercel/path0/node_modules';
const refused: Readonly<Record<string, Row>> = {
  'a configuration that ESLint’s schema refuses': [
    'eslint .',
    [
      'Oops! Something went wrong! :(',
      '',
      'ESLint: 9.39.5',
      '',
      'Error: Key "rules": Key "quotes":',
      '\tValue "singel" should be equal to one of the allowed values.',
      `    at RuleValidator.validate (${inModules}/eslint/lib/config/config.js:100:21)`,
    ],
    { tool: 'eslint', kind: 'config' },
  ],
  'a configuration of ESLint that does not parse': [
    'eslint .',
    [
      'Oops! Something went wrong! :(',
      '',
      'ESLint: 9.39.5',
      '',
      "SyntaxError: Unexpected token ';'",
      '    at compileSourceTextModule (node:internal/modules/esm/utils:346:16)',
    ],
    { tool: 'eslint', kind: 'config' },
  ],
  'a rule that wants types': [
    'eslint src',
    [
      'Oops! Something went wrong! :(',
      '',
      'ESLint: 9.39.5',
      '',
      "Error: Error while loading rule '@typescript-eslint/await-thenable': You have used a rule which requires type information, but don't have parserOptions set to generate type information for this file.",
      'Parser: typescript-eslint/parser',
      'Occurred while linting /vercel/path0/src/a.js',
      `    at throwError (${inModules}/@typescript-eslint/utils/dist/eslint-utils/getParserServices.js:40:11)`,
    ],
    { tool: 'eslint', kind: 'config' },
  ],
  'a project of typescript-eslint that is not there': [
    'eslint src',
    [
      '',
      '/vercel/path0/src/a.js',
      "  0:0  error  Parsing error: error TS5012: Cannot read file '/vercel/path0/tsconfig.eslint.json': ENOENT: no such file or directory",
      '',
      '✖ 1 problem (1 error, 0 warnings)',
    ],
    { tool: 'eslint', kind: 'config' },
  ],
  'TypeScript before ESLint’s own parser': [
    'eslint --ext .ts src',
    [
      '',
      '/vercel/path0/src/index.ts',
      '  1:15  error  Parsing error: Unexpected token :',
      '',
      '✖ 1 problem (1 error, 0 warnings)',
    ],
    { file: 'src/index.ts', kind: 'config' },
  ],
  'a rule that the configuration invents': [
    'eslint src',
    [
      '',
      '/vercel/path0/src/a.js',
      "  1:1  error  Definition for rule 'react-hooks2/rules' was not found  react-hooks2/rules",
      '',
      '✖ 1 problem (1 error, 0 warnings)',
    ],
    { kind: 'config', code: 'react-hooks2/rules' },
  ],
  'files that ESLint does not find': [
    'eslint "app/**/*.ts"',
    [
      '',
      'Oops! Something went wrong! :(',
      '',
      'ESLint: 8.57.1',
      '',
      'No files matching the pattern "app/**/*.ts" were found.',
      'Please check for typing mistakes in the pattern.',
    ],
    { kind: 'config', symbol: 'app/**/*.ts' },
  ],
  'files that ESLint leaves out': [
    'eslint src',
    [
      'Oops! Something went wrong! :(',
      '',
      'ESLint: 9.39.5',
      '',
      'You are linting "src", but all of the files matching the glob pattern "src" are ignored.',
    ],
    { tool: 'eslint', kind: 'config' },
  ],
  'options of Prettier': [
    'prettier --check src',
    ['[error] Invalid trailingComma value. Expected "all", "es5" or "none", but received "some".'],
    { tool: 'prettier', kind: 'config', symbol: 'trailingComma' },
  ],
  'files that Prettier does not find': [
    'prettier --check "app/**/*.ts"',
    [
      'Checking formatting...',
      '[error] No files matching the pattern were found: "app/**/*.ts".',
      'All matched files use Prettier code style!',
    ],
    { kind: 'config', symbol: 'app/**/*.ts' },
  ],
  'no configuration of Stylelint': [
    'stylelint "src/**/*.css"',
    [
      'ConfigurationError: No configuration provided for /vercel/path0/src/a.css',
      `    at getConfigForFile (file://${inModules}/stylelint/lib/getConfigForFile.mjs:85:10) {`,
      '  code: 78',
      '}',
    ],
    { tool: 'stylelint', kind: 'config' },
  ],
  'Babel’s configuration': [
    'babel src -d dist',
    [
      'ConfigError: Configuration should be an exported JavaScript object.',
      `    at assertNoDuplicates (${inModules}/@babel/core/lib/config/files/configuration.js:130:11)`,
    ],
    { tool: 'babel', kind: 'config' },
  ],
  'JSX that Babel was not told of': [
    'babel src -d dist',
    [
      "SyntaxError: /vercel/path0/src/a.js: Support for the experimental syntax 'jsx' isn't currently enabled (1:18):",
      '',
      '> 1 | export const a = <div/>;',
      '    |                  ^',
    ],
    { kind: 'config', symbol: 'jsx', file: 'src/a.js' },
  ],
  'plugins of PostCSS that are no JSON': [
    'postcss src/a.css -o dist/a.css',
    [
      'SyntaxError: Expected double-quoted property name in JSON at position 30',
      '    at JSON.parse (<anonymous>)',
      `    at jsonLoader (${inModules}/lilconfig/src/index.js:42:41)`,
    ],
    { tool: 'postcss', kind: 'config' },
  ],
  'a setup file that Jest does not find': [
    'jest --ci',
    [
      '● Validation Error:',
      '',
      '  Module <rootDir>/test/setup.js in the setupFilesAfterEnv option was not found.',
      '         <rootDir> is: /vercel/path0',
    ],
    { tool: 'jest', kind: 'config', specifier: '<rootDir>/test/setup.js', symbol: 'setupFilesAfterEnv' },
  ],
  'a mapping of Jest that leads nowhere': [
    'jest --ci',
    [
      'FAIL src/sum.test.js',
      '  ● Test suite failed to run',
      '',
      '    Configuration error:',
      '',
      '    Could not locate module @/sum mapped as:',
      '    /vercel/path0/lib/$1.',
    ],
    { tool: 'jest', kind: 'config', specifier: '@/sum', symbol: 'moduleNameMapper' },
  ],
  'modules that Jest does not transform': [
    'jest --ci',
    [
      'FAIL src/sum.test.js',
      '  ● Test suite failed to run',
      '',
      '    Jest encountered an unexpected token',
      '',
      '    Details:',
      '',
      `    ${inModules}/lodash-es/lodash.js:10`,
      '    SyntaxError: Cannot use import statement outside a module',
    ],
    { tool: 'jest', kind: 'config' },
  ],
  'a flag of Jest': [
    'jest --runInBnd',
    ['● Unrecognized CLI Parameter:', '', '  Unrecognized option "runInBnd". Did you mean "runInBand"?'],
    { tool: 'jest', kind: 'config', symbol: 'runInBnd', suggestion: 'runInBand' },
  ],
  'no tests of Jest': [
    'jest --ci',
    ['No tests found, exiting with code 1', 'Run with `--passWithNoTests` to exit with code 0'],
    { tool: 'jest', kind: 'config' },
  ],
  'options of a loader (schema-utils)': [
    'webpack',
    [
      'ERROR in ./src/a.scss',
      'Module build failed (from ./node_modules/sass-loader/dist/cjs.js):',
      'ValidationError: Invalid options object. Sass Loader has been initialized using an options object that does not match the API schema.',
      " - options has an unknown property 'prependData'. These properties are valid:",
      '   object { implementation?, api?, sassOptions?, additionalData? }',
      '',
      'webpack 5.97.1 compiled with 1 error in 340 ms',
    ],
    { tool: 'webpack', kind: 'config', symbol: 'prependData' },
  ],
  'a file that no loader is for (webpack)': [
    'webpack',
    [
      'ERROR in ./src/a.css 1:2',
      'Module parse failed: Unexpected token (1:2)',
      'You may need an appropriate loader to handle this file type, currently no loaders are configured to process this file. See https://webpack.js.org/concepts#loaders',
      '> a { color: red }',
      '',
      'webpack 5.97.1 compiled with 1 error in 140 ms',
    ],
    { kind: 'config', code: 'loader-missing', file: 'src/a.css' },
  ],
  'Create React App’s own settings': [
    'react-scripts build',
    [
      "Error: Your project's `baseUrl` can only be set to `src` or `node_modules`. Create React App does not support other values at this time.",
      `    at getAdditionalModulePaths (${inModules}/react-scripts/config/modules.js:48:9)`,
    ],
    { tool: 'react-scripts', kind: 'config' },
  ],
  'craco’s': [
    'craco build',
    [
      "Error: craco: 'webpack.configure' function didn't returned a webpack config object.",
      `    at giveTotalControl (${inModules}/@craco/craco/dist/lib/features/webpack/merge-webpack-config.js:80:19)`,
    ],
    { tool: 'craco', kind: 'config' },
  ],
  'Docusaurus’ sidebars': [
    'docusaurus build',
    [
      '[ERROR] Error: Sidebar category Guides has neither any subitem nor a link. This makes this item not able to link to anything.',
      `    at postProcessSidebarItem (${inModules}/@docusaurus/plugin-content-docs/lib/sidebars/postProcessor.js:41:19)`,
    ],
    { tool: 'docusaurus', kind: 'config' },
  ],
  'Next.js’ own': [
    'next build',
    [
      '> Build error occurred',
      'Error: Specified images.loader property (imgix) also requires images.path property to be assigned to a URL prefix.',
      `    at assignDefaults (${inModules}/next/dist/server/config.js:310:15)`,
    ],
    { tool: 'next', kind: 'config' },
  ],
  'a directive that Next.js wants a flag for': [
    'next build',
    [
      '> Build error occurred',
      'Error: Turbopack build failed with 1 errors:',
      './lib/data.ts:2:3',
      'To use "use cache", please enable the feature flag `cacheComponents` in your Next.js config.',
      '',
      "> 2 |   'use cache';",
      '    |   ^^^^^^^^^^^',
    ],
    { kind: 'config', symbol: 'cacheComponents', file: 'lib/data.ts', line: 2 },
  ],
  'the old export of Next.js': [
    'next build && next export',
    [
      ' ⨯ ',
      "    `next export` has been removed in favor of 'output: export' in next.config.js.",
      'Learn more: https://nextjs.org/docs/app/building-your-application/deploying/static-exports',
    ],
    { kind: 'config', file: 'package.json' },
  ],
  'a command of Next.js that is a folder now': [
    'next lint && next build',
    ['Invalid project directory provided, no such directory: /vercel/path0/lint'],
    { kind: 'config', file: 'package.json', specifier: 'lint' },
  ],
  'Storybook’s main file (storybook/internal/server-errors)': [
    'storybook build',
    [
      "SB_CORE-SERVER_0003 (MissingFrameworkFieldError): Could not find a 'framework' field in Storybook config.",
      '',
      "Please run 'npx storybook automigrate' to automatically fix your config.",
    ],
    { tool: 'storybook', kind: 'config', code: 'MissingFrameworkFieldError' },
  ],
  'a browser that is not there (playwright-core/lib/server/registry)': [
    'playwright test',
    [
      '  1) a.spec.ts:3:5 › home ───',
      '',
      "    Error: browserType.launch: Executable doesn't exist at /vercel/.cache/ms-playwright/chromium-1148/chrome-linux/chrome",
      '',
      '  1 failed',
      '    a.spec.ts:3:5 › home',
    ],
    { kind: 'config', code: 'browser-missing', symbol: 'chromium-1148' },
  ],
  'a library of the system that is not there': [
    'node scripts/og.mjs',
    [
      'Error: Failed to launch the browser process!',
      '/vercel/.cache/puppeteer/chrome/chrome: error while loading shared libraries: libnss3.so: cannot open shared object file: No such file or directory',
    ],
    { kind: 'config', code: 'system-library', symbol: 'libnss3.so' },
  ],
  'Node.js that is too old for Docusaurus': [
    'docusaurus build',
    [
      '[ERROR] Minimum Node.js version not met :(',
      '[INFO] You are using Node.js v16.20.2, Requirement: Node.js >=18.0.',
    ],
    { kind: 'engine', file: 'package.json' },
  ],
  'JSX that no option is set for': [
    'tsc -p .',
    [
      "src/x.tsx(1,16): error TS7026: JSX element implicitly has type 'any' because no interface 'JSX.IntrinsicElements' exists.",
      "src/x.tsx(1,16): error TS17004: Cannot use JSX unless the '--jsx' flag is provided.",
    ],
    { kind: 'config', code: 'TS17004' },
  ],
};

describe('settings that a tool refuses', () => {
  it.each(Object.entries(refused))('%s', (_name, [command, rows, first]) => {
    const { class: failureClass, errors } = diagnoseOutput(command, rows);

    expect(failureClass).toBe('config');
    expect(errors[0]).toMatchObject(first);
  });
});

const misfits: Readonly<Record<string, Row>> = {
  'a shared configuration of ESLint': [
    'eslint src',
    [
      'ESLint couldn\'t find the config "airbnb" to extend from. Please check that the name of the config is correct.',
      '',
      'The config "airbnb" was referenced from the config file in "/vercel/path0/.eslintrc.json".',
    ],
    { specifier: 'eslint-config-airbnb', file: '.eslintrc.json' },
  ],
  'a plugin of ESLint': [
    'eslint src',
    [
      'ESLint couldn\'t find the plugin "eslint-plugin-simple-import-sort".',
      '',
      '    npm install eslint-plugin-simple-import-sort@latest --save-dev',
      '',
      'The plugin "eslint-plugin-simple-import-sort" was referenced from the config file in ".eslintrc.json".',
    ],
    { specifier: 'eslint-plugin-simple-import-sort', file: '.eslintrc.json' },
  ],
  'a rule of another ESLint': [
    'eslint .',
    [
      'Oops! Something went wrong! :(',
      '',
      'ESLint: 9.17.0',
      '',
      'TypeError: context.getScope is not a function',
      'Occurred while linting /vercel/path0/src/App.tsx:8',
      'Rule: "react-hooks/rules-of-hooks"',
      `    at create (${inModules}/eslint-plugin-react-hooks/index.js:36:100)`,
    ],
    { specifier: 'eslint-plugin-react-hooks', code: 'react-hooks/rules-of-hooks' },
  ],
  'a shared configuration of Stylelint': [
    'stylelint "src/**/*.css"',
    [
      'ConfigurationError: Could not find "stylelint-config-recess-order". Do you need to install the package or use the "configBasedir" option?',
      `    at getModulePath (file://${inModules}/stylelint/lib/utils/getModulePath.mjs:45:9)`,
    ],
    { kind: 'package-missing', specifier: 'stylelint-config-recess-order' },
  ],
  'the compiler of React': [
    'next build',
    [
      '> Build error occurred',
      'Error: Turbopack build failed with 1 error:',
      './next.config.mjs',
      'Failed to resolve package babel-plugin-react-compiler while attempting to resolve React Compiler',
    ],
    { kind: 'package-missing', specifier: 'babel-plugin-react-compiler' },
  ],
  'an environment of Jest': [
    'jest --ci',
    [
      '● Validation Error:',
      '',
      '  Test environment jest-environment-jsdom cannot be found. Make sure the testEnvironment configuration option points to an existing node module.',
    ],
    { specifier: 'jest-environment-jsdom' },
  ],
  'a preset of Jest': [
    'jest --ci',
    ['● Validation Error:', '', '  Preset ts-jest not found relative to rootDir /vercel/path0.'],
    { specifier: 'ts-jest' },
  ],
  'a plugin of Docusaurus (core/lib/server/plugins/moduleShorthand)': [
    'docusaurus build',
    [
      '[ERROR] Error: Docusaurus was unable to resolve the "@docusaurus/plugin-ideal-image" plugin. Make sure one of the following packages are installed:',
      '- @docusaurus/plugin-ideal-image',
      `    at resolveModuleName (${inModules}/@docusaurus/core/lib/server/plugins/moduleShorthand.js:52:11)`,
    ],
    { specifier: '@docusaurus/plugin-ideal-image' },
  ],
  'packages of Docusaurus that differ (core/lib/server/siteMetadata)': [
    'docusaurus build',
    [
      '[ERROR] Error: Invalid name=docusaurus-plugin-content-docs version number=3.5.2.',
      'All official @docusaurus/* packages should have the exact same version as @docusaurus/core (number=3.6.3).',
      `    at checkDocusaurusPackagesVersion (${inModules}/@docusaurus/core/lib/server/siteMetadata.js:63:23)`,
    ],
    { kind: 'peer-conflict', specifier: '@docusaurus/plugin-content-docs' },
  ],
  'a theme of Gatsby (gatsby-cli/lib/structured-errors/error-map, 10226)': [
    'gatsby build',
    [
      ' ERROR #10226  CONFIG',
      '',
      'Couldn\'t find the "gatsby-theme-blog" plugin declared in "/vercel/path0/gatsby-config.js".',
      '',
      'Tried looking for a local plugin in /vercel/path0/plugins/gatsby-theme-blog.',
    ],
    { specifier: 'gatsby-theme-blog' },
  ],
  'two of React that differ (react-dom)': [
    'next build',
    [
      '> Build error occurred',
      'Error: Incompatible React versions: The "react" and "react-dom" packages must have the exact same version. Instead got:',
      '  - react:      19.0.0',
      '  - react-dom:  18.3.1',
    ],
    { kind: 'peer-conflict', specifier: 'react-dom' },
  ],
  'a binary that the lockfile leaves out': [
    'next build',
    [
      'Failed to compile.',
      '',
      './app/globals.css',
      "Error: Cannot find module '../lightningcss.linux-x64-gnu.node'",
      'Require stack:',
      `- ${inModules}/lightningcss/node/index.js`,
    ],
    { specifier: '../lightningcss.linux-x64-gnu.node' },
  ],
  'TypeScript under Create React App (react-scripts/scripts/utils/verifyTypeScriptSetup)': [
    'react-scripts build',
    [
      "It looks like you're trying to use TypeScript but do not have typescript installed.",
      'Please install typescript by running npm install typescript.',
    ],
    { kind: 'package-missing', specifier: 'typescript' },
  ],
  'the packages that Next.js asks for (next/dist/lib/verify-typescript-setup)': [
    'next build',
    [
      "It looks like you're trying to use TypeScript but do not have the required package(s) installed.",
      '',
      'Please install typescript, @types/react, and @types/node by running:',
      '',
      '\tnpm install --save-dev typescript @types/react @types/node',
    ],
    {
      kind: 'package-missing',
      specifier: 'typescript',
      message:
        "It looks like you're trying to use TypeScript but do not have the required package(s) installed.\nPlease install typescript, @types/react, and @types/node by running:",
    },
  ],
  'what a package extends': [
    'eslint .',
    [
      'TypeError: Class extends value undefined is not a constructor or null',
      `    at Object.<anonymous> (${inModules}/@typescript-eslint/utils/dist/ts-eslint/ESLint.js:5:1)`,
    ],
    { specifier: '@typescript-eslint/utils' },
  ],
};

describe('packages that are missing or do not fit', () => {
  it.each(Object.entries(misfits))('%s', (_name, [command, rows, first]) => {
    const { class: failureClass, errors } = diagnoseOutput(command, rows);

    expect(failureClass).toBe('dependency');
    expect(errors[0]).toMatchObject(first);
  });
});

const code: Readonly<Record<string, Row>> = {
  'a rule that a comment invents': [
    'eslint src',
    [
      '',
      '/vercel/path0/src/a.js',
      "  4:1  error  Definition for rule 'no-foo/bar' was not found  no-foo/bar",
      '',
      '✖ 1 problem (1 error, 0 warnings)',
    ],
    { kind: 'lint', line: 4 },
  ],
  'TypeScript that its own parser refuses': [
    'eslint src',
    [
      '',
      '/vercel/path0/src/a.ts',
      "  4:1  error  Parsing error: ':' expected",
      '',
      '✖ 1 problem (1 error, 0 warnings)',
    ],
    { kind: 'syntax', line: 4 },
  ],
  'JavaScript that does not parse, without a loader': [
    'webpack',
    [
      'ERROR in ./src/a.js 1:12',
      'Module parse failed: Unexpected token (1:12)',
      'You may need an appropriate loader to handle this file type, currently no loaders are configured to process this file. See https://webpack.js.org/concepts#loaders',
      '> const a = {;',
      '',
      'webpack 5.97.1 compiled with 1 error in 140 ms',
    ],
    { file: 'src/a.js', line: 1 },
  ],
  'JSON that does not parse, under webpack': [
    'webpack',
    [
      'ERROR in ./data/hours.json',
      'Module parse failed: Cannot parse JSON: Unexpected token } in JSON at position 42 while parsing near',
      'You may need an appropriate loader to handle this file type, currently no loaders are configured to process this file. See https://webpack.js.org/concepts#loaders',
      '',
      'webpack 5.97.1 compiled with 1 error in 140 ms',
    ],
    { kind: 'json', file: 'data/hours.json' },
  ],
  'an error that a style sheet raises itself': [
    'sass src/a.scss dist/a.css',
    [
      'Error: "Unknown key b"',
      '  ╷',
      '2 │ a { width: f(b); }',
      '  │            ^^^^',
      '  ╵',
      '  src/a.scss 2:12  root stylesheet',
    ],
    { file: 'src/a.scss', line: 2 },
  ],
  'a story that is none': [
    'storybook build',
    ['🚨 Unable to index files:', '- ./src/Button.stories.tsx: CSF: default export must be an object (line 4, col 16)'],
    { file: 'src/Button.stories.tsx', line: 4, column: 16 },
  ],
  'a message that a language lacks (use-intl)': [
    'next build',
    [
      '   Generating static pages (0/7) ...',
      'Error: MISSING_MESSAGE: Could not resolve `home.titel` in messages for locale `en`.',
      '    at n (.next/server/chunks/410.js:1:3242)',
      'Error occurred prerendering page "/en". Read more: https://nextjs.org/docs/messages/prerender-error',
      'Export encountered an error on /[locale]/page: /en, exiting the build.',
    ],
    { symbol: 'home.titel' },
  ],
  'a message that wants another value (use-intl)': [
    'next build',
    [
      'Error: FORMATTING_ERROR: The intl string context variable "hour" was not provided to the string "High water at {hour}"',
      '    at n (.next/server/chunks/410.js:1:3242)',
    ],
    { kind: 'prerender', symbol: 'High water at {hour}' },
  ],
  'a time that Next.js does not take': [
    'next build',
    [
      '> Build error occurred',
      'Error: Invalid revalidate value "60s" on "/tides", must be a non-negative number or false',
    ],
    { kind: 'route-contract', route: '/tides' },
  ],
  'a segment’s settings': [
    'next build',
    [
      '> Build error occurred',
      'Error: Invalid segment configuration options detected for "/app/page". Read more at https://nextjs.org/docs/app/api-reference/file-conventions/route-segment-config',
    ],
    { kind: 'route-contract', route: '/app/page' },
  ],
  'a template of Gatsby (error-map, 11325)': [
    'gatsby build',
    [
      ' ERROR #11325  API.NODE.VALIDATION',
      '',
      'Your site\'s "gatsby-node.js" created a page with a component that doesn\'t exist.',
      '',
      'The path to the missing component is "/vercel/path0/src/templates/blog-post.js"',
    ],
    { tool: 'gatsby', file: 'src/templates/blog-post.js' },
  ],
  'a link between documents of Docusaurus': [
    'docusaurus build',
    [
      '[ERROR] Error: Unable to build website for locale en.',
      '  [cause]: Error: Docs markdown link couldn\'t be resolved: (./gone.md) in "/vercel/path0/docs/intro.md" for version current',
    ],
    { file: 'docs/intro.md', specifier: './gone.md' },
  ],
};

describe('what sounds like settings and is code', () => {
  it.each(Object.entries(code))('%s', (_name, [command, rows, first]) => {
    const { class: failureClass, errors } = diagnoseOutput(command, rows);

    expect(failureClass).toBe('code');
    expect(errors[0]).toMatchObject(first);
  });
});

describe('what no edit repairs', () => {
  it.each<readonly [string, string, string, readonly string[]]>([
    [
      'a variable that webpack wants',
      'environment',
      'webpack',
      [
        'ERROR in EnvironmentPlugin - API_URL environment variable is undefined.',
        '',
        'You can pass an object with default values to suppress this warning.',
      ],
    ],
    [
      'a space of Contentful',
      'environment',
      'gatsby build',
      [
        ' ERROR #111006  PLUGIN',
        '',
        'Accessing your Contentful space failed: Unauthorized. Please check if your accessToken is valid.',
      ],
    ],
    [
      'a process that was ended',
      'infrastructure',
      'react-scripts build',
      [
        'Creating an optimized production build...',
        'The build failed because the process exited too early. Someone might have called `kill` or `killall`, or the system could be shutting down.',
      ],
    ],
  ])('%s', (_name, expected, command, rows) => {
    expect(diagnoseOutput(command, rows)).toMatchObject({ class: expected, repairable: false });
  });
});

it('what Rspack rules a line beside is read as where it does not', () => {
  const rows = [
    '[ERROR] Client bundle compiled with errors therefore further build is impossible.',
    '╰─▶   × Error: MDX compilation failed for file "/vercel/path0/docs/reefs.mdx"',
    '        │ Cause: Unexpected character `1` (U+0031) before name, expected a character that can start a name, such as a letter, `$`, or `_`',
    '        │ Details:',
    '        │ {',
    '        │   "column": 91,',
    '        │   "line": 9,',
    '        │   "name": "9:91",',
    '        │   "source": "micromark-extension-mdx-jsx"',
    '        │ }',
  ];

  expect(diagnoseOutput('docusaurus build', rows).errors[0]).toMatchObject({
    tool: 'docusaurus',
    kind: 'syntax',
    file: 'docs/reefs.mdx',
    line: 9,
    column: 91,
  });
});

it('an author of a post that is not there is told with who names it', () => {
  const rows = [
    '[ERROR] Error: Loading content of the blog failed.',
    '  [cause]: Error: Processing of blog source file path=2026-05-28-reefs.mdx failed.',
    `    at doProcess (${inModules}/@docusaurus/plugin-content-blog/lib/blogUtils.js:263:15)`,
    '    [cause]: Error: Blog author with key "mara" not found in the authors map file.',
    '  Valid author keys are:',
    '  - mara-kelp',
    `      at normalize (${inModules}/@docusaurus/plugin-content-blog/lib/authors.js:89:19)`,
  ];

  expect(diagnoseOutput('docusaurus build', rows).errors[0]).toMatchObject({ code: 'entry-not-found', symbol: 'mara' });
});

it('settings that look over the manifest are about its packages', () => {
  const rows = [
    'failed to load config from /vercel/path0/vite.config.ts',
    'error during build:',
    'Error: Move reef packages @reef/core, @reef/city to devDependencies',
    '    at check (file:///vercel/path0/node_modules/.vite-temp/vite.config.ts.timestamp-1-2.mjs:105:11)',
  ];

  expect(diagnoseOutput('vite build', rows)).toMatchObject({ class: 'dependency', errors: [{ file: 'package.json' }] });
});

it('a value that a schema refuses is no setting', () => {
  const rows = [
    'ZodError: [',
    '  {',
    '    "code": "invalid_value",',
    '    "path": [',
    '      3,',
    '      "colour"',
    '    ],',
    '    "message": "Invalid option: expected one of \\"white\\"|\\"slate\\""',
    '  }',
    ']',
    '    at file:///vercel/path0/.svelte-kit/output/server/chunks/reefs.js:22:35',
    '    at ModuleJob.run (node:internal/modules/esm/module_job:325:25)',
  ];

  expect(diagnoseOutput('vite build', rows).class).toBe('code');
});

it('what a plugin tells while it works is no part of the error that follows', () => {
  const rows = [
    '[@reef/devtools-vite] Removed devtools code from: /src/routes/__root.tsx',
    '',
    '✓ 2267 modules transformed.',
    '✗ Build failed in 3.06s',
    'error during build:',
    'Build failed with 1 error:',
    '',
    '[MISSING_EXPORT] "Kelp" is not exported by "node_modules/reef/index.js".',
    '   ╭─[ src/routes/reefs.tsx:3:23 ]',
    '   │',
    " 3 │ import { Kelp } from 'reef';",
    '───╯',
  ];

  expect(diagnoseOutput('vite build', rows)).toMatchObject({
    errors: [{ kind: 'export-missing', file: 'src/routes/reefs.tsx', line: 3 }],
  });
});
