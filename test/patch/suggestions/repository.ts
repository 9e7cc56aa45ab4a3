import type { FileChange, RepositoryContext } from '../../../lib/context/source.js';
import type { BuildError, Diagnosis } from '../../../lib/diagnosis/diagnosis.js';
import type { Rule } from '../../../lib/patch/suggestions/rule.js';
import { suggest } from '../../../lib/patch/suggestions/suggest.js';

export interface Repository {
  readonly files: Readonly<Record<string, string>>;
  /** Files of the tree that nobody read. */
  readonly unread?: readonly string[];
  readonly changes?: readonly FileChange[];
  readonly rootDirectory?: string;
  /** True when the tree could not be listed whole. */
  readonly truncated?: boolean;
}

export function contextOf(repository: Repository): RepositoryContext {
  const paths = [...Object.keys(repository.files), ...(repository.unread ?? [])];
  return {
    tree: {
      entries: paths.map((path) => ({ path, mode: '100644', sha: '' })),
      truncated: repository.truncated ?? false,
    },
    files: new Map(Object.entries(repository.files)),
    changes: repository.changes,
    suspects: [],
    rootDirectory: repository.rootDirectory ?? '',
  };
}

export function diagnosisOf(errors: readonly BuildError[]): Diagnosis {
  return {
    class: 'code',
    repairable: true,
    errors,
    evidence: [],
    summary: 'The build failed.',
    phase: 'build',
    fingerprint: '0123456789abcdef',
  };
}

export function errorOf(facts: Partial<BuildError>): BuildError {
  return { tool: 'typescript', kind: 'type', message: '', ...facts };
}

/** The files that the one rule, applied to the one error, leaves different; undefined when it has no answer. */
export async function repairWith(
  rule: Rule,
  facts: Partial<BuildError>,
  repository: Repository,
): Promise<Record<string, string> | undefined> {
  return repairAll([rule], [errorOf(facts)], repository);
}

export async function repairAll(
  rules: readonly Rule[],
  errors: readonly BuildError[],
  repository: Repository,
): Promise<Record<string, string> | undefined> {
  const suggestion = await suggest(diagnosisOf(errors), contextOf(repository), rules);
  if (suggestion.outcome === 'nothing') return undefined;

  const files = new Map(Object.entries(repository.files));
  for (const edit of suggestion.patch.edits) {
    if (edit.kind === 'delete') files.delete(edit.path);
    else if (edit.kind === 'create') files.set(edit.path, edit.content);
    else {
      const text = files.get(edit.path) ?? '';
      const parts = text.split(edit.search);
      if (parts.length !== 2) throw new Error(`${edit.path}: the search stands ${parts.length - 1} times`);
      files.set(edit.path, parts.join(edit.replace));
    }
  }
  return Object.fromEntries([...files].filter(([path, text]) => repository.files[path] !== text));
}
