import type { BuildError } from '../../diagnosis/diagnosis.js';
import { countParseErrors } from './parses-better.js';
import type { Rule } from './rule.js';
import { findScripts } from './syntax/mask-markup.js';
import { isComponentFile, isScript, type ParsedSource } from './syntax/parse.js';
import { lineOf, offsetOf, type Replacement, replaceRanges } from './syntax/source-text.js';
import { type SyntaxNode, type Visit, walk } from './syntax/walk.js';
import type { Workspace } from './workspace.js';

export interface Source extends ParsedSource {
  readonly file: string;
  readonly text: string;
  readonly workspace: Workspace;
  /** Where the tool points. */
  readonly at: number;
}

/** A sentence of a compiler or a linter that leaves one thing to write. */
export interface Answer {
  readonly message: RegExp;
  /** Undefined where the text is not as the message says. */
  readonly edit: (source: Source, match: RegExpExecArray) => Replacement | readonly Replacement[] | undefined;
  /** For people: what the edit does. Absent: as the message asks, and nothing else. */
  readonly change?: string;
  /** Whether a parser may refuse what the message is about. */
  readonly ofSyntax?: boolean;
}

const AS_ASKED = 'Writes it as the message asks; the code does the same as before.';

/** A rule that answers errors by a table of sentences. */
export function ruleOfAnswers(name: string, answers: readonly Answer[]): Rule {
  return {
    name,
    async propose(error, workspace) {
      const { file } = error;
      const found = findAnswer(answers, error);
      const text = file === undefined || !found || !isScript(file) ? undefined : workspace.read(file);
      const at = text === undefined || error.line === undefined ? undefined : offsetOf(text, error.line, error.column);
      if (!found || file === undefined || text === undefined || at === undefined) return undefined;
      const { answer, match } = found;
      if (isComponentFile(file) && !findScripts(file, text).some(({ start, end }) => start <= at && at < end))
        return undefined;
      const parsed = await workspace.parse(file, text);
      if (parsed.errors.length > 0 && !answer.ofSyntax) return undefined;
      const edits = answer.edit({ ...parsed, file, text, workspace, at }, match);
      if (!edits) return undefined;
      const repaired = replaceRanges(text, 'start' in edits ? [edits] : edits);
      if (!answer.ofSyntax && (await countParseErrors(file, repaired)) > 0) return undefined;
      return {
        files: new Map([[file, repaired]]),
        cause: `${error.code ?? 'The compiler'} objects to ${file}, line ${lineOf(text, at)}.`,
        change: answer.change ?? AS_ASKED,
      };
    },
  };
}

function findAnswer(
  answers: readonly Answer[],
  { message }: BuildError,
): { answer: Answer; match: RegExpExecArray } | undefined {
  const [line = ''] = message.split('\n', 1);
  for (const answer of answers) {
    const match = answer.message.exec(line.trim());
    if (match) return { answer, match };
  }
  return undefined;
}

/** The innermost node of this type that begins at the place, with its parent. */
export function nodeAt({ program, at }: Source, isWanted: (visit: Visit) => boolean): Visit | undefined {
  let found: Visit | undefined;
  for (const visit of walk(program)) if (visit.node.start === at && isWanted(visit)) found = visit;
  return found;
}

/** The nodes around a place, innermost first. */
export function nodesAround({ program }: Pick<Source, 'program'>, at: number): SyntaxNode[] {
  const around: SyntaxNode[] = [];
  for (const { node } of walk(program)) if (node.start <= at && at < node.end) around.push(node);
  return around.reverse();
}

/** The only one of what is wanted that begins on the line; tools differ in the column. */
export function onlyOnLine<T extends { readonly start: number }>(
  { program, text, at }: Source,
  find: (visit: Visit) => T | undefined,
): T | undefined {
  const line = lineOf(text, at);
  const [only, another] = [...walk(program)].flatMap((visit) => {
    const found = find(visit);
    return found && lineOf(text, found.start) === line ? [found] : [];
  });
  return another === undefined ? only : undefined;
}
