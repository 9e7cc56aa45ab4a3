/** One sentence of a compiler or a tool, and what it says. */
import type { BuildError, ErrorKind } from './diagnosis.js';

export type MessageFacts = Pick<BuildError, 'kind' | 'code' | 'specifier' | 'symbol' | 'suggestion' | 'route'>;

export interface MessageRule {
  /** A part of the sentence, looked for before the pattern runs. */
  readonly has: string;
  readonly pattern: RegExp;
  readonly facts: (match: RegExpExecArray) => Partial<MessageFacts> & { readonly kind: ErrorKind };
}

/** What a sentence quotes, in any of the marks that tools use. */
export const quoted = `['"\`‘“]([^'"\`’”]{1,300})['"\`’”]`;

export function rule(has: string, pattern: string, facts: MessageRule['facts']): MessageRule {
  return { has, pattern: new RegExp(pattern), facts };
}
