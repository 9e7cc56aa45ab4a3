import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { isComponentFile, isScript, parseSource } from '../syntax/parse.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { replaceRanges } from '../syntax/source-text.js';
import { specifiersOf } from '../syntax/specifiers.js';
import { walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

/** esbuild and Vite's import analysis on JSX in a file that they do not take for it. */
const SAYS_JSX = /JSX syntax extension is not currently enabled|name the file with the \.jsx or \.tsx extension/;
const SAYS_RUNE =
  /(?<![\w$])\$(?:state|derived|effect|props|inspect) is not defined|`\$\w{1,20}` rune is only available inside|rune_outside_svelte/;
const RUNE = /(?<![\w$.])\$(?:state|derived|effect)(?:\.\w{1,20})?\s{0,4}[(<]/;

/** Node.js on a file that it runs as a module, https://nodejs.org/api/packages.html#packagejson-and-file-extensions. */
const SAYS_COMMONJS = /is not defined in ES module scope[\s\S]{0,400}rename it to use the '\.cjs' file extension/;
/** Configurations that their tools look for under this name as well. */
const READ_AS_CJS =
  /^(?:(?:postcss|tailwind|eslint|prettier|stylelint|commitlint|lint-staged|babel|svgo|jest)\.config|\.(?:eslint|prettier|stylelint|commitlint|lintstaged|babel)rc)\.js$/;

/**
 * A module whose name keeps its compiler from what it holds: JSX in `.ts`, or in `.js` where the tool wants `.jsx`; Svelte's runes outside of
 * `.svelte.ts`, https://svelte.dev/docs/svelte/svelte-js-files; a configuration in CommonJS in a package of modules. It gets the name, and its importers follow.
 */
export const misnamedModule: Rule = {
  name: 'misnamed-module',
  async propose(error, workspace) {
    if (workspace.partial) return undefined;
    const found =
      findRunes(error, workspace) ?? (await findCommonJs(error, workspace)) ?? (await findJsx(error, workspace));
    const text = found === undefined ? undefined : workspace.read(found.path);
    if (found === undefined || text === undefined || workspace.exists(found.name)) return undefined;
    if ((await countParseErrors(found.name, text)) > 0) return undefined;
    const importers = await followTo(found, workspace);
    return {
      files: new Map([[found.name, text], ...importers]),
      gone: [found.path],
      cause: `${found.path} holds ${found.holds}, which its name does not allow.`,
      change: `Renames it to ${found.name}${importers.length === 0 ? '' : ', as its imports do'}.`,
    };
  },
};

interface Misnamed {
  readonly path: string;
  readonly name: string;
  readonly holds: string;
}

async function findJsx({ file, message }: BuildError, workspace: Workspace): Promise<Misnamed | undefined> {
  const text = file === undefined ? undefined : workspace.read(file);
  if (file === undefined || text === undefined || /\.(?:d|svelte)\.ts$/.test(file)) return undefined;
  const isTypeScript = file.endsWith('.ts') && (await workspace.isBroken(file, text));
  if (!isTypeScript && !(file.endsWith('.js') && SAYS_JSX.test(message))) return undefined;
  const name = `${file}x`;
  const { program, errors } = await parseSource(name, text);
  const hasElements =
    errors.length === 0 && [...walk(program)].some(({ node }) => /^JSX(?:Element|Fragment)$/.test(node.type));
  return hasElements ? { path: file, name, holds: 'JSX' } : undefined;
}

async function findCommonJs({ file, message }: BuildError, workspace: Workspace): Promise<Misnamed | undefined> {
  const [base = ''] = /[^/]+$/.exec(file ?? '') ?? [];
  const text = file === undefined || !READ_AS_CJS.test(base) ? undefined : workspace.read(file);
  if (file === undefined || text === undefined || !SAYS_COMMONJS.test(message)) return undefined;
  const { program } = await parseSource(file, text);
  if (program.body.some(({ type }) => /^(?:Import|Export)/.test(type))) return undefined;
  const isNamed = workspace.paths.some((path) => path !== file && workspace.read(path)?.includes(base));
  return isNamed ? undefined : { path: file, name: file.replace(/js$/, 'cjs'), holds: 'CommonJS' };
}

/** Of what is broken while it runs no tool names the file: it is the only one with runes and without the name. */
function findRunes({ file, message }: BuildError, workspace: Workspace): Misnamed | undefined {
  if (!SAYS_RUNE.test(message)) return undefined;
  const [path, another] = workspace.paths.filter(
    (one) => /(?<!\.svelte|\.d|\.test|\.spec|\.config)\.[jt]s$/.test(one) && RUNE.test(workspace.read(one) ?? ''),
  );
  const blamed =
    file !== undefined && /\.[jt]s$/.test(file) && RUNE.test(workspace.read(file) ?? '') ? file : undefined;
  const only = blamed ?? (another === undefined ? path : undefined);
  return only === undefined
    ? undefined
    : { path: only, name: only.replace(/\.([jt]s)$/, '.svelte.$1'), holds: "Svelte's runes" };
}

/** The importers that name the module by what changes of its name. */
async function followTo({ path, name }: Misnamed, workspace: Workspace): Promise<[string, string][]> {
  const followed: [string, string][] = [];
  for (const importer of workspace.paths) {
    const text = isScript(importer) || isComponentFile(importer) ? workspace.read(importer) : undefined;
    if (text === undefined || importer === path) continue;
    const replacements = specifiersOf(await workspace.parse(importer, text)).flatMap(({ specifier, start, end }) => {
      if (resolveSpecifier(workspace, importer, specifier) !== path) return [];
      const right = renamedSpecifier(specifier, { path, name });
      return right === specifier ? [] : [{ start: start + 1, end: end - 1, text: right }];
    });
    if (replacements.length > 0) followed.push([importer, replaceRanges(text, replacements)]);
  }
  return followed;
}

/** JSX is found without an extension; a module with runes is asked for by `.svelte` at least. */
function renamedSpecifier(specifier: string, { path, name }: { readonly path: string; readonly name: string }): string {
  const [, extension = ''] = /(\.[cm]?[jt]s)$/.exec(specifier) ?? [];
  const bare = specifier.slice(0, specifier.length - extension.length);
  if (name.endsWith(`.svelte${path.slice(path.lastIndexOf('.'))}`)) return `${bare}.svelte${extension}`;
  // `./row.js` stands for a source in TypeScript, whichever of its extensions that has.
  return extension === path.slice(path.lastIndexOf('.')) ? `${bare}${name.slice(name.lastIndexOf('.'))}` : specifier;
}
