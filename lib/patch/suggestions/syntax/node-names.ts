import type { Program } from 'oxc-parser';
import { importsOf } from './imports.js';

const words = (text: string) => new Set(text.split(/\s+/));

/** Names of Node.js by the one module that has them, https://nodejs.org/api; none that two modules have in two meanings. */
export const NODE_NAMES: Readonly<Record<string, ReadonlySet<string>>> = {
  fs: words(
    `readFileSync writeFileSync existsSync mkdirSync readdirSync statSync rmSync copyFileSync cpSync appendFileSync
    unlinkSync renameSync createReadStream createWriteStream`,
  ),
  'fs/promises': new Set(),
  path: words('join dirname basename extname relative isAbsolute'),
  url: words('fileURLToPath pathToFileURL'),
  child_process: words('execSync execFileSync spawnSync spawn'),
  crypto: words('createHash randomUUID'),
  os: words('tmpdir homedir'),
  util: words('promisify'),
};

/** Modules that everybody calls by their own name. */
const WHOLE = /^(?:fs|path|os)$/;

export interface NodeImport {
  readonly specifier: string;
  readonly isDefault: boolean;
}

/**
 * How a script for Node.js imports this name: one that imports from modules of Node.js already, which also shows whether it writes
 * `node:` before them.
 */
export function nodeImportOf(file: string, program: Program, name: string): NodeImport | undefined {
  if (!/\.m?js$/.test(file)) return undefined;
  const used = importsOf(program).map(({ specifier }) => specifier);
  const builtIn = used.find((specifier) => Object.hasOwn(NODE_NAMES, specifier.replace(/^node:/, '')));
  const module = WHOLE.test(name) ? name : Object.keys(NODE_NAMES).find((one) => NODE_NAMES[one]?.has(name));
  if (builtIn === undefined || module === undefined) return undefined;
  return { specifier: `${builtIn.startsWith('node:') ? 'node:' : ''}${module}`, isDefault: module === name };
}
