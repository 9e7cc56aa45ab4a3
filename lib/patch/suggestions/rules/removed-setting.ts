import type { Rule } from '../rule.js';
import { lineOf, replaceRanges, wholeLines } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';

const UNKNOWN = /'(\w{1,80})' does not exist in type '(?:Partial<)?(NextConfig|ExperimentalConfig)>?'/;

/**
 * Options that Next.js has taken out because what they stood for always holds, or is no longer its concern:
 * https://nextjs.org/docs/app/guides/upgrading/version-15 and version-16, and the notes of the release for `experimental`.
 */
const GONE: Readonly<Record<string, readonly string[]>> = {
  NextConfig: ['swcMinify', 'optimizeFonts', 'eslint'],
  ExperimentalConfig: [
    'appDir',
    'instrumentationHook',
    'missingSuspenseWithCSRBailout',
    'newNextLinkBehavior',
    'after',
  ],
};

/** `swcMinify: true` in a configuration of Next.js whose type has no such option: it goes, as nothing reads it any more. */
export const removedSetting: Rule = {
  name: 'removed-setting',
  async propose({ file, line, message }, workspace) {
    const [, name = '', type = ''] = UNKNOWN.exec(message) ?? [];
    const text = file === undefined || !/(?:^|\/)next\.config\.\w+$/.test(file) ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || !GONE[type]?.includes(name)) return undefined;
    const { program, errors } = await workspace.parse(file, text);
    const found = [...walk(program)].flatMap(({ node, parent }) =>
      node.type === 'Property' && keyOf(node) === name && lineOf(text, node.start) === line && parent
        ? [{ node, parent }]
        : [],
    );
    const [only, another] = found;
    if (errors.length > 0 || !only || another || only.parent.type !== 'ObjectExpression') return undefined;
    const holder = [...walk(program)].find(({ node }) => node.type === 'Property' && node.value === only.parent)?.node;
    // A group that is left empty goes with it.
    const gone = only.parent.properties.length === 1 && holder ? holder : only.node;
    const comma = /^\s*,/.exec(text.slice(gone.end))?.[0].length ?? 0;
    const { start, end } = wholeLines(text, gone.start, gone.end + comma);
    const isInLine = start === gone.start;
    const blank = isInLine ? (/^[^\S\n]*/.exec(text.slice(end))?.[0].length ?? 0) : 0;
    return {
      files: new Map([[file, replaceRanges(text, [{ start, end: end + blank, text: '' }])]]),
      cause: `\`${name}\` in ${file}, line ${line}, is no option of this version of Next.js.`,
      change: 'Takes it out: nothing reads it.',
    };
  },
};

function keyOf(node: SyntaxNode): string | undefined {
  return node.type === 'Property' && !node.computed && node.key.type === 'Identifier' ? node.key.name : undefined;
}
