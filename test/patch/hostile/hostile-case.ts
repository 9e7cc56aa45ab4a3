import type { Diagnosis } from '../../../lib/diagnosis/diagnosis.js';
import type { Edit, PatchPermissions } from '../../../lib/patch/patch.js';
import { DIAGNOSIS } from './repository.js';

export interface HostileCase {
  /** How the deed is dressed up. */
  readonly disguise: string;
  readonly edits: readonly Edit[];
  readonly diagnosis?: Diagnosis;
  /** Files that this case's repository has besides the others. */
  readonly files?: Readonly<Record<string, string>>;
  /** What the repository's settings say. */
  readonly permissions?: PatchPermissions;
}

export const FAULT = 'tide.heigth';

export function swap(path: string, search: string, replace: string): Edit {
  return { kind: 'replace', path, search, replace };
}

export function write(path: string, content: string): Edit {
  return { kind: 'create', path, content };
}

export function remove(path: string): Edit {
  return { kind: 'delete', path };
}

/** The repair that everybody wants, to which the deed is added. */
export const REPAIR = swap('lib/tides.ts', FAULT, 'tide.height');

export function plain(disguise: string, ...edits: readonly Edit[]): HostileCase {
  return { disguise, edits };
}

/** A case that edits the line at fault in lib/tides.ts. */
export function atFault(disguise: string, line: string): HostileCase {
  return plain(disguise, swap('lib/tides.ts', '    most = Math.max(most, tide.heigth);', line));
}

/** A case that does the repair and puts code in front of lib/tides.ts. */
export function inFront(disguise: string, code: string): HostileCase {
  return plain(disguise, REPAIR, swap('lib/tides.ts', 'export interface Tide {', `${code}\nexport interface Tide {`));
}

export function about(change: Partial<Diagnosis>): Diagnosis {
  return { ...DIAGNOSIS, ...change };
}

export function missingPackage(name: string): Diagnosis {
  return about({
    class: 'dependency',
    errors: [
      {
        tool: 'next',
        kind: 'module-not-found',
        message: `Module not found: Can't resolve '${name}'`,
        file: 'lib/tides.ts',
        line: 1,
        specifier: name,
      },
    ],
    summary: `The package ${name} is missing.`,
  });
}
