/** From errors to the class, which is the class of the remedy, with the facts that decided it. */
import { findAskedOption } from './asked-option.js';
import { isConfigFile } from './config-files.js';
import type {
  BuildError,
  BuildLog,
  BuildPhase,
  DeploymentFacts,
  ErrorKind,
  Evidence,
  FailureClass,
} from './diagnosis.js';
import type { Finding } from './finding.js';
import { remedyFor } from './remedies.js';
import { kindOfSpecifier } from './specifiers.js';
import { summarise } from './summary.js';

export interface Verdict {
  readonly class: FailureClass;
  readonly repairable: boolean;
  /** Cause first. */
  readonly findings: readonly Finding[];
  readonly evidence: readonly Evidence[];
  readonly summary: string;
  readonly remedy?: string;
  readonly phase: BuildPhase;
}

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
  other: 'code',
};

interface Decision {
  readonly class: FailureClass;
  readonly fact?: string;
  readonly logLine?: number;
}

export function classify(input: {
  /** Chosen and folded. */
  readonly findings: readonly Finding[];
  readonly log: BuildLog;
  readonly deployment: DeploymentFacts;
}): Verdict {
  const { findings, log, deployment } = input;
  const named = decideByDeployment(deployment, findings);
  const decided = named ?? decideByFindings(findings, log);
  const shown = named?.error === undefined ? findings : [{ role: 'cause' as const, error: named.error }, ...findings];
  const [first] = shown;
  const repairable = isRepairable(decided.class, first?.error);
  const remedy =
    first?.remedy !== undefined && decided.class !== 'code' ? first.remedy : remedyFor(decided.class, first?.error);
  return {
    class: decided.class,
    repairable,
    findings: shown,
    evidence: gatherEvidence({ deployment, decided, first, fromDeployment: named !== undefined }),
    summary: summarise(first?.error, log, deployment),
    ...(remedy === undefined ? {} : { remedy }),
    phase: phaseOf(first?.error, log, deployment),
  };
}

/** What the deployment says of itself is believed before the log, where it says more than that a command failed. */
function decideByDeployment(
  deployment: DeploymentFacts,
  findings: readonly Finding[],
): (Decision & { readonly error?: BuildError }) | undefined {
  const { readyState, errorCode = '', outOfMemory } = deployment;
  if (readyState === 'BLOCKED' || readyState === 'CANCELED') {
    const error = {
      tool: 'vercel',
      kind: 'other' as const,
      code: readyState.toLowerCase(),
      message: deployment.errorMessage ?? `The deployment is ${readyState}.`,
    };
    return { class: 'infrastructure', fact: `readyState ${readyState}`, error };
  }
  const killed = /^BUILD_UTILS_SPAWN_(?:SIGKILL|137)$/.test(errorCode);
  if ((outOfMemory === true || killed) && !findings.some(({ error }) => error.kind === 'memory')) {
    return {
      class: 'infrastructure',
      fact: outOfMemory === true ? 'Vercel reports that the build ran out of memory' : `errorCode ${errorCode}`,
      error: {
        tool: 'vercel',
        kind: 'memory',
        code: killed ? 'SIGKILL' : 'out-of-memory',
        message: 'The build was ended because it ran out of memory.',
      },
    };
  }
  const known = kindByErrorCode.find(({ pattern }) => pattern.test(errorCode));
  if (
    known === undefined ||
    findings.some(({ error }) => error.kind === known.kind || classOfKind[error.kind] === known.class)
  )
    return undefined;
  return {
    class: known.class,
    fact: `errorCode ${errorCode}`,
    error: { tool: 'vercel', kind: known.kind, code: errorCode, message: deployment.errorMessage ?? errorCode },
  };
}

/** An open set: codes that are not here are left to the log. */
const kindByErrorCode: readonly { readonly pattern: RegExp; readonly kind: ErrorKind; readonly class: FailureClass }[] =
  [
    {
      pattern:
        /^(?:STATIC_BUILD_NO_OUT_DIR|STATIC_BUILD_EMPTY_OUT_DIR|STATIC_BUILD_NOT_A_DIR|NEXT_OUTPUT_DIR_(?:MISSING|EMPTY)|NEXT_NO_ROUTES_MANIFEST|NOW_NEXT_(?:NO_BUILD_ID|ROUTES_MANIFEST))$/,
      kind: 'output-directory',
      class: 'config',
    },
    { pattern: /^BUILD_UTILS_NODE_VERSION_/, kind: 'engine', class: 'config' },
    {
      pattern:
        /^(?:NEXT_NO_VERSION|NEXT_NO_SERVERLESS_PAGES|invalid_function|unused_function|invalid_vercel_config|INVALID_VERCEL_CONFIG|conflicting_|invalid_route|invalid_rewrite|invalid_redirect|invalid_header|ROOT_DIR|NOW_SANDBOX_WORKER_INVALID_RUNTIME|NOW_SANDBOX_WORKER_FUNCTION_RUNTIME_VERSION)/i,
      kind: 'config',
      class: 'config',
    },
    { pattern: /^missing_build_script$/i, kind: 'script-missing', class: 'config' },
    { pattern: /LAMBDA_SIZE$|^exceeded_|^EDGE_FUNCTION_SIZE|_SIZE_LIMIT/i, kind: 'size', class: 'infrastructure' },
    { pattern: /TIMEOUT|TIMED_OUT|MAX_DURATION/i, kind: 'timeout', class: 'infrastructure' },
    {
      pattern: /^(?:UNEXPECTED_ERROR|INTERNAL_(?:SERVER_)?ERROR|BUILD_CONTAINER_\w{1,40}|SANDBOX_\w{1,40}_ERROR)$/i,
      kind: 'network',
      class: 'transient',
    },
  ];

function decideByFindings(findings: readonly Finding[], log: BuildLog): Decision {
  const [first] = findings;
  if (first === undefined) return { class: 'unknown' };
  const { error } = first;
  if (error.kind === 'memory') return decideMemory(error, log);
  if (first.class !== undefined && error.kind !== 'module-not-found')
    return { class: first.class, ...(first.fact === undefined ? {} : { fact: first.fact }) };
  if (error.kind === 'module-not-found') return decideModule(findings, error);
  if (error.kind === 'package-missing' && error.code === 'command-not-found') return decideCommand(error, log);
  // `env` is what the dynamic modules export: https://svelte.dev/docs/kit/$env-dynamic-private
  if (error.kind === 'export-missing' && isStaticEnvironment(error.specifier) && error.symbol !== 'env') {
    return { class: 'environment', fact: `${error.symbol} is read from the environment at build time` };
  }
  if (error.kind === 'type' && /^TS(?:2318|2468)$/.test(error.code ?? ''))
    return { class: 'config', fact: 'the compiler options leave out the language’s own types' };
  if (error.kind === 'type' && findAskedOption(error.message) !== undefined)
    return { class: 'config', fact: 'the compiler asks for an option that its configuration does not set' };
  if (error.code === 'TS7016' && /`npm i --save-dev @types\//.test(error.message))
    return { class: 'dependency', fact: `the types of ${error.specifier ?? 'a package'} are not installed` };
  if (error.kind === 'style' && / is not defined in ES module scope/.test(error.message))
    return { class: 'config', fact: 'the configuration is written for the other kind of modules' };
  if (error.kind === 'type' && error.symbol !== undefined && /process\.env/.test(error.message))
    return { class: 'code' };
  if (error.file !== undefined && isConfigFile(error.file) && classOfKind[error.kind] === 'code') {
    return { class: 'config', fact: `${error.file} is configuration` };
  }
  if (error.kind === 'file-missing' && error.file === undefined && error.specifier?.includes('node_modules/') === true)
    return { class: 'dependency', fact: `${error.specifier} belongs to a package` };
  if (error.kind === 'file-missing' && variablesFile.test(error.specifier ?? ''))
    return { class: 'config', fact: `${error.specifier} holds variables and is not committed` };
  if (error.kind === 'file-missing' && error.file === undefined && isConfigFile(error.specifier ?? ''))
    return { class: 'config', fact: `${error.specifier} is configuration` };
  // What no loader is for is no fault of the file, but one that is read as JavaScript anyway has to be some.
  if (error.code === 'loader-missing' && /\.[cm]?js$/.test(error.file ?? '')) return { class: 'code' };
  if (error.kind === 'other' || error.kind === 'script-failed') return decideByPhase(error, log);
  return { class: classOfKind[error.kind] };
}

/** `.env.production`: what it holds stands in the project’s settings where Vercel builds. */
const variablesFile = /(?:^|\/)\.env(?:\.\w{1,30}){0,2}$/;

/** A complaint that says nothing of its kind: where a build had got to tells what it was about. */
function decideByPhase(error: BuildError, log: BuildLog): Decision {
  if (error.file !== undefined || (error.trace ?? []).length > 0) return { class: 'code' };
  const phase = error.logLine === undefined ? undefined : log.lines[error.logLine]?.phase;
  switch (phase) {
    case 'install':
      return { class: 'dependency', fact: 'the installation failed' };
    case 'build':
      return { class: 'code', fact: 'the build’s own command failed' };
    case 'output':
      return { class: 'config', fact: 'the build itself succeeded' };
    default:
      return isRefusedBeforehand(error, log)
        ? { class: 'config', fact: 'Vercel refused the project before it ran anything' }
        : { class: 'unknown' };
  }
}

/** Once the builder runs, what it says before the installation is about settings. */
function isRefusedBeforehand({ logLine, message }: BuildError, { lines }: BuildLog): boolean {
  if (logLine === undefined || !message.startsWith('Error: ')) return false;
  return lines.slice(0, logLine).some(({ text }) => text.startsWith('Vercel CLI '));
}

/** SvelteKit makes environment variables exports of virtual modules. */
export function isStaticEnvironment(specifier: string | undefined): boolean {
  return specifier !== undefined && /(?:virtual:|\$)env\/static\/(?:private|public)/.test(specifier);
}

const heapFlag = /--max[-_]old[-_]space[-_]size[= ](\d{1,6})/;
/** Less than what the 8 GB of the standard machine would allow. */
const smallHeap = 6_144;

function decideMemory(error: BuildError, log: BuildLog): Decision {
  if (error.code !== 'heap-out-of-memory')
    return { class: 'infrastructure', fact: 'the process was killed from outside' };
  for (const [index, { text }] of log.lines.entries()) {
    if (!text.includes('old')) continue;
    const size = heapFlag.exec(text)?.[1];
    if (size === undefined || Number(size) >= smallHeap) continue;
    return { class: 'config', fact: `the command itself limits the heap to ${size} MB`, logLine: index };
  }
  return { class: 'infrastructure', fact: 'nothing in the log limits the heap below the machine’s memory' };
}

/** So many different modules of one alias do not vanish at once: the alias did. */
const aliasThreshold = 3;

function decideModule(findings: readonly Finding[], error: BuildError): Decision {
  const specifier = error.specifier ?? '';
  if (/\.node$/.test(specifier)) return { class: 'dependency', fact: `${specifier} is a binary of a package` };
  switch (kindOfSpecifier(specifier)) {
    case 'package':
      return { class: 'dependency', fact: `${specifier} is a package` };
    case 'path':
      return specifier.includes('node_modules/')
        ? { class: 'dependency', fact: `${specifier} belongs to a package` }
        : { class: 'code' };
    case 'alias': {
      if (error.file === undefined && error.message.includes('/node_modules'))
        return { class: 'dependency', fact: `${specifier} is asked for by a package` };
      const prefix = specifier.slice(0, specifier.indexOf('/') + 1);
      const missing = findings.flatMap(({ error: other }) =>
        other.kind === 'module-not-found' && other.specifier !== undefined ? [other.specifier] : [],
      );
      const distinct = new Set(missing);
      if (
        distinct.size >= aliasThreshold &&
        missing.every((name) => name.startsWith(prefix)) &&
        spreads(distinct, prefix)
      ) {
        return { class: 'config', fact: `${distinct.size} modules of the alias ${prefix} are not found` };
      }
      return { class: 'code' };
    }
    case 'builtin':
      // The compiler knows the modules of Node.js by the package of their types.
      if (error.code === 'TS2307') return { class: 'dependency', fact: 'the types of Node.js are not installed' };
      break;
    default:
  }
  return isConfigFile(error.file ?? '')
    ? { class: 'config', fact: `${error.file} is configuration` }
    : { class: 'code' };
}

/** From one folder alone it may as well be the folder that is gone. */
function spreads(specifiers: ReadonlySet<string>, prefix: string): boolean {
  const folders = new Set([...specifiers].map((name) => name.slice(prefix.length).split('/')[0]));
  return folders.size > 1;
}

/** Programs of the machine, which no package of npm provides. */
const systemPrograms = new Set([
  'python',
  'python2',
  'python3',
  'pip',
  'pip3',
  'yum',
  'apt',
  'apt-get',
  'brew',
  'make',
  'cmake',
  'gcc',
  'g++',
  'cargo',
  'go',
  'java',
  'mvn',
  'ruby',
  'bundle',
  'php',
  'composer',
  'docker',
  'hugo',
  'zola',
  'jq',
  'git-lfs',
  'unzip',
  'dotnet',
  'poetry',
  'uv',
  'deno',
  'ffmpeg',
  'convert',
  'flutter',
  'wget',
  'curl',
  'cd',
  'Xvfb',
  // Of Windows' shell.
  'copy',
  'xcopy',
  'robocopy',
  'del',
  'move',
  'cls',
  'powershell',
  'nvm',
  'sudo',
]);

function decideCommand(error: BuildError, log: BuildLog): Decision {
  if (error.symbol !== undefined && systemPrograms.has(error.symbol))
    return { class: 'config', fact: `${error.symbol} is not part of the build machine` };
  for (const [index, { text }] of log.lines.entries()) {
    if (!/--omit[= ]dev|--production\b|--prod\b|NODE_ENV=production/.test(text)) continue;
    return {
      class: 'dependency',
      fact: `the installation leaves out development dependencies: ${text.trim().slice(0, 200)}`,
      logLine: index,
    };
  }
  return { class: 'dependency', fact: 'the command is not installed' };
}

function isRepairable(failureClass: FailureClass, error: BuildError | undefined): boolean {
  if (error?.code === 'root-directory') return false;
  return failureClass === 'code' || failureClass === 'dependency' || failureClass === 'config';
}

function gatherEvidence(input: {
  readonly deployment: DeploymentFacts;
  readonly decided: Decision;
  readonly first: Finding | undefined;
  readonly fromDeployment: boolean;
}): readonly Evidence[] {
  const { deployment, decided, first, fromDeployment } = input;
  const evidence: Evidence[] = [];
  if (decided.fact !== undefined) {
    const logLine = decided.logLine ?? first?.error.logLine;
    evidence.push({
      fact: decided.fact,
      from: fromDeployment ? 'deployment' : 'log',
      ...(fromDeployment || logLine === undefined ? {} : { logLine }),
    });
  }
  if (first !== undefined && !fromDeployment) {
    const { error } = first;
    const fact = `${error.tool}: ${error.message.split('\n', 1)[0]}`.slice(0, 300);
    evidence.push(
      error.logLine === undefined ? { fact, from: 'deployment' } : { fact, from: 'log', logLine: error.logLine },
    );
    if (first.fact !== undefined && first.fact !== decided.fact) evidence.push({ fact: first.fact, from: 'log' });
  }
  if (deployment.errorCode !== undefined && !fromDeployment)
    evidence.push({ fact: `errorCode ${deployment.errorCode}`, from: 'deployment' });
  return evidence;
}

function phaseOf(error: BuildError | undefined, log: BuildLog, deployment: DeploymentFacts): BuildPhase {
  const line = error?.logLine === undefined ? log.lines.at(-1) : log.lines[error.logLine];
  if (error !== undefined && error.logLine === undefined && /deploy|output/i.test(deployment.errorStep ?? ''))
    return 'output';
  return line?.phase ?? 'build';
}
