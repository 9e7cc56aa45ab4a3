/** What a sentence of a tool that nobody here knows is about: by the words that all tools share. */
import { isConfigFile } from './config-files.js';
import type { BuildError, FailureClass } from './diagnosis.js';
import { readMessage, readSuggestion, syntaxKindOf } from './messages.js';
import { readMissingVariable, refusesVariables, remedyForVariables } from './missing-variable.js';
import { readNetworkFailure } from './network-failure.js';
import { readOldSystem } from './old-system.js';
import { isRefused, refusalRemedy } from './refused-credentials.js';
import { isAboutSettings } from './settings-messages.js';
import { readTypeMessage } from './typescript-messages.js';

export interface SentenceFacts {
  readonly facts: Omit<Partial<BuildError>, 'kind'> & Pick<BuildError, 'kind'>;
  readonly class?: FailureClass;
  readonly remedy?: string;
}

const typeCode = /\bTS(\d{4,5})\b:?\s{0,3}/;
const noFile =
  /(?:ENOENT|no such file or directory|(?:file|directory|folder|path|template|partial|include|layout|image)\b.{0,60}? (?:not found|does not exist|doesn't exist|is missing|could not be found|cannot be found|can't be found)|(?:could not|couldn't|cannot|can't|unable to|failed to) (?:find|open|read|load|locate|access) (?:the )?(?:file|directory|folder|template|partial|layout|image)|file to import not found)/i;
const quotedPath = /['"`“]([^'"`”\s]{1,300}(?:\/|\.\w{1,8})[^'"`”\s]{0,100})['"`”]/;
const aboutTypes =
  /is not assignable to|does not exist (?:on|in) type|has no exported member|implicitly has an? |is possibly (?:'?null|'?undefined)|Property '[^']{1,80}' is missing|Expected \d{1,2}(?:-\d{1,2})? arguments?|Cannot find name '|No overload matches|has no (?:properties|construct signatures)/;
const notExported =
  /is not exported (?:from|by)|does(?:n't| not) (?:provide|have|contain) an? (?:default )?export|has no export(?:ed)?\b|no export named|export ['"`][^'"`]{1,100}['"`] (?:was |is )?not (?:found|defined)/i;
const notResolved =
  /(?:could not|couldn't|cannot|can't|unable to|failed to) (?:find|resolve|load|locate|import) (?:the |a )?(?:module|package|import|dependency|plugin|preset|component|parser|extension|config)?\s?['"`“]([^'"`”]{1,200})['"`”]|unresolved (?:import|module|dependency):?\s?['"`]?([^'"`\s]{1,200})|(?:module|package|import|plugin|preset) ['"`“]([^'"`”]{1,200})['"`”] (?:was |is |could |cannot |can )?(?:not |be )?(?:be )?(?:found|resolved|missing|installed)/i;
const undeclared =
  /(?:^|\s)['"`]?([A-Za-z_$][\w$.]{0,80})['"`]? is not (?:defined|a function)\b|(?:undefined|undeclared|unknown) (?:variable|identifier|name|symbol|function|mixin)\b:? ?['"`]?([\w$.-]{0,80})/i;
const syntax =
  /unexpected (?:token|end|eof|character|identifier|keyword|string|input|symbol|closing|tag|reserved|number|['"`<{(]|\w{1,20} tag)|unterminated|unclosed|unbalanced|unmatched|(?:^|\s)expected [^a-z\s]|expected ['"`<]|expected (?:an? |the )?(?:closing|end|opening|corresponding) |syntax ?error|parse ?error|parsing (?:error|failed)|failed to (?:parse|compile|transform)|(?:can(?:not|'t)|could not|unable to) (?:parse|compile|transform)|invalid (?:character|syntax|token|css|html|yaml|toml|left-hand|assignment|regular expression|shorthand|end tag)|has no corresponding|missing (?:closing|semicolon|end tag|initializer|\S{1,3} (?:after|before))|(?:already|twice) (?:been )?declared|duplicate (?:key|declaration|identifier|export|attribute)|end of (?:file|input|stream)|bad indentation|mapping (?:values|key)|malformed/i;
const configuration =
  /\b(?:config(?:uration)?|options?|settings?|plugin|preset|schema|tsconfig|compilerOptions|target|CLI|flag|argument)\b/i;
const wrongSetting =
  /unknown (?:key|option|argument|flag|property|compiler option)|(?<!ERR )\b(?:unknown|invalid) command\b|unrecognized|invalid (?:config|option|value|configuration|setting)|is not a (?:valid|known) (?:option|plugin|config|value)|failed to load (?:config|plugin)|must (?:export|be) an? (?:function|object|array|string|boolean)/i;
/** A library that holds data against a schema: its options are the values that a field may have. */
const ofSchema = /^(?:\[?\w{0,20}ZodError\b|ValiError\b)|^Invalid option: expected one of /;
/** Who speaks, and where more is to be read. */
const beside = /^(?:\[plugin [^\]]{1,80}\] ?)|\bhttps?:\/\/\S{1,400}/g;
const dependency =
  /peer dep|version (?:mismatch|conflict|solving failed)|incompatible (?:version|peer)|multiple versions? of|is not installed|(?:please|run|try|you need to) .{0,30}?\b(?:install|npm i|yarn add|pnpm add|bun add)\b|no matching (?:version|distribution)|could not find a version|requires a peer|not in this registry|unsatisfiable/i;
const memory = /out of memory|heap limit|cannot allocate|allocation failed|ENOMEM|SIGKILL|exit code 137|OOM\b/;
const disk = /ENOSPC|no space left|disk (?:is )?full|quota exceeded/i;
const rule = /(?:\(|\s|\[)(@?[a-z][\w-]{1,40}(?:\/[\w-]{1,40}){1,3})[)\]]?$|\s([a-z]+(?:-[a-z]+){1,6})$/;
const styled = /\.(?:css|scss|sass|less|styl|pcss|postcss)$/;

/** The kind of a sentence, and its class where that does not follow from the kind. */
export function readSentence(sentence: string, path: string | undefined): SentenceFacts {
  const text = sentence.slice(0, 1_500);
  const suggestion = readSuggestion(text);
  const found = readKind(text, path);
  return suggestion === undefined ? found : { ...found, facts: { suggestion, ...found.facts } };
}

function readKind(text: string, path: string | undefined): SentenceFacts {
  const library = readOldSystem(text);
  if (library !== undefined) return library;
  const variable = readMissingVariable(text);
  if (variable !== undefined)
    return {
      facts: { kind: 'variable-missing', symbol: variable.symbol },
      class: 'environment',
      remedy: remedyForVariables(variable.all ?? [variable.symbol], variable.named),
    };
  if (refusesVariables(text)) return { facts: { kind: 'variable-missing' }, class: 'environment' };
  const typed = typeCode.exec(text);
  if (typed !== null) return { facts: readTypeMessage(text.slice(typed.index + typed[0].length), Number(typed[1])) };
  const known = readMessage(text);
  if (known !== undefined) return { facts: known };
  if (path === undefined && isRefused(text))
    return { facts: { kind: 'variable-missing', code: 'refused' }, class: 'environment', remedy: refusalRemedy };
  const network = path === undefined ? readNetworkFailure(text) : undefined;
  if (network !== undefined && !network.local)
    return { facts: { kind: 'network', code: network.code }, class: 'transient' };
  if (memory.test(text)) return { facts: { kind: 'memory', code: 'out-of-memory' } };
  if (disk.test(text)) return { facts: { kind: 'size', code: 'ENOSPC' } };
  return { facts: readCodeSentence(text, path) };
}

function readCodeSentence(text: string, path: string | undefined): SentenceFacts['facts'] {
  if (aboutTypes.test(text)) return readTypeMessage(text, undefined);
  if (notExported.test(text)) return { kind: 'export-missing' };
  const unresolved = notResolved.exec(text);
  const specifier = unresolved?.[1] ?? unresolved?.[2] ?? unresolved?.[3];
  if (specifier !== undefined && !/\s/.test(specifier)) return { kind: 'module-not-found', specifier };
  if (noFile.test(text)) {
    const missing =
      quotedPath.exec(text)?.[1] ?? /(?:not found|does not exist):? (\S{1,200}\.\w{1,8})(?=$|[\s:,])/.exec(text)?.[1];
    return { kind: 'file-missing', ...(missing === undefined ? {} : { specifier: missing }) };
  }
  if (syntax.test(text)) return { kind: syntaxKindOf(path) };
  const said = text.replace(beside, '');
  if (ofSchema.test(said)) return { kind: 'other' };
  // A style sheet takes no options; what it says of one is its own `@error`.
  const inSheet = path !== undefined && styled.test(path);
  if (
    (wrongSetting.test(said) && !inSheet) ||
    (path === undefined && isAboutSettings(text)) ||
    (path === undefined && configuration.test(said) && /invalid|unknown|must|not/i.test(said))
  )
    return { kind: 'config' };
  if (dependency.test(text)) return { kind: 'package-missing' };
  const name = undeclared.exec(text);
  if (name !== null) {
    const symbol = name[1] ?? name[2];
    return { kind: inSheet ? 'style' : 'other', ...(symbol ? { symbol } : {}) };
  }
  if (path === undefined) return { kind: 'other' };
  if (isConfigFile(path)) return { kind: 'config' };
  const code = rule.exec(text);
  const lint = code?.[1] ?? code?.[2];
  if (lint !== undefined) return { kind: 'lint', code: lint };
  return { kind: inSheet ? 'style' : 'other' };
}
