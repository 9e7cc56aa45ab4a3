import { parse } from 'jsonc-parser';
import { folderOf } from './readable-files.js';

/** What the repository's package.json files say, as far as it helps to follow an import. */
export interface Manifest {
  readonly path: string;
  readonly folder: string;
  readonly name: string | undefined;
  /** Declared packages of every kind: their version ranges by name. */
  readonly dependencies: ReadonlyMap<string, string>;
  readonly devOnly: ReadonlySet<string>;
  readonly scripts: ReadonlyMap<string, string>;
  /** `exports`, `imports`, `main`, `types`, `engines`, ... as they stand. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Every package.json among the files. Broken JSON gives what can be read of it. */
export function readManifests(files: ReadonlyMap<string, string>): Manifest[] {
  return [...files]
    .filter(([path]) => /(?:^|\/)package\.json$/.test(path))
    .map(([path, text]) => readManifest(path, text));
}

function readManifest(path: string, text: string): Manifest {
  const fields = asRecord(parseJson(text));
  const dependencies = new Map<string, string>();
  for (const kind of ['dependencies', 'optionalDependencies', 'peerDependencies'])
    for (const [name, range] of Object.entries(asRecord(fields[kind]))) dependencies.set(name, String(range));
  const devOnly = new Set<string>();
  for (const [name, range] of Object.entries(asRecord(fields.devDependencies))) {
    if (!dependencies.has(name)) devOnly.add(name);
    dependencies.set(name, String(range));
  }
  const scripts = new Map(Object.entries(asRecord(fields.scripts)).map(([name, command]) => [name, String(command)]));
  const name = typeof fields.name === 'string' ? fields.name : undefined;
  return { path, folder: folderOf(path), name, dependencies, devOnly, scripts, fields };
}

/** JSON with comments and mistakes, as far as it goes. */
export function parseJson(text: string): unknown {
  return parse(text, [], { allowTrailingComma: true });
}

export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
