import { baseName } from '../../context/readable-files.js';
import type { ParsedFile } from '../syntax/parsed-file.js';
import { constantString, isSyntaxNode, keyName, type SyntaxNode, walk } from '../syntax/syntax-node.js';
import { compilerConfigRule } from './compiler-config.js';
import { netAdditions } from './net-additions.js';
import type { ContentRule } from './policy-rule.js';

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
  compilerConfigRule,
];
