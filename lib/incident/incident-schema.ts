import * as v from 'valibot';
import type { BuildPhase, ErrorKind, FailureClass } from '../diagnosis/diagnosis.js';
import type { Patch } from '../patch/patch.js';
import { MISTAKE_PROBLEMS, repositorySettingsSchema } from '../settings/settings-schema.js';
import { ESCALATION_REASONS, type Failure, type HistoryEntry, type Incident, type IncidentStatus } from './incident.js';

/** Turns a stored document of the schema before the next one into one of the next. */
export type Migration = (document: Readonly<Record<string, unknown>>) => Record<string, unknown>;

const CURRENT_SCHEMA = 1;
/** By the schema that each one starts from. */
const MIGRATIONS: Readonly<Record<number, Migration>> = {};

/** A stored document that this version of the program cannot read, or an incident that it may not store. */
export class UnreadableDocument extends Error {
  override readonly name = 'UnreadableDocument';
}

/** @throws UnreadableDocument with the reason and the field, never with the contents */
export function parseIncident(
  text: string,
  options: { readonly current?: number; readonly migrations?: Readonly<Record<number, Migration>> } = {},
): Incident {
  const { current = CURRENT_SCHEMA, migrations = MIGRATIONS } = options;
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new UnreadableDocument('The document is not JSON.');
  }
  if (typeof document !== 'object' || document === null) throw new UnreadableDocument('The document is not an object.');

  let migrated = document as Record<string, unknown>;
  const from = migrated.schema;
  if (typeof from !== 'number' || !Number.isInteger(from))
    throw new UnreadableDocument('The document has no schema version.');
  if (from > current)
    throw new UnreadableDocument(`The document has schema ${from}; this version of the program knows ${current}.`);
  for (let schema = from; schema < current; schema += 1) {
    const migrate = migrations[schema];
    if (migrate === undefined) throw new UnreadableDocument(`Nothing migrates a document from schema ${schema}.`);
    migrated = { ...migrate(migrated), schema: schema + 1 };
  }
  return check(incidentSchema, migrated);
}

/** @throws UnreadableDocument for an incident that could not be read back */
export function serializeIncident(incident: Incident): string {
  const text = JSON.stringify(incident);
  check(incidentSchema, JSON.parse(text));
  return text;
}

/** @throws UnreadableDocument */
export function parseHistoryEntry(text: string): HistoryEntry {
  return check(historyEntrySchema, parseJson(text));
}

/** @throws UnreadableDocument */
export function parseFailure(text: string): Failure {
  return check(failureSchema, parseJson(text));
}

/** @throws UnreadableDocument */
export function parsePatch(text: string): Patch {
  return check(patchSchema, parseJson(text));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableDocument('The document is not JSON.');
  }
}

function check<Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue) ?? '(the document itself)';
  throw new UnreadableDocument(`${path}: expected ${issue.expected ?? 'something else'}.`);
}

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const milliseconds = v.number();

function listOf<Item extends v.GenericSchema>(item: Item) {
  return v.pipe(v.array(item), v.readonly());
}

const FAILURE_CLASSES = [
  'code',
  'dependency',
  'config',
  'environment',
  'transient',
  'infrastructure',
  'unknown',
] as const satisfies readonly FailureClass[];

const BUILD_PHASES = ['clone', 'install', 'build', 'output'] as const satisfies readonly BuildPhase[];

const ERROR_KINDS = [
  'syntax',
  'type',
  'module-not-found',
  'export-missing',
  'lint',
  'client-boundary',
  'suspense-boundary',
  'prerender',
  'page-data',
  'route-contract',
  'style',
  'json',
  'file-missing',
  'config',
  'script-missing',
  'script-failed',
  'peer-conflict',
  'lockfile',
  'package-missing',
  'engine',
  'output-directory',
  'variable-missing',
  'network',
  'memory',
  'timeout',
  'size',
  'other',
] as const satisfies readonly ErrorKind[];

const STATUSES = [
  'detected',
  'diagnosed',
  'redeployed',
  'proposed',
  'refuted',
  'verified',
  'merged',
  'taken-over',
  'healed',
  'joined',
  'rejected',
  'superseded',
  'escalated',
] as const satisfies readonly IncidentStatus[];

const repositorySchema = v.strictObject({ id: v.number(), owner: text, name: text });

const failureSchema = v.strictObject({
  deploymentId: text,
  projectId: text,
  projectName: text,
  rootDirectory: text,
  sha: text,
  createdAt: milliseconds,
  inspectorUrl: v.optional(text),
  framework: v.optional(text),
  lastReadySha: v.optional(text),
  commitMessage: v.optional(text),
  author: v.optional(text),
  refusal: v.optional(v.strictObject({ reason: v.picklist(ESCALATION_REASONS), detail: text })),
});

const buildErrorSchema = v.strictObject({
  tool: text,
  kind: v.picklist(ERROR_KINDS),
  code: v.optional(text),
  message: text,
  file: v.optional(text),
  line: v.optional(v.number()),
  column: v.optional(v.number()),
  specifier: v.optional(text),
  symbol: v.optional(text),
  suggestion: v.optional(text),
  fix: v.optional(listOf(v.strictObject({ line: v.number(), before: listOf(text), after: listOf(text) }))),
  route: v.optional(text),
  package: v.optional(text),
  places: v.optional(
    listOf(v.strictObject({ file: text, line: v.optional(v.number()), column: v.optional(v.number()) })),
  ),
  trace: v.optional(listOf(text)),
  frames: v.optional(listOf(text)),
  said: v.optional(text),
  count: v.optional(v.number()),
  logLine: v.optional(v.number()),
});

const diagnosisSchema = v.strictObject({
  class: v.picklist(FAILURE_CLASSES),
  repairable: v.boolean(),
  summary: text,
  remedy: v.optional(text),
  fingerprint: text,
  errors: listOf(buildErrorSchema),
  evidence: listOf(
    v.strictObject({
      fact: text,
      from: v.picklist(['deployment', 'log', 'repository']),
      logLine: v.optional(v.number()),
    }),
  ),
  phase: v.picklist(BUILD_PHASES),
  excerpt: text,
});

const usageSchema = v.strictObject({ calls: count, inputTokens: count, outputTokens: count });

const patchSchema = v.strictObject({
  repairer: v.picklist(['suggestions', 'gemini', 'memory']),
  edits: listOf(
    v.variant('kind', [
      v.strictObject({ kind: v.literal('replace'), path: text, search: text, replace: text }),
      v.strictObject({ kind: v.literal('create'), path: text, content: text }),
      v.strictObject({ kind: v.literal('delete'), path: text }),
    ]),
  ),
  cause: text,
  change: text,
  confidence: v.number(),
  origin: listOf(text),
});

const previewSchema = v.strictObject({
  deploymentId: text,
  projectId: text,
  projectName: text,
  url: v.optional(text),
  inspectorUrl: v.optional(text),
});

const verdictSchema = v.variant('outcome', [
  v.strictObject({ outcome: v.literal('verified'), at: milliseconds, deployments: listOf(previewSchema) }),
  v.strictObject({
    outcome: v.literal('refuted'),
    at: milliseconds,
    by: v.picklist(['preview', 'production', 'review', 'base']),
    deployments: listOf(previewSchema),
    diagnosis: v.optional(diagnosisSchema),
    note: v.optional(text),
    reviewer: v.optional(text),
  }),
]);

const attemptSchema = v.strictObject({
  number: count,
  startedAt: milliseconds,
  baseSha: text,
  parents: listOf(text),
  branch: text,
  treeId: text,
  patch: patchSchema,
  files: listOf(text),
  usage: usageSchema,
  commitSha: v.optional(text),
  signed: v.optional(v.literal(true)),
  staleBase: v.optional(text),
  standing: v.optional(v.picklist(['ready', 'behind', 'review-awaited', 'changes-requested'])),
  reviewAskedAt: v.optional(milliseconds),
  mergeRefusal: v.optional(text),
  committedAt: v.optional(milliseconds),
  previews: v.optional(listOf(previewSchema)),
  verdict: v.optional(verdictSchema),
});

const pullRequestSchema = v.strictObject({ number: v.number(), url: text, openedAt: milliseconds });

const base = {
  schema: v.literal(CURRENT_SCHEMA),
  id: v.pipe(text, v.nonEmpty()),
  version: count,
  repository: repositorySchema,
  branch: text,
  failures: listOf(failureSchema),
  openedAt: milliseconds,
  updatedAt: milliseconds,
  dueAt: v.optional(milliseconds),
  hiccups: count,
  diagnosis: v.optional(diagnosisSchema),
  attempts: listOf(attemptSchema),
  usage: usageSchema,
  pullRequest: v.optional(pullRequestSchema),
  reachedAt: v.record(v.picklist(STATUSES), milliseconds),
  previousIncident: v.optional(text),
  redeployments: v.optional(
    listOf(v.strictObject({ of: text, plannedAt: milliseconds, deploymentId: v.optional(text) })),
  ),
  askedAgain: v.optional(v.strictObject({ at: milliseconds, afterAttempt: count })),
  revert: v.optional(v.union([v.strictObject({ pullRequest: pullRequestSchema }), v.strictObject({ refused: text })])),
  settings: v.optional(
    v.strictObject({
      sha: text,
      given: repositorySettingsSchema,
      mistakes: listOf(
        v.strictObject({
          where: text,
          line: v.optional(v.number()),
          problem: v.picklist(MISTAKE_PROBLEMS),
          wanted: v.optional(text),
        }),
      ),
    }),
  ),
};
const diagnosed = { ...base, diagnosis: diagnosisSchema };
const withPullRequest = { ...diagnosed, pullRequest: pullRequestSchema };

const incidentSchema = v.variant('status', [
  v.strictObject({ ...base, status: v.literal('detected') }),
  v.strictObject({ ...diagnosed, status: v.literal('diagnosed') }),
  v.strictObject({ ...diagnosed, status: v.literal('redeployed'), deadline: milliseconds }),
  v.strictObject({ ...withPullRequest, status: v.literal('proposed'), deadline: milliseconds }),
  v.strictObject({ ...diagnosed, status: v.literal('refuted') }),
  v.strictObject({ ...withPullRequest, status: v.literal('verified') }),
  v.strictObject({ ...withPullRequest, status: v.literal('merged'), mergeSha: text, deadline: milliseconds }),
  v.strictObject({ ...withPullRequest, status: v.literal('taken-over') }),
  v.strictObject({ ...base, status: v.literal('healed'), healedBy: listOf(previewSchema) }),
  v.strictObject({ ...base, status: v.literal('joined'), into: text }),
  v.strictObject({ ...base, status: v.literal('rejected'), pullRequest: pullRequestSchema }),
  v.strictObject({ ...base, status: v.literal('superseded'), by: previewSchema }),
  v.strictObject({
    ...base,
    status: v.literal('escalated'),
    reason: v.picklist(ESCALATION_REASONS),
    detail: text,
  }),
]);

const historyEntrySchema = v.strictObject({ at: milliseconds, event: text, text });

/** Writable and without intersections, so that types built in different ways can be compared field by field. */
type Plain<T> = T extends string | number | boolean | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? Plain<Item>[]
    : { -readonly [Key in keyof T]: Plain<T[Key]> };
type Equal<A, B> = (<T>() => T extends Plain<A> ? 1 : 2) extends <T>() => T extends Plain<B> ? 1 : 2 ? true : false;
type AllTrue<Checks extends readonly true[]> = Checks;

/** Does not compile when a schema and its type part. */
export type SchemasMatchTypes = AllTrue<
  [
    Equal<v.InferOutput<typeof incidentSchema>, Incident>,
    Equal<v.InferOutput<typeof patchSchema>, Patch>,
    Equal<v.InferOutput<typeof historyEntrySchema>, HistoryEntry>,
  ]
>;
