import type { Program } from 'oxc-parser';
import { walk } from './walk.js';

const LINK = /^([^\S\n]*)\??\.[A-Za-z_$]/;

/**
 * Where the next row of a chain of calls begins, `.map(...)` below `.filter(...)`, for a bracket that opens on a row of that
 * chain; undefined where no such row follows before the end.
 */
export function nextInChain(text: string, opened: number, end: number): number | undefined {
  const start = text.lastIndexOf('\n', opened) + 1;
  const indent = LINK.exec(text.slice(start, opened))?.[1];
  if (indent === undefined) return undefined;
  let at = text.indexOf('\n', opened) + 1;
  while (at > 0 && at < end) {
    const next = text.indexOf('\n', at) + 1;
    const row = text.slice(at, next > 0 ? next : undefined);
    if (LINK.exec(row)?.[1] === indent) return at + indent.length;
    const isInside = row.trim() === '' || row.startsWith(`${indent} `) || row.startsWith(`${indent}\t`);
    if (!isInside && !/^[)\]}]+\s*$/.test(row.slice(indent.length))) return undefined;
    at = next;
  }
  return undefined;
}

/** Whether the member at the offset is one of what the call gives back whose brackets open there. */
export function isOfCall(program: Program, text: string, { dot, opened }: { dot: number; opened: number }): boolean {
  return [...walk(program)].some(({ node }) => {
    if (node.type !== 'MemberExpression' || node.computed || node.object.type !== 'CallExpression') return false;
    const { object, property } = node;
    const isAtDot = object.end <= dot && dot < property.start && property.start <= dot + 2;
    return isAtDot && object.callee.end <= opened && text.slice(object.callee.end, opened).trim() === '';
  });
}
