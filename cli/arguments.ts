/** What the commands share of reading their arguments and the files that those name. */
import { open, readFile, stat } from 'node:fs/promises';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import * as v from 'valibot';
import type { DeploymentFacts } from '../lib/diagnosis/diagnosis.js';

/** Wrong usage or unreadable input: exit code 2, its message on standard error. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface Arguments {
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  readonly positionals: readonly string[];
}

/** Throws `UsageError` for options that are not declared. */
export function readArguments(argv: readonly string[], options: NonNullable<ParseArgsConfig['options']>): Arguments {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
    return { values: values as Arguments['values'], positionals };
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause));
  }
}

export function stringOption(given: Arguments, name: string): string | undefined {
  const value = given.values[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || value === '') throw new UsageError(`--${name} needs a value`);
  return value;
}

/** Bytes. A log beyond is read at both ends; diagnosis cuts further and says so. */
const wholeFile = 16_000_000;
const keptAtEachEnd = 8_000_000;

/** The text of a log; `-` is standard input. */
export async function readLogFile(path: string): Promise<string> {
  try {
    if (path === '-') return await readStandardInput();
    const { size } = await statFile(path);
    if (size <= wholeFile) return await readFile(path, 'utf8');
    const file = await open(path);
    try {
      const head = Buffer.alloc(keptAtEachEnd);
      const tail = Buffer.alloc(keptAtEachEnd);
      await file.read(head, 0, keptAtEachEnd, 0);
      await file.read(tail, 0, keptAtEachEnd, size - keptAtEachEnd);
      return `${head.toString('utf8')}\n${tail.toString('utf8')}`;
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw cause instanceof UsageError ? cause : new UsageError(`cannot read the log ${path}: ${describeCause(cause)}`);
  }
}

async function statFile(path: string) {
  const found = await stat(path);
  if (!found.isFile()) throw new UsageError(`${path} is not a file`);
  return found;
}

async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    chunks.push(bytes);
    size += bytes.length;
    // What comes last tells how the build ended, so it is the middle that goes.
    while (size > 2 * wholeFile && chunks.length > 2) size -= chunks.splice(1, 1)[0]?.length ?? 0;
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Throws `UsageError` unless the path is a folder. */
export async function requireFolder(path: string, option: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() !== true) throw new UsageError(`${option} ${path} is not a folder`);
  return path;
}

const text = v.optional(v.nullable(v.string()));
/** As little of the API's deployment as diagnosis wants; what else is there stays unread. */
const deploymentSchema = v.object({
  readyState: text,
  state: text,
  errorCode: text,
  errorMessage: text,
  errorStep: text,
  oomReport: text,
});

/** The facts of the API's deployment in a JSON file. */
export async function readDeploymentFile(path: string): Promise<DeploymentFacts> {
  const parsed = v.safeParse(deploymentSchema, await readJsonFile(path));
  if (!parsed.success) throw new UsageError(`${path} does not hold a deployment as Vercel’s API gives it`);
  const { readyState, state, errorCode, errorMessage, errorStep, oomReport } = parsed.output;
  return {
    readyState: readyState ?? state ?? undefined,
    errorCode: errorCode ?? undefined,
    errorMessage: errorMessage ?? undefined,
    errorStep: errorStep ?? undefined,
    outOfMemory: oomReport === 'out-of-memory',
  };
}

export async function readJsonFile(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new UsageError(`cannot read ${path}: ${describeCause(cause)}`);
  }
}

function describeCause(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
