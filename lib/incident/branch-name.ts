const PREFIX = 'fix/auto-repair-';

/** All branches of ours start like this. */
export const REPAIR_BRANCH_PREFIX = PREFIX;

/** The branch of a repair. `seconds` is the failing deployment's creation time, since the epoch. */
export function buildBranchName(seconds: number): string {
  return `${PREFIX}${seconds}`;
}

/** The seconds in a repair branch's name; undefined for any other branch. */
export function parseBranchName(name: string): number | undefined {
  if (!name.startsWith(PREFIX)) return undefined;
  const digits = name.slice(PREFIX.length);
  return /^\d{1,12}$/u.test(digits) ? Number(digits) : undefined;
}

/** The first name from the deployment's second on that nobody has taken. */
export function chooseBranchName(createdAtMs: number, taken: ReadonlySet<string>): string {
  let seconds = Math.floor(createdAtMs / 1000);
  while (taken.has(buildBranchName(seconds))) seconds += 1;
  return buildBranchName(seconds);
}
