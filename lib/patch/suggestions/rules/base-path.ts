import type { Rule } from '../rule.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import { walk } from '../syntax/walk.js';

const MISPLACED_SLASH =
  /Specified (basePath|assetPrefix) (?:has to start with a|should not end with) \/, found "([^"\n]{1,200})"/;

/** `basePath: 'docs/'`: Next.js wants a slash before the path and none behind it, https://nextjs.org/docs/app/api-reference/config/next-config-js/basePath. */
export const basePath: Rule = {
  name: 'base-path',
  async propose({ message }, workspace) {
    const [, key, value = ''] = MISPLACED_SLASH.exec(message) ?? [];
    const [file, other] = workspace.paths.filter((path) => /(?:^|\/)next\.config\.\w+$/.test(path));
    const text = file === undefined || other !== undefined ? undefined : workspace.read(file);
    const right = `/${value.replace(/^\/+|\/+$/g, '')}`;
    if (file === undefined || text === undefined || key === undefined || !/^\/[\w-]+(?:\/[\w-]+)*$/.test(right))
      return undefined;
    const { program } = await workspace.parse(file, text);
    const found = [...walk(program)].flatMap(({ node }) =>
      node.type === 'Property' &&
      node.key.type === 'Identifier' &&
      node.key.name === key &&
      node.value.type === 'Literal' &&
      node.value.value === value
        ? [node.value]
        : [],
    );
    const [only, another] = found;
    if (!only || another) return undefined;
    const edit = { start: only.start + 1, end: only.end - 1, text: right };
    return {
      files: new Map([[file, replaceRanges(text, [edit])]]),
      cause: `${file}, line ${lineOf(text, only.start)}, writes \`${key}\` with its slashes in another way than Next.js takes.`,
      change: `Writes \`${right}\`.`,
    };
  },
};
