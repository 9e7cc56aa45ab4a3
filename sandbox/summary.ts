import { REPAIR_BRANCHES, type SeenDeployment } from './observations.js';

export interface Stage {
  readonly name: string;
  readonly whose: 'builder' | 'ours' | 'person';
  readonly ms: number;
}

export interface Moments {
  readonly pushedAt: number;
  readonly verifiedAt: number | undefined;
  readonly mergedAt: number | undefined;
  readonly healedAt: number;
}

/**
 * Cuts the time from the broken push to the healed production into stages: while a deployment is queued or built it is
 * the builder's; from verified to merged the person's; all the rest is ours.
 */
export function cutIntoStages(deployments: readonly SeenDeployment[], moments: Moments): readonly Stage[] {
  const { pushedAt, verifiedAt, mergedAt, healedAt } = moments;
  const builds = deployments
    .filter(({ target, ref }) => target === 'production' || ref.startsWith(REPAIR_BRANCHES))
    .filter(({ createdAt, ready }) => createdAt >= pushedAt && ready !== undefined && ready <= healedAt)
    .sort((a, b) => a.createdAt - b.createdAt);
  const stages: Stage[] = [];
  let at = pushedAt;
  let previews = 0;

  function spend(until: number, name: string, whose: Stage['whose']): void {
    if (until > at) stages.push({ name, whose, ms: until - at });
    at = Math.max(at, until);
  }

  for (const [index, build] of builds.entries()) {
    const { createdAt, ready = createdAt, target, readyState } = build;
    if (verifiedAt !== undefined && mergedAt !== undefined && createdAt >= mergedAt - 1000 && at < mergedAt) {
      spend(verifiedAt, 'preview seen, verified', 'ours');
      spend(mergedAt, 'waiting for the merge', 'person');
    }
    const before =
      index === 0
        ? 'push seen by Vercel'
        : previews === 0
          ? 'detected, diagnosed, repaired'
          : 'refuted, repaired again';
    spend(
      createdAt,
      target === 'production' && index > 0 ? 'merge seen by Vercel' : before,
      index === 0 || target === 'production' ? 'builder' : 'ours',
    );
    if (target === null) previews += 1;
    const name = target === 'production' ? 'production build' : `preview build ${previews}`;
    spend(ready, `${name}: ${readyState}`, 'builder');
  }
  spend(healedAt, 'production seen, healed', 'ours');
  return stages;
}

export function renderSummary(stages: readonly Stage[]): readonly string[] {
  const width = Math.max(...stages.map(({ name }) => name.length));
  const sum = (whose?: Stage['whose']) =>
    stages.filter((stage) => whose === undefined || stage.whose === whose).reduce((total, { ms }) => total + ms, 0);
  const time = (ms: number) => `${(ms / 1000).toFixed(1)}s`.padStart(8);
  return [
    ...stages.map(({ name, whose, ms }) => `  ${name.padEnd(width)}  ${time(ms)}  ${whose}`),
    `  ${'from the broken push to healed'.padEnd(width)}  ${time(sum())}  builder ${time(sum('builder')).trim()}, ours ${time(sum('ours')).trim()}, merging ${time(sum('person')).trim()}`,
  ];
}
