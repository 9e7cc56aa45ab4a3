import type { Rule } from './rule.js';
import { intrinsicElement } from './rules/intrinsic-element.js';
import { keywordSpelling } from './rules/keyword-spelling.js';

/** All rules; the first that answers wins, so the narrower evidence stands before the wider. */
export const RULES: readonly Rule[] = [keywordSpelling, intrinsicElement];
