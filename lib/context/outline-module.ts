import { maskCode, maskStyle } from './mask-code.js';
import { extensionOf } from './readable-files.js';

/** A name as its module exports it (`default`, `*` for the whole module) and as the importer calls it. */
export interface ImportedName {
  readonly imported: string;
  readonly local: string;
}

export interface ModuleImport {
  readonly specifier: string;
  /** `re-export` names are imported under the name they have there and exported under `local`. */
  readonly form: 'import' | 're-export' | 'dynamic' | 'require' | 'style';
  readonly names: readonly ImportedName[];
  /** Erased by the compiler: a missing target fails the type check, not the bundle. */
  readonly typeOnly: boolean;
  readonly line: number;
}

/** What a module takes and gives, read without a parser, so that a broken file has an outline too. */
export interface ModuleOutline {
  readonly imports: readonly ModuleImport[];
  readonly exports: ReadonlySet<string>;
  /** Specifiers of `export * from`. */
  readonly exportsAllOf: readonly string[];
  /** False where not all exports can be known from the text: CommonJS, JSON, ambient declarations. */
  readonly exportsKnown: boolean;
  readonly directive: 'use client' | 'use server' | undefined;
}

const EMPTY: ModuleOutline = {
  imports: [],
  exports: new Set(),
  exportsAllOf: [],
  exportsKnown: false,
  directive: undefined,
};

const SCRIPTS = new Set('ts tsx mts cts js jsx mjs cjs mdx'.split(' '));
const COMPONENTS = new Set('vue svelte astro html'.split(' '));
const STYLES = new Set('css scss sass less styl'.split(' '));

/** A file of no known kind has an empty outline. */
export function outlineModule(path: string, text: string): ModuleOutline {
  const extension = extensionOf(path);
  if (extension === 'md') return { ...EMPTY, imports: findLayout(text) };
  if (SCRIPTS.has(extension)) {
    const outline = outlineScript(text);
    // What MDX says is its default export.
    return extension === 'mdx'
      ? {
          ...outline,
          imports: [...outline.imports, ...findLayout(text)],
          exports: new Set([...outline.exports, 'default']),
        }
      : outline;
  }
  if (STYLES.has(extension)) return { ...EMPTY, imports: findStyleImports(text) };
  if (!COMPONENTS.has(extension)) return EMPTY;
  const script = outlineScript(keepScripts(text, extension));
  const styles = findStyleImports(keepBlocks(text, 'style'));
  return {
    ...script,
    imports: [...script.imports, ...styles],
    exports: new Set([...script.exports, 'default']),
    directive: undefined,
  };
}

/** Astro renders a page of Markdown by the layout that its front matter names: https://docs.astro.build/en/basics/layouts/ */
function findLayout(text: string): ModuleImport[] {
  const head = /^---\r?\n([\s\S]{0,4000}?)\n---/.exec(text)?.[1] ?? '';
  const found = /^layout:[^\S\n]*['"]?([\w@~./[\]-]{1,200}\.astro)['"]?[^\S\n]*\r?$/m.exec(head);
  if (found?.[1] === undefined) return [];
  const specifier = found[1].replace(/^(?=src\/)/, '/');
  const line = head.slice(0, found.index).split('\n').length + 1;
  return [{ specifier, form: 'import', names: [{ imported: 'default', local: 'layout' }], typeOnly: false, line }];
}

/** The file's code with everything else blanked, at the same offsets: script blocks and Astro's front matter. */
export function keepScripts(text: string, extension: string): string {
  const scripts = keepBlocks(text, 'script');
  if (extension !== 'astro') return scripts;
  const open = text.indexOf('---');
  const close = open < 0 ? -1 : text.indexOf('\n---', open + 3);
  if (close < 0 || text.slice(0, open).trim() !== '') return scripts;
  return blankText(text.slice(0, open + 3)) + text.slice(open + 3, close) + scripts.slice(close);
}

/** The elements of this name with everything else blanked, at the same offsets. */
export function keepBlocks(text: string, tag: 'script' | 'style'): string {
  const lower = text.toLowerCase();
  let kept = '';
  let at = 0;
  while (at < text.length) {
    const open = lower.indexOf(`<${tag}`, at);
    const start = open < 0 ? -1 : lower.indexOf('>', open);
    if (start < 0) break;
    const close = lower.indexOf(`</${tag}`, start);
    const end = close < 0 ? text.length : close;
    kept += blankText(text.slice(at, start + 1)) + text.slice(start + 1, end);
    at = end;
    if (close >= 0) {
      kept += ' ';
      at += 1;
    }
  }
  return kept + blankText(text.slice(at));
}

function blankText(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}

function outlineScript(text: string): ModuleOutline {
  const code = maskCode(text);
  const imports: ModuleImport[] = [];
  const exports = new Set<string>();
  const exportsAllOf: string[] = [];
  let exportsKnown = true;
  const lineAt = countLines(text);

  function add(found: Found | undefined, form: ModuleImport['form'], at: number) {
    if (found)
      imports.push({
        specifier: found.specifier,
        form,
        names: found.names,
        typeOnly: found.typeOnly,
        line: lineAt(at),
      });
  }

  let statements = 0;
  for (const match of code.matchAll(/\b(?:import|export|require|module|exports)\b/g)) {
    statements += 1;
    if (statements > MAX_STATEMENTS) break;
    const at = match.index;
    const before = code[at - 1] ?? '';
    if (before === '.' || before === '$' || before === '@') continue;
    const after = at + match[0].length;
    const next = skipSpace(code, after);
    switch (match[0]) {
      case 'import':
        if (code[next] === '(') add(readCall(text, code, next), 'dynamic', at);
        else add(readImport(text, code, after), 'import', at);
        break;
      case 'require':
        if (code[next] === '(') add(readCall(text, code, next), 'require', at);
        break;
      case 'module':
        if (/^\s{0,2}\.\s{0,2}exports\b/.test(code.slice(after, after + 16))) exportsKnown = false;
        break;
      case 'exports':
        if (code[next] === '.' || code[next] === '=') exportsKnown = false;
        break;
      default: {
        const found = readExport(text, code, after);
        for (const name of found.names) exports.add(name);
        if (found.allOf !== undefined) exportsAllOf.push(found.allOf);
        if (found.open) exportsKnown = false;
        add(found.from, 're-export', at);
      }
    }
  }
  if (/\bdeclare\s+module\b/.test(code)) exportsKnown = false;
  return { imports, exports, exportsAllOf, exportsKnown, directive: readDirective(text, code) };
}

interface Found {
  readonly specifier: string;
  readonly names: readonly ImportedName[];
  readonly typeOnly: boolean;
}

/** No import or export clause is longer; bounds the work on hostile text. */
const MAX_CLAUSE = 8000;
/** Import and export words read per file; no file that somebody wrote has more. */
const MAX_STATEMENTS = 5000;

function readImport(text: string, code: string, from: number): Found | undefined {
  const quote = findQuote(code, from);
  if (quote < 0) return undefined;
  const clause = code.slice(from, quote).trim();
  const specifier = readString(text, code, quote);
  if (specifier === undefined) return undefined;
  if (clause === '') return { specifier, names: [], typeOnly: false };
  if (!clause.endsWith('from')) return undefined;
  const typeOnly = /^type\s*[\s{*]/.test(clause) && !/^type\s+from$/.test(clause);
  const names = clause.slice(typeOnly ? 4 : 0, -4).trim();
  if (!/^[\w$\s{},*]*$/.test(names)) return undefined;
  return { specifier, names: readImportedNames(names), typeOnly };
}

function readImportedNames(clause: string): ImportedName[] {
  const names: ImportedName[] = [];
  const open = clause.indexOf('{');
  const outside = open < 0 ? clause : clause.slice(0, open);
  for (const part of outside.split(',')) {
    const words = part.trim().split(/\s+/);
    if (words[0] === '*' && words[1] === 'as' && words[2]) names.push({ imported: '*', local: words[2] });
    else if (words[0]) names.push({ imported: 'default', local: words[0] });
  }
  return open < 0 ? names : [...names, ...readNameList(clause.slice(open + 1))];
}

/** `a, b as c, type D` up to a closing brace. */
function readNameList(list: string): ImportedName[] {
  const close = list.indexOf('}');
  return (close < 0 ? list : list.slice(0, close)).split(',').flatMap((part) => {
    const words = part.trim().split(/\s+/);
    const [imported, as, local] = words[0] === 'type' && words[1] && words[1] !== 'as' ? words.slice(1) : words;
    if (!imported) return [];
    return [{ imported, local: as === 'as' && local ? local : imported }];
  });
}

function readCall(text: string, code: string, parenthesis: number): Found | undefined {
  const quote = skipSpace(code, parenthesis + 1);
  const specifier = readString(text, code, quote);
  return specifier === undefined ? undefined : { specifier, names: [], typeOnly: false };
}

interface FoundExport {
  readonly names: readonly string[];
  readonly from?: Found;
  readonly allOf?: string;
  readonly open?: boolean;
}

function readExport(text: string, code: string, from: number): FoundExport {
  const at = skipSpace(code, from);
  const head = code.slice(at, at + 200);
  if (head[0] === '=') return { names: [], open: true };
  if (head[0] === '*' || /^type\s*\*/.test(head)) return readExportAll(text, code, at);
  if (head[0] === '{' || /^type\s*\{/.test(head)) return readExportList(text, code, at);
  if (/^default\b/.test(head)) return { names: ['default'] };
  const declaration =
    /^(?:declare\s+|abstract\s+|async\s+)*(function|class|interface|type|enum|namespace|module|const|let|var)\b/.exec(
      head,
    );
  if (!declaration) return { names: [] };
  const rest = at + declaration[0].length;
  if (declaration[1] === 'const' && /^\s+enum\b/.test(code.slice(rest, rest + 20)))
    return { names: readNames(code.slice(code.indexOf('enum', rest) + 4, rest + 200), 1) };
  if (/^(?:const|let|var)$/.test(declaration[1] ?? '')) return { names: readDeclarators(code, rest) };
  return { names: readNames(code.slice(rest, rest + 200), 1) };
}

function readExportAll(text: string, code: string, at: number): FoundExport {
  const quote = findQuote(code, at);
  const specifier = quote < 0 ? undefined : readString(text, code, quote);
  if (specifier === undefined) return { names: [] };
  const name = /\bas\s+([\w$]+)/.exec(code.slice(at, quote))?.[1];
  const from: Found = { specifier, names: [{ imported: '*', local: name ?? '*' }], typeOnly: code[at] === 't' };
  return name ? { names: [name], from } : { names: [], from, allOf: specifier };
}

function readExportList(text: string, code: string, at: number): FoundExport {
  const open = code.indexOf('{', at);
  const close = code.indexOf('}', open);
  if (close < 0 || close - open > MAX_CLAUSE) return { names: [] };
  const list = readNameList(code.slice(open + 1, close));
  const names = list.map((name) => name.local);
  const after = skipSpace(code, close + 1);
  if (!code.startsWith('from', after)) return { names };
  const specifier = readString(text, code, skipSpace(code, after + 4));
  return specifier === undefined ? { names } : { names, from: { specifier, names: list, typeOnly: code[at] === 't' } };
}

/** Declarators behind this many characters of the first are not looked for. */
const MAX_DECLARATION = 1000;

/** Names of `const a = 1, b = 2` and of `const { a, b: c } = x`; may name too many, never too few. */
function readDeclarators(code: string, from: number): string[] {
  const at = skipSpace(code, from);
  if (code[at] === '{' || code[at] === '[') {
    const close = code.indexOf(code[at] === '{' ? '}' : ']', at);
    return close < 0 || close - at > MAX_CLAUSE ? [] : readNames(code.slice(at + 1, close), 500);
  }
  const names = readNames(code.slice(at, at + 200), 1);
  let depth = 0;
  for (let index = at; index < Math.min(code.length, at + MAX_DECLARATION); index += 1) {
    const char = code[index] as string;
    if ('([{'.includes(char)) depth += 1;
    else if (')]}'.includes(char)) depth -= 1;
    else if (depth === 0 && char === ';') break;
    else if (
      depth === 0 &&
      char === '\n' &&
      /^\s*(?:export|import|function|class|const|let|interface|type)\b/.test(code.slice(index, index + 40))
    )
      break;
    else if (depth === 0 && char === ',') names.push(...readNames(code.slice(index + 1, index + 100), 1));
    if (depth < 0) break;
  }
  return names;
}

function readNames(text: string, limit: number): string[] {
  const names: string[] = [];
  for (const match of text.matchAll(/[A-Za-z_$][\w$]*/g)) {
    names.push(match[0]);
    if (names.length === limit) break;
  }
  return names;
}

function findStyleImports(text: string): ModuleImport[] {
  const code = maskStyle(text);
  const lineAt = countLines(text);
  return [
    ...code.matchAll(/@(?:import|use|forward|reference|config|plugin)\s{1,8}(?:url\(\s{0,4})?["']?([^"')\s;]{1,300})/g),
  ]
    .map((match) => ({
      specifier: match[1] as string,
      form: 'style' as const,
      names: [],
      typeOnly: false,
      line: lineAt(match.index),
    }))
    .filter(({ specifier }) => !/^(?:https?:)?\/\//.test(specifier));
}

function readDirective(text: string, code: string): ModuleOutline['directive'] {
  const words = readString(text, code, skipSpace(code, 0));
  return words === 'use client' || words === 'use server' ? words : undefined;
}

function skipSpace(code: string, from: number): number {
  let at = from;
  while (at < code.length && /\s/.test(code[at] as string)) at += 1;
  return at;
}

/** The next quote, when nothing that ends a clause stands before it. */
function findQuote(code: string, from: number): number {
  const at = code.slice(from, from + MAX_CLAUSE).search(/["';(=<`]/);
  const char = code[from + at];
  return at >= 0 && (char === '"' || char === "'") ? from + at : -1;
}

/** The content of the string that opens at this quote; the masked code tells where it closes. */
function readString(text: string, code: string, quote: number): string | undefined {
  const mark = code[quote];
  if (mark !== '"' && mark !== "'" && mark !== '`') return undefined;
  const close = code.indexOf(mark, quote + 1);
  if (close < 0 || close - quote > 400) return undefined;
  const content = text.slice(quote + 1, close);
  return /[\n\r\\]/.test(content) || content === '' ? undefined : content;
}

/** Line numbers by offset, for offsets that grow. */
function countLines(text: string): (offset: number) => number {
  let line = 1;
  let at = 0;
  return (offset) => {
    for (; at < offset; at += 1) if (text[at] === '\n') line += 1;
    return line;
  };
}
