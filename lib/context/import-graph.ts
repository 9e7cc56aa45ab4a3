import { type ModuleImport, type ModuleOutline, outlineModule } from './outline-module.js';
import type { ImportResolver, Resolution } from './resolve-import.js';

export interface ImportEdge {
  readonly importer: string;
  readonly declaration: ModuleImport;
  readonly resolution: Resolution;
}

/** Who imports what, over the files that were read. */
export interface ImportGraph {
  readonly edges: readonly ImportEdge[];
  readOutline(path: string): ModuleOutline | undefined;
  edgesFrom(path: string): readonly ImportEdge[];
  /** Imports that reach this file, in another case too. */
  edgesTo(path: string): readonly ImportEdge[];
  /** All names that a module exports, through `export * from`; undefined where they cannot be known. */
  listExports(path: string): ReadonlySet<string> | undefined;
  /** Files reached from these by imports, implied ones too, nearest first, the given ones included. */
  reach(paths: readonly string[], limit: number): readonly string[];
}

export function buildImportGraph(
  files: ReadonlyMap<string, string>,
  resolver: ImportResolver,
  listImplied: (path: string, outlineOf: ImportGraph['readOutline']) => readonly string[] = () => [],
): ImportGraph {
  const outlines = new Map<string, ModuleOutline>();
  const from = new Map<string, ImportEdge[]>();
  const to = new Map<string, ImportEdge[]>();
  const edges: ImportEdge[] = [];
  for (const [path, text] of files) {
    const outline = outlineModule(path, text);
    outlines.set(path, outline);
    const own = outline.imports
      .filter(({ specifier }) => !isGeneratedTypes(specifier))
      .map((declaration) => ({
        importer: path,
        declaration,
        resolution: resolver.resolve(path, declaration.specifier),
      }));
    from.set(path, own);
    edges.push(...own);
    for (const edge of own) {
      const target = targetOf(edge.resolution);
      if (target === undefined) continue;
      const list = to.get(target);
      if (list) list.push(edge);
      else to.set(target, [edge]);
    }
  }

  function listExports(path: string, seen = new Set<string>()): ReadonlySet<string> | undefined {
    const outline = outlines.get(path);
    if (!outline?.exportsKnown || seen.has(path)) return seen.has(path) ? new Set() : undefined;
    seen.add(path);
    const names = new Set(outline.exports);
    for (const specifier of outline.exportsAllOf) {
      const target = resolver.resolve(path, specifier);
      const inner = target.outcome === 'file' ? listExports(target.path, seen) : undefined;
      if (!inner) return undefined;
      for (const name of inner) if (name !== 'default') names.add(name);
    }
    return names;
  }

  const implied = new Map<string, readonly string[]>();
  function impliedBy(path: string): readonly string[] {
    const list = implied.get(path) ?? listImplied(path, (other) => outlines.get(other));
    implied.set(path, list);
    return list;
  }

  function reach(paths: readonly string[], limit: number): readonly string[] {
    const reached = new Set(paths);
    for (const path of reached) {
      if (reached.size >= limit) break;
      for (const edge of from.get(path) ?? []) {
        const target = targetOf(edge.resolution);
        if (target !== undefined) reached.add(target);
      }
      for (const target of impliedBy(path)) reached.add(target);
    }
    return [...reached].slice(0, limit);
  }

  return {
    edges,
    readOutline: (path) => outlines.get(path),
    edgesFrom: (path) => from.get(path) ?? [],
    edgesTo: (path) => to.get(path) ?? [],
    listExports: (path) => listExports(path),
    reach,
  };
}

/** The file of the tree behind a resolution, if there is one. */
export function targetOf(resolution: Resolution): string | undefined {
  return resolution.outcome === 'file' || resolution.outcome === 'wrong-case' ? resolution.path : undefined;
}

/** Types that SvelteKit (`./$types`) and React Router (`./+types/...`) generate next to each route. */
function isGeneratedTypes(specifier: string): boolean {
  return specifier === './$types' || specifier === './$types.js' || /^(?:\.{1,2}\/){1,6}\+types\//.test(specifier);
}
