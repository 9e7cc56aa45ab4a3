import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { findUnorderedTasks } from '../../../context/build-order.js';
import { unresolvedSpecifierOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { insertJsonProperty } from '../syntax/insert-json-property.js';
import { manifestsOf, textsOf } from '../syntax/manifests-of.js';
import { packageNameOf } from '../syntax/resolve-specifier.js';

/**
 * A workspace package that is used as its build leaves it, and that Turborepo does not build before what imports it: the build
 * task waits for `^build`, https://turborepo.com/docs/reference/configuration#dependson.
 */
export const buildOrder: Rule = {
  name: 'build-order',
  async propose(error, workspace) {
    const name = packageNameOf(unresolvedSpecifierOf(error) ?? '.');
    const manifest = name === undefined ? undefined : manifestsOf(workspace).find((one) => one.name === name);
    if (manifest === undefined || workspace.partial) return undefined;
    const tree = new Set(workspace.tree);
    const config = findUnorderedTasks(manifest, {
      files: textsOf(workspace, (path) => /(?:^|\/)(?:turbo|nx)\.jsonc?$/.test(path)),
      index: { has: (path) => tree.has(path) },
      rootDirectory: workspace.rootDirectory,
    });
    const text = config === undefined ? undefined : workspace.read(config);
    if (config === undefined || text === undefined || !/turbo\.jsonc?$/.test(config)) return undefined;
    const repaired = waitForPackages(text);
    if (repaired === undefined) return undefined;
    return {
      files: new Map([[config, repaired]]),
      cause: `${config} lets packages be built before ${manifest.path.replace(/\/package\.json$/, '')}, which they import as it is built.`,
      change: 'Has each build wait for the builds of the packages that it depends on.',
    };
  },
};

function waitForPackages(text: string): string | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const group = ['tasks', 'pipeline'].find(
    (key) => root && findNodeAtLocation(root, [key, 'build'])?.type === 'object',
  );
  if (root === undefined || group === undefined) return undefined;
  const waits = findNodeAtLocation(root, [group, 'build', 'dependsOn']);
  if (waits === undefined)
    return insertJsonProperty(text, { path: [group, 'build'], name: 'dependsOn', value: '["^build"]', sorted: false });
  if (waits.type !== 'array') return undefined;
  const at = waits.offset + 1;
  return `${text.slice(0, at)}"^build"${waits.children?.length ? ', ' : ''}${text.slice(at)}`;
}
