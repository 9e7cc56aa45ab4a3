/** What is in an entry, by key, without its values. */
export type Shape = ReadonlyMap<string, string>;

/** The keys of an entry's front matter and the kind that YAML takes each value for; undefined where there is none. */
export function shapeOfHead(text: string): Shape | undefined {
  const head = /^\uFEFF?---\r?\n([\s\S]{0,8000}?)\r?\n---/.exec(text)?.[1];
  if (head === undefined) return undefined;
  return new Map(
    [...head.matchAll(/^([\w-]{1,60}):[^\S\n]*(.*)$/gm)].map(([, key = '', one = '']) => [key, kindOf(one.trim())]),
  );
}

/** As YAML takes it: a day without quotes is a time. */
function kindOf(value: string): string {
  if (/^\d{4}-\d{2}-\d{2}/.test(value)) return 'time';
  if (/^[-+]?\d[\d_]*(?:\.\d+)?$/.test(value)) return 'number';
  if (/^(?:true|false)$/.test(value)) return 'boolean';
  return value === '' || value.startsWith('[') || value.startsWith('{') ? 'list' : 'string';
}
