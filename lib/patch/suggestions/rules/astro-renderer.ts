import type { Rule } from '../rule.js';
import { addImport } from '../syntax/add-import.js';
import { isDeclared, namesOf } from '../syntax/names.js';
import { inFolder, isRecord, readConfig } from '../syntax/resolve-specifier.js';
import { replaceRanges } from '../syntax/source-text.js';
import { walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

/** https://docs.astro.build/en/guides/framework-components/ */
const RENDERERS = ['react', 'preact', 'solid-js', 'vue', 'svelte'].map((name) => `@astrojs/${name}`);
const RENDERED: Readonly<Record<string, readonly string[]>> = { vue: ['@astrojs/vue'], svelte: ['@astrojs/svelte'] };
const OF_JSX = ['@astrojs/react', '@astrojs/preact', '@astrojs/solid-js'];
const ENDING = /renderer was found for the `?\.(\w+)`? file extension/;
const RUNTIMES: Readonly<Record<string, string>> = {
  '@astrojs/react': 'react',
  '@astrojs/preact': 'preact',
  '@astrojs/solid-js': 'solid-js',
  '@astrojs/vue': 'vue',
  '@astrojs/svelte': 'svelte',
};
/** Frameworks whose integrations come from others. */
const OF_OTHERS = /^(?:lit|alpinejs|hono|mithril|@builder\.io\/qwik|@qwik\.dev\/core|@stencil\/core|@angular\/core)$/;
const CONFIGS = ['astro.config.mjs', 'astro.config.ts', 'astro.config.js'];

/** A component of a framework in an Astro project that has one of the integrations for them, and does not use it. */
export const astroRenderer: Rule = {
  name: 'astro-renderer',
  async propose({ code, message }, workspace) {
    if (code !== 'NoMatchingRenderer') return undefined;
    const manifest = readConfig(workspace, inFolder(workspace.rootDirectory, 'package.json'));
    const installed = [manifest?.dependencies, manifest?.devDependencies].flatMap((list) =>
      isRecord(list) ? Object.keys(list) : [],
    );
    const [specifier, another] = RENDERERS.filter((name) => installed.includes(name));
    const file = CONFIGS.map((name) => inFolder(workspace.rootDirectory, name)).find((path) => workspace.exists(path));
    const text = file === undefined ? undefined : workspace.read(file);
    if (specifier === undefined || another !== undefined || file === undefined || text === undefined) return undefined;
    if (text.includes(specifier)) return undefined;
    // What renders for one framework is no help where the page has components of another.
    const others = Object.entries(RUNTIMES).filter(([name]) => name !== specifier);
    if (others.some(([, runtime]) => installed.includes(runtime)) || installed.some((name) => OF_OTHERS.test(name)))
      return undefined;
    const ending = ENDING.exec(message)?.[1] ?? endingOf(workspace, message);
    if (ending !== undefined && !(RENDERED[ending] ?? OF_JSX).includes(specifier)) return undefined;
    // What the latest change took out is not put back.
    const was = workspace.changes.find(({ path }) => path === file)?.hunks?.split('\n') ?? [];
    if (was.some((line) => line.startsWith('-') && line.includes(specifier))) return undefined;

    const name = specifier.slice('@astrojs/'.length).replace('-js', '');
    const { program, errors } = await workspace.parse(file, text);
    if (errors.length > 0 || isDeclared(namesOf(program), name)) return undefined;
    const lists = [...walk(program)].flatMap(({ node, parent }) => {
      const isConfig =
        parent?.type === 'ExportDefaultDeclaration' ||
        (parent?.type === 'CallExpression' &&
          parent.callee.type === 'Identifier' &&
          parent.callee.name === 'defineConfig');
      return node.type !== 'ObjectExpression' || !isConfig
        ? []
        : node.properties.flatMap((one) =>
            one.type === 'Property' && one.key.type === 'Identifier' && one.key.name === 'integrations'
              ? [one.value]
              : [],
          );
    });
    const [list, second] = lists;
    if (list?.type !== 'ArrayExpression' || second) return undefined;
    const last = list.elements.at(-1);
    const listed = replaceRanges(text, [
      last
        ? { start: last.end, end: last.end, text: `, ${name}()` }
        : { start: list.start, end: list.end, text: `[${name}()]` },
    ]);
    const parsed = await workspace.parse(file, listed);
    const repaired = addImport(file, listed, parsed.program, { name, isDefault: true, isType: false, specifier });
    return repaired === undefined
      ? undefined
      : {
          files: new Map([[file, repaired]]),
          cause: `${file} does not use ${specifier}, without which Astro renders no component of that framework.`,
          change: 'Adds the integration, which package.json has.',
        };
  },
};

/** How the file ends that a page imports the component from. */
function endingOf({ paths, read }: Workspace, message: string): string | undefined {
  const name = /Unable to render `(\w+)`/.exec(message)?.[1];
  const from = new RegExp(`import\\s+${name}\\s+from\\s+["'][^"'\\n]+\\.(\\w+)["']`);
  const found = paths.flatMap((path) => (path.endsWith('.astro') ? (from.exec(read(path) ?? '')?.[1] ?? []) : []));
  return name === undefined ? undefined : found.find((ending) => /^(?:vue|svelte|[jt]sx)$/.test(ending));
}
