import type { Rule } from '../rule.js';
import { addImport } from '../syntax/add-import.js';
import { manifestsOf } from '../syntax/manifests-of.js';
import { isDeclared, namesOf } from '../syntax/names.js';
import { isRecord, readConfig } from '../syntax/resolve-specifier.js';
import type { Workspace } from '../workspace.js';

/**
 * `JSX.Element` of the time when the types of React declared `JSX` for every file; since version 19 it is imported,
 * https://react.dev/blog/2024/04/25/react-19-upgrade-guide#the-jsx-namespace-in-typescript. So it is wherever the package
 * names it: compilers may stop at the first file.
 */
export const jsxNamespace: Rule = {
  name: 'jsx-namespace',
  async propose(error, workspace) {
    const { file } = error;
    if (file === undefined || !/^Cannot find namespace 'JSX'/.test(error.message) || !isOfReact19(workspace, file))
      return undefined;
    const files = new Map<string, string>();
    for (const path of workspace.paths) {
      const isNear = path === file || packageOf(workspace, path) === packageOf(workspace, file);
      const repaired = isNear ? await withImport(workspace, path) : undefined;
      if (repaired !== undefined) files.set(path, repaired);
    }
    if (!files.has(file)) return undefined;
    return {
      files,
      cause: `${file} takes \`JSX\` for a global namespace, which the types of React 19 no longer declare.`,
      change: 'Imports it as a type from `react`, which has it.',
    };
  },
};

/** A declaration file without imports declares for all; with one it would not any more. */
async function withImport(workspace: Workspace, path: string): Promise<string | undefined> {
  const text = /(?<!\.d)\.tsx?$/.test(path) ? workspace.read(path) : undefined;
  if (!text?.includes('JSX.')) return undefined;
  const { program, module, errors } = await workspace.parse(path, text);
  const names = namesOf(program);
  const isUsed = names.some(
    ({ name, parent, key }) => name === 'JSX' && parent?.type === 'TSQualifiedName' && key === 'left',
  );
  if (!isUsed || errors.length > 0 || isDeclared(names, 'JSX') || !module.hasModuleSyntax) return undefined;
  const isSingle = workspace.paths.some((other) => / from '[^']+'/.test(workspace.read(other) ?? ''));
  const style = { quote: isSingle ? "'" : '"', semicolon: true };
  return addImport(path, text, program, { name: 'JSX', isDefault: false, isType: true, specifier: 'react', style });
}

function packageOf(workspace: Workspace, path: string): string | undefined {
  const above = manifestsOf(workspace).filter(({ folder }) => folder === '' || path.startsWith(`${folder}/`));
  return above.sort((a, b) => b.folder.length - a.folder.length)[0]?.path;
}

/** Other libraries have a `JSX` of their own. */
function isOfReact19(workspace: Workspace, file: string): boolean {
  const manifest = manifestsOf(workspace).find(({ path }) => path === packageOf(workspace, file));
  const range = manifest?.dependencies.get('@types/react') ?? manifest?.dependencies.get('react');
  const major = /\d+/.exec(range ?? '')?.[0];
  if (range === undefined || Number(major ?? 19) < 19) return false;
  if (['preact', 'solid-js', '@builder.io/qwik'].some((name) => manifest?.dependencies.has(name))) return false;
  return !workspace.paths.some((path) => {
    const options = /(?:^|\/)tsconfig[\w.-]*\.json$/.test(path)
      ? readConfig(workspace, path)?.compilerOptions
      : undefined;
    return isRecord(options) && (options.jsxImportSource ?? 'react') !== 'react';
  });
}
