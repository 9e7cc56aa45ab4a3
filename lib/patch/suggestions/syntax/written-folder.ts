import type { Workspace } from '../workspace.js';
import { directoryOf, inFolder, readConfig } from './resolve-specifier.js';
import { type SyntaxNode, walk } from './walk.js';

/**
 * Where the settings of a builder say which folder it writes, how its command is called and told, and where it writes when nobody
 * says; `elsewhere` in its configuration lets a framework on top of it decide.
 */
interface Builder {
  readonly file: RegExp;
  readonly setting: readonly string[];
  readonly command?: RegExp;
  readonly runs?: RegExp;
  readonly usual?: string;
  readonly elsewhere?: RegExp;
}

const BUILDERS: readonly Builder[] = [
  // https://vite.dev/config/build-options#build-outdir
  {
    file: /^vite\.config\.[cm]?[jt]s$/,
    setting: ['build', 'outDir'],
    command: /\bvite build\b[^&|;\n]{0,200}?\s--outDir[ =](\S+)/,
    runs: /\bvite build\s*(?:&&|$)/,
    usual: 'dist',
    elsewhere:
      /sveltekit|react-router|remix|tanstack|qwik|solid-start|solidjs\/start|analog|nitro|vike|\bssr\b|environments|\bmode\b/i,
  },
  // https://docs.astro.build/en/reference/configuration-reference/#outdir
  {
    file: /^astro\.config\.[cm]?[jt]s$/,
    setting: ['outDir'],
    command: /\bastro build\b[^&|;\n]{0,200}?\s--outDir[ =](\S+)/,
    runs: /\bastro build\s*(?:&&|$)/,
    usual: 'dist',
    elsewhere: /\badapter\b/,
  },
  // https://nextjs.org/docs/app/api-reference/config/next-config-js/distDir; `output` changes what is written, not only where
  {
    file: /^next\.config\.[cm]?[jt]s$/,
    setting: ['distDir'],
    runs: /\bnext build(?:\s+--(?:turbo|turbopack|webpack|no-lint))*\s*(?:&&|$)/,
    usual: '.next',
    elsewhere: /\boutput\b/,
  },
  // https://www.11ty.dev/docs/config/#output-directory
  {
    file: /^(?:eleventy\.config|\.eleventy)\.[cm]?js$/,
    setting: ['dir', 'output'],
    command: /\beleventy\b[^&|;\n]{0,200}?\s--output[ =](\S+)/,
    runs: /\beleventy\s*(?:&&|$)/,
    usual: '_site',
  },
  // https://svelte.dev/docs/kit/adapter-static#Options-pages
  { file: /^svelte\.config\.[cm]?[jt]s$/, setting: ['pages'] },
  // https://cli.vuejs.org/config/#outputdir
  {
    file: /^vue\.config\.[cm]?js$/,
    setting: ['outputDir'],
    command: /\bvue-cli-service build\b[^&|;\n]{0,200}?\s--dest[ =](\S+)/,
    runs: /\bvue-cli-service build\s*(?:&&|$)/,
    usual: 'dist',
  },
  // https://docusaurus.io/docs/cli#docusaurus-build-sitedir
  {
    file: /^docusaurus\.config\.[cm]?[jt]s$/,
    setting: [],
    command: /\bdocusaurus build\b[^&|;\n]{0,200}?\s--out-dir[ =](\S+)/,
    runs: /\bdocusaurus build\s*(?:&&|$)/,
    usual: 'build',
  },
];

/**
 * The folder below the project's root that its builder is told to write, by its command or its configuration, or with `usual`
 * the one of its habit where neither says anything. Undefined where they do not say it in plain words, or not both the same.
 */
export async function findWrittenFolder(
  workspace: Workspace,
  { usual = false }: { readonly usual?: boolean } = {},
): Promise<string | undefined> {
  const manifest = readConfig(workspace, inFolder(workspace.rootDirectory, 'package.json'));
  const scripts: Readonly<Record<string, unknown>> = Object(manifest?.scripts);
  const settings = readConfig(workspace, inFolder(workspace.rootDirectory, 'vercel.json'));
  const build = String(settings?.buildCommand ?? scripts.build ?? '');
  const said: (string | undefined)[] = [];
  for (const path of workspace.paths) {
    const builder = BUILDERS.find(({ file }) => file.test(path.slice(path.lastIndexOf('/') + 1)));
    if (!builder || directoryOf(path) !== workspace.rootDirectory) continue;
    const told = builder.command?.exec(build)?.[1]?.replace(/^(["'])(.*)\1$/, '$2');
    // A script that the build runs may say so too.
    const isToldElsewhere = Object.values(scripts).some((script) => builder.command?.test(String(script)));
    if (told !== undefined || isToldElsewhere) said.push(told);
    else {
      const set = await readSetting(workspace, path, builder.setting);
      const isUsual = usual && set.length === 0 && builder.usual !== undefined && builder.runs?.test(build);
      const isOpen = isUsual && builder.elsewhere?.test(workspace.read(path) ?? '') !== true;
      said.push(...(isOpen ? [builder.usual] : set));
    }
  }
  const folders = new Set(said.map((folder) => folder && bareFolder(folder)));
  const [folder] = folders;
  const isPlain = folder !== undefined && /^(?!\.\.)[\w@.-]+(?:\/(?!\.\.)[\w@.-]+){0,8}$/.test(folder);
  return isPlain && folders.size === 1 ? folder : undefined;
}

export function bareFolder(path: string): string {
  return path.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '');
}

/** What a setting holds wherever the configuration has it; undefined for what is computed, or counts from another root. */
async function readSetting(
  workspace: Workspace,
  path: string,
  setting: readonly string[],
): Promise<readonly (string | undefined)[]> {
  const { program } = await workspace.parse(path, workspace.read(path) ?? '');
  const values: (string | undefined)[] = [];
  const isStatic = setting[0] !== 'pages' || workspace.read(path)?.includes('@sveltejs/adapter-static');
  if (setting.length === 0 || !isStatic) return values;
  for (const { node, parent } of walk(program)) {
    if (node.type === 'CallExpression') {
      const { callee } = node;
      const method =
        callee.type === 'MemberExpression' && callee.property.type === 'Identifier' && callee.property.name;
      if (method === 'setOutputDirectory') values.push(textOf(node.arguments[0]));
    }
    if (node.type !== 'ObjectExpression' || !isWholeConfiguration(parent, setting)) continue;
    let found: SyntaxNode | undefined = node;
    for (const name of setting) found = propertyOf(found, name);
    if (found) values.push(propertyOf(node, 'root') ? undefined : textOf(found));
  }
  return values;
}

/** Not what a plugin is given: the options of SvelteKit's adapter are. */
function isWholeConfiguration(parent: SyntaxNode | undefined, [first]: readonly string[]): boolean {
  if (parent?.type !== 'CallExpression') return parent?.type !== 'Property' && parent?.type !== 'ArrayExpression';
  const name = parent.callee.type === 'Identifier' ? parent.callee.name : '';
  return first === 'pages' ? name === 'adapter' : /^define\w{0,20}Config$/.test(name);
}

function propertyOf(object: SyntaxNode | undefined, name: string): SyntaxNode | undefined {
  if (object?.type !== 'ObjectExpression') return undefined;
  for (const property of object.properties) {
    if (property.type !== 'Property' || property.computed) continue;
    const { key } = property;
    if ((key.type === 'Identifier' ? key.name : key.type === 'Literal' ? key.value : '') === name)
      return property.value;
  }
  return undefined;
}

function textOf(node: unknown): string | undefined {
  const { type, value } = Object(node) as { readonly type?: string; readonly value?: unknown };
  return type === 'Literal' && typeof value === 'string' ? value : undefined;
}
