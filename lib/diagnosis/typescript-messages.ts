/** What a TypeScript diagnostic is about, by its code where the log has one and else by its sentence. */
import type { MessageFacts } from './message-rule.js';
import { readSuggestion } from './messages.js';

type TypeFacts = Partial<MessageFacts> & Pick<MessageFacts, 'kind'>;

const firstQuoted = /['"‘]([^'"’]{1,300})['"’]/;
const modulePath = /'"([^"]{1,300})"'|[Mm]odule ['"]([^'"]{1,300})['"]/;

const kindByCode = new Map<number, MessageFacts['kind']>([
  [2307, 'module-not-found'],
  [2792, 'module-not-found'],
  [2732, 'module-not-found'],
  [2882, 'module-not-found'],
  [7016, 'type'],
  [2305, 'export-missing'],
  [2614, 'export-missing'],
  [2613, 'export-missing'],
  [2724, 'export-missing'],
  [1192, 'export-missing'],
  [1259, 'type'],
  [2459, 'export-missing'],
  [2460, 'export-missing'],
  [2688, 'package-missing'],
]);

/** About options and project files, outside of the range TS5000 to 5999 that is theirs. */
const ofConfiguration = new Set([
  6044, 6045, 6046, 6053, 6059, 6064, 6082, 6114, 6131, 6142, 6258, 6266, 6304, 6305, 6306, 6307, 6308, 6309, 6310,
  6369, 6370, 6377, 6379, 17004, 18000, 18001, 18002, 18003, 18051,
]);
/** The same where a log has no code, as those of Next.js. */
const configSentence =
  /^(?:Option '|Unknown compiler option |Compiler option '|Argument for '--|Non-relative paths are not allowed when |No inputs were found in config file |Cannot read file '[^']{1,300}\.json'|Cannot use JSX unless |Circularity detected while resolving configuration)/;

/** Syntax errors are TS1000 to 1499 but for semantic checks that share the range. */
const semanticInSyntaxRange = new Set([
  1192, 1205, 1208, 1219, 1238, 1241, 1259, 1260, 1261, 1286, 1287, 1294, 1295, 1308, 1323, 1324, 1343, 1360, 1361,
  1362, 1371, 1375, 1376, 1378, 1380, 1382, 1432, 1448, 1452, 1470, 1471, 1479, 1484, 1485, 1541, 1542, 1543,
]);

function kindOf(code: number): MessageFacts['kind'] {
  const known = kindByCode.get(code);
  if (known !== undefined) return known;
  if (ofConfiguration.has(code)) return 'config';
  if (code >= 1000 && code < 1500 && !semanticInSyntaxRange.has(code)) return 'syntax';
  if (code >= 17000 && code < 17030 && code !== 17009) return 'syntax';
  return code >= 5000 && code < 6000 ? 'config' : 'type';
}

export function readTypeMessage(message: string, code: number | undefined): TypeFacts {
  const head = message.split('\n', 1)[0] ?? message;
  const kind = code === undefined ? kindBySentence(head) : kindOf(code);
  const suggestion = readSuggestion(message);
  return {
    kind,
    ...(code === undefined ? {} : { code: `TS${code}` }),
    ...namesIn(head, kind),
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

function kindBySentence(head: string): MessageFacts['kind'] {
  if (head.startsWith('Cannot find module ')) return 'module-not-found';
  if (/has no (?:exported member|default export)/.test(head)) return 'export-missing';
  if (/ locally, but it is (?:not exported|exported as)/.test(head)) return 'export-missing';
  if (head.startsWith('Cannot find type definition file')) return 'package-missing';
  if (configSentence.test(head)) return 'config';
  if (
    /^(?:'[^']{1,20}'|[A-Z]\w+(?: or \w+)?) expected\.|^Expression expected|^Unexpected token|^Unterminated |^JSX element /.test(
      head,
    )
  )
    return 'syntax';
  return 'type';
}

function namesIn(head: string, kind: MessageFacts['kind']): Partial<TypeFacts> {
  if (kind === 'module-not-found' || kind === 'package-missing') {
    const specifier = firstQuoted.exec(head)?.[1];
    return specifier === undefined ? {} : { specifier };
  }
  if (kind === 'export-missing') return exportNames(head);
  if (head.startsWith('Could not find a declaration file for module')) {
    const specifier = firstQuoted.exec(head)?.[1];
    return { code: 'TS7016', ...(specifier === undefined ? {} : { specifier }) };
  }
  const symbol = symbolIn(head);
  return symbol === undefined ? {} : { symbol };
}

const memberName = /(?:exported member (?:named )?|declares |^)['"]([^'"]{1,200})['"]/;

function exportNames(head: string): Partial<TypeFacts> {
  const path = modulePath.exec(head);
  const specifier = path?.[1] ?? path?.[2];
  const rest = path === null ? head : head.slice((path.index ?? 0) + path[0].length);
  const symbol = /has no default export/.test(head) ? 'default' : memberName.exec(rest)?.[1];
  return {
    ...(symbol === undefined ? {} : { symbol }),
    ...(specifier === undefined ? {} : { specifier }),
  };
}

const symbolPatterns: readonly RegExp[] = [
  /^Cannot find (?:name|namespace) '([^']{1,200})'/,
  /^Property '([^']{1,200})' /,
  /, and '([^']{1,200})' does not exist in type/,
  /^'([^']{1,200})' (?:is|has|refers|implicitly|was|cannot|can)/,
  /^No value exists in scope for the shorthand property '([^']{1,200})'/,
  /^(?:Parameter|Variable|Binding element|Member|Duplicate identifier|Block-scoped variable|Class|Object literal's property|Element|Function|Conversion of type) '([^']{1,200})'/,
  /^Cannot assign to '([^']{1,200})'/,
  /^(?:Could not find name|Import declaration conflicts with local declaration of|Cannot redeclare block-scoped variable) '([^']{1,200})'/,
];

function symbolIn(head: string): string | undefined {
  for (const pattern of symbolPatterns) {
    const symbol = pattern.exec(head)?.[1];
    if (symbol !== undefined) return symbol;
  }
  return undefined;
}
