import type { Rule } from '../rule.js';
import { addImport } from '../syntax/add-import.js';
import { declaredRange } from '../syntax/declared-range.js';
import { importsOf } from '../syntax/imports.js';
import { nearestManifest } from '../syntax/manifests-of.js';
import { isDeclared, namesOf } from '../syntax/names.js';
import { parseSource } from '../syntax/parse.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';

function isLink(node: Extract<SyntaxNode, { type: 'JSXElement' }>): boolean {
  const { name } = node.openingElement;
  return name.type === 'JSXIdentifier' && name.name === 'Link';
}

const PLAIN_ANCHOR = /Do not use an `<a>` element to navigate to `([^`]+)`/;

/** `<a href="/berths">` to a page of the same app, where Next.js' linter wants `<Link>`. */
export const pageLink: Rule = {
  name: 'page-link',
  async propose(error, workspace) {
    const { file, line } = error;
    const isAnchor = PLAIN_ANCHOR.test(error.message);
    if (!isAnchor || file === undefined || line === undefined || !/\.[jt]sx?$/.test(file)) return undefined;
    // What failed to render is loaded anew by a plain link.
    if (/(?:^|\/)(?:global-)?error\.[jt]sx?$/.test(file)) return undefined;
    const text = workspace.read(file);
    // https://nextjs.org/docs/app/guides/upgrading/version-13#link-component
    const manifest = nearestManifest(workspace, file);
    const next = manifest === undefined ? undefined : declaredRange(workspace.read(manifest) ?? '', 'next');
    if (text === undefined || (next?.lowest[0] ?? 13) < 13) return undefined;
    const { program, errors } = await workspace.parse(file, text);
    if (errors.length > 0) return undefined;

    const anchors: Replacement[][] = [];
    const links = [...walk(program)].filter(({ node }) => node.type === 'JSXElement' && isLink(node));
    for (const { node } of walk(program)) {
      if (node.type !== 'JSXElement' || lineOf(text, node.start) !== line) continue;
      if (links.some(({ node: link }) => link.start < node.start && node.end < link.end)) return undefined;
      const tags = [node.openingElement.name, node.closingElement?.name].filter((name) => name) as SyntaxNode[];
      const isPlain = tags.every((name) => name.type === 'JSXIdentifier' && name.name === 'a');
      const attributes = node.openingElement.attributes.map((attribute) =>
        attribute.type === 'JSXAttribute' && attribute.name.type === 'JSXIdentifier' ? attribute.name.name : '...',
      );
      // `Link` has no such thing as a download or a ping.
      if (
        !isPlain ||
        !attributes.includes('href') ||
        attributes.some((name) => /^(?:download|ping|\.\.\.)$/.test(name))
      )
        continue;
      anchors.push(tags.map(({ start, end }) => ({ start, end, text: 'Link' })));
    }
    const [anchor, another] = anchors;
    const link = importsOf(program).find(({ specifier }) => specifier === 'next/link');
    const isTaken = isDeclared(namesOf(program), 'Link');
    if (!anchor || another || (link ? link.local !== 'Link' : isTaken)) return undefined;
    const renamed = replaceRanges(text, anchor);
    const wanted = { name: 'Link', isDefault: true, isType: false, specifier: 'next/link' };
    const repaired = link ? renamed : addImport(file, renamed, (await parseSource(file, renamed)).program, wanted);
    if (repaired === undefined) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `${file}, line ${line}, leads to a page of this app by a plain \`<a>\`.`,
      change: "Uses `<Link>` of `next/link`, as Next.js' linter asks.",
    };
  },
};
