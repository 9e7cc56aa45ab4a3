import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { findTwin } from '../distance.js';
import type { Rule } from '../rule.js';
import { findUnexported } from '../syntax/export-declared.js';
import { isScript } from '../syntax/parse.js';
import { exportedAsDeclared, renameDeclaredExport } from '../syntax/rename-declared-export.js';
import { replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

/** Functions that a framework calls by name, how it says that a file lacks one, and what other versions call it. */
const REQUIRED: readonly { readonly name: string; readonly alias?: string; readonly message: RegExp }[] = [
  { name: 'getStaticPaths', message: /getStaticPaths(?:\(\)`)? (?:function )?is required for dynamic/ },
  { name: 'generateStaticParams', message: /is missing "generateStaticParams\(\)"/ },
  {
    name: 'proxy',
    alias: 'middleware',
    message: /Proxy is missing expected function export|must export a function.{0,60} named [`"]proxy[`"]/,
  },
  {
    name: 'middleware',
    alias: 'proxy',
    message: /Middleware is missing expected function export|must export a.{0,60} (?:named )?[`"]middleware[`"]/,
  },
];

/** A function that a framework looks for by name in a file, declared there without `export` or under another name. */
export const requiredExport: Rule = {
  name: 'required-export',
  async propose(error, workspace) {
    const required = REQUIRED.find(({ message }) => message.test(error.message));
    const file = required && fileOf(error, required.name, workspace);
    const text = file === undefined ? undefined : workspace.read(file);
    if (!required || file === undefined || text === undefined || !isScript(file)) return undefined;
    const { name, alias } = required;
    const source = await workspace.parse(file, text);
    if (source.errors.length > 0) return undefined;
    const { edits } = findUnexported(source, text, name) ?? {};
    if (edits) {
      return {
        files: new Map([[file, replaceRanges(text, edits)]]),
        cause: `${file} declares \`${name}\` and does not export it, so its framework does not find it.`,
        change: `Exports \`${name}\`.`,
      };
    }
    const exported = exportedAsDeclared(source);
    const old = alias !== undefined && exported.includes(alias) ? alias : findTwin(name, exported);
    const renamed = old === undefined ? undefined : renameDeclaredExport(source, text, { old, now: name });
    if (renamed === undefined) return undefined;
    return {
      files: new Map([[file, renamed]]),
      cause: `${file} exports \`${old}\` where its framework looks for \`${name}\`.`,
      change: `Calls the function \`${name}\`, as the message does.`,
    };
  },
};

/** The one page of the route, or the file that Next.js reads by the function's name, where the error names none. */
function fileOf({ file, route }: BuildError, name: string, workspace: Workspace): string | undefined {
  if (file !== undefined && workspace.exists(file)) return file;
  const pages = route === undefined ? [] : workspace.findRoute(route).pages;
  const named = workspace.tree.filter((path) => new RegExp(`^(?:.*/)?${name}\\.[jt]s$`).test(path));
  const [only, another] = pages.length > 0 ? pages : named;
  return another === undefined ? only : undefined;
}
