import { packageName } from '../resolve-import.js';
import type { Survey } from '../survey.js';
import { type SuspicionRule, suspectEach } from './suspicion.js';

const CYCLE = /circular dependency|cyclic dependency|dependency cycle/i;

/** Packages that wait for one another: whose declaration closes the circle, above all where no import needs it. */
export const suspectPackageCycle: SuspicionRule = ({ error, places }, survey) => {
  if (error.kind !== 'config' || places.length > 0 || !CYCLE.test(error.message)) return [];
  const inCircle = survey.manifests.filter(({ name }) => name !== undefined && speaksOf(error.message, name));
  const links = inCircle.flatMap(({ path, folder, dependencies }) =>
    inCircle
      .filter(({ name, path: other }) => other !== path && dependencies.has(name ?? ''))
      .map(({ name }) => ({ path, isUsed: imports(folder, name ?? '', survey) })),
  );
  return [
    ...suspectEach(
      links.filter(({ isUsed }) => !isUsed).map(({ path }) => path),
      0.9,
      'declares a package of the circle that it does not import',
    ),
    ...suspectEach(
      links.filter(({ isUsed }) => isUsed).map(({ path }) => path),
      0.5,
      'declares a package of the circle',
    ),
  ];
};

/** `@acme/price` is not meant by `@acme/price-list`. */
function speaksOf(message: string, name: string): boolean {
  const at = message.indexOf(name);
  return at >= 0 && !/[\w/-]/.test(message[at + name.length] ?? '');
}

function imports(folder: string, name: string, { graph }: Survey): boolean {
  return graph.edges.some(
    ({ importer, declaration }) => importer.startsWith(`${folder}/`) && packageName(declaration.specifier) === name,
  );
}
