import type { Rule } from '../rule.js';
import { lineOf, replaceRanges, wholeLines } from '../syntax/source-text.js';

/** A route handler is prerendered then if nothing in it needs the request, which the setting kept it from. */
const COMPONENT = /(?:^|\/)app\/(?:.*\/)?(?:page|layout|template|default)\.[jt]sx?$/;
const INCOMPATIBLE =
  /Route segment config "(\w{1,40})" is not compatible with `nextConfig\.cacheComponents`\. Please remove it/;

/**
 * Settings that say what holds without them once Cache Components are on; any other value stands for something that has to
 * be written in another way. https://nextjs.org/docs/app/guides/migrating-to-cache-components
 */
const NEEDLESS: ReadonlyMap<string, RegExp> = new Map([
  ['dynamic', /^(['"])(?:force-dynamic|auto)\1$/],
  ['runtime', /^(['"])nodejs\1$/],
]);

/** `export const dynamic = 'force-dynamic'` beside `cacheComponents`, with which every page is dynamic: it goes, as the message says. */
export const segmentConfig: Rule = {
  name: 'segment-config',
  async propose(error, workspace) {
    const { file } = error;
    const name = INCOMPATIBLE.exec(error.message)?.[1];
    const text = file === undefined || !COMPONENT.test(file) ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || name === undefined) return undefined;
    const { program, errors } = await workspace.parse(file, text);
    const exported = program.body.flatMap((statement) => {
      if (statement.type !== 'ExportNamedDeclaration' || statement.declaration?.type !== 'VariableDeclaration')
        return [];
      const [declarator, another] = statement.declaration.declarations;
      const isNamed = declarator?.id.type === 'Identifier' && declarator.id.name === name && !another;
      return isNamed && declarator.init
        ? [{ statement, value: text.slice(declarator.init.start, declarator.init.end) }]
        : [];
    });
    const [only, another] = exported;
    if (errors.length > 0 || !only || another || NEEDLESS.get(name)?.test(only.value) !== true) return undefined;
    const { start, end } = wholeLines(text, only.statement.start, only.statement.end);
    // The blank line after it was between it and what follows.
    const blank = /^(?:[^\S\n]*\r?\n)?/.exec(text.slice(end))?.[0].length ?? 0;
    const isBetween = /(?:^|\n[^\S\n]*\r?\n)$/.test(text.slice(0, start));
    return {
      files: new Map([[file, replaceRanges(text, [{ start, end: isBetween ? end + blank : end, text: '' }])]]),
      cause: `${file}, line ${lineOf(text, only.statement.start)}, sets \`${name}\`, which Next.js does not allow together with \`cacheComponents\`.`,
      change: `Takes the setting out: ${only.value} is what holds without it.`,
    };
  },
};
