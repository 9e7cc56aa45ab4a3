import { isBrokenYaml, yamlPart } from '../../../context/yaml-part.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import type { Workspace } from '../workspace.js';

const FILE = /\.(?:ya?ml|mdx?|mdoc|markdown)$/;

/**
 * The file whose YAML an error is about. A parser that code gave a text knows no name for it: then it is the only file that does
 * not parse.
 */
export function findYaml({ file, message }: BuildError, workspace: Workspace): string | undefined {
  if (FILE.test(file ?? '')) return file;
  if (!/\bYAML\w{0,20}(?:Error|Exception)\b/.test(message)) return undefined;
  const broken: string[] = [];
  for (const path of workspace.paths) {
    if (!FILE.test(path) || /-lock\.yaml$/.test(path)) continue;
    const part = yamlPart(path, workspace.read(path) ?? '');
    if (part && isBrokenYaml(part.yaml)) broken.push(path);
    if (broken.length > 1) return undefined;
  }
  return broken[0];
}
