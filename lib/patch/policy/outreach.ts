import type { ParsedFile } from '../syntax/parsed-file.js';
import { isSyntaxNode, keyName, type SyntaxNode, unwrap } from '../syntax/syntax-node.js';
import { countNodes, isRestored, patchAdditions } from './net-additions.js';
import type { ContentRule } from './policy-rule.js';

const REQUESTS = new Set(['fetch', 'axios', 'got', 'ky', 'importScripts', '$fetch', 'ofetch']);
const CONNECTIONS = new Set(['WebSocket', 'XMLHttpRequest', 'EventSource', 'Request', 'RTCPeerConnection']);
const REQUEST_METHODS = /^(?:sendBeacon|request|axios\.\w+|https?\.get)$/;

/** `a.b.c` of plain member accesses, else the last name that can be read. */
function dottedName(node: unknown): string {
  if (!isSyntaxNode(node)) return '';
  const value = unwrap(node);
  if (value.type === 'Identifier') return String(value.name);
  if (value.type !== 'MemberExpression') return '';
  const object = dottedName(value.object);
  const property = keyName(value.property, value.computed) ?? '?';
  return object === '' ? property : `${object}.${property}`;
}

function reachesOut(node: SyntaxNode): boolean {
  const name = dottedName(node.callee).replace(/^(?:globalThis|window|self)\./, '');
  if (node.type === 'NewExpression') return CONNECTIONS.has(name);
  if (node.type !== 'CallExpression') return false;
  const method = name.slice(name.lastIndexOf('.') + 1);
  return REQUESTS.has(name) || REQUEST_METHODS.test(name) || REQUEST_METHODS.test(method);
}

const MARKUP_ATTRIBUTES = new Set(['dangerouslySetInnerHTML', 'srcDoc', 'srcdoc']);
const MARKUP_ELEMENTS = new Set(['script', 'iframe', 'object', 'embed', 'base']);

/** A component may be called `Base`, as layouts are; `Script` and `IFrame` are what they say. */
function isMarkupElement(name: string): boolean {
  const element = name.toLowerCase();
  return MARKUP_ELEMENTS.has(element) && (name === element || element === 'script' || element === 'iframe');
}

function bringsMarkup(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  if (node.type === 'JSXIdentifier' && parent?.type === 'JSXAttribute') return MARKUP_ATTRIBUTES.has(String(node.name));
  if (node.type === 'JSXOpeningElement') return isSyntaxNode(node.name) && isMarkupElement(String(node.name.name));
  return node.type === 'AssignmentExpression' && /(?:^|\.)(?:innerHTML|outerHTML|srcdoc)$/.test(dottedName(node.left));
}

/** In a component's own template the tree holds no JSX; the marks are the same. */
const TEMPLATE_MARKUP = /\bset:html=|\bv-html=|\{@html\s|<(?:iframe|object|embed)\b|<script\b[^>]{0,200}\bsrc=/g;

function countMarkup(file: ParsedFile): number {
  const template = file.kind === 'component' ? (file.text.match(TEMPLATE_MARKUP)?.length ?? 0) : 0;
  return template + countNodes(file, bringsMarkup);
}

const FILE_WRITERS =
  /^(?:writeFile|appendFile|rm|rmdir|unlink|chmod|chown|symlink|link|truncate|createWriteStream)(?:Sync)?$/;

function writesFile(node: SyntaxNode): boolean {
  if (node.type !== 'CallExpression') return false;
  const name = dottedName(node.callee);
  return FILE_WRITERS.test(name.slice(name.lastIndexOf('.') + 1)) && !/^(?:document|window|URL)\b/.test(name);
}

/** What code could do to the world around it while it is built or served: repairs of builds add none of that. */
export const outreachRules: readonly ContentRule[] = [
  {
    name: 'request-added',
    severity: 'refused',
    check: (input) =>
      patchAdditions(input, {
        count: (file) => countNodes(file, reachesOut),
        message: 'The patch adds a request to another system.',
      }).filter(
        ({ path }) =>
          !input.changes.some((change) => change.file.path === path && isRestored(change, input, reachesOut)),
      ),
  },
  {
    name: 'markup-injected',
    severity: 'refused',
    check: (input) =>
      patchAdditions(input, {
        count: countMarkup,
        message: 'The patch adds markup that is not checked: a script, a frame, or a text as HTML.',
      }),
  },
  {
    name: 'file-written',
    severity: 'refused',
    check: (input) =>
      patchAdditions(input, {
        count: (file) => countNodes(file, writesFile),
        message: 'The patch adds code that writes or removes files.',
      }),
  },
];
