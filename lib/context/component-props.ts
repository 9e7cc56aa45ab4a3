/** What components take and are given, read without a parser: TypeScript with JSX, as far as it is spelt out. */
import { maskCode } from './mask-code.js';
import { escapePattern } from './word-pattern.js';

export interface DeclaredProps {
  readonly required: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
}

/** Every element takes these. */
const OF_REACT = new Set(['key', 'ref', 'children']);

/**
 * The props of a component that the module declares under this name, or by default. Undefined where their type is not
 * spelt out whole in the module: extended, imported, generic, indexed.
 */
export function readDeclaredProps(text: string, exported: string): DeclaredProps | undefined {
  const code = maskCode(text);
  const name = exported === 'default' ? defaultName(code) : exported;
  if (name === undefined || !/^[A-Z]\w*$/.test(name)) return undefined;
  const own = escapePattern(name);
  const start =
    new RegExp(`\\bfunction ${own}\\s*\\(`).exec(code) ??
    new RegExp(`\\b(?:const|let) ${own}\\s*=\\s*(?:async\\s*)?\\(`).exec(code);
  if (start === null) return undefined;
  const open = start.index + start[0].length;
  // `({ a, b }: Props)` or `(props: Props)`.
  const pattern = /^\s*(?:\w+|\{)/.exec(code.slice(open, open + 200))?.[0];
  if (pattern === undefined) return undefined;
  const after = pattern.endsWith('{') ? closeOf(code, open + pattern.length - 1) : open + pattern.length - 1;
  if (after === undefined) return undefined;
  const type = /^\s*:\s*(?:Readonly<\s*)?/.exec(code.slice(after + 1, after + 100));
  if (type === null) return undefined;
  const at = after + 1 + type[0].length;
  return code[at] === '{'
    ? readMembers(code, at)
    : readNamedType(code, /^[A-Z]\w*(?=\s*>?\s*[,)])/.exec(code.slice(at, at + 200))?.[0]);
}

function defaultName(code: string): string | undefined {
  return /\bexport default (?:async )?(?:function )?([A-Z]\w*)/.exec(code)?.[1];
}

function readNamedType(code: string, name: string | undefined): DeclaredProps | undefined {
  if (name === undefined) return undefined;
  const match = new RegExp(`\\b(interface ${name}\\s*|type ${name}\\s*=\\s*)\\{`).exec(code);
  if (match === null) return undefined;
  const open = match.index + match[0].length - 1;
  const close = closeOf(code, open);
  if (close === undefined || /^\s*[&|[]/.test(code.slice(close + 1, close + 20))) return undefined;
  // Interfaces of one name are one.
  if (code.split(new RegExp(`\\binterface ${name}\\b`)).length > 2) return undefined;
  return readMembers(code, open);
}

/** The members of the type that opens here; undefined where it is open to other names. */
function readMembers(code: string, open: number): DeclaredProps | undefined {
  const close = closeOf(code, open);
  if (close === undefined || /^\s*[&|]/.test(code.slice(close + 1, close + 20))) return undefined;
  const required = new Set<string>();
  const all = new Set<string>();
  let depth = 0;
  let member = '';
  for (const char of `${code.slice(open + 1, close)};`) {
    if ('({[<'.includes(char)) depth++;
    else if (')}]'.includes(char) || (char === '>' && !member.endsWith('='))) depth--;
    if (depth > 0 || !/[;,\n]/.test(char)) {
      member += char;
      continue;
    }
    // A union goes on in the next line, and so does a member whose type starts there.
    if (char === '\n' && /[:|&=]\s*$/.test(member)) continue;
    const found = /^\s*(?:readonly\s+)?(\w+)(\?)?\s*[:(]/.exec(member);
    if (found?.[1] !== undefined) {
      all.add(found[1]);
      if (found[2] === undefined) required.add(found[1]);
    } else if (member.trim() !== '' && !/^\s*[|&]/.test(member)) return undefined;
    member = '';
  }
  return all.size === 0 ? undefined : { required, all };
}

/** Longer is no type and no attribute that a person wrote. */
const MOST_BRACED = 10_000;

/** Where the brace that opens here is closed. */
function closeOf(code: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < Math.min(code.length, open + MOST_BRACED); at++) {
    if (code[at] === '{') depth++;
    else if (code[at] === '}' && --depth === 0) return at;
  }
  return undefined;
}

export interface WrongProp {
  readonly name: string;
  readonly fault: 'unknown' | 'missing';
}

/** What the elements of this name in a text give too much or too little; elements that spread say nothing. */
export function findWrongProps(text: string, element: string, props: DeclaredProps): WrongProp[] {
  const code = maskCode(text);
  return [...code.matchAll(new RegExp(`<${escapePattern(element)}(?=[\\s/>])`, 'g'))].flatMap(({ index, 0: head }) => {
    const given = readAttributes(code, index + head.length);
    if (given === undefined) return [];
    const unknown = [...given].filter((name) => !OF_REACT.has(name) && !props.all.has(name) && !name.includes('-'));
    const missing = [...props.required].filter((name) => !OF_REACT.has(name) && !given.has(name));
    return [
      ...unknown.map((name): WrongProp => ({ name, fault: 'unknown' })),
      ...missing.map((name): WrongProp => ({ name, fault: 'missing' })),
    ];
  });
}

/** The names up to the end of the tag; undefined where some come by a spread, or where it is no tag. */
function readAttributes(code: string, from: number): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  let at = from;
  while (at < code.length) {
    const rest = code.slice(at, at + 200);
    const space = /^\s+/.exec(rest)?.[0];
    if (space !== undefined) at += space.length;
    else if (/^\/?>/.test(rest)) return names;
    else {
      const name = /^[A-Za-z_][\w:-]*/.exec(rest)?.[0];
      if (name === undefined) return undefined;
      names.add(name);
      at += name.length;
      const value = /^\s*=\s*(["'{])/.exec(code.slice(at, at + 200));
      if (value === null) continue;
      const start = at + value[0].length - 1;
      const end = value[1] === '{' ? closeOf(code, start) : code.indexOf(value[1] ?? '', start + 1);
      if (end === undefined || end < 0) return undefined;
      at = end + 1;
    }
  }
  return undefined;
}
