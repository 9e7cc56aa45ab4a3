/** Recorded failing builds: a folder a case with `case.json` and `log.txt`, the apps that they break under `_apps`. */
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import * as v from 'valibot';
import { readJsonFile, UsageError } from './arguments.js';

const editSchema = v.object({
  path: v.string(),
  delete: v.optional(v.boolean()),
  renameTo: v.optional(v.string()),
  content: v.optional(v.string()),
  find: v.optional(v.string()),
  replace: v.optional(v.string()),
  all: v.optional(v.boolean()),
});

const caseSchema = v.object({
  id: v.string(),
  goodRef: v.optional(v.string()),
  rootDirectory: v.optional(v.string()),
  break: v.optional(v.array(editSchema)),
  expected: v.object({
    category: v.string(),
    faultFiles: v.optional(v.array(v.string())),
    alternativeFaultFiles: v.optional(v.array(v.array(v.string()))),
    errorFiles: v.optional(v.array(v.string())),
    fixable: v.optional(v.boolean()),
  }),
});

export type CorpusCase = v.InferOutput<typeof caseSchema>;

/** Folders below `directory` that hold a case, by name. */
export async function listCases(directory: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const folder = join(directory, entry.name);
    if ((await stat(join(folder, 'case.json')).catch(() => undefined))?.isFile() === true) found.push(folder);
  }
  if (found.length === 0) throw new UsageError(`${directory} holds no case`);
  return found.sort();
}

export async function readCase(folder: string): Promise<{ readonly spec: CorpusCase; readonly log: string }> {
  const parsed = v.safeParse(caseSchema, await readJsonFile(join(folder, 'case.json')));
  if (!parsed.success) throw new UsageError(`${join(folder, 'case.json')} does not describe a case`);
  const log = await readFile(join(folder, 'log.txt'), 'utf8').catch(() => undefined);
  if (log === undefined) throw new UsageError(`${join(folder, 'log.txt')} cannot be read`);
  return { spec: parsed.output, log };
}

/** Lays the broken tree out in a temporary folder for as long as `use` runs; undefined where the case has no app. */
export async function withBrokenTree<T>(
  folder: string,
  spec: CorpusCase,
  use: (trees: { readonly broken: string; readonly good: string } | undefined) => Promise<T>,
): Promise<T> {
  const good = spec.goodRef === undefined ? undefined : join(folder, '..', '_apps', spec.goodRef);
  if (good === undefined || (await stat(good).catch(() => undefined)) === undefined) return use(undefined);
  const broken = await mkdtemp(join(tmpdir(), 'diagnose-case-'));
  try {
    await cp(good, broken, { recursive: true });
    for (const edit of spec.break ?? []) await applyEdit(broken, edit);
    return await use({ broken, good });
  } finally {
    await rm(broken, { recursive: true, force: true });
  }
}

async function applyEdit(root: string, edit: v.InferOutput<typeof editSchema>): Promise<void> {
  const path = inside(root, edit.path);
  if (edit.delete === true) return rm(path, { recursive: true });
  if (edit.renameTo !== undefined) {
    const target = inside(root, edit.renameTo);
    await mkdir(dirname(target), { recursive: true });
    return rename(path, target);
  }
  if (edit.content !== undefined) {
    await mkdir(dirname(path), { recursive: true });
    return writeFile(path, edit.content);
  }
  const text = await readFile(path, 'utf8');
  const { find = '', replace = '' } = edit;
  if (find === '' || !text.includes(find)) throw new UsageError(`${edit.path} does not hold what the case replaces`);
  return writeFile(path, edit.all === true ? text.replaceAll(find, () => replace) : text.replace(find, () => replace));
}

function inside(root: string, path: string): string {
  const full = resolve(root, path);
  if (!full.startsWith(root + sep)) throw new UsageError(`${path} leads out of the case`);
  return full;
}
