import type { BuildError } from '../../../diagnosis/diagnosis.js';
import type { Rule } from '../rule.js';
import { addImport } from '../syntax/add-import.js';
import { importsOf } from '../syntax/imports.js';
import { isDeclared, namesOf } from '../syntax/names.js';
import { offsetOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import { walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

/** The type of an entry of the content layer, as the compiler prints it. */
const NO_FIELD = /Property '(render|slug)' does not exist on type '\{ id: string; (?:body|filePath|collection)\b/;
const NO_METHOD = /(?<![\w$.])([\w$]{1,80})\.render is not a function/;

/**
 * `entry.render()` and `entry.slug` of Astro's collections before version 5: `render(entry)` and `entry.id`,
 * https://docs.astro.build/en/guides/upgrade-to/v5/#updating-existing-collections.
 */
export const contentEntry: Rule = {
  name: 'content-entry',
  async propose(error, workspace) {
    const field = NO_FIELD.exec(error.message)?.[1] ?? (NO_METHOD.test(error.message) ? 'render' : undefined);
    const file = field === undefined ? undefined : fileOf(error, workspace);
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined) return undefined;
    const repaired = field === 'slug' ? takeId(error, workspace, text) : await callRender(workspace, file, text);
    if (repaired === undefined) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `${file} asks an entry of a collection for \`${field}\`, which entries have no more.`,
      change: `Takes \`${field === 'slug' ? 'id' : 'render(entry)'}\`, as the upgrade guide of Astro says.`,
    };
  },
};

/** What fails while it is rendered names no file: the only one that calls the method of a variable of this name. */
function fileOf({ file, message }: BuildError, workspace: Workspace): string | undefined {
  if (file !== undefined) return file.endsWith('.astro') ? file : undefined;
  const call = `${NO_METHOD.exec(message)?.[1]}.render()`;
  const [only, another] = workspace.paths.filter(
    (path) =>
      path.endsWith('.astro') &&
      workspace.read(path)?.includes(call) &&
      workspace.read(path)?.includes('astro:content'),
  );
  return another === undefined ? only : undefined;
}

/** Not where a schema has a field of that name, which may be meant. */
function takeId({ line, column }: BuildError, workspace: Workspace, text: string): string | undefined {
  const hasField = workspace.paths.some(
    (path) => /(?:^|\/)content(?:\/|\.)config\.[cm]?[jt]s$/.test(path) && /\bslug\s*:/.test(workspace.read(path) ?? ''),
  );
  const at = line === undefined || column === undefined ? undefined : offsetOf(text, line, column);
  if (hasField || at === undefined || !/^slug(?![\w$])/.test(text.slice(at, at + 5)) || text[at - 1] !== '.')
    return undefined;
  return replaceRanges(text, [{ start: at, end: at + 'slug'.length, text: 'id' }]);
}

async function callRender(workspace: Workspace, file: string, text: string): Promise<string | undefined> {
  const { program } = await workspace.parse(file, text);
  const imports = importsOf(program);
  const imported = new Set(imports.map(({ local }) => local));
  if (!imports.some(({ specifier }) => specifier === 'astro:content')) return undefined;
  const edits = [...walk(program)].flatMap(({ node, parent }): Replacement[] => {
    const callee = node.type === 'CallExpression' && node.arguments.length === 0 ? node.callee : undefined;
    const isRender =
      callee?.type === 'MemberExpression' && callee.property.type === 'Identifier' && callee.property.name === 'render';
    if (!isRender || callee.object.type !== 'Identifier' || imported.has(callee.object.name)) return [];
    // It answered with a promise.
    if (parent?.type !== 'AwaitExpression' && parent?.type !== 'ArrowFunctionExpression') return [];
    return [{ start: node.start, end: node.end, text: `render(${callee.object.name})` }];
  });
  if (edits.length === 0 || isDeclared(namesOf(program), 'render')) return undefined;
  const edited = replaceRanges(text, edits);
  return addImport(file, edited, (await workspace.parse(file, edited)).program, {
    name: 'render',
    isDefault: false,
    isType: false,
    specifier: 'astro:content',
  });
}
