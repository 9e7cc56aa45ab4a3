/** Where the checker's world is set up: declaration files and compiler options that an error about types asks for. */
import { asRecord, readManifests } from '../../context/manifests.js';
import { folderOf } from '../../context/readable-files.js';
import { joinPath } from '../../context/repository-index.js';
import { packageName } from '../../context/resolve-import.js';
import type { BuildError } from '../../diagnosis/diagnosis.js';
import type { ParsedFile } from '../syntax/parsed-file.js';
import { constantString, isSyntaxNode, keyName, type SyntaxNode, walk } from '../syntax/syntax-node.js';
import { isCompilerConfig } from './compiler-config.js';
import { diagnosisText, namesIdentifier } from './diagnosis-text.js';
import { countNodes } from './net-additions.js';
import type { ParsedChange, PolicyInput } from './policy-rule.js';

/** A declaration file that says what an error lacks: a kind of asset, a member of an interface, a package's own types. */
export function declaresMissing({ file, after }: ParsedChange, input: PolicyInput): boolean {
  if (!/\.d\.[cm]?ts$/.test(file.path) || !after || declaresGlobalValue(after)) return false;
  const refers = after.comments.some((comment) => isKnownReference(comment, input)) && isOfReferences(after);
  return input.diagnosis.errors.some(
    (error) => declaresAsset(after, error, input) || declaresMember(after, error) || (refers && lacksTypes(error)),
  );
}

/** Types of the environment may stand beside references; a type of its own is no bundler's. */
function isOfReferences(file: ParsedFile): boolean {
  return file.scripts.every(({ root }) =>
    (root.body as SyntaxNode[]).every(
      (node) =>
        (node.type === 'TSInterfaceDeclaration' && /^ImportMeta/.test(keyName(node.id, false) ?? '')) ||
        (node.type === 'TSModuleDeclaration' && constantString(node.id)?.startsWith('*.') === true) ||
        (node.type === 'ExportNamedDeclaration' && !isSyntaxNode(node.declaration)),
    ),
  );
}

/** A file that is there: one that is missing needs no type. */
function declaresAsset(
  file: ParsedFile,
  { kind, specifier, file: importer = '' }: BuildError,
  input: PolicyInput,
): boolean {
  if (kind !== 'module-not-found' || specifier === undefined) return false;
  const path = joinPath(folderOf(importer), specifier.replace(/\?\w{1,20}$/, ''));
  if (/^\.{1,2}\//.test(specifier) && !input.context.tree.entries.some((entry) => entry.path === path)) return false;
  const fits = (name: string | undefined) => name?.startsWith('*.') === true && specifier.endsWith(name.slice(1));
  return countNodes(file, (node) => node.type === 'TSModuleDeclaration' && fits(constantString(node.id))) > 0;
}

/** Not where the compiler takes the name for a slip of another one. */
function declaresMember(file: ParsedFile, { kind, symbol, suggestion }: BuildError): boolean {
  if (kind !== 'type' || symbol === undefined || suggestion !== undefined) return false;
  const isMember = (node: SyntaxNode) => node.type === 'TSPropertySignature' || node.type === 'TSMethodSignature';
  return countNodes(file, (node) => isMember(node) && keyName(node.key, node.computed) === symbol) > 0;
}

function lacksTypes({ kind, message, specifier = '' }: BuildError): boolean {
  if (kind === 'module-not-found') return /\.\w{2,5}(?:\?\w+)?$/.test(specifier);
  return kind === 'type' && /'ImportMeta|Cannot find name/.test(message);
}

function isKnownReference(comment: string, input: PolicyInput): boolean {
  const types = /^\/\s{0,4}<reference\s{1,4}types=["']([^"']{1,200})["']/.exec(comment)?.[1];
  return types !== undefined && isKnownPackage(types, input);
}

function isKnownPackage(specifier: string, { context }: PolicyInput): boolean {
  const name = packageName(specifier);
  return readManifests(context.files).some(
    ({ dependencies }) => dependencies.has(name) || dependencies.has(`@types/${name}`),
  );
}

/** A value that is only declared is there for nobody who looks for it. */
function declaresGlobalValue(file: ParsedFile): boolean {
  let found = false;
  for (const { root } of file.scripts)
    walk(root, (node) => {
      if (node.type !== 'TSModuleDeclaration' || !isSyntaxNode(node.id) || node.id.name !== 'global') return;
      const statements = isSyntaxNode(node.body) ? (node.body.body as SyntaxNode[]) : [];
      found ||= statements.some(({ type }) => /^(?:Variable|Class|TSEnum)Declaration$|Function/.test(type));
    });
  return found;
}

/** Compiler options that an error names, or packages whose types it lacks, in the configuration above its file. */
export function setsWhatIsNamed({ file, before, after }: ParsedChange, input: PolicyInput): boolean {
  if (!isCompilerConfig(file.path) || !before || !after) return false;
  const folder = folderOf(file.path);
  const isAbove = ({ file: path }: BuildError) =>
    path !== undefined && (folder === '' || path.startsWith(`${folder}/`));
  if (!input.diagnosis.errors.some(isAbove)) return false;
  const [old, now] = [asRecord(before.data), asRecord(after.data)];
  const changed = changedKeys(old, now);
  const options = changedKeys(asRecord(old.compilerOptions), asRecord(now.compilerOptions));
  return (
    changed.every((key) => key === 'compilerOptions') &&
    options.every((name) => isNamed(name, input) || (name === 'types' && addsKnownTypes(old, now, input)))
  );
}

function isNamed(option: string, { diagnosis }: PolicyInput): boolean {
  return namesIdentifier(diagnosis, option) || diagnosisText(diagnosis).includes(`'--${option}'`);
}

function addsKnownTypes(
  old: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
  input: PolicyInput,
): boolean {
  const typesOf = (config: Readonly<Record<string, unknown>>) =>
    [asRecord(config.compilerOptions).types].flat().filter((item): item is string => typeof item === 'string');
  const given = new Set(typesOf(old));
  const kept = new Set(typesOf(now));
  return (
    input.diagnosis.errors.some(({ kind }) => kind === 'type' || kind === 'module-not-found') &&
    [...given].every((name) => kept.has(name)) &&
    [...kept].every((name) => given.has(name) || isKnownPackage(name, input))
  );
}

function changedKeys(old: Readonly<Record<string, unknown>>, now: Readonly<Record<string, unknown>>): string[] {
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (key) => JSON.stringify(old[key]) !== JSON.stringify(now[key]),
  );
}
