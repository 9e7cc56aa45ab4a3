import { baseName, isLockfile } from '../readable-files.js';
import type { Survey } from '../survey.js';
import { isBrokenYaml, yamlPart } from '../yaml-part.js';
import { type SuspicionRule, suspectEach } from './suspicion.js';

/** What parsers say of a text, without saying whose it is. */
const OF_YAML =
  /\bYAML\w{0,20}(?:Error|Exception)\b|\b(?:Nested mappings|Implicit (?:keys|map)|bad indentation|All (?:mapping|sequence) items|multi-?line key|unexpected end of the stream within)\b/i;
const OF_JSON = /\bin JSON at\b|is not valid JSON|Unexpected end of JSON input|JSON\.parse|JSON5?:/;
const MOST_FILES = 200;
const MOST_TEXT = 200_000;
const MOST_FOUND = 3;

/** Data files that do not parse, where a parser stopped in a text that it got from code, and so knows no name for it. */
export const suspectBrokenData: SuspicionRule = ({ error }, survey) => {
  const message = error.message.slice(0, 1_000);
  const broken = OF_YAML.test(message)
    ? findBroken(survey, holdsBrokenYaml)
    : OF_JSON.test(message)
      ? findBroken(survey, isBrokenJson)
      : [];
  return suspectEach(broken, 0.93, 'does not parse');
};

function findBroken({ files }: Survey, isBroken: (path: string, text: string) => boolean): string[] {
  const found: string[] = [];
  let left = MOST_FILES;
  for (const [path, text] of files) {
    if (!/\.(?:ya?ml|mdx?|json)$/.test(path) || isLockfile(path) || text.length > MOST_TEXT) continue;
    if (left-- === 0 || found.length === MOST_FOUND) break;
    if (isBroken(path, text)) found.push(path);
  }
  return found;
}

function holdsBrokenYaml(path: string, text: string): boolean {
  const yaml = path.endsWith('.json') ? undefined : yamlPart(path, text)?.yaml;
  // Documents of several parts, and tags of tools, are none of the parser's errors.
  return yaml !== undefined && !/^---$/m.test(yaml.slice(4)) && isBrokenYaml(yaml);
}

/** Settings of compilers and editors may hold comments. */
const WITH_COMMENTS =
  /^(?:[jt]sconfig|\.eslintrc|settings|launch|extensions|deno|biome|turbo|api-extractor|devcontainer)\b/;

function isBrokenJson(path: string, text: string): boolean {
  if (!path.endsWith('.json') || WITH_COMMENTS.test(baseName(path))) return false;
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
}
