import { findTwin } from '../distance.js';
import type { Rule } from '../rule.js';
import { type AngularClass, findAngularClasses, importClass, namesListed, ownerOf } from '../syntax/angular-classes.js';
import { replaceRanges } from '../syntax/source-text.js';
import { wordAt } from '../syntax/uses-at.js';

/** The pipes of `@angular/common`, all of which `CommonModule` brings as well. */
const COMMON_PIPES: Readonly<Record<string, string>> = {
  async: 'AsyncPipe',
  currency: 'CurrencyPipe',
  date: 'DatePipe',
  i18nPlural: 'I18nPluralPipe',
  i18nSelect: 'I18nSelectPipe',
  json: 'JsonPipe',
  keyvalue: 'KeyValuePipe',
  lowercase: 'LowerCasePipe',
  number: 'DecimalPipe',
  percent: 'PercentPipe',
  slice: 'SlicePipe',
  titlecase: 'TitleCasePipe',
  uppercase: 'UpperCasePipe',
};

/**
 * A pipe that Angular does not find: the one class of the repository that bears this name is imported by the component
 * whose template uses it, or the name of one that it does import is spelt nearly alike.
 */
export const angularPipe: Rule = {
  name: 'angular-pipe',
  async propose(error, workspace) {
    const name = /^No pipe found with name '([\w$]+)'/.exec(error.message)?.[1];
    const { file } = error;
    if (name === undefined || file === undefined) return undefined;
    const classes = await findAngularClasses(workspace);
    const owner = classes && ownerOf(classes, file);
    if (!classes || !owner) return undefined;
    const [bearer, another] = classes.filter(({ pipe }) => pipe === name);
    if (another) return undefined;
    const repaired = bearer && (await importClass(workspace, owner, bearer));
    if (bearer)
      return repaired === undefined
        ? undefined
        : {
            files: new Map([[owner.path, repaired]]),
            cause: `The template of ${owner.name} uses the pipe \`${name}\`, which ${owner.path} does not import.`,
            change: `Imports ${bearer.name}, the one pipe of this name.`,
          };

    const text = workspace.read(file);
    const place = text === undefined ? undefined : wordAt(text, name, error);
    const right = findTwin(name, [...Object.keys(COMMON_PIPES), ...classes.flatMap(({ pipe }) => pipe ?? [])]);
    if (text === undefined || !place || right === undefined || !isImported(right, owner, classes)) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, [{ ...place, text: right }])]]),
      cause: `\`${name}\` in ${file} is no pipe that Angular knows.`,
      change: `Writes \`${right}\`, a pipe that the template's component imports.`,
    };
  },
};

function isImported(name: string, owner: AngularClass, classes: readonly AngularClass[]): boolean {
  const listed = namesListed(owner);
  const bearer = classes.find(({ pipe }) => pipe === name)?.name ?? COMMON_PIPES[name];
  return (bearer !== undefined && listed.includes(bearer)) || (name in COMMON_PIPES && listed.includes('CommonModule'));
}
