import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Compiled {
  /** The script of a file of this folder. */
  script(name: string): string;
  remove(): void;
}

/**
 * All of the project as scripts, file by file. A loader that compiles while it runs is asked again at every `import()`,
 * which is a tenth of what a life costs, and is started anew by every process.
 */
export async function compile(): Promise<Compiled> {
  const folder = mkdtempSync(join(ROOT, 'node_modules', '.faults-'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['lib/**/*.ts', 'sandbox/**/*.ts', 'test/**/*.ts'],
    outdir: folder,
    outbase: ROOT,
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'error',
  });
  return {
    script: (name) => join(folder, 'test/faults', name.replace(/\.ts$/, '.js')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
