import * as v from 'valibot';

/** Text where the API has text; absent for null, '' and whatever else may come. */
export const optionalText = v.optional(
  v.pipe(
    v.unknown(),
    v.transform((value) => (typeof value === 'string' && value !== '' ? value : undefined)),
  ),
);

/** A whole number, also where it comes as text; absent otherwise. */
export const integer = v.optional(
  v.pipe(
    v.unknown(),
    v.transform((value) => {
      const number =
        typeof value === 'number' || (typeof value === 'string' && value !== '') ? Number(value) : Number.NaN;
      return Number.isSafeInteger(number) ? number : undefined;
    }),
  ),
);

/** `1` and `true`, as text: how meta carries a flag. */
export function flag(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}
