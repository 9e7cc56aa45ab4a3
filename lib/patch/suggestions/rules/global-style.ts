import type { Rule } from '../rule.js';
import type { ParsedSource } from '../syntax/parse.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { lineEnding, replaceRanges, wholeLines } from '../syntax/source-text.js';
import { specifierFor } from '../syntax/specifier-for.js';
import type { Workspace } from '../workspace.js';

/**
 * A global stylesheet that a component imports and only the custom App may: the import moves there, as the error asks, unless
 * it stands there already.
 */
export const globalStyle: Rule = {
  name: 'global-style',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || !error.message.startsWith('Global CSS cannot be imported'))
      return undefined;
    const [app, otherApp] = workspace.paths.filter((path) => /(?:^|\/)pages\/_app\.[jt]sx?$/.test(path));
    if (app === undefined || otherApp !== undefined || file === app) return undefined;
    const [only, another] = stylesOf(await workspace.parse(file, text), workspace, file);
    if (!only || another) return undefined;
    const appText = workspace.read(app) ?? '';
    const parsed = await workspace.parse(app, appText);
    const isThere = stylesOf(parsed, workspace, app).some(({ path }) => path === only.path);
    const moved = isThere ? appText : addImport(appText, parsed, specifierIn(app, only, parsed, workspace));
    if (moved === undefined) return undefined;
    return {
      files: new Map([
        [file, replaceRanges(text, [{ ...wholeLines(text, only.start, only.end), text: '' }])],
        ...(isThere ? [] : ([[app, moved]] as const)),
      ]),
      cause: `${file} imports a global stylesheet, which only ${app} may.`,
      change: isThere ? `Leaves the import to ${app}, where it stands already.` : `Moves the import to ${app}.`,
    };
  },
};

interface StyleImport {
  readonly path: string;
  readonly specifier: string;
  readonly start: number;
  readonly end: number;
}

/** Imports of style sheets for their effect alone; those of modules have names. */
function stylesOf({ program }: ParsedSource, workspace: Workspace, importer: string): StyleImport[] {
  return program.body.flatMap((node) => {
    if (node.type !== 'ImportDeclaration' || node.specifiers.length > 0) return [];
    const specifier = node.source.value;
    const path = /\.(?:css|scss|sass)$/.test(specifier) ? resolveSpecifier(workspace, importer, specifier) : undefined;
    return path === undefined || /\.module\.\w+$/.test(path)
      ? []
      : [{ path, specifier, start: node.start, end: node.end }];
  });
}

/** As the App names its other sheets, where all of them go by a mapping. */
function specifierIn(
  app: string,
  { path, specifier }: StyleImport,
  parsed: ParsedSource,
  workspace: Workspace,
): string | undefined {
  if (!specifier.startsWith('.')) return specifier;
  const others = stylesOf(parsed, workspace, app).map((sheet) => sheet.specifier);
  const mapped = others.every((other) => !other.startsWith('.')) ? others[0] : undefined;
  const relative = specifierFor(workspace, app, { path, like: './x.css' });
  return mapped === undefined ? relative : (specifierFor(workspace, app, { path, like: mapped }) ?? relative);
}

/** Behind the last style sheet, whose order decides; else behind the last import. */
function addImport(text: string, { program }: ParsedSource, specifier: string | undefined): string | undefined {
  const imports = program.body.filter((node) => node.type === 'ImportDeclaration');
  const sheets = imports.filter(({ source, specifiers }) => specifiers.length === 0 && /\.\w{3,4}$/.test(source.value));
  const last = sheets.at(-1) ?? imports.at(-1);
  if (last === undefined || specifier === undefined) return undefined;
  const quote = text[last.source.start] ?? "'";
  const end = text[last.end - 1] === ';' ? ';' : '';
  const line = `${lineEnding(text)}import ${quote}${specifier}${quote}${end}`;
  return text.slice(0, last.end) + line + text.slice(last.end);
}
