import { findTwin, isInflected } from '../distance.js';
import type { Rule } from '../rule.js';
import { functionsOf } from '../syntax/entry-functions.js';
import { namesOf } from '../syntax/names.js';
import { isScript, type ParsedSource } from '../syntax/parse.js';
import { exportedAsDeclared, renameDeclaredExport } from '../syntax/rename-declared-export.js';
import { isTakenByName } from '../syntax/taken-by-name.js';
import type { SyntaxNode } from '../syntax/walk.js';

/** SvelteKit lists what it accepts. */
const LISTED = /Invalid export '([\w$]+)'.{0,200}?\(valid exports are ([^)]*)\)/s;
const NEXT = /"([\w$]+)" is not a valid (?:(Page|Layout|Route) )?(?:export field|export)\b/;
const SEGMENT = 'dynamic revalidate dynamicParams fetchCache runtime preferredRegion maxDuration generateStaticParams';
const METHOD = /^(?:GET|HEAD|POST|PUT|DELETE|PATCH|OPTIONS)$/;
/** As Next.js documents them. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Route: `GET HEAD POST PUT DELETE PATCH OPTIONS ${SEGMENT}`.split(' '),
  Page: `metadata generateMetadata viewport generateViewport ${SEGMENT}`.split(' '),
};

/**
 * `export const laod` where a framework accepts `load`: an export that it refuses in a file of a prescribed shape, one slip
 * or the case of its letters away from one that it accepts.
 */
export const exportFieldSpelling: Rule = {
  name: 'export-field-spelling',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || !isScript(file)) return undefined;
    const [, listed, list = ''] = LISTED.exec(error.message) ?? [];
    const [, field, kind] = NEXT.exec(error.message) ?? [];
    const old = listed ?? field;
    const isRoute = kind === 'Route' || /(?:^|\/)route\.[jt]sx?$/.test(file);
    const known = listed === undefined ? FIELDS[isRoute ? 'Route' : 'Page'] : list.match(/[A-Za-z]\w+/g);
    if (old === undefined || !known) return undefined;
    const now = known.find((name) => name.toLowerCase() === old.toLowerCase()) ?? findTwin(old, known);
    const source = await workspace.parse(file, text);
    if (now === undefined || source.errors.length > 0 || !exportedAsDeclared(source).includes(old)) return undefined;
    // `revalidated` is another word.
    if (now.length !== old.length && isInflected(old, now)) return undefined;
    if (METHOD.test(now) && !mayBeHandler(source, old)) return undefined;
    const renamed = renameDeclaredExport(source, text, { old, now });
    if (renamed === undefined || (await isTakenByName(workspace, file, old))) return undefined;
    return {
      files: new Map([[file, renamed]]),
      cause: `${file} exports \`${old}\`, which its framework does not accept there.`,
      change: `Calls it \`${now}\`, the one name it accepts that is spelt so nearly alike.`,
    };
  },
};

/** A function that the file does not call itself: `options` may be settings, and `get` a helper. */
function mayBeHandler({ program }: ParsedSource, name: string): boolean {
  const isFunction = program.body.some(
    (node) =>
      node.type === 'ExportNamedDeclaration' &&
      functionsOf(node.declaration as SyntaxNode | null).some(([declared]) => declared === name),
  );
  return isFunction && !namesOf(program).some((use) => use.name === name && use.key === 'callee');
}
