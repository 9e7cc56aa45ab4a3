import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { unresolvedSpecifierOf } from '../error-facts.js';
import type { Workspace } from '../workspace.js';
import { isScript } from './parse.js';
import { targetsMeant, targetsOf } from './resolve-specifier.js';
import { type SpecifierUse, specifiersOf } from './specifiers.js';

/** An import that leads nowhere, as the script writes it. */
export interface LostImport {
  readonly file: string;
  readonly text: string;
  readonly written: string;
  readonly uses: readonly SpecifierUse[];
  /** The paths, without extension, that it can mean. */
  readonly targets: readonly string[];
}

/** The import of a script that the error says does not resolve; undefined where two are written differently. */
export async function findLostImport(error: BuildError, workspace: Workspace): Promise<LostImport | undefined> {
  const specifier = unresolvedSpecifierOf(error);
  const { file } = error;
  if (specifier === undefined || file === undefined || workspace.partial || !isScript(file)) return undefined;
  const text = workspace.read(file);
  if (text === undefined) return undefined;
  const targets = targetsMeant(workspace, file, specifier);
  const uses = specifiersOf(await workspace.parse(file, text)).filter((use) =>
    specifier.startsWith('/vercel/')
      ? targetsOf(workspace, file, use.specifier).some((target) => targets.includes(target))
      : use.specifier === specifier,
  );
  const [written, otherwise] = new Set(uses.map((use) => use.specifier));
  return written === undefined || otherwise !== undefined ? undefined : { file, text, written, uses, targets };
}
