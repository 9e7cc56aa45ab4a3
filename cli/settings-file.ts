/**
 * Settings for a command: a file with `NAME=value` lines below the environment, so that one command can override. Named
 * by `--settings`, for Node takes `--env-file` for itself wherever it stands (github.com/nodejs/node/issues/54232).
 */
import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { UsageError } from './arguments.js';

export type Settings = Readonly<Record<string, string>>;

/** Where `npm start` writes how to reach what it started. */
export const SANDBOX_FILE = '.sandbox/env';

export interface SettingsFile {
  readonly path: string;
  readonly settings: Settings;
}

/**
 * The file that was asked for, the running sandbox's, or `.env` where there is one.
 *
 * @throws UsageError for a file that was asked for and cannot be read
 */
export async function readSettingsFile(asked: {
  readonly file: string | undefined;
  readonly sandbox: boolean;
}): Promise<SettingsFile | undefined> {
  if (asked.sandbox && asked.file !== undefined) throw new UsageError('--sandbox and --settings exclude each other');
  const path = asked.sandbox ? SANDBOX_FILE : (asked.file ?? '.env');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    if (asked.sandbox) throw new UsageError('no sandbox is running here; start one in another terminal: npm start');
    if (asked.file !== undefined) throw new UsageError(`cannot read ${path}`);
    return undefined;
  }
  const entries = Object.entries(parseEnv(text)).filter(([, value]) => value !== undefined && value.trim() !== '');
  return { path, settings: Object.fromEntries(entries) as Settings };
}

/** What the environment says, where it says anything, for these names. */
export function pickSettings(environment: NodeJS.ProcessEnv, names: readonly string[]): Settings {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = environment[name]?.trim();
    if (value !== undefined && value !== '') picked[name] = value;
  }
  return picked;
}
