import type { TreeEntry } from '../../context/source.js';
import type { Edit } from '../patch.js';
import type { Finding, PathInput, PathRule } from './policy-rule.js';

/** Bidirectional controls, invisible characters and controls: a name that shows as another one. */
const UNSEEN_CHARACTERS = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2028\u2029]/u;

function eachPath(input: PathInput, judge: (path: string, edit: Edit) => string | undefined): Finding[] {
  const findings = new Map<string, Finding>();
  for (const edit of input.edits) {
    const message = judge(edit.path, edit);
    if (message !== undefined && !findings.has(edit.path)) findings.set(edit.path, { path: edit.path, message });
  }
  return [...findings.values()];
}

/** A segment as Windows, macOS and a decoder of percent escapes would see it. */
export function foldSegment(segment: string): string {
  return decodeLeniently(segment)
    .normalize('NFKC')
    .replace(new RegExp(UNSEEN_CHARACTERS, 'gu'), '')
    .replace(/[ .]+$/, '')
    .toLowerCase();
}

function decodeLeniently(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function isEscape(path: string): boolean {
  if (path === '' || path.length > 1024) return true;
  const seen = decodeLeniently(path).normalize('NFKC');
  if (/^[/~]|^[a-z]:|^\\|\\/i.test(seen)) return true;
  return seen
    .split('/')
    .some((segment) => segment.trim() === '' || /^\s*\.{1,2}\s*$/.test(segment) || segment.length > 255);
}

/** `.git` under every name that some file system takes for it: case, trailing dots, short names, streams. */
function isGitSegment(segment: string): boolean {
  const folded = foldSegment(segment).replace(/:.*$/, '');
  return folded === '.git' || /^git~\d+$/.test(folded) || folded === '.gitattributes';
}

function entryOn(path: string, entries: readonly TreeEntry[], mode: TreeEntry['mode']): TreeEntry | undefined {
  return entries.find((entry) => entry.mode === mode && (path === entry.path || path.startsWith(`${entry.path}/`)));
}

function foldPath(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

/**
 * A name in the tree, folder or file, that differs from the path's own beginning only by case or composition, and that
 * stays: a patch may rename a file, and the folder when nothing is left in it.
 */
function collision(path: string, input: PathInput): string | undefined {
  const depthOf = (text: string) => text.split('/').length;
  const segments = path.split('/');
  const deleted = new Set(input.edits.flatMap((edit) => (edit.kind === 'delete' ? edit.path : [])));
  for (const entry of input.context.tree.entries) {
    if (deleted.has(entry.path)) continue;
    const theirs = entry.path.split('/');
    for (let depth = 1; depth <= Math.min(segments.length, depthOf(entry.path)); depth += 1) {
      const own = segments.slice(0, depth).join('/');
      const other = theirs.slice(0, depth).join('/');
      if (own !== other && foldPath(own) === foldPath(other)) return other;
      if (own !== other) break;
    }
  }
  return undefined;
}

export const pathRules: readonly PathRule[] = [
  {
    name: 'path-escape',
    severity: 'refused',
    checkPaths: (input) =>
      eachPath(input, (path) =>
        isEscape(path) ? 'The path leads outside the repository, or is not a plain relative path.' : undefined,
      ),
  },
  {
    name: 'path-characters',
    severity: 'refused',
    checkPaths(input) {
      const known = new Set(input.context.tree.entries.map((entry) => entry.path));
      return eachPath(input, (path) => {
        if (UNSEEN_CHARACTERS.test(path)) return 'The path holds characters that cannot be seen.';
        if (!known.has(path) && path !== path.normalize('NFC')) return 'The path is not in composed Unicode.';
        return undefined;
      });
    },
  },
  {
    name: 'git-directory',
    severity: 'refused',
    checkPaths: (input) =>
      eachPath(input, (path) =>
        path.split(/[/\\]/).some(isGitSegment) ? "The path belongs to git's own files." : undefined,
      ),
  },
  {
    name: 'symlink',
    severity: 'refused',
    checkPaths: (input) =>
      eachPath(input, (path) => {
        const link = entryOn(path, input.context.tree.entries, '120000');
        return link && `${link.path} is a symbolic link.`;
      }),
  },
  {
    name: 'submodule',
    severity: 'refused',
    checkPaths: (input) =>
      eachPath(input, (path) => {
        if (foldSegment(path.split('/').at(-1) ?? '') === '.gitmodules') return 'The file declares submodules.';
        const submodule = entryOn(path, input.context.tree.entries, '160000');
        return submodule && `${submodule.path} is a submodule, another repository.`;
      }),
  },
  {
    name: 'case-collision',
    severity: 'refused',
    checkPaths: (input) =>
      eachPath(input, (path, edit) => {
        if (edit.kind !== 'create' || input.context.tree.entries.some((entry) => entry.path === path)) return undefined;
        const other = collision(path, input);
        return other && `The new path differs from ${other} only by case or composition.`;
      }),
  },
];
