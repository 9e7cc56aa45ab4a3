import * as v from 'valibot';

/** A body of JSON that fits the schema, or the field that does not. The problem never repeats what was sent. */
export function parseBody<Schema extends v.GenericSchema>(
  body: Uint8Array,
  schema: Schema,
): { readonly value: v.InferOutput<Schema> } | { readonly problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return { problem: 'The body is not JSON; the content type of the webhook has to be application/json.' };
  }
  const result = v.safeParse(schema, json);
  if (result.success) return { value: result.output };
  return { problem: `The body lacks something: ${v.getDotPath(result.issues[0]) ?? 'it is not an object'}.` };
}

/** Ids and names of the senders; bounded, because they become parts of keys. */
export const nameSchema = v.pipe(v.string(), v.nonEmpty(), v.maxLength(200));
export const shaSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/));
