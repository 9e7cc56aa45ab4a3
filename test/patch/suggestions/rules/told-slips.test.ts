/** Slips whose one repair follows from what the parser says: an element left open, a name imported twice, YAML that has no name. */
import { describe, expect, it } from 'vitest';
import { componentExtension } from '../../../../lib/patch/suggestions/rules/component-extension.js';
import { duplicateDeclaration } from '../../../../lib/patch/suggestions/rules/duplicate-declaration.js';
import { eventAttribute } from '../../../../lib/patch/suggestions/rules/event-attribute.js';
import { globalStyle } from '../../../../lib/patch/suggestions/rules/global-style.js';
import { htmlAttribute } from '../../../../lib/patch/suggestions/rules/html-attribute.js';
import { outputDirectory } from '../../../../lib/patch/suggestions/rules/output-directory.js';
import { renamedMember } from '../../../../lib/patch/suggestions/rules/renamed-member.js';
import { renamedWord } from '../../../../lib/patch/suggestions/rules/renamed-word.js';
import { unclosedRoot } from '../../../../lib/patch/suggestions/rules/unclosed-root.js';
import { yamlLine } from '../../../../lib/patch/suggestions/rules/yaml-line.js';
import { yamlQuotes } from '../../../../lib/patch/suggestions/rules/yaml-quotes.js';
import { repairWith } from '../repository.js';

describe('an element that parentheses hold, and that nothing closes', () => {
  const view = (inner: string) => `export function Piers({ piers }) {\n  return (\n    <section>\n${inner}  );\n}\n`;
  const list =
    '      <h2>Piers</h2>\n    <ul>\n      {piers.map((pier) => (\n        <li key={pier}>{pier}</li>\n      ))}\n    </ul>\n';
  const repair = (text: string, message: string) =>
    repairWith(unclosedRoot, { file: 'a.jsx', kind: 'syntax', message }, { files: { 'a.jsx': text } });

  it.each([
    'Unexpected end of file before a closing "section" tag',
    "JSX element 'section' has no corresponding closing tag.",
    'Unterminated JSX contents. (12:3)',
  ])('closes before they do: %s', async (message) => {
    expect(await repair(view(list), message)).toEqual({ 'a.jsx': view(`${list}    </section>\n`) });
  });

  it('not where the tool speaks of another, or of something else', async () => {
    expect(await repair(view(list), 'Unexpected end of file before a closing "ul" tag')).toBeUndefined();
    expect(await repair(view(list), "Expected ';'")).toBeUndefined();
    expect(await repair(view(`${list}    </section>\n`), 'Unterminated JSX contents')).toBeUndefined();
  });
});

describe('a name that two imports take from one module', () => {
  const error = { file: 'src/a.ts', message: "Duplicate identifier 'metres'." };
  const repair = (text: string) =>
    repairWith(duplicateDeclaration, error, {
      files: { 'src/a.ts': text, 'src/format.ts': 'export const metres = 1;\n' },
    });
  const first = "import { metres, pounds } from './format';\n";

  it('goes from the second', async () => {
    expect(await repair(`${first}import { miles, metres } from './format';\n`)).toEqual({
      'src/a.ts': `${first}import { miles } from './format';\n`,
    });
    expect(await repair(`${first}import { metres } from './format.js';\n`)).toEqual({ 'src/a.ts': first });
  });

  it('stays where the two are not one', async () => {
    expect(await repair(`${first}import { metres } from './other';\n`)).toBeUndefined();
    expect(await repair(`${first}import { length as metres } from './format';\n`)).toBeUndefined();
  });
});

describe('a parser of YAML that was given a text', () => {
  const indented = '- id: gull\n  name: Gull\n   metres: 4\n';
  const message = 'YAMLParseError: Nested mappings are not allowed in compact mappings at line 2, column 9:';
  const error = { file: 'scripts/check.mjs', message };
  const script = { 'scripts/check.mjs': '', 'data/tides.yaml': 'high: 4\n' };

  it('means the only file that does not parse', async () => {
    expect(await repairWith(yamlLine, error, { files: { ...script, 'data/boats.yaml': indented } })).toEqual({
      'data/boats.yaml': '- id: gull\n  name: Gull\n  metres: 4\n',
    });
    const talk = '---\ntitle: Tides: an evening\n---\n\nText.\n';
    expect(await repairWith(yamlQuotes, error, { files: { ...script, 'talks/tides.md': talk } })).toEqual({
      'talks/tides.md': '---\ntitle: "Tides: an evening"\n---\n\nText.\n',
    });
  });

  it('leaves two open', async () => {
    const files = { ...script, 'data/boats.yaml': indented, 'data/piers.yaml': indented };

    expect(await repairWith(yamlLine, error, { files })).toBeUndefined();
  });
});

describe('a global stylesheet that a component imports', () => {
  const error = {
    file: 'ui/Nav.js',
    message: 'Global CSS cannot be imported from files other than your Custom <App>.',
  };
  const sheets = { 'styles/print.css': '', 'styles/global.css': '' };

  it('is imported by the App instead, behind its other sheets', async () => {
    const files = {
      ...sheets,
      'ui/Nav.js': "import '../styles/print.css';\nimport styles from './Nav.module.css';\n",
      'ui/Nav.module.css': '',
      'pages/_app.js': "import '../styles/global.css';\nimport Nav from '../ui/Nav';\n",
    };

    expect(await repairWith(globalStyle, error, { files })).toEqual({
      'ui/Nav.js': "import styles from './Nav.module.css';\n",
      'pages/_app.js': "import '../styles/global.css';\nimport '../styles/print.css';\nimport Nav from '../ui/Nav';\n",
    });
  });

  it('stays where there is no App, or two sheets', async () => {
    const nav = "import '../styles/print.css';\n";

    expect(await repairWith(globalStyle, error, { files: { ...sheets, 'ui/Nav.js': nav } })).toBeUndefined();
    expect(
      await repairWith(globalStyle, error, {
        files: {
          ...sheets,
          'ui/Nav.js': `${nav}import '../styles/global.css';\n`,
          'pages/_app.js': "import x from 'x';\n",
        },
      }),
    ).toBeUndefined();
  });
});

describe('a component that is imported without its extension', () => {
  const error = {
    file: 'src/a.astro',
    kind: 'module-not-found' as const,
    message: "Cannot find module './Tip'",
    specifier: './Tip',
  };
  const page = (specifier: string) => `---\nimport Tip from '${specifier}';\n---\n\n<Tip />\n`;

  it('gets it', async () => {
    expect(
      await repairWith(componentExtension, error, {
        files: { 'src/a.astro': page('./Tip'), 'src/Tip.astro': '<p />\n' },
      }),
    ).toEqual({ 'src/a.astro': page('./Tip.astro') });
  });

  it.each([
    ['there is another file of the name', { 'src/Tip.astro': '<p />\n', 'src/Tip.css': '' }],
    ['there is none', { 'src/Top.astro': '<p />\n' }],
  ])('not where %s', async (_, files) => {
    expect(
      await repairWith(componentExtension, error, { files: { 'src/a.astro': page('./Tip'), ...files } }),
    ).toBeUndefined();
  });
});

it('a component gets the attribute by the name that React has for it', async () => {
  const view = (name: string) => `export const find = <Form ${name}="wide"><b /></Form>;\n`;
  const error = {
    file: 'a.tsx',
    line: 1,
    column: 27,
    message:
      "Type '{ children: Element; class: string; }' is not assignable to type 'IntrinsicAttributes & FormProps'.\n  Property 'class' does not exist on type 'IntrinsicAttributes & FormProps & RefAttributes<HTMLFormElement>'. Did you mean 'className'?",
  };

  expect(await repairWith(htmlAttribute, error, { files: { 'a.tsx': view('class') } })).toEqual({
    'a.tsx': view('className'),
  });
});

describe('events of Svelte in two forms', () => {
  const error = {
    file: 'a.svelte',
    message: 'Mixing old (on:click) and new syntaxes for event handling is not allowed. Use only the onclick syntax',
  };
  const repair = (text: string) => repairWith(eventAttribute, error, { files: { 'a.svelte': text } });

  it('become one', async () => {
    expect(
      await repair(
        '<button on:click={open}>a</button>\n<b onclick={close} on:focus={open}>b</b>\n<Pier on:click={x} />\n',
      ),
    ).toEqual({
      'a.svelte': '<button onclick={open}>a</button>\n<b onclick={close} onfocus={open}>b</b>\n<Pier on:click={x} />\n',
    });
  });

  it('but for those of components', async () => {
    const components = '<svelte:component this={Pier} on:click={x} />\n<rows.Pier on:click={x} />\n';

    expect(await repair(`<b on:focus={open} onclick={close}>b</b>\n${components}`)).toEqual({
      'a.svelte': `<b onfocus={open} onclick={close}>b</b>\n${components}`,
    });
  });

  it.each(['<button on:click|once={open}>a</button>\n', '<button on:click>a</button>\n'])('not: %s', async (text) => {
    expect(await repair(`${text}<b onclick={close}>b</b>\n`)).toBeUndefined();
  });
});

describe('a folder that the build writes and nobody told Vercel of', () => {
  const error = {
    kind: 'output-directory' as const,
    code: 'STATIC_BUILD_NO_OUT_DIR',
    symbol: 'dist',
    message: 'No Output Directory named "dist" found after the Build completed.',
  };
  const config = (options: string) => `export default { build: { ${options} } };\n`;

  it('is served', async () => {
    const files = { 'vercel.json': '{\n  "cleanUrls": true\n}\n', 'vite.config.js': config("outDir: 'build'") };

    expect(await repairWith(outputDirectory, error, { files })).toEqual({
      'vercel.json': '{\n  "cleanUrls": true,\n  "outputDirectory": "build"\n}\n',
    });
  });

  const scripts = (build: string, more = {}) => JSON.stringify({ scripts: { build, ...more } });
  const astro = (options: string) =>
    `import { defineConfig } from 'astro/config';\n\nexport default defineConfig({ ${options} });\n`;
  const kit = (options: string, name = 'static') =>
    `import adapter from '@sveltejs/adapter-${name}';\n\nexport default { kit: { adapter: adapter({ ${options} }) } };\n`;

  it.each([
    ['Astro', { 'astro.config.mjs': astro("outDir: './out/web/'") }, 'out/web'],
    [
      'Vite by a function',
      { 'vite.config.ts': "export default defineConfig(() => ({ build: { outDir: 'web' } }));\n" },
      'web',
    ],
    ['SvelteKit', { 'svelte.config.js': kit("pages: 'web', fallback: '404.html'") }, 'web'],
    [
      'Eleventy',
      {
        '.eleventy.js':
          "module.exports = function (config) {\n  return { dir: { input: 'src', output: 'web' } };\n};\n",
      },
      'web',
    ],
    ['Eleventy 3', { 'eleventy.config.js': "export default (config) => config.setOutputDirectory('web');\n" }, 'web'],
    ['Vue CLI', { 'vue.config.js': "module.exports = { outputDir: 'web' };\n" }, 'web'],
    [
      'Docusaurus, by its command',
      { 'docusaurus.config.js': 'module.exports = {};\n', 'package.json': scripts('docusaurus build --out-dir web') },
      'web',
    ],
    [
      'Astro, by its command before its configuration',
      {
        'astro.config.mjs': astro("outDir: 'a'"),
        'package.json': scripts('astro check && astro build --outDir=./web'),
      },
      'web',
    ],
  ])('is served by new settings, as %s is told', async (_, files, folder) => {
    expect(await repairWith(outputDirectory, error, { files })).toEqual({
      'vercel.json': `{\n  "outputDirectory": "${folder}"\n}\n`,
    });
  });

  it('is served within the project of a monorepo', async () => {
    const files = { 'astro.config.mjs': astro("outDir: 'a'"), 'apps/site/astro.config.mjs': astro("outDir: 'web'") };
    expect(await repairWith(outputDirectory, error, { files, rootDirectory: 'apps/site' })).toEqual({
      'apps/site/vercel.json': '{\n  "outputDirectory": "web"\n}\n',
    });
  });

  const told = { 'astro.config.mjs': astro("outDir: 'web'") };
  it.each([
    ['a plugin is told', { files: { 'astro.config.mjs': astro("integrations: [docs({ outDir: 'api' })]") } }],
    ['another root counts', { files: { 'astro.config.mjs': astro("root: './site', outDir: 'web'") } }],
    ['two builders are told two things', { files: { ...told, 'vite.config.js': config("outDir: 'b'") } }],
    ['a comment says so', { files: { 'astro.config.mjs': astro("/* outDir: 'web' */") } }],
    ['another adapter is told', { files: { 'svelte.config.js': kit("pages: 'web'", 'node') } }],
    [
      'a script of the build may say otherwise',
      { files: { ...told, 'package.json': scripts('npm run site', { site: 'astro build --outDir b' }) } },
    ],
    ['settings are written in TypeScript', { files: told, unread: ['vercel.ts'] }],
    ['settings were not read', { files: told, unread: ['vercel.json'] }],
    ['files may be missing', { files: told, truncated: true }],
  ])('no settings are made where %s', async (_, repository) => {
    expect(await repairWith(outputDirectory, error, repository)).toBeUndefined();
  });

  it.each([
    ["outDir: 'dist'", '{}'],
    ["outDir: process.env.OUT ?? 'build'", '{}'],
    ["outDir: '../build'", '{}'],
    ["outDir: 'build'", '{ "outputDirectory": "public" }'],
  ])('not with %s and %s', async (options, settings) => {
    const files = { 'vercel.json': settings, 'vite.config.js': config(options) };

    expect(await repairWith(outputDirectory, error, { files })).toBeUndefined();
  });
});

describe('what was renamed is followed', () => {
  it('into every sheet and style element, as Sass stops at the first', async () => {
    const files = {
      'src/_tokens.scss': '$space: 1rem;\n',
      'src/main.scss': 'p {\n  margin: $gap;\n}\n',
      'src/own.scss': '$gap: 2px;\n\nb {\n  gap: $gap;\n}\n',
      'src/Card.vue': '<style lang="scss">\nb {\n  gap: $gap $gap-wide;\n}\n</style>\n',
    };
    const changes = [
      { path: 'src/_tokens.scss', status: 'modified' as const, hunks: '@@ -1 +1 @@\n-$gap: 1rem;\n+$space: 1rem;' },
    ];

    expect(
      await repairWith(
        renamedWord,
        { tool: 'sass', kind: 'style', file: 'src/main.scss', line: 2, symbol: '$gap', message: 'Undefined variable.' },
        { files, changes },
      ),
    ).toEqual({
      'src/main.scss': 'p {\n  margin: $space;\n}\n',
      'src/Card.vue': '<style lang="scss">\nb {\n  gap: $space $gap-wide;\n}\n</style>\n',
    });
  });

  it('into data that a module takes for the type', async () => {
    const files = {
      'src/types.ts': 'export interface Boat {\n  lengthMetres: number;\n}\n',
      'src/list.ts':
        "import rows from './boats.json';\nimport type { Boat } from './types';\n\nexport const boats = rows as Boat[];\n",
      'src/boats.json': '[{ "length": 4 }, { "length": 6 }]\n',
      'src/tides.json': '[{ "length": 4 }]\n',
      'src/show.ts': "import type { Boat } from './types';\n\nexport const show = (boat: Boat) => boat.length;\n",
    };
    const changes = [
      {
        path: 'src/types.ts',
        status: 'modified' as const,
        hunks: '@@ -1,3 +1,3 @@\n export interface Boat {\n-  length: number;\n+  lengthMetres: number;\n }',
      },
    ];
    const error = {
      file: 'src/show.ts',
      line: 3,
      column: 48,
      code: 'TS2339',
      message: "Property 'length' does not exist on type 'Boat'.",
    };

    expect(await repairWith(renamedMember, error, { files, changes })).toEqual({
      'src/show.ts': "import type { Boat } from './types';\n\nexport const show = (boat: Boat) => boat.lengthMetres;\n",
      'src/boats.json': '[{ "lengthMetres": 4 }, { "lengthMetres": 6 }]\n',
    });
  });
});
