import { classify } from './classify.js';
import type { BuildError, BuildLog, DeploymentFacts, Diagnosis } from './diagnosis.js';
import type { Finding, LineStream } from './finding.js';
import { fingerprint } from './fingerprint.js';
import { foldErrors } from './fold.js';
import { matchers } from './matchers/index.js';
import { findCheckouts, type PathBase } from './paths.js';
import { resolveFinding } from './resolve-finding.js';
import { splitStreams } from './streams.js';

const defaultMaxErrors = 50;
/** A log with more is one cause many times over; the rest would only cost time. */
const maxFindings = 20_000;

export interface DiagnoseInput {
  readonly log: BuildLog;
  readonly deployment?: DeploymentFacts;
  /** The Vercel project's root directory; '' or absent is the repository root. */
  readonly rootDirectory?: string;
  /** Errors beyond this many are left out; 50 when absent. */
  readonly maxErrors?: number;
}

/** Why a build failed, from its log and what the deployment says of itself. Never throws on what a log holds. */
export function diagnose(input: DiagnoseInput): Diagnosis {
  const { log, deployment = {}, rootDirectory = '', maxErrors = defaultMaxErrors } = input;
  const base: PathBase = { rootDirectory: trimSlashes(rootDirectory), checkouts: findCheckouts(log.lines) };
  const findings = splitStreams(log).flatMap((stream) =>
    readFindings(stream).map((finding) => resolveFinding(finding, stream, base)),
  );
  const chosen = chooseErrors(findings);
  const errors = foldErrors(chosen).slice(0, maxErrors);
  const verdict = classify({ errors, findings, log, deployment });
  return { ...verdict, errors, fingerprint: fingerprint({ class: verdict.class, errors, summary: verdict.summary }) };
}

function readFindings(stream: LineStream): readonly Finding[] {
  const findings: Finding[] = [];
  let at = 0;
  while (at < stream.texts.length && findings.length < maxFindings) {
    let end = at + 1;
    if (stream.texts[at] !== '') {
      for (const matcher of matchers) {
        const match = matcher(stream, at);
        if (match === undefined) continue;
        findings.push(...match.findings);
        end = Math.max(end, match.end);
        break;
      }
    }
    at = end;
  }
  return findings;
}

function chooseErrors(findings: readonly Finding[]): readonly BuildError[] {
  const causes = findings.filter((finding) => finding.role === 'cause');
  if (causes.length === 0) return findings.map((finding) => finding.error);
  const blamed = new Set(
    causes.map(({ error }) => error.symbol ?? error.specifier).filter((name) => name !== undefined),
  );
  return findings
    .filter(({ role, error }) => role === 'cause' || (role === 'warning' && blamed.has(error.symbol ?? '')))
    .map(({ error }) => error);
}

function trimSlashes(path: string): string {
  return path
    .replace(/^(?:\.?\/)+/, '')
    .replace(/\/+$/, '')
    .replace(/^\.$/, '');
}
