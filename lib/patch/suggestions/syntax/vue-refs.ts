import type { Program } from 'oxc-parser';
import { walk } from './walk.js';

export interface MadeRef {
  /** Whether another value may be given to it. */
  readonly isWritable: boolean;
}

const WRITABLE = /^(?:ref|shallowRef|customRef|toRef|defineModel|useState|useCookie)$/;
const READ_ONLY = /^(?:computed|readonly|useTemplateRef)$/;
const TAKEN_APART = /^(?:storeToRefs|toRefs)$/;

/** Constants of a script that hold a ref of Vue, Pinia or Nuxt; none that is declared twice. */
export function refsIn(program: Program): ReadonlyMap<string, MadeRef> {
  const refs = new Map<string, MadeRef>();
  const declared = new Map<string, number>();
  const count = (name: string) => declared.set(name, (declared.get(name) ?? 0) + 1);
  for (const { node } of walk(program)) {
    if (node.type !== 'VariableDeclarator') continue;
    const call =
      node.init?.type === 'CallExpression' && node.init.callee.type === 'Identifier' ? node.init.callee.name : '';
    if (node.id.type === 'Identifier') {
      count(node.id.name);
      if (WRITABLE.test(call) || READ_ONLY.test(call)) refs.set(node.id.name, { isWritable: WRITABLE.test(call) });
    } else if (node.id.type === 'ObjectPattern') {
      for (const property of node.id.properties) {
        const name =
          property.type === 'Property' && property.value.type === 'Identifier' ? property.value.name : undefined;
        if (name === undefined) continue;
        count(name);
        if (TAKEN_APART.test(call)) refs.set(name, { isWritable: false });
      }
    }
  }
  return new Map([...refs].filter(([name]) => declared.get(name) === 1));
}
