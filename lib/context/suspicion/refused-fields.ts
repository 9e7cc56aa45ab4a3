import { isSource } from '../readable-files.js';
import type { Survey } from '../survey.js';
import { escapePattern } from '../word-pattern.js';
import { type DataRecord, findOddities, listRecordGroups } from './record-groups.js';
import { type Suspicion, type SuspicionRule, suspectEach } from './suspicion.js';

const MOST_TEXT = 4_000;
const MOST_FOUND = 5;

/** A schema library that checked one record at a time, each in a file of its own, tells the key and not whose it is. */
export const suspectRefusedFields: SuspicionRule = ({ error }, survey) => {
  if (!['prerender', 'page-data', 'other', 'script-failed'].includes(error.kind) || error.tool === 'vercel') return [];
  const fields = readFields(error.message.slice(0, MOST_TEXT));
  return fields.slice(0, 3).flatMap((field) => suspectField(field, survey));
};

function suspectField(field: string, survey: Survey): Suspicion[] {
  const groups = listRecordGroups(survey).filter((group) => new Set(group.map(({ path }) => path)).size > 1);
  const odd = groups.flatMap((group) => findOddities(group)).filter(({ key }) => key === field);
  const lacking = groups.flatMap((group) => listLacking(group, field));
  const paths = [...new Set([...odd.map(({ record }) => record.path), ...lacking])];
  const name = field.split('.').at(-1)?.replaceAll('[]', '') ?? '';
  const asks = new RegExp(`(?<![\\w$.])["']?${escapePattern(name)}["']?\\s{0,4}:\\s{0,4}[\\w$]{1,40}[.(]`);
  const schemas = [...survey.files].flatMap(([path, text]) => (isSource(path) && asks.test(text) ? path : []));
  return [
    ...(paths.length > MOST_FOUND ? [] : suspectEach(paths, 0.9, `is refused for its ${field}`)),
    ...suspectEach(schemas.slice(0, 2), paths.length > 0 ? 0.5 : 0.75, `asks for ${field}`),
  ];
}

/** Those without a key that some of their neighbours have. */
function listLacking(group: readonly DataRecord[], field: string): string[] {
  const lacking = group.filter(({ kinds }) => !kinds.has(field));
  return lacking.length < group.length ? lacking.map(({ path }) => path) : [];
}

/** Keys as Zod lists and draws them and as Yup says them, without a number: `"path": ["km"]`, `→ at km`, `km must be a `. */
function readFields(message: string): string[] {
  const listed = [...message.matchAll(/"path": \[\s{0,20}"([^\]]{1,300}?)"(?=\s*(?:\]|\n"message|$))/g)].map(
    ([, keys = '']) => keys.split(/",\s{0,20}"/).join('.'),
  );
  const drawn = [...message.matchAll(/→ at ([\w$.[\]-]{1,200})$/gm)].map(([, keys = '']) =>
    keys.replace(/\[\d{1,6}\]/g, '[]'),
  );
  const said = /ValidationError: ([\w$.]{1,100}) (?:is a required field|must be )/.exec(message)?.[1];
  return [...new Set([...listed, ...drawn, ...(said === undefined ? [] : [said])])].filter(
    (key) => !/[\n\d]|^\[/.test(key),
  );
}
