import type { Rule } from '../rule.js';
import { compareVersions, declaredRange, lowestOf, writeRanges } from '../syntax/declared-range.js';
import { mayBeInstalled, nearestManifest } from '../syntax/manifests-of.js';

/**
 * A package of which a tool does not take the version that is there, and says which one to install: package.json, which
 * declares another, asks for that.
 */
export const statedVersion: Rule = {
  name: 'stated-version',
  async propose(error, workspace) {
    const stated = statedIn(error.message);
    const manifest = stated && nearestManifest(workspace, error.file);
    const text = manifest === undefined ? undefined : workspace.read(manifest);
    if (!stated || manifest === undefined || text === undefined) return undefined;
    const { name, range } = stated;
    const declared = declaredRange(text, name);
    const wanted = lowestOf(range);
    if (!declared || !wanted || !mayBeInstalled(workspace, name, range)) return undefined;
    // Of one major, what is declared may let the version in that is wanted, and more before it.
    const isOther = declared.lowest[0] !== wanted[0] || compareVersions(declared.lowest, wanted) < 0;
    if (!isOther || declared.range === range) return undefined;
    return {
      files: new Map([[manifest, writeRanges(text, [[declared, range]])]]),
      cause: `${manifest} asks for \`${name}\` ${declared.range}, which ${error.tool} does not take.`,
      change: `Asks for ${range}, as its message says.`,
    };
  },
};

interface Stated {
  readonly name: string;
  readonly range: string;
}

/** `Please install typescript@^6`, `npm install --save-dev typescript@^6`, `yarn add -D eslint@8.57.1`. */
const COMMAND =
  /\b(?:[Ii]nstall|add|npm i)(?:\s{1,4}-{1,2}[\w-]{1,20}){0,4}\s{1,4}["'`]?(@?[a-z][\w./-]{0,200})@([~^]?\d[\w.-]{0,40})/g;
/** @angular/compiler-cli/src/typescript_support.ts */
const ANGULAR = /The Angular Compiler requires TypeScript >=(\d+\.\d+\.\d+) and <(\d+)\.(\d+)\.0 but /;

/** Undefined where it names two. */
function statedIn(message: string): Stated | undefined {
  const [, lowest, major, minor] = ANGULAR.exec(message) ?? [];
  if (lowest !== undefined) {
    const isWholeMajor = minor === '0' && Number(major) === Number.parseInt(lowest, 10) + 1;
    return { name: 'typescript', range: `${isWholeMajor ? '^' : '~'}${lowest}` };
  }
  const all = [...message.matchAll(COMMAND)].map(([, name = '', range = '']) => ({
    name,
    range: range.replace(/\.+$/, ''),
  }));
  const [first] = all;
  return first && all.every(({ name, range }) => name === first.name && range === first.range) ? first : undefined;
}
