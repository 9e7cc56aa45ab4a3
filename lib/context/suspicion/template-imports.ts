import { findSimilar } from '../similar-names.js';
import type { Survey } from '../survey.js';
import { escapePattern } from '../word-pattern.js';
import { type SuspicionRule, suspectEach } from './suspicion.js';

/** https://angular.dev/api/common: what a standalone component imports before its template may use it. */
const OWN_PIPES = new Set(
  'async currency date decimal i18nPlural i18nSelect json keyvalue lowercase number percent slice titlecase uppercase'.split(
    ' ',
  ),
);
const OWN_DIRECTIVES =
  /^(?:ng(?:If|For|ForOf|Switch|SwitchCase|Class|Style|Model|TemplateOutlet|ComponentOutlet|Src)|form(?:Group|Control|Array)(?:Name)?|routerLink(?:Active)?|queryParams)$/;

/** Angular: a template uses what is there, and the class beside it, or the module that declares that class, does not import it. */
export const suspectTemplateImports: SuspicionRule = ({ error, file, trace }, survey) => {
  const used = readUse(error.message);
  if (file === undefined || used === undefined || !/\.(?:html|ts)$/.test(file)) return [];
  const beside = file.replace(/\.html$/, '.ts');
  const component = [...trace, beside].find((path) => survey.files.get(path)?.includes('@Component') === true);
  if (component === undefined || !isImportable(used, survey)) return [];
  const modules = findDeclaring(component, survey);
  return suspectEach(
    modules.length > 0 ? modules : [component],
    0.85,
    `does not import what its template uses: ${used.name}`,
  );
};

interface Use {
  readonly name: string;
  readonly as: 'pipe' | 'element' | 'property';
}

function readUse(message: string): Use | undefined {
  const pipe = /No pipe found with name '([^']{1,80})'/.exec(message)?.[1];
  if (pipe !== undefined) return { name: pipe, as: 'pipe' };
  const element = /'([\w-]{1,80})' is not a known element/.exec(message)?.[1];
  if (element !== undefined) return { name: element, as: 'element' };
  const property = /Can't bind to '([\w.-]{1,80})' since it isn't a known property/.exec(message)?.[1];
  return property === undefined ? undefined : { name: property, as: 'property' };
}

/** Whether the repository or Angular has it; a name that is nearly one of the repository's is misspelt. */
function isImportable({ name, as }: Use, { files }: Survey): boolean {
  if (as === 'property') return OWN_DIRECTIVES.test(name);
  if (as === 'pipe' && OWN_PIPES.has(name)) return true;
  const key = as === 'pipe' ? 'name' : 'selector';
  const declared = [...files.values()]
    .filter((text) => text.includes(as === 'pipe' ? '@Pipe' : '@Component'))
    .flatMap((text) => new RegExp(`\\b${key}:\\s{0,4}['"\`]([\\w-]{1,80})['"\`]`).exec(text)?.[1] ?? []);
  return declared.includes(name) || (findSimilar(name, declared) === undefined && /^(?:router|mat|cdk|ng)-/.test(name));
}

function findDeclaring(component: string, { files }: Survey): string[] {
  const name = /\bexport class (\w{1,80})/.exec(files.get(component) ?? '')?.[1];
  if (name === undefined) return [];
  const declares = new RegExp(`\\bdeclarations:\\s{0,4}\\[[^\\]]{0,2000}\\b${escapePattern(name)}\\b`);
  return [...files].filter(([, text]) => text.includes('@NgModule') && declares.test(text)).map(([path]) => path);
}
