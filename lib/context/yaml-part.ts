import { parseDocument } from 'yaml';

const FRONT_MATTER = /^\uFEFF?---\r?\n([\s\S]*?\r?\n)---/;

/** What of a file is YAML: a document of its own as a whole, of others the front matter. */
export function yamlPart(path: string, text: string): { readonly yaml: string; readonly offset: number } | undefined {
  if (/\.ya?ml$/.test(path)) return { yaml: text, offset: 0 };
  const yaml = FRONT_MATTER.exec(text)?.[1];
  return yaml === undefined ? undefined : { yaml, offset: text.indexOf(yaml) };
}

export function isBrokenYaml(yaml: string): boolean {
  return parseDocument(yaml, { logLevel: 'silent' }).errors.length > 0;
}

/** What a document holds; undefined for one that does not parse, or whose aliases multiply. */
export function parseYaml(yaml: string): unknown {
  const document = parseDocument(yaml, { logLevel: 'silent' });
  if (document.errors.length > 0) return undefined;
  try {
    return document.toJS();
  } catch {
    return undefined;
  }
}
