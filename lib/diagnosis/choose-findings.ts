/** Which of the findings are the failure: the others are repetitions, consequences, or belong to what succeeded. */
import type { ErrorKind } from './diagnosis.js';
import type { Finding } from './finding.js';
import { kindOfSpecifier } from './specifiers.js';

export interface LocatedFinding extends Finding {
  /** True for a cause in something that went on or ended well all the same. */
  readonly survived: boolean;
}

/** Kinds whose cause lies outside the code: they explain what failed while it ran. */
const outside: ReadonlySet<ErrorKind> = new Set(['variable-missing', 'network', 'memory', 'timeout', 'size']);
/** Kinds of what failed while it ran, for whatever reason. */
const running: ReadonlySet<ErrorKind> = new Set([
  'prerender',
  'page-data',
  'script-failed',
  'other',
  'suspense-boundary',
]);
/** Matchers that go by one sentence whoever printed it. */
const hearsay = new Set(['environment', 'network']);

/** A cause by its tool's own words, of something that does not merely fail while it runs. */
export function isCertain({ role, survived, guess, error }: LocatedFinding): boolean {
  return role === 'cause' && !survived && guess !== true && !hearsay.has(error.tool) && !running.has(error.kind);
}

export function chooseFindings(all: readonly LocatedFinding[]): readonly Finding[] {
  const findings = withLintWarnings(all);
  const unset = findAddressWithoutVariable(findings);
  if (unset.length > 0) return unset;
  const causes = findings.filter((finding) => finding.role === 'cause' && !finding.survived);
  if (causes.length > 0) return [...listIdle(causes, findings), ...orderCauses(causes, findings)];
  const survived = findings.filter((finding) => finding.role === 'cause');
  if (survived.length > 0) return orderCauses(survived, findings);
  const symptoms = findings.filter((finding) => finding.role === 'symptom');
  // The last sentence before the end is nearest to what ended it, and one of a known kind is nearer still.
  const known = symptoms.filter(
    ({ error }) => error.kind !== 'other' && !(error.kind === 'script-failed' && error.file === undefined),
  );
  if (known.length > 0) return known;
  const warnings = findings.filter(
    ({ role, error, guess }) => role === 'warning' && error.kind !== 'lint' && guess !== true,
  );
  if (warnings.length > 0 && symptoms.every(({ guess }) => guess !== true)) return warnings;
  if (symptoms.length > 0) {
    const told = symptoms.filter((finding) => !isReportOfRunner(finding));
    return (told.length > 0 ? told : symptoms).slice(-3).reverse();
  }
  const guesses = findings.filter(({ guess }) => guess === true);
  const placed = guesses.filter(({ error }) => error.file !== undefined);
  return placed.length > 0 ? placed : guesses.slice(-3).reverse();
}

/** npm says that a script failed, and not why: that stands before it. */
function isReportOfRunner({ error }: Finding): boolean {
  return error.tool === 'npm' && error.kind === 'script-failed' && error.message.startsWith('Lifecycle script ');
}

function orderCauses(causes: readonly LocatedFinding[], findings: readonly LocatedFinding[]): readonly Finding[] {
  const crashed = findings.filter(
    ({ error }) => error.tool === 'npm' && error.message.includes('Exit handler never called'),
  );
  if (crashed.length > 0 && causes.every(({ error }) => isNotInstalled(error.kind, error.specifier))) return crashed;
  // A machine that is full breaks whatever runs on it, in whatever words.
  const full = causes.filter(({ error }) => error.code === 'ENOSPC');
  if (full.length > 0) return full;
  // So does one whose memory ran out, as Vercel reports behind the files that were never made.
  const starved = causes.filter(({ error }) => error.code === 'out-of-memory');
  if (starved.length > 0 && causes.every((one) => starved.includes(one) || isLostOutput(one))) return starved;
  const finals = causes.filter(
    ({ error }) => error.tool === 'vercel' && error.kind !== 'memory' && error.kind !== 'network',
  );
  // pnpm ends well where it had nothing to run; what should have been built is missed only then.
  const idle = causes.filter(({ error }) => error.code === 'no-projects-matched');
  if (finals.length > 0)
    return finals.every(({ error }) => error.kind === 'output-directory') ? [...idle, ...finals] : finals;
  const trusted = dropHearsay(dropFontModules(dropHandledConflicts(causes)));
  const explained = trusted.filter(({ error }) => outside.has(error.kind));
  const rest = trusted.filter(({ error }) => !outside.has(error.kind));
  const own = rest.filter((finding) => !isOfPackage(finding));
  const settings = own.filter(isOfCompilerSettings);
  const others = own.filter((finding) => !settings.includes(finding));
  return [...explained, ...settings, ...others, ...rest.filter(isOfPackage), ...warningsAbout(trusted, findings)];
}

/** A script that had nothing to run, and so went on, where all that fails after it is for want of packages. */
function listIdle(causes: readonly LocatedFinding[], findings: readonly LocatedFinding[]): readonly Finding[] {
  const wanting = causes.filter(
    ({ error }) => error.kind === 'module-not-found' && kindOfSpecifier(error.specifier ?? './') === 'package',
  );
  const isWanting = wanting.length > 0 && causes.every((one) => wanting.includes(one) || one.error.kind === 'type');
  return isWanting ? findings.filter(({ survived, error }) => survived && error.code === 'no-projects-matched') : [];
}

function isLostOutput({ error }: Finding): boolean {
  return error.tool === 'vercel' && (error.kind === 'output-directory' || error.message.includes('-manifest'));
}

/** A compiler that could not read its settings goes on with others, and complains of all that these do not allow. */
function isOfCompilerSettings({ error }: Finding): boolean {
  if (error.code === 'TS17004') return true;
  return /^TS(?:5012|5083|6053|18003)$/.test(error.code ?? '') && error.file?.endsWith('.json') === true;
}

/** What a compiler says of an installed package: it may not stand before what it says of the application. */
function isOfPackage({ class: failureClass, error }: Finding): boolean {
  return error.tool === 'typescript' && failureClass === 'dependency';
}

/** A client that warned of an unset variable, and then failed for want of an address. */
function findAddressWithoutVariable(findings: readonly LocatedFinding[]): readonly Finding[] {
  const failed = findings.filter(({ role, error }) => role !== 'warning' && error.kind !== 'other');
  if (failed.length === 0 || !failed.every(({ error }) => error.code === 'ERR_INVALID_URL')) return [];
  return findings.filter(({ role, error }) => role === 'warning' && error.kind === 'variable-missing');
}

function isNotInstalled(kind: ErrorKind, specifier: string | undefined): boolean {
  if (kind === 'package-missing' || kind === 'network') return true;
  return kind === 'module-not-found' && specifier !== undefined && kindOfSpecifier(specifier) !== 'relative';
}

/** What anybody's sentence says of variables and networks explains failures at run time, not those of a compiler. */
function dropHearsay(causes: readonly LocatedFinding[]): readonly LocatedFinding[] {
  const solid = causes.filter(({ error, guess }) => !hearsay.has(error.tool) && guess !== true);
  // What a validation of the environment throws says that it failed; what it printed before says why.
  const variables = causes.filter(({ error }) => error.kind === 'variable-missing' && error.symbol !== undefined);
  if (variables.length > 0 && solid.every(({ error }) => /environment variable/i.test(error.message))) return variables;
  const compiled = solid.filter(({ error }) => !running.has(error.kind));
  if (compiled.length > 0) return solid;
  return solid.length > 0 ? causes.filter(({ error, guess }) => guess !== true || outside.has(error.kind)) : causes;
}

/** An installation that failed ends a build, but one that a script asked for beside it: what is compiled after it decides. */
function dropHandledConflicts(causes: readonly LocatedFinding[]): readonly LocatedFinding[] {
  const compiled = causes.filter(
    (cause) =>
      isCertain(cause) && cause.error.kind !== 'peer-conflict' && !needsInstallation(cause.error.kind, cause.error),
  );
  const last = Math.max(...compiled.map(({ error }) => error.logLine ?? -1));
  return causes.filter(({ error }) => error.kind !== 'peer-conflict' || (error.logLine ?? last) >= last);
}

/** Whether it may fail because packages are not there. */
function needsInstallation(kind: ErrorKind, { specifier, tool }: Finding['error']): boolean {
  if (tool === 'npm' || kind === 'package-missing' || kind === 'network') return true;
  return kind === 'module-not-found' && (specifier === undefined || kindOfSpecifier(specifier) === 'package');
}

/** While the fonts' server is down, the modules that stand for its fonts are missing. */
function dropFontModules(causes: readonly LocatedFinding[]): readonly LocatedFinding[] {
  if (!causes.some(({ error }) => error.code === 'google-fonts')) return causes;
  return causes.filter(
    ({ error }) =>
      error.kind === 'network' || error.kind === 'variable-missing' || !isFontModule(error.specifier, error.message),
  );
}

function isFontModule(specifier: string | undefined, message: string): boolean {
  return /\/font\/google|next\/font/.test(specifier ?? '') || message.includes('font/google');
}

/** Warnings that name what a cause names are further places of it: the other importers of a renamed export. */
function warningsAbout(causes: readonly LocatedFinding[], findings: readonly LocatedFinding[]): readonly Finding[] {
  const named = new Set(causes.map(({ error }) => nameOf(error)).filter((name) => name !== undefined));
  return findings.filter(
    ({ role, error }) => role === 'warning' && error.kind !== 'lint' && named.has(nameOf(error) ?? ''),
  );
}

function nameOf(error: Finding['error']): string | undefined {
  return error.symbol === undefined ? error.specifier : error.symbol;
}

/** `--max-warnings` and CI=true make warnings fail the build. */
function withLintWarnings(findings: readonly LocatedFinding[]): readonly LocatedFinding[] {
  const strict = findings.some(({ error }) => error.code === 'max-warnings' || error.code === 'ci-warnings');
  if (!strict) return findings;
  const errors = findings.some(
    ({ role, error }) => role === 'cause' && error.tool === 'eslint' && error.code !== 'max-warnings',
  );
  if (errors) return findings.filter(({ error }) => error.code !== 'max-warnings');
  const warnings = findings.some(({ role, error }) => role === 'warning' && error.kind === 'lint');
  return findings
    .filter(({ error }) => !warnings || (error.code !== 'max-warnings' && error.code !== 'ci-warnings'))
    .map((finding) => (finding.error.kind === 'lint' ? { ...finding, role: 'cause' as const } : finding));
}
