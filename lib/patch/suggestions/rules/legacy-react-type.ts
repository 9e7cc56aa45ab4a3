import { missingExportOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { importsOf } from '../syntax/imports.js';
import { isScript } from '../syntax/parse.js';
import { renameImport } from '../syntax/rename-import.js';
import { type Replacement, replaceRanges } from '../syntax/source-text.js';
import { walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

/** https://github.com/eps1lon/types-react-codemod names each of them, and what it writes instead. */
const NAMES: Readonly<Record<string, string>> = {
  VFC: 'FC',
  SFC: 'FC',
  VoidFunctionComponent: 'FunctionComponent',
  StatelessComponent: 'FunctionComponent',
  RefForwardingComponent: 'ForwardRefRenderFunction',
};
/** `React` stands for whatever the file calls the namespace. */
const TYPES: Readonly<Record<string, string>> = {
  ReactText: 'string | number',
  ReactChild: 'React.ReactElement | string | number',
  ReactFragment: 'Iterable<React.ReactNode>',
  ReactNodeArray: 'ReadonlyArray<React.ReactNode>',
};
const NO_MEMBER = /^Namespace '[^']{1,300}' has no exported member(?: named)? '(\w{1,60})'/;

/** A type that React's types no longer have, by the name that it has now or by what it stood for. */
export const legacyReactType: Rule = {
  name: 'legacy-react-type',
  async propose(error, workspace) {
    const missing = missingExportOf(error);
    const imported = missing?.from?.replaceAll(/["']/g, '') === 'react' ? missing.name : undefined;
    const old = imported ?? NO_MEMBER.exec(error.message)?.[1] ?? '';
    const now = NAMES[old] ?? TYPES[old];
    if (now === undefined) return undefined;
    const files = new Map<string, string>();
    for (const path of workspace.paths) {
      const text = isScript(path) ? workspace.read(path) : undefined;
      const repaired = text?.includes(old) ? await withoutOld(workspace, path, text, old) : undefined;
      if (repaired !== undefined && repaired !== text) files.set(path, repaired);
    }
    if (error.file === undefined || !files.has(error.file)) return undefined;
    return {
      files,
      cause: `The types of React have no \`${old}\` any more.`,
      change: `Writes \`${now}\`, as the codemod of React's types does.`,
    };
  },
};

async function withoutOld(workspace: Workspace, path: string, text: string, old: string): Promise<string | undefined> {
  const { program } = await workspace.parse(path, text);
  const imports = importsOf(program).filter(({ specifier }) => specifier === 'react');
  const edits: Replacement[] = [];
  for (const { node, parent } of walk(program)) {
    if (node.type !== 'TSQualifiedName' || node.right.name !== old || node.left.type !== 'Identifier') continue;
    const namespace = node.left.name;
    const isReact =
      namespace === 'React' || imports.some(({ local, imported }) => local === namespace && imported === '*');
    if (!isReact) continue;
    const name = NAMES[old];
    if (name !== undefined) {
      edits.push({ start: node.right.start, end: node.right.end, text: name });
      continue;
    }
    const written = (TYPES[old] ?? '').replaceAll('React.', `${namespace}.`);
    const isWithin = [...walk(program)].some(
      ({ node: outer, key }) => outer === parent && written.includes('|') && /^(?:elementType|objectType)$/.test(key),
    );
    edits.push({ start: node.start, end: node.end, text: isWithin ? `(${written})` : written });
  }
  const repaired = replaceRanges(text, edits);
  const target = imports.find(({ imported }) => imported === old);
  const name = NAMES[old];
  if (!target) return repaired;
  // Of a type without a name the import would have to go.
  return name === undefined || edits.length > 0 ? undefined : await renameImport(path, text, target, name);
}
