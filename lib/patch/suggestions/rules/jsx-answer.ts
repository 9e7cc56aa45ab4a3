import { type Answer, nodeAt, ruleOfAnswers, type Source } from '../answers.js';
import type { Replacement } from '../syntax/source-text.js';
import type { SyntaxNode } from '../syntax/walk.js';

/** What linters want elements and attributes to look like, and have a fix for. */
const ANSWERS: readonly Answer[] = [
  {
    message: /^Using target="_blank" without rel="noreferrer"/,
    edit: addNoReferrer,
    change: 'Adds `rel="noreferrer"`, as the message asks.',
  },
  { message: /^Empty components are self-closing/, edit: closeItself },
  { message: /^Curly braces are unnecessary here/, edit: dropBraces },
  { message: /^Value must be omitted for (?:the )?boolean attribute/, edit: dropTrue },
];

export const jsxAnswer = ruleOfAnswers('jsx-answer', ANSWERS);

/** What is spread may hold another `rel`. */
function addNoReferrer(source: Source): Replacement | undefined {
  const { node } = nodeAt(source, (visit) => visit.node.type === 'JSXOpeningElement') ?? {};
  if (node?.type !== 'JSXOpeningElement') return undefined;
  const last = node.attributes.at(-1);
  if (!last || node.attributes.some(({ type }) => type !== 'JSXAttribute')) return undefined;
  const rel = node.attributes.find((attribute) => attribute.type === 'JSXAttribute' && attribute.name.name === 'rel');
  if (!rel) return { start: last.end, end: last.end, text: ' rel="noreferrer"' };
  const value = rel.type === 'JSXAttribute' && rel.value?.type === 'Literal' ? rel.value : undefined;
  return value && { start: value.end - 1, end: value.end - 1, text: value.value === '' ? 'noreferrer' : ' noreferrer' };
}

function closeItself(source: Source): Replacement | undefined {
  const { node } = nodeAt(source, (visit) => visit.node.type === 'JSXElement') ?? {};
  if (node?.type !== 'JSXElement' || !node.closingElement) return undefined;
  const { text } = source;
  const isEmpty = node.children.every(({ type }) => type === 'JSXText');
  const head = text.slice(node.start, node.openingElement.end - 1).trimEnd();
  return isEmpty && text.slice(node.openingElement.end, node.closingElement.start).trim() === ''
    ? { start: node.start + head.length, end: node.end, text: ' />' }
    : undefined;
}

/** In the midst of a text, what stands in braces keeps its distance to what stands on other lines. */
function dropBraces(source: Source): Replacement | undefined {
  const { text } = source;
  const { node, parent } = nodeAt(source, (visit) => visit.node.type === 'JSXExpressionContainer') ?? {};
  const value = node?.type === 'JSXExpressionContainer' ? node.expression : undefined;
  if (!node || !parent || value?.type !== 'Literal' || typeof value.value !== 'string') return undefined;
  if (parent.type === 'JSXAttribute')
    return /^[^"\\&\n]*$/.test(value.value)
      ? { start: node.start, end: node.end, text: `"${value.value}"` }
      : undefined;
  if (parent.type !== 'JSXElement' && parent.type !== 'JSXFragment') return undefined;
  const siblings: readonly SyntaxNode[] = parent.children;
  const index = siblings.indexOf(node);
  const isApart = [siblings[index - 1], siblings[index + 1]].every((sibling) => {
    const written = sibling?.type === 'JSXText' ? text.slice(sibling.start, sibling.end) : '';
    return written.trim() === '' || !written.includes('\n');
  });
  return isApart && /^[^\s{}<>&\\'"](?:[^{}<>&\\'"\n]*[^\s{}<>&\\'"])?$/.test(value.value)
    ? { start: node.start, end: node.end, text: value.value }
    : undefined;
}

function dropTrue(source: Source): Replacement | undefined {
  const { node } = nodeAt(source, (visit) => visit.node.type === 'JSXAttribute') ?? {};
  if (node?.type !== 'JSXAttribute' || !node.value) return undefined;
  return /^\{\s*true\s*\}$/.test(source.text.slice(node.value.start, node.value.end))
    ? { start: node.name.end, end: node.value.end, text: '' }
    : undefined;
}
