/** Lines of several packages in one log, told apart by the prefix that their task runner sets before each. */

export interface TaskLine {
  /** The package's name, or its folder with a trailing slash where the runner prints that. */
  readonly package: string;
  readonly text: string;
}

/** Turborepo: `@scope/app:build: text`; `//` is the root. */
const turbo = /^(\/\/|@?[\w.-]+(?:\/[\w.-]+)?):([a-zA-Z][\w:-]*): ?/;
/** pnpm -r: `packages/ui build: text`, `packages/ui build$ tsc`; `error TS5083: text` is a compiler's, `Type error: text` that of Next.js. */
const pnpmRecursive =
  /^(?!(?:error|warning|fatal) |\w{1,20} [Ee]rror: )((?:[\w@.-]+\/)*[\w@.-]+) ([a-zA-Z][\w:-]*)(?:: |\$ |:$)/;
/** Yarn workspaces foreach: `[@scope/app]: text`; lerna --stream: `@scope/app: text`. */
const yarnForeach = /^➤? ?\[(@?[\w.-]+(?:\/[\w.-]+)?)\]: ?/;
const lerna = /^(@[\w.-]+\/[\w.-]+): /;

/** concurrently: `[0] text`, `[lint] text`. */
const concurrent = /^\[([\w:.-]{1,40})\] /;

type Runner = (row: string) => TaskLine | undefined;

/** What scripts are called whose lines a log of a build holds. */
const task = String.raw`[\w:-]{0,40}(?:build|bundle|compile|generate|codegen|types|check|lint|test)[\w:-]{0,40}`;

interface TaskRunner {
  readonly announces: (row: string) => boolean;
  /** The prefix of a line, for a log that is cut where the runner said what it would do. */
  readonly prefix?: RegExp;
  readonly split: Runner;
}

const runners: readonly TaskRunner[] = [
  {
    announces: (row) =>
      row.includes('Packages in scope:') || row.includes('turbo run ') || row.startsWith('• Running '),
    prefix: new RegExp(String.raw`^(?:\/\/|@?[\w.-]{1,80}(?:\/[\w.-]{1,80})?):${task}: `),
    split: (row) => splitBy(turbo, row),
  },
  {
    announces: (row) => row.startsWith('Scope: ') && row.includes('workspace projects'),
    prefix: new RegExp(String.raw`^(?:[\w@.-]{1,80}\/){1,6}[\w@.-]{1,80} ${task}: `),
    split: (row) => {
      const match = pnpmRecursive.exec(row);
      if (match?.[1] === undefined || !row.startsWith(match[1])) return undefined;
      return { package: `${match[1]}/`, text: row.slice(match[0].length) };
    },
  },
  {
    announces: (row) =>
      row.includes('workspaces foreach') || /^➤? ?\[@?[\w./-]+\]: Process (?:started|exited)/.test(row),
    split: (row) => splitBy(yarnForeach, row),
  },
  {
    announces: (row) => row.includes(' exited with code ') && concurrent.test(row),
    split: (row) => splitBy(concurrent, row),
  },
  { announces: (row) => row.startsWith('lerna notice '), split: (row) => splitBy(lerna, row) },
];

function splitBy(pattern: RegExp, row: string): TaskLine | undefined {
  const match = pattern.exec(row);
  return match?.[1] === undefined ? undefined : { package: match[1], text: row.slice(match[0].length) };
}

/** So many lines under one prefix are no accident. */
const FEWEST_LINES = 3;

function isPrefixed(prefix: RegExp, rows: readonly string[]): boolean {
  const counts = new Map<string, number>();
  return rows.some((row) => {
    const found = prefix.exec(row)?.[0];
    if (found === undefined) return false;
    const count = (counts.get(found) ?? 0) + 1;
    counts.set(found, count);
    return count === FEWEST_LINES;
  });
}

/** The splitter for a log whose runners say or show that they prefix lines; undefined for an ordinary log. */
export function findTaskSplitter(rows: readonly string[]): Runner | undefined {
  // pnpm announces its workspace at the installation as well; another runner may then run the tasks.
  const announced = runners.filter(
    ({ announces, prefix }) => rows.some(announces) || (prefix !== undefined && isPrefixed(prefix, rows)),
  );
  if (announced.length === 0) return undefined;
  return (row) => {
    for (const runner of announced) {
      const task = runner.split(row);
      if (task !== undefined) return task;
    }
    return undefined;
  };
}
