import type { BuildEvent } from '../../ports.js';
import { parseJson } from '../http.js';

/**
 * The events of `GET /v3/deployments/{id}/events`: a JSON array or one JSON value a line, each entry flat or with its
 * fields under `payload`, with nulls and keep-alives (entries without `created`) in between. Undefined when the text
 * is nothing of the kind. Checked by hand and not by schema: a log has tens of thousands of entries.
 */
export function parseBuildEvents(
  text: string,
): { readonly events: BuildEvent[]; readonly skipped: number } | undefined {
  const entries = readEntries(text);
  if (!entries) return undefined;
  const events = entries.map(readEvent).filter((event) => event !== undefined);
  return { events, skipped: entries.filter((entry) => entry === undefined).length };
}

/** Undefined stands for a line that is not JSON. */
function readEntries(text: string): readonly unknown[] | undefined {
  const whole = parseJson(text);
  if (Array.isArray(whole)) return whole;
  if (text.trimStart().startsWith('[')) return undefined;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const entries = lines.map(parseJson);
  return entries.some(isRecord) ? entries : undefined;
}

function readEvent(entry: unknown): BuildEvent | undefined {
  if (!isRecord(entry)) return undefined;
  const fields = isRecord(entry.payload) ? entry.payload : entry;
  const created = entry.created ?? fields.created;
  if (typeof created !== 'number') return undefined;
  return {
    type: typeof entry.type === 'string' ? entry.type : '',
    created,
    text: typeof fields.text === 'string' ? fields.text : '',
    ...(typeof fields.serial === 'string' ? { serial: fields.serial } : {}),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
