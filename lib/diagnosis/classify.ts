import type { BuildError, BuildLog, DeploymentFacts, Diagnosis, ErrorKind, FailureClass } from './diagnosis.js';
import type { Finding } from './finding.js';

export type Verdict = Omit<Diagnosis, 'errors' | 'fingerprint'>;

const classOfKind: Readonly<Record<ErrorKind, FailureClass>> = {
  syntax: 'code',
  type: 'code',
  'module-not-found': 'code',
  'export-missing': 'code',
  lint: 'code',
  'client-boundary': 'code',
  'suspense-boundary': 'code',
  prerender: 'code',
  'page-data': 'code',
  'route-contract': 'code',
  style: 'code',
  json: 'code',
  'file-missing': 'code',
  config: 'config',
  'script-missing': 'config',
  'script-failed': 'code',
  'peer-conflict': 'dependency',
  lockfile: 'dependency',
  'package-missing': 'dependency',
  engine: 'config',
  'output-directory': 'config',
  'variable-missing': 'environment',
  network: 'transient',
  memory: 'infrastructure',
  timeout: 'infrastructure',
  size: 'infrastructure',
  other: 'unknown',
};

export function classify(input: {
  readonly errors: readonly BuildError[];
  readonly findings: readonly Finding[];
  readonly log: BuildLog;
  readonly deployment: DeploymentFacts;
}): Verdict {
  const [first] = input.errors;
  const failureClass = first === undefined ? 'unknown' : classOfKind[first.kind];
  return {
    class: failureClass,
    repairable: failureClass === 'code' || failureClass === 'dependency' || failureClass === 'config',
    evidence: [],
    summary: first?.message ?? 'Nothing in the log was recognised.',
    phase: input.log.lines.at(first?.logLine ?? -1)?.phase ?? 'build',
  };
}
