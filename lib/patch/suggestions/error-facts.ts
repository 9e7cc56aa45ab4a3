import type { BuildError } from '../../diagnosis/diagnosis.js';
import { findScripts } from './syntax/mask-markup.js';
import { wordAt } from './syntax/uses-at.js';

/** What an error's own words say; the same facts wherever a tool's wording differs. */

const SUGGESTION = [
  /did you mean (?:to (?:write|import|use|extend|call) )?(?:the (?:static|instance) member )?['"`]+([^'"`]+)['"`]+/i,
  /did you mean to import ([\w$]+)\?/i,
];

/** The replacement that the tool names, without quotes. */
export function suggestionOf(error: BuildError): string | undefined {
  if (error.suggestion) return error.suggestion.replace(/^['"`]+|['"`]+$/g, '');
  return firstMatch(error.message, SUGGESTION);
}

const UNKNOWN_NAME = [
  /Cannot find (?:name|namespace) '([\w$]+)'/,
  /No value exists in scope for the shorthand property '([\w$]+)'/,
  /^'([\w$]+)' is not defined/,
  /\b(?:ReferenceError:\s+)?([\w$]+) is not defined\b/,
  /'([\w$]+)' is not defined\b/,
  /^`(\$\w+)` is an illegal variable name\./,
  /^'([\w$]+)' refers to a UMD global/,
  /^Expected component `([\w$]+)` to be defined/,
];

/** What the compiler says of names that it knows, of a library that it was not told of. */
const OF_LIBRARY = /Do you need to (?:change your target library|install type definitions)/;

/** The identifier that stands for nothing at its place. */
export function unknownNameOf(error: BuildError): string | undefined {
  return OF_LIBRARY.test(error.message) ? undefined : firstMatch(error.message, UNKNOWN_NAME);
}

/** Whether a compiler could not read its settings: it goes on with others, and all else that it says is about these. */
export function isOfUnreadSettings({ code = '', file = '' }: BuildError): boolean {
  return /^TS(?:5012|5083|6053|18003)$/.test(code) && file.endsWith('.json');
}

/**
 * `unknownNameOf`, and where it stands: Vue's type checker calls what a template names a property of the component.
 */
export function unknownNameIn(error: BuildError, file: string, text: string): string | undefined {
  const name = unknownNameOf(error);
  if (name !== undefined || !file.endsWith('.vue')) return name;
  const property = /^Property '([\w$]+)' does not exist on type/.exec(error.message)?.[1];
  const place = property === undefined ? undefined : wordAt(text, property, error);
  const isInScript = findScripts(file, text).some(
    ({ start, end }) => place && start <= place.start && place.end <= end,
  );
  return place && !isInScript && !/\.\s*$/.test(text.slice(0, place.start)) ? property : undefined;
}

export interface MissingExport {
  readonly name: string;
  /** As written in the source, or a path; undefined where the tool does not say. */
  readonly from: string | undefined;
}

const MISSING_EXPORT = [
  /(?:Module )?['"]+(?<from>[^'"]+)['"]+ has no exported member(?: named)? '(?<name>[\w$]+)'/,
  /['"]+(?<from>[^'"]+)['"]+ declares '(?<name>[\w$]+)' locally, but it is/,
  /export '(?<name>[\w$]+)' (?:\((?:imported|reexported) as .{1,200}?\) )?was not found in '(?<from>[^']+)'/,
  /'(?<name>[\w$]+)' is not exported from '(?<from>[^']+)'/,
  /"(?<name>[\w$]+)" is not exported by "(?<from>[^"]+)"/,
  /No matching export in "(?<from>[^"]+)" for import "(?<name>[\w$]+)"/,
  /The requested module '(?<from>[^']+)' does not provide an export named '(?<name>[\w$]+)'/,
  /Export (?<name>[\w$]+) doesn't exist in target module/,
  /The export (?<name>[\w$]+) was not found in module (?<from>\S+)/,
  /'(?<from>[^']+)' does not contain a (?<name>default) export/,
  /Module ['"]+(?<from>[^'"]+)['"]+ has no (?<name>default) export/,
];

export function missingExportOf(error: BuildError): MissingExport | undefined {
  for (const pattern of MISSING_EXPORT) {
    const groups = pattern.exec(error.message)?.groups;
    if (groups?.name) return { name: groups.name, from: groups.from };
  }
  return undefined;
}

const UNRESOLVED = [
  /Can't resolve '([^']+)'/,
  /Cannot find module '([^']+)'/,
  /(?:Could not|Failed to|failed to) resolve (?:import |entry )?["']([^"']+)["']/,
  /Cannot find package '([^']+)'/,
];

/** The module specifier that could not be resolved, as written in the source; a module that lacks an export was found. */
export function unresolvedSpecifierOf(error: BuildError): string | undefined {
  if (missingExportOf(error)) return undefined;
  return error.specifier ?? firstMatch(error.message, UNRESOLVED);
}

function firstMatch(text: string, patterns: readonly RegExp[]): string | undefined {
  for (const pattern of patterns) {
    const match = pattern.exec(text)?.[1];
    if (match) return match;
  }
  return undefined;
}
