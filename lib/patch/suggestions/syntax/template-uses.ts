import { findScriptElements, findScripts, maskScripts, type Range } from './mask-markup.js';
import { scanMarkup } from './scan-markup.js';
import { wordAt } from './uses-at.js';

/**
 * Where the markup of a Svelte or Astro component uses a name of its script: inside `{...}` or as a tag. Undefined
 * when the word also stands where its meaning is not certain; always for Vue, whose templates write names in
 * several ways.
 */
export function templateUsesOf(path: string, text: string, name: string): Range[] | undefined {
  const scripts = [...findScripts(path, text), ...findScriptElements(text)];
  const uses: Range[] = [];
  scripts.sort((a, b) => a.start - b.start);
  let skippedUpTo = 0;
  let depth = 0;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    while ((scripts[skippedUpTo]?.end ?? Infinity) <= at) skippedUpTo++;
    const next = scripts[skippedUpTo];
    const script = next && next.start <= at ? next : undefined;
    if (script) {
      at = script.end - 1;
      continue;
    }
    const character = text[at] ?? '';
    if (character === '{') depth++;
    else if (character === '}') depth = Math.max(0, depth - 1);
    else if (depth > 0 && (character === quote || (quote === '' && /["'`]/.test(character)))) {
      quote = quote === '' ? character : '';
    }
    if (depth === 0) quote = '';
    if (!text.startsWith(name, at) || /[\w$]/.test(text[at - 1] ?? '') || /[\w$]/.test(text[at + name.length] ?? '')) {
      continue;
    }
    if (path.endsWith('.vue')) return undefined;
    const before = text[at - 1] ?? '';
    const isTag = before === '<' || text.slice(at - 2, at) === '</';
    if (!isTag && (depth === 0 || quote !== '' || before === '.' || /^\s*:(?!:)/.test(text.slice(at + name.length)))) {
      return undefined;
    }
    uses.push({ start: at, end: at + name.length });
  }
  return uses;
}

/**
 * Whether the markup of a component uses the name: as a tag, at the very place that an error names, or in an
 * expression that leaves no doubt.
 */
export function isUsedInTemplate(
  path: string,
  text: string,
  name: string,
  place: { readonly line?: number | undefined; readonly column?: number | undefined },
): boolean {
  const kebab = path.endsWith('.vue') ? toKebab(name) : name;
  const isTag = scanMarkup(path, text).some((tag) => tag.name === name || tag.name === kebab);
  const word = wordAt(text, name, place);
  return (
    isTag ||
    (word !== undefined && !/\.\s*$/.test(text.slice(0, word.start))) ||
    (templateUsesOf(path, text, name)?.length ?? 0) > 0
  );
}

/** Whether the name stands in the code of a template: in a tag, with its attributes, or in an expression. */
export function isMentionedInTemplate(path: string, text: string, name: string): boolean {
  const markup = maskScripts(path, text);
  const tags = scanMarkup(path, markup);
  const expressions = path.endsWith('.vue') ? /\{\{(?:(?!\{\{|\}\})[\s\S])*\}\}/g : /\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/g;
  const code = [
    ...tags.map(({ start, end }) => markup.slice(start, end)),
    ...[...markup.matchAll(expressions)].map(([expression]) => expression),
  ];
  const forms = new Set([name, `$${name}`, toKebab(name)]);
  return code.some((part) =>
    (part.match(/[A-Za-z_$][\w$-]*/g) ?? []).some((word) => forms.has(word) || word.split('-').includes(name)),
  );
}

/** `tripRow` and `TripRow` as `trip-row`. */
export function toKebab(name: string): string {
  return name.replace(/\B[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

export function toCamel(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** `trip-row` as `TripRow`. */
export function toPascal(name: string): string {
  const camel = toCamel(name);
  return camel.charAt(0).toUpperCase() + camel.slice(1);
}

/** How templates declare names of their own: loops, snippets, slots, awaited values, parameters of functions. */
const DECLARES = [
  /\{#each\s[^}]{0,300}?\sas\s{1,20}([^}(]{1,200})/g,
  /\{#snippet\s{1,20}([\w$]{1,100}\([^)]{0,300}\))/g,
  /\{(?::then|:catch|@const)\s{1,20}([\w$]{1,100})/g,
  /\blet:([\w$]{1,100})/g,
  /\bv-for="\s{0,20}\(?([^"]{0,200}?)\)?\s{1,20}(?:in|of)\s/g,
  /(?:\bv-slot(?::[\w-]{1,100})?|\s#[\w-]{1,100})="([^"]{0,300})"/g,
  /(\([^()]{0,300}\)|(?<![\w$])[\w$]{1,100})\s{0,20}=>/g,
];

/** The names that a template declares, wherever in it they are visible. */
export function templateNames(text: string): string[] {
  const declared = DECLARES.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''));
  return declared.flatMap((part) => part.match(/[A-Za-z_$][\w$]*/g) ?? []);
}
