import { applyEdits, modify, parse } from 'jsonc-parser';
import type { Rule } from '../rule.js';
import { chainOf } from '../syntax/compiler-configs.js';
import { isScript } from '../syntax/parse.js';
import { directoryOf, isRecord, joinPath } from '../syntax/resolve-specifier.js';
import { specifiersOf } from '../syntax/specifiers.js';
import type { Workspace } from '../workspace.js';

const NO_MORE = /^Option 'baseUrl' (?:is deprecated|has been removed)/;

/**
 * `baseUrl`, which TypeScript 6 takes for an error: it goes, and the mappings in `paths` start at the configuration itself, as
 * https://aka.ms/ts6 advises. Only where no import was found by `baseUrl` alone.
 */
export const baseUrl: Rule = {
  name: 'base-url',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined || !NO_MORE.test(error.message) ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || workspace.partial) return undefined;
    const options = optionsOf(text);
    const base = options.baseUrl;
    if (typeof base !== 'string') return undefined;
    const folder = joinPath(directoryOf(file), base) ?? '';
    const paths = isRecord(options.paths) ? options.paths : {};
    if (await isImportedFrom(folder, { workspace, below: directoryOf(file), mapped: Object.keys(paths) }))
      return undefined;
    if (isBaseOfPaths(workspace, file)) return undefined;
    let repaired = text;
    for (const [pattern, targets] of Object.entries(paths)) {
      if (!Array.isArray(targets) || !targets.every((target) => typeof target === 'string')) return undefined;
      targets.forEach((target: string, at) => {
        const from = rebased(base, target);
        if (from !== target) repaired = edited(repaired, ['compilerOptions', 'paths', pattern, at], from);
      });
    }
    return {
      files: new Map([[file, edited(repaired, ['compilerOptions', 'baseUrl'], undefined)]]),
      cause: `${file} sets \`baseUrl\`, which this version of TypeScript no longer takes.`,
      change: 'Takes it out; the mappings in `paths` start at the file itself, and lead where they led.',
    };
  },
};

/** Whether another configuration builds upon this one, whose own mappings start at the `baseUrl` here. */
function isBaseOfPaths(workspace: Workspace, file: string): boolean {
  return workspace.paths.some((path) => {
    if (path === file || !/(?:^|\/)[jt]sconfig[\w.-]*\.json$/.test(path)) return false;
    const options = optionsOf(workspace.read(path) ?? '');
    return isRecord(options.paths) && !('baseUrl' in options) && chainOf(workspace, path)?.includes(file) === true;
  });
}

function optionsOf(text: string): Record<string, unknown> {
  const config: unknown = parse(text, [], { allowTrailingComma: true });
  return isRecord(config) && isRecord(config.compilerOptions) ? config.compilerOptions : {};
}

function edited(text: string, path: (string | number)[], value: string | undefined): string {
  return applyEdits(text, modify(text, path, value, {}));
}

function rebased(base: string, target: string): string {
  if (target.startsWith('/')) return target;
  const path = joinPath(joinPath('', base) ?? '', target);
  return path === undefined ? target : `./${path}`;
}

/** Whether a file below the configuration imports by a path from the folder, and by no mapping. */
async function isImportedFrom(
  folder: string,
  {
    workspace,
    below,
    mapped,
  }: { readonly workspace: Workspace; readonly below: string; readonly mapped: readonly string[] },
): Promise<boolean> {
  const within = folder === '' ? '' : `${folder}/`;
  const first = new Set(
    workspace.tree.filter((path) => path.startsWith(within)).map((path) => firstSegment(folder, path)),
  );
  for (const path of workspace.paths) {
    const text = isScript(path) && (below === '' || path.startsWith(`${below}/`)) ? workspace.read(path) : undefined;
    if (text === undefined) continue;
    for (const { specifier } of specifiersOf(await workspace.parse(path, text)))
      if (
        !/^[./]/.test(specifier) &&
        first.has(specifier.split('/')[0] ?? '') &&
        !mapped.some((pattern) => specifier.startsWith(pattern.replace(/\*.*$/, '')))
      )
        return true;
  }
  return false;
}

/** What an import from the folder begins with: a folder, or a file without its extension. */
function firstSegment(folder: string, path: string): string {
  const rest = folder === '' ? path : path.slice(folder.length + 1);
  const [head = '', ...inner] = rest.split('/');
  return inner.length > 0 ? head : head.replace(/(?:\.d)?\.\w+$/, '');
}
