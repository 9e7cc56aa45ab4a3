import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { namesOf } from '../syntax/names.js';
import type { ParsedSource } from '../syntax/parse.js';
import { replaceRanges, wholeLines } from '../syntax/source-text.js';

const NOT_WITH_RUNES = /`\$:` is not allowed in runes mode/;

/**
 * `$: total = price * count` in a component of Svelte that uses runes: `$derived`, as the compiler says. Only where every `$:` of
 * the file computes a value that nothing else assigns; one that does something is for a person to place in an `$effect`.
 */
export const legacyReactive: Rule = {
  name: 'legacy-reactive',
  async propose(error, workspace) {
    const { file } = error;
    const text = file?.endsWith('.svelte') && NOT_WITH_RUNES.test(error.message) ? workspace.read(file) : undefined;
    if (file === undefined || text === undefined) return undefined;
    const source = await workspace.parse(file, text);
    const reactive = source.program.body.filter((node) => node.type === 'LabeledStatement' && node.label.name === '$');
    const edits = reactive.map((node) => asDerived(node, source, text));
    if (source.errors.length > 0 || edits.length === 0 || edits.some((edit) => edit === undefined)) return undefined;
    const repaired = replaceRanges(
      text,
      edits.flatMap((edit) => edit ?? []),
    );
    if ((await countParseErrors(file, repaired)) > 0) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `${file} uses runes, with which Svelte takes no \`$:\`.`,
      change: 'Derives the same values with `$derived`, as the compiler says.',
    };
  },
};

function asDerived(node: ParsedSource['program']['body'][number], { program }: ParsedSource, text: string) {
  const statement = node.type === 'LabeledStatement' ? node.body : undefined;
  const assignment = statement?.type === 'ExpressionStatement' ? statement.expression : undefined;
  if (assignment?.type !== 'AssignmentExpression' || assignment.operator !== '=') return undefined;
  const { left, right } = assignment;
  if (left.type !== 'Identifier' || readsPlain(program, text, right)) return undefined;
  const { name } = left;
  const before = program.body.filter(
    (other) =>
      other.type === 'VariableDeclaration' &&
      other.declarations.some(({ id }) => id.type === 'Identifier' && id.name === name),
  );
  const [declaration, another] = before;
  if (another || isAssigned(text, name, left.start)) return undefined;
  const only = declaration?.type === 'VariableDeclaration' ? declaration.declarations : [];
  if (only.length > 1 || only.some(({ init }) => init)) return undefined;
  const [declared] = only;
  const type = declared?.id.type === 'Identifier' ? declared.id.typeAnnotation : undefined;
  const written = namesOf(program).filter((use) => use.name === name && use.role === 'declaration');
  if (written.length > (declared ? 1 : 0)) return undefined;
  const annotation = type ? text.slice(type.start, type.end) : '';
  return [
    ...(declaration ? [{ ...wholeLines(text, declaration.start, declaration.end), text: '' }] : []),
    {
      start: node.start,
      end: node.end,
      text: `const ${name}${annotation} = $derived(${text.slice(right.start, right.end)});`,
    },
  ];
}

/** Whether the value is made of a variable that changes and is no state, of whose changes `$derived` is not told. */
function readsPlain(
  program: ParsedSource['program'],
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): boolean {
  const read = new Set(
    namesOf(program).flatMap((use) =>
      use.role === 'reference' && start <= use.start && use.end <= end ? use.name : [],
    ),
  );
  const variables = program.body.flatMap((node) =>
    node.type === 'VariableDeclaration' && node.kind === 'let' ? node.declarations : [],
  );
  return variables.some(({ id, init }) => {
    if (id.type !== 'Identifier' || !read.has(id.name)) return false;
    const isRune =
      init?.type === 'CallExpression' && /^\$(?:state|derived|props)\b/.test(text.slice(init.start, init.end));
    const isReactive = program.body.some(
      (node) =>
        node.type === 'LabeledStatement' &&
        node.body.type === 'ExpressionStatement' &&
        node.body.expression.type === 'AssignmentExpression' &&
        node.body.expression.left.type === 'Identifier' &&
        node.body.expression.left.name === id.name,
    );
    return !isRune && !isReactive && isAssigned(text, id.name, id.start);
  });
}

/** By another statement, or by what the template binds. */
function isAssigned(text: string, name: string, at: number): boolean {
  const escaped = name.replaceAll('$', '\\$');
  const uses = [
    ...text.matchAll(new RegExp(`(?<![\\w$.])${escaped}\\s*(?:[-+*/%&|^?]{0,2}=(?![=>])|\\+\\+|--)`, 'g')),
    ...text.matchAll(new RegExp(`(?:\\+\\+|--)${escaped}\\b|\\bbind:\\w+=\\{${escaped}\\b|\\bbind:${escaped}\\b`, 'g')),
  ];
  return uses.some(({ index }) => index !== at);
}
