import type { ImportDeclaration } from 'oxc-parser';
import type { Workspace } from '../workspace.js';
import { type ImportStyle, styleOf } from './add-import.js';
import { isScript } from './parse.js';
import { directoryOf, resolveSpecifier } from './resolve-specifier.js';
import { relativePath, specifierFor } from './specifier-for.js';

/** One import of a file of the repository by another. */
interface Sample {
  readonly specifier: string;
  readonly target: string;
  readonly style: ImportStyle;
  readonly isOwn: boolean;
  /** Whether the way from the importer leads upwards nowhere. */
  readonly isBelow: boolean;
}

/**
 * How `file` would import `module`: in the manner of its own imports of files that lie in the same direction, else
 * of other files' imports, else relative. Undefined where that form does not lead to the module.
 */
export async function specifierInStyle(
  workspace: Workspace,
  file: string,
  module: string,
): Promise<{ readonly specifier: string; readonly style: ImportStyle | undefined } | undefined> {
  const samples = await findSamples(workspace, file);
  const rate = (sample: Sample) => (sample.isOwn ? module.length : 0) + shared(sample.target, module);
  const [sample] = samples
    .filter(({ target, isBelow }) => isCode(target) === isCode(module) && isBelow === liesBelow(file, module))
    .sort((a, b) => rate(b) - rate(a));
  const bare = isCode(module) ? module.replace(/(?:\/index)?\.[cm]?[jt]sx?$/, '') : module;
  const specifier =
    (sample && specifierFor(workspace, file, { path: module, like: sample.specifier })) ??
    relativePath(directoryOf(file), bare);
  return resolveSpecifier(workspace, file, specifier) === module
    ? { specifier, style: (sample ?? samples[0])?.style }
    : undefined;
}

async function findSamples(workspace: Workspace, file: string): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const path of new Set([file, ...workspace.paths])) {
    const text = isScript(path) ? workspace.read(path) : undefined;
    if (text === undefined) continue;
    const { program } = await workspace.parse(path, text);
    const declarations = program.body.filter((node): node is ImportDeclaration => node.type === 'ImportDeclaration');
    for (const declaration of declarations) {
      const specifier = declaration.source.value;
      const target = resolveSpecifier(workspace, path, specifier);
      if (target === undefined) continue;
      const style = styleOf(text, declaration);
      samples.push({ specifier, target, style, isOwn: path === file, isBelow: liesBelow(path, target) });
    }
  }
  return samples;
}

function isCode(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path);
}

function liesBelow(from: string, module: string): boolean {
  const folder = directoryOf(from);
  return folder === '' || directoryOf(module) === folder || module.startsWith(`${folder}/`);
}

/** How many characters of their paths two files have in common. */
function shared(left: string, right: string): number {
  let length = 0;
  while (length < left.length && left[length] === right[length]) length++;
  return length;
}
