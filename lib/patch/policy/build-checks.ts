import { asRecord } from '../../context/manifests.js';
import { baseName } from '../../context/readable-files.js';
import type { ParsedFile } from '../syntax/parsed-file.js';
import { constantString, isSyntaxNode, keyName, type SyntaxNode, walk } from '../syntax/syntax-node.js';
import { netAdditions } from './net-additions.js';
import type { ContentRule, Finding, ParsedChange, PolicyInput } from './policy-rule.js';
import { isUnmatched } from './unmatched-pattern.js';

/** Settings that let a build pass with the errors it found. */
const SWITCHES = new Set([
  'ignoreBuildErrors',
  'ignoreDuringBuilds',
  'continue-on-error',
  'legacy-peer-deps',
  'legacyPeerDeps',
  'strict-peer-dependencies',
  'strictPeerDependencies',
  'dangerouslyAllowAllBuilds',
  'transpileOnly',
  'noCheck',
  'suppressImplicitAnyIndexErrors',
  'suppressExcessPropertyErrors',
  'handleHttpError',
  'handleMissingId',
  'handleEntryGeneratorMismatch',
  'handleUnseenRoutes',
  'failOnError',
  'emitWarning',
  'emitError',
  'missingSuspenseWithCSRBailout',
  'allow_failure',
  'ignoreCompilerErrors',
  'skipTypeCheck',
]);

/** The same as flags of a command, in scripts and in files that no parser reads. */
const FLAGS =
  /(?:^|[\s"'=])(?:--(?:legacy-peer-deps|force|no-verify|no-typecheck|noCheck|skip-type-?check|ignore-scripts|no-lint|quiet|max-warnings[= ]\d+|no-strict|transpile-only|no-frozen-lockfile|strict-peer-deps[= ]false)|legacy-peer-deps\s{0,4}=|continue-on-error\s{0,4}:)|\|\|\s{0,4}(?:true|exit 0|:)(?:\s|$|["'&;])|\bset \+e\b|;\s{0,4}(?:true|exit 0)\s{0,4}(?:["']|$)|\bNODE_TLS_REJECT_UNAUTHORIZED\b|\b(?:SKIP_ENV_VALIDATION|SKIP_TYPE_?CHECK|ESLINT_NO_DEV_ERRORS|DISABLE_ESLINT_PLUGIN|TSC_COMPILE_ON_ERROR)\b/gim;

const CONFIG_SCRIPT = /(?:^|[.-])config\.[cm]?[jt]s$|^vercel\.[cm]?ts$/;

function isSwitchedOn(value: unknown): boolean {
  return !(isSyntaxNode(value) && value.type === 'Literal' && value.value === false) && value !== false;
}

/** `failOnError: false`, `emitError: false` and the like are on when they are off. */
const INVERTED = new Set([
  'failOnError',
  'emitError',
  'strict-peer-dependencies',
  'strictPeerDependencies',
  'missingSuspenseWithCSRBailout',
]);

function isCheat(name: string | undefined, value: unknown): boolean {
  if (name === undefined || !SWITCHES.has(name)) return false;
  return INVERTED.has(name) ? !isSwitchedOn(value) : isSwitchedOn(value);
}

function countInScript(root: SyntaxNode): number {
  let count = 0;
  walk(root, (node) => {
    if (node.type === 'Property' && isCheat(keyName(node.key, node.computed), node.value)) count += 1;
    if (node.type === 'AssignmentExpression' && isSyntaxNode(node.left) && node.left.type === 'MemberExpression') {
      const { property, computed } = node.left;
      if (isCheat(keyName(property, computed), node.right)) count += 1;
    }
    // Names of switches that are handed to a helper or built from pieces.
    if (node.type === 'CallExpression')
      for (const argument of node.arguments as unknown[]) if (SWITCHES.has(constantString(argument) ?? '')) count += 1;
    if (node.type === 'VariableDeclarator' && SWITCHES.has(constantString(node.init) ?? '')) count += 1;
  });
  return count;
}

function countInData(value: unknown, depth = 0): number {
  if (typeof value === 'string') return value.match(FLAGS)?.length ?? 0;
  if (depth > 12 || typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [name, inner]) => sum + (isCheat(name, inner) ? 1 : 0) + countInData(inner, depth + 1),
    0,
  );
}

function countSwitches(file: ParsedFile): number {
  const scripts = file.scripts.reduce((sum, script) => sum + countInScript(script.root), 0);
  if (file.kind === 'json' || file.kind === 'yaml') return countInData(file.data);
  return file.kind === 'text' ? (file.text.match(FLAGS)?.length ?? 0) : scripts;
}

/** A key that only running the file would tell, in a file of settings. */
function countComputedKeys(file: ParsedFile): number {
  let count = 0;
  for (const script of file.scripts)
    walk(script.root, (node) => {
      if (node.type === 'Property' && node.computed === true && constantString(node.key) === undefined) count += 1;
    });
  return count;
}

/** Compiler options by what makes them weaker: losing `true`, or gaining it. */
const STRICT_OPTIONS = new Set(
  'strict noImplicitAny strictNullChecks strictFunctionTypes strictBindCallApply strictPropertyInitialization strictBuiltinIteratorReturn noImplicitThis useUnknownInCatchVariables alwaysStrict noUnusedLocals noUnusedParameters noImplicitReturns noFallthroughCasesInSwitch noUncheckedIndexedAccess noImplicitOverride noPropertyAccessFromIndexSignature exactOptionalPropertyTypes noUncheckedSideEffectImports forceConsistentCasingInFileNames checkJs noEmitOnError isolatedDeclarations verbatimModuleSyntax erasableSyntaxOnly'.split(
    ' ',
  ),
);
const LOOSE_OPTIONS = new Set(
  'skipLibCheck skipDefaultLibCheck allowUnreachableCode allowUnusedLabels noCheck noStrictGenericChecks suppressImplicitAnyIndexErrors suppressExcessPropertyErrors keyofStringsOnly'.split(
    ' ',
  ),
);

export function isCompilerConfig(path: string): boolean {
  return /^(?:ts|js)config(?:\.[\w-]+)*\.json$/.test(baseName(path)) || /(?:^|\/)tsconfig\/[\w.-]+\.json$/.test(path);
}

function listOf(value: unknown): readonly string[] {
  return [value].flat().filter((item): item is string => typeof item === 'string');
}

function findLoosening({ file, before, after }: ParsedChange, { context }: PolicyInput): string | undefined {
  const old = asRecord(before?.data);
  const now = asRecord(after?.data);
  const oldOptions = asRecord(old.compilerOptions);
  const options = asRecord(now.compilerOptions);
  for (const name of STRICT_OPTIONS) {
    if (options[name] === false && oldOptions[name] !== false) return `\`${name}\` is turned off`;
    if (oldOptions[name] === true && options[name] !== true) return `\`${name}\` is taken out`;
  }
  for (const name of LOOSE_OPTIONS)
    if (options[name] === true && oldOptions[name] !== true) return `\`${name}\` is turned on`;
  if (!before) return undefined;
  // What tools write during the build is in no tree, and lies in folders of this kind.
  const isIdle = (item: string) => !/(?:^|\/)\.\w/.test(item) && isUnmatched(item, file.path, context);
  const missing = (from: unknown, to: unknown) => listOf(from).filter((item) => !listOf(to).includes(item));
  const dropped = (key: string) => missing(old[key], now[key]).find((item) => key === 'extends' || !isIdle(item));
  const added = (key: string) => missing(now[key], old[key])[0];
  if (dropped('extends') && !added('extends')) return 'it no longer extends its base';
  if (dropped('include') && !(added('include') && listOf(now.include).length >= listOf(old.include).length))
    return 'fewer files are included';
  if (old.include === undefined && now.include !== undefined) return 'fewer files are included';
  if (dropped('files') && now.files !== undefined) return 'fewer files are included';
  if (old.files === undefined && now.files !== undefined) return 'fewer files are included';
  if (missing(now.exclude, old.exclude).some((item) => !isIdle(item))) return 'more files are excluded';
  return undefined;
}

export const buildCheckRules: readonly ContentRule[] = [
  {
    name: 'build-check-disabled',
    severity: 'refused',
    check: (input) => [
      ...netAdditions(input, {
        count: countSwitches,
        message: 'The patch lets the build or the installation pass with errors.',
      }),
      ...netAdditions(input, {
        count: (file, change) => (CONFIG_SCRIPT.test(baseName(change.file.path)) ? countComputedKeys(file) : 0),
        message: 'The patch adds a setting whose name is computed, so that it cannot be checked.',
      }),
    ],
  },
  {
    name: 'tsconfig-loosened',
    severity: 'refused',
    check: (input) =>
      input.changes.flatMap((change): Finding[] => {
        const { path, content } = change.file;
        if (!isCompilerConfig(path)) return [];
        if (content === null) return [{ path, message: 'The patch deletes the compiler configuration.' }];
        const how = findLoosening(change, input);
        return how ? [{ path, message: `The patch loosens the type checker: ${how}.` }] : [];
      }),
  },
];
