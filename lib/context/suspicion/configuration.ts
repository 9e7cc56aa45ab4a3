import { type ParseError, parse } from 'jsonc-parser';
import { isConfigFile } from '../../diagnosis/config-files.js';
import { listInherited } from '../compiler-options.js';
import { ENVIRONMENT_NAMES } from '../known-names.js';
import { asRecord, parseJson } from '../manifests.js';
import { baseName, extensionOf, folderOf } from '../readable-files.js';
import { joinPath } from '../repository-index.js';
import type { LocatedError, Survey } from '../survey.js';
import { findReferenced } from './project-references.js';
import { type Suspicion, type SuspicionRule, suspectEach } from './suspicion.js';

/** Configuration files by the tool that reads them; a name without an extension stands for every extension. */
const CONFIGS = new Map<string, readonly string[]>(
  Object.entries({
    next: ['next.config'],
    turbopack: ['next.config'],
    webpack: ['next.config', 'webpack.config'],
    vercel: ['vercel.json', 'package.json'],
    typescript: ['tsconfig.json', 'jsconfig.json', 'tsconfig.app.json'],
    vite: ['vite.config'],
    rollup: ['vite.config', 'rollup.config'],
    postcss: ['postcss.config', '.postcssrc', 'tailwind.config'],
    tailwind: ['tailwind.config', 'postcss.config'],
    sass: ['vite.config', 'next.config'],
    eslint: ['eslint.config', '.eslintrc'],
    turbo: ['turbo.json'],
    pnpm: ['pnpm-workspace.yaml', 'package.json'],
    npm: ['package.json'],
    yarn: ['package.json', '.yarnrc.yml'],
    bun: ['package.json', 'bunfig.toml'],
    astro: ['astro.config'],
    svelte: ['svelte.config', 'vite.config'],
    sveltekit: ['svelte.config', 'vite.config'],
    nuxt: ['nuxt.config'],
    angular: ['angular.json', 'tsconfig.app.json', 'tsconfig.json'],
    remix: ['vite.config', 'remix.config'],
    'react-router': ['react-router.config', 'vite.config'],
    nx: ['nx.json', 'project.json', 'package.json'],
    lerna: ['lerna.json', 'package.json'],
    corepack: ['package.json'],
    drizzle: ['drizzle.config'],
    codegen: ['codegen', 'graphql.config'],
    contentlayer: ['contentlayer.config'],
    velite: ['velite.config'],
    payload: ['payload.config'],
    puppeteer: ['package.json', '.puppeteerrc'],
    prisma: ['schema.prisma', 'package.json'],
    babel: ['.babelrc', 'babel.config'],
    docusaurus: ['docusaurus.config', 'sidebars'],
    eleventy: ['eleventy.config', '.eleventy'],
    gatsby: ['gatsby-config', 'gatsby-node'],
    vinxi: ['app.config'],
    parcel: ['.parcelrc', 'package.json'],
    stencil: ['stencil.config'],
    rsbuild: ['rsbuild.config'],
    rspack: ['rspack.config', 'rsbuild.config'],
    esbuild: ['esbuild.config', 'build', 'package.json'],
    hugo: ['hugo', 'config.toml', 'config.yaml', 'vercel.json'],
    jekyll: ['_config.yml', 'Gemfile'],
    bundler: ['Gemfile'],
    hexo: ['_config.yml', 'package.json'],
    qwik: ['vite.config'],
    nitro: ['nitro.config', 'nuxt.config'],
    jest: ['jest.config', 'package.json', 'babel.config'],
    vitest: ['vitest.config', 'vite.config'],
    playwright: ['package.json', 'playwright.config'],
    cypress: ['cypress.config', 'package.json'],
    storybook: ['.storybook/main'],
    prettier: ['.prettierrc', 'prettier.config', 'package.json'],
    stylelint: ['.stylelintrc', 'stylelint.config', 'package.json'],
    biome: ['biome.json', 'biome.jsonc', 'package.json'],
    craco: ['craco.config'],
    'react-scripts': ['tsconfig.json', 'jsconfig.json', 'package.json'],
    'tanstack-start': ['vite.config', 'app.config'],
  }),
);

/** Settings of tools and of Vercel that are wrong, and where the output is said to lie. */
export const suspectConfiguration: SuspicionRule = (located, survey) => {
  switch (located.error.kind) {
    case 'size':
      return suspectBundling(survey);
    case 'config':
      return suspectToolConfig(located, survey);
    case 'output-directory':
      return suspectOutput(located, survey);
    case 'lint':
      return suspectGlobals(located, survey);
    case 'style':
      return [...suspectApp(located, survey), ...suspectStyle(located, survey)];
    case 'json':
    case 'syntax':
      return [...suspectApp(located, survey), ...suspectBrokenJson(located, survey)];
    default:
      return [];
  }
};

/** Files of these names, in the root directory and above it, the nearest first. */
export function findConfigs(
  names: readonly string[],
  { index, rootDirectory }: Pick<Survey, 'index' | 'rootDirectory'>,
): string[] {
  const folders = [...new Set([rootDirectory, ''])];
  return folders.flatMap((folder) =>
    names.flatMap((named) =>
      index.listFolder(joinPath(folder, folderOf(named))).filter((path) => {
        const own = baseName(path);
        const name = baseName(named);
        return own === name || (extensionOf(name) !== 'json' && own.startsWith(`${name}.`) && !own.endsWith('.d.ts'));
      }),
    ),
  );
}

/** Tools that name the file at hand when it is their settings that do not do. */
const ON_FILES = new Set(['eslint', 'webpack', 'turbopack', 'babel', 'jest', 'stylelint', 'prettier']);

function suspectToolConfig(located: LocatedError, survey: Survey): Suspicion[] {
  const { error, places } = located;
  if (error.code === 'plugin-missing')
    return suspectEach(
      findConfigs(['vite.config', 'nuxt.config', 'astro.config'], survey),
      0.93,
      `lacks the plugin ${error.specifier}`,
    );
  const placed = places.length > 0;
  const usual = findConfigs(CONFIGS.get(error.code === 'babel-font' ? 'babel' : error.tool) ?? [], survey);
  // The file is the first that the tool was run on, and was not told enough of.
  const elsewhere = ON_FILES.has(error.tool) && placed && !places.some(isConfigFile);
  const key = error.symbol;
  const leading = error.file === undefined ? [] : findLeadingTo(error.file, survey);
  // The package that the tool asks for is there, so it is not used.
  const asked = /install `(@?[\w./-]{1,100})`/.exec(error.message)?.[1];
  const unused = asked !== undefined && survey.manifests.some(({ dependencies }) => dependencies.has(asked));
  const holding =
    key === undefined
      ? []
      : usual.filter((path) => baseName(path) !== 'package.json' && survey.files.get(path)?.includes(key));
  return [
    ...suspectEach(findReferenced(error.message, survey), 0.95, 'is the project that the compiler refuses to refer to'),
    ...suspectInherited(located, survey),
    ...suspectEach(leading, 0.95, `leads to ${error.file}, which is not there`),
    ...suspectEach(unused ? usual.slice(0, 1) : [], 0.85, `does not use ${asked}, which is declared`),
    ...suspectEach(holding, 0.7, `holds ${key}`),
    ...suspectEach(usual.slice(0, 1), elsewhere ? 0.93 : placed ? 0.15 : 0.65, `configures ${error.tool}`),
    ...suspectEach(usual.slice(1), placed ? 0.08 : 0.3, `configures ${error.tool}`),
    ...suspectEach(findConfigs(['package.json'], survey).slice(0, 1), placed ? 0.1 : 0.35, 'sets versions and scripts'),
  ];
}

/** The compiler blames the configuration that it was given for options which another one sets, that is extended. */
function suspectInherited({ error, file }: LocatedError, survey: Survey): Suspicion[] {
  const named = [...error.message.slice(0, 500).matchAll(/[Oo]ption '-{0,2}(\w{1,60})'/g)].map(([, name = '']) => name);
  if (error.tool !== 'typescript' || file === undefined || named.length === 0) return [];
  const setting = listInherited(file, survey).filter(({ options }) => named.some((name) => name in options));
  const isOwn = setting[0]?.path === file;
  return suspectEach(
    setting.flatMap(({ path }) => (path === file ? [] : path)),
    isOwn ? 0.55 : 0.93,
    `sets ${named.join(' and ')} for those that extend it`,
  );
}

/** Compiler configurations that extend or refer to a file which the tree lacks. */
function findLeadingTo(path: string, { files, index }: Survey): string[] {
  if (index.has(path)) return [];
  return [...files].flatMap(([own, text]) => {
    if (!/^(?:ts|js)config[\w.-]*\.json$/.test(baseName(own))) return [];
    const { extends: parents, references } = asRecord(parseJson(text));
    const leads = [parents, Array.isArray(references) ? references.map((one) => asRecord(one).path) : undefined]
      .flat()
      .filter((lead) => typeof lead === 'string')
      .map((lead) => joinPath(folderOf(own), lead));
    return leads.some((lead) => [lead, `${lead}.json`, joinPath(lead, 'tsconfig.json')].includes(path)) ? [own] : [];
  });
}

function suspectGlobals({ error }: LocatedError, survey: Survey): Suspicion[] {
  if (error.code !== 'no-undef') return [];
  const name = error.symbol ?? /'([\w$]{1,80})' is not defined/.exec(error.message)?.[1];
  // Of a name that every browser, Node or a test runner has the linter was not told.
  if (name === undefined || !ENVIRONMENT_NAMES.has(name)) return [];
  return suspectEach(findConfigs(CONFIGS.get('eslint') ?? [], survey), 0.92, `does not say that there is ${name}`);
}

/** What goes into a function is set in the framework's configuration, else in vercel.json. */
function suspectBundling(survey: Survey): Suspicion[] {
  const frameworks = findConfigs(
    ['next.config', 'svelte.config', 'nuxt.config', 'astro.config', 'vite.config'],
    survey,
  );
  return [
    ...suspectEach(frameworks, 0.6, 'sets what is bundled'),
    ...suspectEach(findConfigs(['vercel.json'], survey), 0.5, 'configures functions'),
    ...suspectEach(findConfigs(['package.json'], survey).slice(0, 1), 0.3, 'declares what is bundled'),
  ];
}

const OUTPUT_SETTING = /outputDirectory|outDir|outputPath|distDir|output\s{0,4}:|--outDir|--out-dir|-o\s+\w/;

/** Where the output is expected, and who writes it elsewhere. */
function suspectOutput({ error }: LocatedError, survey: Survey): Suspicion[] {
  const expecting = findConfigs(['vercel.json'], survey).filter((path) =>
    survey.files.get(path)?.includes('outputDirectory'),
  );
  const writing = findConfigs(
    [
      'next.config',
      'vite.config',
      'astro.config',
      'svelte.config',
      'nuxt.config',
      'angular.json',
      'react-router.config',
      'gatsby-config',
      'docusaurus.config',
      'webpack.config',
    ],
    survey,
  );
  const set = writing.filter((path) => OUTPUT_SETTING.test(survey.files.get(path) ?? ''));
  const manifests = findConfigs(['package.json'], survey).slice(0, 1);
  const scripts = writing.length > 0 ? [] : findWriters(error.symbol, survey);
  const flagged = manifests.filter((path) => /--out(?:Dir|-dir|put-path)?\b/.test(survey.files.get(path) ?? ''));
  const turbo = findConfigs(['turbo.json'], survey);
  return [
    ...suspectEach(
      scripts,
      error.code === 'STATIC_BUILD_EMPTY_OUT_DIR' ? 0.9 : 0.5,
      `is run by the build and speaks of ${error.symbol}`,
    ),
    ...suspectEach(expecting, 0.85, 'names the output directory'),
    ...suspectEach(flagged, 0.75, 'its build script names an output directory'),
    ...suspectEach(set, 0.7, `sets where the build writes${error.symbol ? `, not ${error.symbol}` : ''}`),
    ...suspectEach(writing, 0.35, 'configures the build'),
    ...suspectEach(manifests, expecting.length + set.length > 0 ? 0.25 : 0.6, 'holds the build script'),
    ...suspectEach(turbo, 0.2, 'lists the outputs'),
    // Without any setting the remedy is a setting: it goes into vercel.json.
    ...(expecting.length === 0
      ? [{ path: joinPath(survey.rootDirectory, 'vercel.json'), weight: 0.45, reason: 'may name the output directory' }]
      : []),
  ];
}

/** Scripts of the repository's own that the build runs, and that write the folder: no bundler stands between. */
function findWriters(folder: string | undefined, { files, manifests, rootDirectory }: Survey): string[] {
  if (folder === undefined) return [];
  const commands = manifests.flatMap(({ scripts }) => [...scripts.values()]);
  return [...files].flatMap(([path, text]) => {
    const own =
      rootDirectory !== '' && path.startsWith(`${rootDirectory}/`) ? path.slice(rootDirectory.length + 1) : path;
    const isRun = /\.[cm]?[jt]s$/.test(path) && commands.some((command) => command.includes(own));
    return isRun && text.includes(folder.split('/').at(-1) ?? folder) && WRITES.test(text) ? path : [];
  });
}

const WRITES = /\b(?:writeFile(?:Sync)?|mkdir(?:Sync)?|copyFile(?:Sync)?|cp(?:Sync)?|createWriteStream|outputFile)\(/;

/** https://nextjs.org/docs/messages/css-global */
function suspectApp({ error }: LocatedError, { index }: Survey): Suspicion[] {
  const apps = error.message.startsWith('Global CSS cannot be imported')
    ? index.paths.filter((path) => /(?:^|\/)pages\/_app\.[jt]sx?$/.test(path))
    : [];
  return suspectEach(apps, 0.7, 'is where global style sheets are imported');
}

/** Style sheets: the sheet, the theme that gives its classes, and the plugin chain. */
function suspectStyle(located: LocatedError, survey: Survey): Suspicion[] {
  const { error, places } = located;
  const sheets = [...survey.files.keys()].filter((path) => /\.(?:css|scss|sass|less)$/.test(path));
  const name = error.symbol?.replace(/^[.@]/, '') ?? /[`'"]([^`'"\n]{2,80})[`'"]/.exec(error.message)?.[1];
  const speaking = name === undefined ? [] : sheets.filter((path) => survey.files.get(path)?.includes(name));
  const themes = findConfigs(['tailwind.config'], survey);
  const chain = findConfigs(['postcss.config', '.postcssrc'], survey);
  const placedInSheet = places.some((path) => sheets.includes(path));
  // Tailwind CSS 4 names the sheet that takes in the one which says it.
  const isElsewhere = placedInSheet && speaking.length === 1 && !speaking.some((path) => places.includes(path));
  return [
    ...suspectEach(
      speaking.filter((path) => !places.includes(path)),
      isElsewhere ? 0.93 : placedInSheet ? 0.2 : 0.75,
      `uses ${name}`,
    ),
    ...suspectEach(themes, /class|theme|utility|@apply/i.test(error.message) ? 0.5 : 0.2, 'defines the theme'),
    ...suspectEach(chain, /plugin|postcss/i.test(error.message) ? 0.45 : 0.12, 'sets the style plugins'),
    ...suspectEach(
      findConfigs(['package.json'], survey).slice(0, 1),
      /plugin|moved to a separate package/i.test(error.message) ? 0.45 : 0.08,
      'declares the style tools',
    ),
  ];
}

/** JSON that does not parse, where the log blames its reader. */
function suspectBrokenJson({ places }: LocatedError, { files, rootDirectory }: Survey): Suspicion[] {
  const broken = [...files]
    .filter(([path, text]) => extensionOf(path) === 'json' && isBroken(path, text))
    .filter(
      ([path]) =>
        rootDirectory === '' || folderOf(path) === '' || path.startsWith(`${rootDirectory}/`) || places.includes(path),
    )
    .map(([path]) => path);
  return suspectEach(broken, 0.95, 'is not valid JSON');
}

function isBroken(path: string, text: string): boolean {
  const errors: ParseError[] = [];
  const lenient =
    /(?:^|\/)(?:[tj]sconfig[^/]*|\.eslintrc|turbo|\.babelrc|\.swcrc|wrangler|settings|extensions)\.json$/.test(path);
  parse(text, errors, { allowTrailingComma: lenient, disallowComments: !lenient, allowEmptyContent: true });
  return errors.length > 0;
}
