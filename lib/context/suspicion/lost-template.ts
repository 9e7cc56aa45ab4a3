import { askedTemplateOf, goesBy, includesIn, TEMPLATE } from '../template-includes.js';
import { type SuspicionRule, suspectEach } from './suspicion.js';

/** An engine that lacks a template says which, and seldom who includes it. */
export const suspectLostTemplate: SuspicionRule = ({ error }, { files }) => {
  const asked = askedTemplateOf(error);
  if (asked === undefined) return [];
  const including = [...files].flatMap(([path, text]) => {
    if (!TEMPLATE.test(path)) return [];
    return includesIn(path, text).some(({ written }) => {
      const bare = written.replace(/^(?:\.{0,2}\/)+/, '');
      return goesBy(asked, bare) || goesBy(bare, asked);
    })
      ? path
      : [];
  });
  return suspectEach(including, 0.88, `includes ${asked}`);
};
