/** Sentences of task runners and of what builds packages for others. */
import { type LineStream, textAt } from '../finding.js';
import type { SentenceRule } from '../sentence-rules.js';

/** Turborepo goes on without the lockfile, and says so at the head of the same lines. */
function isNoWarning(lines: LineStream, at: number): boolean {
  for (let above = at - 1; above >= at - 3 && textAt(lines, above).trim() !== ''; above--)
    if (/^\s*WARNING\b/.test(textAt(lines, above))) return false;
  return true;
}

export const workspaceRules: readonly SentenceRule[] = [
  {
    tool: 'tsup',
    has: 'Cannot find ',
    pattern: /^Cannot find (?<specifier>[\w@./-]{1,200}\.[cm]?[jt]sx?)$/,
    kind: 'file-missing',
  },
  {
    tool: 'turbo',
    has: 'Could not find task',
    pattern: /Could not find task [`"]?(?<symbol>[\w:#@/-]{1,100})[`"]? in project/,
    kind: 'script-missing',
  },
  {
    tool: 'turbo',
    has: 'Missing tasks in project',
    kind: 'script-missing',
    more: 4,
    also: () => ({ file: 'turbo.json' }),
  },
  { tool: 'turbo', has: 'Could not find workspace', kind: 'config' },
  {
    tool: 'turbo',
    has: 'No package found with name',
    pattern: /No package found with name '(?<specifier>[^']{1,200})'/,
    kind: 'config',
  },
  {
    tool: 'turbo',
    has: 'Invalid turbo',
    pattern: /Invalid turbo\.json/,
    kind: 'config',
    more: 6,
    also: ({ texts }, at) => ({
      file: /[,╭][-─]\[([\w@./-]{1,200}turbo\.jsonc?):/.exec(texts.slice(at, at + 6).join('\n'))?.[1] ?? 'turbo.json',
    }),
  },
  {
    tool: 'turbo',
    has: 'turbo_json_parse_error',
    kind: 'config',
    role: 'symptom',
    also: () => ({ file: 'turbo.json' }),
  },
  {
    tool: 'turbo',
    has: 'Found an unknown key',
    pattern: /Found an unknown key `(?<symbol>[^`]{1,100})`/,
    kind: 'config',
    also: () => ({ file: 'turbo.json' }),
  },
  {
    tool: 'turbo',
    has: ' field instead of ',
    pattern: /Found [`']pipeline[`'] field instead of [`']tasks[`']/,
    kind: 'config',
    also: () => ({ file: 'turbo.json', symbol: 'pipeline', suggestion: 'tasks' }),
  },
  {
    tool: 'turbo',
    has: 'did not find a package manager',
    kind: 'config',
    more: 1,
    also: () => ({ file: 'package.json', symbol: 'packageManager' }),
  },
  {
    tool: 'turbo',
    has: 'Could not resolve workspaces',
    when: isNoWarning,
    kind: 'config',
    more: 4,
    also: () => ({ file: 'package.json' }),
  },
  {
    tool: 'turbo',
    has: 'missing field `packageManager`',
    kind: 'config',
    also: () => ({ file: 'package.json', symbol: 'packageManager' }),
  },
  {
    tool: 'turbo',
    has: 'Missing `packageManager` field',
    kind: 'config',
    also: () => ({ file: 'package.json', symbol: 'packageManager' }),
  },
  { tool: 'turbo', has: 'Cyclic dependency detected', kind: 'config', more: 3 },
  {
    tool: 'turbo',
    has: ' depends on itself',
    pattern: /^\s*[x×] (?:(?<specifier>\S{1,200})#)?(?<symbol>[^\s#]{1,100}) depends on itself$/,
    kind: 'config',
    also: () => ({ file: 'turbo.json' }),
  },
  {
    tool: 'turbo',
    has: 'Could not find turbo.json',
    kind: 'config',
    also: () => ({ file: 'package.json', symbol: 'turbo.json' }),
  },
  {
    tool: 'turbo',
    has: 'Failed to add workspace "',
    pattern: /Failed to add workspace "(?<symbol>[^"]{1,200})" from "(?<file>[^"]{1,300})"/,
    kind: 'config',
    more: 3,
  },
  {
    tool: 'turbo',
    has: 'Unable to read repository configuration ',
    pattern: /Unable to read repository configuration (?<file>\S{1,300}turbo\.jsonc?):?/,
    kind: 'json',
    more: 6,
  },
  {
    tool: 'turbo',
    has: 'Lockfile not found at ',
    when: isNoWarning,
    pattern: /Lockfile not found at (?<file>\S{1,300})/,
    kind: 'lockfile',
  },
  {
    // Command lines that the parser of Rust’s programs refuses: https://docs.rs/clap
    tool: 'shell',
    has: "unexpected argument '",
    pattern: /^\s{0,2}(?:ERROR|error:)\s{1,3}unexpected argument '(?<symbol>[^']{1,100})' found/,
    kind: 'config',
    also: () => ({ file: 'package.json' }),
  },
  {
    tool: 'nx',
    has: ' NX ',
    pattern:
      /^\s{1,3}NX\s{1,4}(?:(?:Cannot|Could not) find project ['"](?<symbol>[^'"]{1,200})['"]|The following projects are defined in multiple locations|The projects in the following directories have no name|The current directory isn't part of an Nx workspace|(?:Required property |Property )?'(?<specifier>[\w.]{1,80})' (?:is required|does not match the schema))/,
    kind: 'config',
    more: 1,
  },
  {
    tool: 'nx',
    has: ' NX ',
    pattern:
      /^\s{1,3}NX\s{1,4}(?:Could not find Nx modules|Project graph validation failed|Failed to process project graph|Failed to load \d{1,3} Nx plugin)/,
    kind: 'config',
    role: 'symptom',
    more: 3,
  },
  {
    tool: 'nx',
    has: 'The projects in the following directories have the same name: "',
    pattern: /have the same name: "(?<symbol>[^"]{1,200})"/,
    kind: 'config',
    more: 4,
    also: (lines, at) => {
      const directory = /^\s*- (\S{1,300})$/.exec(textAt(lines, at + 1))?.[1];
      return directory === undefined ? {} : { file: `${directory}/project.json` };
    },
  },
  {
    tool: 'lerna',
    has: 'lerna ERR! ENOLERNA',
    kind: 'config',
    also: () => ({ file: 'lerna.json' }),
  },
  {
    tool: 'lerna',
    has: 'lerna ERR! ',
    pattern: /lerna ERR! (?<code>EFILTER|EWORKSPACES|ECYCLE|ENOPKG|EUSEWORKSPACES|ECONFIGWORKSPACES) /,
    kind: 'config',
    also: (_lines, _at, { code }) => ({ file: code === 'ECONFIGWORKSPACES' ? 'lerna.json' : 'package.json' }),
  },
  {
    tool: 'lerna',
    has: 'lerna ERR! ',
    pattern:
      /lerna ERR! (?:lerna Unknown command "(?<symbol>[\w-]{1,40})"|The "(?<specifier>[\w-]{1,40})" command was removed)/,
    kind: 'config',
    also: () => ({ file: 'package.json' }),
  },
  {
    tool: 'nx',
    has: 'Could not execute command because the ',
    pattern: /Could not execute command because the (?:task|project) graph has a circular dependency/,
    kind: 'config',
    also: (lines, at) => ({
      message: [textAt(lines, at).trim(), ...findCircle(lines, at)].join('\n').replace(/^NX\s+/, ''),
    }),
  },
  {
    // Nx names what its parser of JSON missed: https://github.com/microsoft/node-jsonc-parser
    tool: 'nx',
    has: 'Expected in ',
    pattern:
      /^(?:\s{0,3}NX\s{1,4})?(?:PropertyName|Value|Colon|Comma|CloseBrace|CloseBracket|EndOfFile)Expected in (?<file>\S{1,300}\.json) at (?<line>\d{1,7}):(?<column>\d{1,7})$/,
    kind: 'json',
  },
  {
    tool: 'nx',
    has: 'Invalid',
    pattern:
      /^(?:\s{0,3}NX\s{1,4})?Invalid(?:Symbol|NumberFormat|CommentToken|Unicode|EscapeCharacter|Character) in (?<file>\S{1,300}\.json) at (?<line>\d{1,7}):(?<column>\d{1,7})$/,
    kind: 'json',
  },
  {
    tool: 'nx',
    has: 'Cannot find configuration for task',
    pattern: /configuration for task (?<symbol>\S{1,200})/,
    kind: 'script-missing',
  },
];

/** `a:build --> b:build --> a:build`, below a blank line. */
function findCircle(lines: LineStream, at: number): string[] {
  return lines.texts.slice(at + 1, at + 4).filter((text) => text.includes(' --> '));
}
