import * as v from 'valibot';

/** A list that may be missing or something else. */
export const list = <const Item extends v.GenericSchema>(item: Item) => v.fallback(v.optional(v.array(item), []), []);

/** What may be missing or something else. */
export const nested = <const Item extends v.GenericSchema>(item: Item) => v.fallback(v.optional(item), undefined);

/** Undefined for what does not fit the schema. */
export function parser<const Schema extends v.GenericSchema, T>(
  schema: Schema,
  map: (value: v.InferOutput<Schema>) => T,
): (json: unknown) => T | undefined {
  return (json) => {
    const parsed = v.safeParse(schema, json);
    return parsed.success ? map(parsed.output) : undefined;
  };
}
