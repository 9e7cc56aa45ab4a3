import type { SentenceFacts } from './sentence-kinds.js';

/** The loader of the system, whoever asked it: what a package was compiled for is not there. */
export const olderThanAsked =
  /version [`'](?<symbol>GLIBC(?:XX)?_[\d.]{1,12})' not found \(required by \S{1,300}?(?:\/node_modules\/(?<specifier>(?:@[^/]{1,80}\/)?[^/]{1,80})\/|\))/;

export function readOldSystem(sentence: string): (SentenceFacts & { readonly class: 'dependency' }) | undefined {
  const groups = olderThanAsked.exec(sentence)?.groups;
  if (groups === undefined) return undefined;
  const { symbol, specifier } = groups;
  return {
    facts: {
      kind: 'package-missing',
      code: 'ERR_DLOPEN_FAILED',
      ...(symbol === undefined ? {} : { symbol }),
      ...(specifier === undefined ? {} : { specifier }),
    },
    class: 'dependency',
  };
}
