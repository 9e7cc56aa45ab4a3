import type { BuildError } from '../../../diagnosis/diagnosis.js';
import type { Workspace } from '../workspace.js';

const FILE = /\.(?:ya?ml|mdx?|mdoc|markdown)$/;
const FRONT_MATTER = /^\uFEFF?---\r?\n([\s\S]*?\r?\n)---/;

/** What of a file is YAML: a document of its own as a whole, of others the front matter. */
export function yamlPart(path: string, text: string): { readonly yaml: string; readonly offset: number } | undefined {
  if (/\.ya?ml$/.test(path)) return { yaml: text, offset: 0 };
  const yaml = FRONT_MATTER.exec(text)?.[1];
  return yaml === undefined ? undefined : { yaml, offset: text.indexOf(yaml) };
}

export async function isBrokenYaml(yaml: string): Promise<boolean> {
  const { parseDocument } = await import('yaml');
  return parseDocument(yaml, { logLevel: 'silent' }).errors.length > 0;
}

/**
 * The file whose YAML an error is about. A parser that code gave a text knows no name for it: then it is the only file that does
 * not parse.
 */
export async function findYaml({ file, message }: BuildError, workspace: Workspace): Promise<string | undefined> {
  if (FILE.test(file ?? '')) return file;
  if (!/\bYAML\w{0,20}(?:Error|Exception)\b/.test(message)) return undefined;
  const broken: string[] = [];
  for (const path of workspace.paths) {
    if (!FILE.test(path) || /-lock\.yaml$/.test(path)) continue;
    const part = yamlPart(path, workspace.read(path) ?? '');
    if (part && (await isBrokenYaml(part.yaml))) broken.push(path);
    if (broken.length > 1) return undefined;
  }
  return broken[0];
}
