import type { Rule } from '../rule.js';
import { replaceRanges } from '../syntax/source-text.js';

/** How Next.js objects to such an export, when it checks the types of routes and when it loads one. */
const NO_ROUTE = /required types of a Next\.js Route|not a valid Route export|\bHTTP method|RouteHandlerConfig\b/;
const METHOD = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/;

/** `export default async function POST` in a route handler, which Next.js looks for by name. */
export const routeHandler: Rule = {
  name: 'route-handler',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined || !NO_ROUTE.test(error.message) ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || !/(?:^|\/)route\.[jt]sx?$/.test(file)) return undefined;
    const { program, errors } = await workspace.parse(file, text);
    const exported = program.body.find((node) => node.type === 'ExportDefaultDeclaration');
    const { declaration } = exported ?? {};
    if (errors.length > 0 || !exported || declaration?.type !== 'FunctionDeclaration') return undefined;
    const name = declaration.id?.name ?? '';
    if (!METHOD.test(name)) return undefined;
    return {
      files: new Map([
        [file, replaceRanges(text, [{ start: exported.start, end: declaration.start, text: 'export ' }])],
      ]),
      cause: `${file} exports \`${name}\` as its default, and a route handler has none.`,
      change: `Exports \`${name}\` by its name, as Next.js looks for it.`,
    };
  },
};
