import { findWrongProps, readDeclaredProps } from '../component-props.js';
import { extensionOf, folderOf, isSource } from '../readable-files.js';
import { joinPath } from '../repository-index.js';
import type { Survey } from '../survey.js';
import { suspectOpenSheets } from './open-sheets.js';
import type { Suspicion } from './suspicion.js';
import { suspectUndeclaredVariables } from './undeclared-variables.js';

/** More broken imports than this come from something that we cannot see, not from as many mistakes. */
const MOST_DEFECTS = 12;
/** Modules that the build itself writes, by their name: `./routeTree.gen`, `./.next/types/routes.d.ts`; names put together at run time. */
const BUILT = /\.(?:gen|generated)(?:\.\w{1,4})?$|(?:^|\/)\.[a-z][\w-]*\/|\$\{/;

/**
 * What is wrong in the files whatever the log says: many builds print their first error only, and the next one
 * comes after the repair.
 */
export function suspectStaticDefects(survey: Survey): Suspicion[] {
  const { graph, files } = survey;
  const broken: Suspicion[] = [
    ...listLostEntries(survey),
    ...listLostAssets(survey),
    ...listWrongProps(survey),
    ...suspectUndeclaredVariables(survey),
    ...suspectOpenSheets(survey),
  ];
  for (const { importer, declaration, resolution } of graph.edges) {
    if (
      !isSource(importer) ||
      BUILT.test(declaration.specifier) ||
      resolution.outcome === 'package' ||
      resolution.outcome === 'virtual'
    )
      continue;
    const exports = resolution.outcome === 'file' ? graph.listExports(resolution.path) : undefined;
    if (resolution.outcome === 'file') {
      const missing = exports && declaration.names.find(({ imported }) => imported !== '*' && !exports.has(imported));
      if (missing)
        broken.push({
          path: importer,
          weight: 0.35,
          reason: `imports ${missing.imported}, which ${resolution.path} does not export`,
        });
    } else if (resolution.outcome === 'wrong-case' || resolution.outcome === 'missing-file') {
      broken.push({ path: importer, weight: 0.3, reason: `imports ${declaration.specifier}, which is not there` });
    }
  }
  const conflicted = [...files]
    .filter(([, text]) => /^<{7} /m.test(text) && /^>{7} /m.test(text))
    .map(([path]) => ({ path, weight: 0.92, reason: 'holds merge conflict markers' }));
  return broken.length > MOST_DEFECTS ? conflicted : [...conflicted, ...broken];
}

/** Pages of a bundler whose script is not in the tree, neither beside them nor in the public folder. */
function listLostEntries({ files, index }: Survey): Suspicion[] {
  return [...files].flatMap(([path, text]) => {
    if (!path.endsWith('.html')) return [];
    const entry = /<script\b(?=[^<>]{0,300}\stype="module")[^<>]{0,300}?\ssrc="(\.?\/[^"<>]{1,200})"/.exec(text)?.[1];
    if (entry === undefined) return [];
    const isThere = ['', 'public'].some((folder) => index.has(joinPath(folderOf(path), folder, entry)));
    return isThere ? [] : [{ path, weight: 0.35, reason: `loads ${entry}, which is not there` }];
  });
}

/** What templates of components ask for by a path that leads to no file. */
function listLostAssets({ files, resolver }: Survey): Suspicion[] {
  return [...files].flatMap(([path, text]) => {
    if (extensionOf(path) !== 'vue') return [];
    const asked = [...text.matchAll(/\s(?:src|poster)="((?:@|~|\.{1,2})\/[\w@./-]{1,200}\.\w{2,5})"/g)];
    const lost = asked.find(([, asset = '']) => resolver.resolve(path, asset).outcome === 'missing-file')?.[1];
    return lost === undefined ? [] : [{ path, weight: 0.35, reason: `asks for ${lost}, which is not there` }];
  });
}

/** Elements that are not given what their component declares, where no type checker has spoken of all files of their package. */
function listWrongProps({ graph, files, errors, resolver }: Survey): Suspicion[] {
  // Next.js stops at the first type error, and prints it without the compiler's code.
  const checked = errors.filter(({ error }) => error.tool === 'typescript' && error.code !== undefined);
  const packageOf = (path: string) => resolver.findManifest(path)?.folder;
  const packages = new Set(checked.map(({ file }) => (file === undefined ? undefined : packageOf(file))));
  // An error without a place is of who knows which.
  if (checked.length > 0 && packages.has(undefined)) return [];
  return graph.edges.flatMap(({ importer, declaration, resolution }) => {
    if (extensionOf(importer) !== 'tsx' || resolution.outcome !== 'file' || extensionOf(resolution.path) !== 'tsx')
      return [];
    if (packages.has(packageOf(importer))) return [];
    const text = files.get(importer) ?? '';
    return declaration.names.flatMap(({ imported, local }) => {
      if (!text.includes(`<${local}`)) return [];
      const props = readDeclaredProps(files.get(resolution.path) ?? '', imported);
      const [wrong] = props === undefined ? [] : findWrongProps(text, local, props);
      if (wrong === undefined) return [];
      const reason =
        wrong.fault === 'missing'
          ? `gives ${local} no ${wrong.name}`
          : `gives ${local} ${wrong.name}, which it does not take`;
      return [{ path: importer, weight: 0.35, reason }];
    });
  });
}
