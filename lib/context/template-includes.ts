import type { BuildError } from '../diagnosis/diagnosis.js';

/** Files in which templates include each other by path, or by name alone. */
export const TEMPLATE = /\.(?:hbs|handlebars|njk|liquid|twig|ejs|pug|html)$/;

/** Of EJS, the row that its message points at. */
const ASKED = [
  /The partial (\S{1,200}) could not be found/,
  /Failed to lookup "([^"\n]{1,200})"/,
  /template not found: (\S{1,200})/,
  />> *\d+\|[^\n]{0,200}\binclude\(\s{0,9}["'`]([^"'`\n]{1,200})/,
];

/** The template that was asked for and is not there: a path, the end of one, or a name. */
export function askedTemplateOf({ kind, message, specifier }: BuildError): string | undefined {
  const named = ASKED.flatMap((pattern) => pattern.exec(message)?.[1] ?? [])[0];
  const asked = named ?? (kind === 'file-missing' ? specifier : undefined);
  return asked?.replace(/^\/vercel\/path\d\//, '').replace(/^(?:\.{0,2}\/)+/, '');
}

const INCLUDES = [
  /\{\{~?#?>\s{0,9}(["']?)([\w./@-]{1,200})/g,
  /\{%-?\s{0,9}(?:include|extends|import|from|render|layout)\s{1,9}(["'])([^"'\n]{1,200})\1/g,
  // Jekyll and those after it know names without quotes, which are files then and not variables.
  /\{%-?\s{0,9}include()\s{1,9}([\w/-]{1,100}\.\w{1,10})(?=\s)/g,
  /<%[-=_]?\s{0,9}include\(\s{0,9}(["'`])([^"'`\n]{1,200})\1/g,
];
const PUG = /^[^\S\n]*(?:include(?::[\w-]{1,40})?|extends)()[^\S\n]+([^\s'"]{1,200})/gm;

export function includesIn(path: string, text: string): { readonly written: string; readonly start: number }[] {
  const patterns = /\.pug$/.test(path) ? [PUG] : INCLUDES;
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ index, 0: whole, 2: written = '' }) => {
      return { written, start: index + whole.lastIndexOf(written) };
    }),
  );
}

/** Whether the words are the file's path or the end of it, with or without what the name ends in. */
export function goesBy(path: string, words: string): boolean {
  return [path, withoutEnding(path)].some((name) => name === words || name.endsWith(`/${words}`));
}

export function withoutEnding(path: string): string {
  return path.replace(/\.\w+$/, '');
}
