import type { Rule } from '../rule.js';
import { entryFunctions } from '../syntax/entry-functions.js';
import { exportsOf } from '../syntax/exports.js';
import { serverComponents } from '../syntax/server-components.js';
import { lineEnding, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

const NOT_CONFIGURED =
  /export const dynamic = "force-static"\/export const revalidate not configured on route "([^"\n]{1,300})" with "output: export"/;
const OF_METADATA = /(?:^|\/)app\/(?:.*\/)?(?:robots|sitemap|manifest)\.[jt]s$/;
const HANDLER = /(?:^|\/)app\/(?:.*\/)?route\.[jt]sx?$/;

/**
 * A file of metadata, or a handler that answers `GET` without asking for the request, in a site that is exported as files: it says
 * that it is static, as the message asks. https://nextjs.org/docs/app/guides/static-exports#route-handlers
 */
export const staticExport: Rule = {
  name: 'static-export',
  async propose({ message }, workspace) {
    const route = NOT_CONFIGURED.exec(message)?.[1];
    if (route === undefined || workspace.partial) return undefined;
    const name = /^\/(robots|sitemap|manifest)\.(?:txt|xml|webmanifest)$/.exec(route)?.[1];
    const folder = route
      .split('/')
      .filter((part) => part !== '')
      .join('/');
    const files = workspace.tree.filter((path) => {
      const below = /(?:^|\/)app\/(.*)$/.exec(path)?.[1]?.replaceAll(/\([^/]*\)\//g, '') ?? '';
      return name === undefined
        ? HANDLER.test(path) && below.replace(/\/?route\.\w+$/, '') === folder
        : OF_METADATA.test(path) && below.replace(/\.\w+$/, '') === name;
    });
    const [file, another] = files;
    const text = file === undefined || another !== undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined) return undefined;
    const { program, errors } = await workspace.parse(file, text);
    const exported = (await exportsOf(workspace, file))?.names ?? new Set();
    const asked = entryFunctions(program).some(({ func }) => func.params.length > 0);
    const isPlain =
      name !== undefined || (!asked && [...exported].filter((one) => /^[A-Z]+$/.test(one)).join() === 'GET');
    if (errors.length > 0 || !isPlain || exported.has('dynamic') || exported.has('revalidate')) return undefined;
    if (await asksForRequest(workspace, file)) return undefined;
    const last = program.body.filter(({ type }) => type === 'ImportDeclaration').at(-1);
    const ending = lineEnding(text);
    const quote = text.includes('"') && !text.includes("'") ? '"' : "'";
    const line = `export const dynamic = ${quote}force-static${quote}${/;\r?\n/.test(text) ? ';' : ''}`;
    const edit = last
      ? { start: last.end, end: last.end, text: `${ending}${ending}${line}` }
      : { start: 0, end: 0, text: `${line}${ending}${ending}` };
    return {
      files: new Map([[file, replaceRanges(text, [edit])]]),
      cause: `${file} does not say that it is static, in a site that is exported as files.`,
      change: 'Says so, as Next.js asks.',
    };
  },
};

/** Whether it, or a module that it imports, knows whose request it answers. */
async function asksForRequest(workspace: Workspace, file: string): Promise<boolean> {
  for await (const { text } of serverComponents(workspace, [file]))
    if (/from ['"]next\/headers['"]/.test(text)) return true;
  return false;
}
