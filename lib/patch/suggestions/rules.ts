import type { Rule } from './rule.js';
import { defaultOrNamedImport } from './rules/default-or-named-import.js';
import { exportSpelling } from './rules/export-spelling.js';
import { intrinsicElement } from './rules/intrinsic-element.js';
import { jsxClosingTag } from './rules/jsx-closing-tag.js';
import { keywordSpelling } from './rules/keyword-spelling.js';
import { memberSpelling } from './rules/member-spelling.js';
import { missingImport } from './rules/missing-import.js';
import { missingToken } from './rules/missing-token.js';
import { movedFile } from './rules/moved-file.js';
import { nameSpelling } from './rules/name-spelling.js';
import { renamedExport } from './rules/renamed-export.js';
import { unclosedBlock } from './rules/unclosed-block.js';
import { unresolvedPath } from './rules/unresolved-path.js';

/** All rules; the first that answers wins, so what is known beyond doubt stands before what is the only likeness. */
export const RULES: readonly Rule[] = [
  keywordSpelling,
  jsxClosingTag,
  missingToken,
  unclosedBlock,
  intrinsicElement,
  renamedExport,
  defaultOrNamedImport,
  exportSpelling,
  missingImport,
  nameSpelling,
  memberSpelling,
  movedFile,
  unresolvedPath,
];
