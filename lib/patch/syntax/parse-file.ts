import { EMPTY_SHAPE } from './module-shape.js';
import { lineAt, parseScript, scriptLanguage } from './parse-script.js';
import type { ParsedFile, ParseProblem } from './parsed-file.js';

type Content = Omit<ParsedFile, 'text'>;

const NOTHING = { errors: [], scripts: [], comments: [], shape: EMPTY_SHAPE } as const;

/** JSON files whose readers accept comments and trailing commas. */
function acceptsComments(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (
    /\.(jsonc|json5|code-workspace)$/.test(name) ||
    /^(ts|js)config(\..+)?\.json$/.test(name) ||
    /^(\.eslintrc|\.oxlintrc|biome|turbo|wrangler|deno|api-extractor)(\.json)?$/.test(name) ||
    /(^|\/)(\.vscode|\.devcontainer)\//.test(path)
  );
}

async function parseJsonFile(path: string, text: string): Promise<Content> {
  const { parse, printParseErrorCode, visit } = await import('jsonc-parser');
  const lenient = acceptsComments(path);
  const problems: { error: number; offset: number; length: number }[] = [];
  const data: unknown = parse(text, problems, { disallowComments: !lenient, allowTrailingComma: lenient });
  const comments: string[] = [];
  visit(
    text,
    { onComment: (offset, length) => comments.push(text.slice(offset, offset + length)) },
    { disallowComments: false },
  );
  const errors = problems.map(({ error, offset }) => ({
    message: printParseErrorCode(error),
    line: lineAt(text, offset),
  }));
  return { ...NOTHING, kind: 'json', data, comments, errors };
}

async function parseYamlFile(text: string): Promise<Content> {
  const { parseAllDocuments } = await import('yaml');
  const documents = parseAllDocuments(text, { logLevel: 'silent' });
  const errors: ParseProblem[] = [];
  let data: unknown;
  for (const document of documents) {
    for (const error of document.errors) {
      const line = error.linePos?.[0].line;
      errors.push({ message: error.message.split('\n')[0] ?? 'not YAML', ...(line === undefined ? {} : { line }) });
    }
    // The alias limit of the library keeps a stranger's nested aliases from growing without bound.
    if (document.errors.length === 0) data ??= document.toJS({ maxAliasCount: 100 });
  }
  const comments = text.split('\n').flatMap((line) => /(?:^|\s)#(.*)$/.exec(line)?.[1] ?? []);
  return { ...NOTHING, kind: 'yaml', data, comments, errors };
}

async function parseStyleFile(path: string, text: string): Promise<Content> {
  const postcss = await import('postcss');
  const syntax = /\.(scss|pcss|postcss)$/.test(path) ? await import('postcss-scss') : undefined;
  try {
    const root = (syntax?.parse ?? postcss.parse)(text);
    const comments: string[] = [];
    root.walkComments((comment) => {
      comments.push(comment.text);
    });
    return { ...NOTHING, kind: 'style', comments };
  } catch (error) {
    const { reason, line } = error as { reason?: string; line?: number };
    return {
      ...NOTHING,
      kind: 'style',
      errors: [{ message: reason ?? 'not a style sheet', ...(line === undefined ? {} : { line }) }],
    };
  }
}

async function parseByName(path: string, text: string): Promise<Content> {
  const language = scriptLanguage(path);
  if (language) {
    const { tree, shape, comments, errors } = await parseScript(text, { language });
    return { kind: 'script', errors, scripts: [tree], comments, shape };
  }
  if (path.endsWith('.vue')) return await (await import('./parse-component.js')).parseVue(text);
  if (path.endsWith('.svelte')) return await (await import('./parse-component.js')).parseSvelte(text);
  if (path.endsWith('.astro')) return await (await import('./parse-component.js')).parseAstro(text);
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/\.(json|jsonc|webmanifest|code-workspace)$/.test(name)) return await parseJsonFile(path, text);
  // Files like .eslintrc hold JSON or YAML, and only their text says which.
  if (/^\.(eslintrc|prettierrc|swcrc|babelrc|stylelintrc|oxlintrc)$/.test(name))
    return text.trimStart().startsWith('{') ? await parseJsonFile(path, text) : await parseYamlFile(text);
  if (/\.ya?ml$/.test(name)) return await parseYamlFile(text);
  if (/\.(css|scss|pcss|postcss)$/.test(name)) return await parseStyleFile(path, text);
  return { ...NOTHING, kind: 'text' };
}

/** Parses a file by its name. Never throws: what cannot be read is in `errors`. */
export async function parseFile(path: string, text: string): Promise<ParsedFile> {
  return { ...(await parseByName(path, text)), text };
}
