import type { BuildError, Diagnosis } from '../../../lib/diagnosis/diagnosis.js';
import type { Files } from './apps.js';

/** One way to break an application. */
export interface Failure {
  readonly name: string;
  readonly app: Files;
  /** Texts that replace or join the application's; null deletes. */
  readonly broken: Readonly<Record<string, string | null>>;
  /** What is replaced within a file: old and new text. */
  readonly edits?: Readonly<Record<string, readonly [string, string]>>;
  readonly rootDirectory?: string;
  readonly errors: readonly BuildError[];
  /** Sets of files of which any one, changed, repairs the build. */
  readonly fault: readonly (readonly string[])[];
}

/** The broken tree's texts. */
export function breakApp({ app, broken, edits }: Pick<Failure, 'app' | 'broken' | 'edits'>): Map<string, string> {
  const files = new Map(Object.entries(app));
  for (const [path, [before, after]] of Object.entries(edits ?? {})) {
    const text = files.get(path);
    if (!text?.includes(before)) throw new Error(`${path} does not hold ${before}`);
    files.set(
      path,
      text.replaceAll(before, () => after),
    );
  }
  for (const [path, text] of Object.entries(broken)) {
    if (text === null) files.delete(path);
    else files.set(path, text);
  }
  return files;
}

export function diagnosisOf(errors: readonly BuildError[]): Diagnosis {
  const [first] = errors;
  return {
    class: 'code',
    repairable: true,
    errors,
    evidence: [],
    summary: first?.message ?? 'The build failed.',
    phase: 'build',
    fingerprint: '0123456789abcdef',
  };
}
