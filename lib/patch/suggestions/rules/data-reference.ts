import { listRenames } from '../renames-in-diff.js';
import type { Rule } from '../rule.js';
import { type DataNode, dataOf, readData, walkData } from '../syntax/data-document.js';
import { formerText } from '../syntax/former-text.js';
import { directoryOf, joinPath } from '../syntax/resolve-specifier.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

/** What readers of JSON Schema and OpenAPI say of a reference that leads nowhere. */
const SAYS_LOST =
  /\$ref|\bToken "[^"]+" does not exist|\bMissingPointerError\b|\b(?:resolve|invalid|missing|unresolved|dangling)\b.{0,40}\b(?:reference|pointer)\b|\breference\b.{0,80}\b(?:not found|does not exist|unresolved)\b/i;

/**
 * A `$ref` of a description of JSON or YAML to a part of a document that got another name in the diff since the last READY
 * deployment: every reference to it that leads nowhere follows.
 */
export const dataReference: Rule = {
  name: 'data-reference',
  async propose(error, workspace) {
    if (!SAYS_LOST.test(error.message) || workspace.partial) return undefined;
    const targets = new Map<string, DataNode>();
    const formers = new Map<string, DataNode>();
    for (const change of workspace.changes) {
      const { path } = change;
      const data = /\.(?:json|ya?ml)$/.test(path) ? await dataOf(workspace, path) : undefined;
      if (data) targets.set(path, data);
      const former = data ? formerText(workspace.read(path) ?? '', change) : undefined;
      const before = former === undefined ? undefined : await readData(path, former);
      if (before) formers.set(path, before);
    }
    const files = new Map<string, string>();
    const answers = new Set<string>();
    let place: string | undefined;
    for (const path of targets.size === 0 ? [] : workspace.paths) {
      const text = /\.(?:json|ya?ml)$/.test(path) ? workspace.read(path) : undefined;
      const data = text?.includes('$ref') ? await dataOf(workspace, path) : undefined;
      if (text === undefined || !data) continue;
      const edits = referencesIn(data).flatMap(({ start, end, value }): Replacement[] => {
        const [file = '', pointer] = value.split('#');
        const target = file === '' ? path : joinPath(directoryOf(path), file);
        const parts = target === undefined ? undefined : targets.get(target);
        if (target === undefined || pointer === undefined || !parts || text.slice(start, end) !== value) return [];
        const now = newPointer(workspace, { target, parts, pointer });
        // What was there beside it is another part.
        const old = formers.get(target);
        if (now === undefined || (old && leads(old, now))) return [];
        answers.add(`\`${value}\` is now \`${file}#${now}\``);
        return [{ start, end, text: `${file}#${now}` }];
      });
      const [first] = edits;
      if (!first) continue;
      files.set(path, replaceRanges(text, edits));
      place ??= `${path}, line ${lineOf(text, first.start)},`;
    }
    if (place === undefined) return undefined;
    return {
      files,
      cause: `${place} refers to a part that got another name since the last good deployment.`,
      change: `Refers to its new name: ${[...answers].join(', ')}.`,
    };
  },
};

function referencesIn(data: DataNode): { readonly start: number; readonly end: number; readonly value: string }[] {
  return [...walkData(data)].flatMap((node) =>
    node.kind !== 'map'
      ? []
      : node.entries.flatMap(({ key, value: { start, end, ...node } }) =>
          key === '$ref' && node.kind === 'text' && typeof node.value === 'string'
            ? [{ start, end, value: node.value }]
            : [],
        ),
  );
}

interface Pointer {
  readonly target: string;
  readonly parts: DataNode;
  /** Such as `/components/schemas/Page`. */
  readonly pointer: string;
}

/** The pointer with the one key that the diff renamed; undefined where it leads somewhere, or the renaming is not the diff's. */
function newPointer(workspace: Workspace, { target, parts, pointer }: Pointer): string | undefined {
  if (leads(parts, pointer)) return undefined;
  const change = workspace.changes.find(({ path }) => path === target);
  const steps = pointer.split('/');
  const answers = new Set(
    (change ? listRenames(change, workspace) : []).flatMap(({ before, after }) =>
      steps.flatMap((step, index) => (step === before ? [steps.with(index, after).join('/')] : [])),
    ),
  );
  const [now, another] = answers;
  return now !== undefined && another === undefined && leads(parts, now) ? now : undefined;
}

function leads(parts: DataNode, pointer: string): boolean {
  let node: DataNode | undefined = parts;
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    node =
      node?.kind === 'map'
        ? node.entries.find((entry) => entry.key === key)?.value
        : node?.kind === 'list'
          ? node.items[Number(key)]
          : undefined;
  }
  return node !== undefined;
}
