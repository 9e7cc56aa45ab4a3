import type { Builder, BuildJob, BuildOutcome } from './builder.js';
import { type GitHubAccess, readGitHub } from './checkout.js';

/** What a build ends with, told by a test. The first rule that fits a deployment decides. */
export interface RecordedResult {
  readonly sha?: string;
  /** A regular expression on the branch's name. */
  readonly branch?: string;
  /** A project's name. */
  readonly project?: string;
  /** Looks into the commit: a file's text has or lacks something; an absent file has the empty text. */
  readonly when?: { readonly path: string; readonly includes?: string; readonly lacks?: string };
  /** How many builds it decides; all unless told. */
  readonly times?: number;
  readonly result: BuildOutcome['result'];
  readonly log?: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly errorStep?: string;
  readonly errorLink?: string;
  readonly readyStateReason?: string;
  readonly delayMs?: number;
}

/** With the number of builds that it still decides. */
export interface CountedResult {
  readonly rule: RecordedResult;
  left: number;
}

export interface RecordedBuilder extends Builder {
  /** Rules are asked in the order in which they came. */
  addResult(result: RecordedResult): void;
  clearResults(): void;
  listResults(): readonly CountedResult[];
  setResults(results: readonly CountedResult[]): void;
}

/** Recorded logs stand for builds. A deployment that no rule fits stays BUILDING until one comes. */
export function createRecordedBuilder(github: GitHubAccess): RecordedBuilder {
  let rules: CountedResult[] = [];
  const waiting = new Set<() => void>();

  async function fits(
    rule: RecordedResult,
    { deployment }: BuildJob,
    texts: Map<string, Promise<string>>,
  ): Promise<boolean> {
    if (rule.sha !== undefined && rule.sha !== deployment.sha) return false;
    if (rule.project !== undefined && rule.project !== deployment.project.name) return false;
    if (rule.branch !== undefined && !new RegExp(rule.branch).test(deployment.ref)) return false;
    if (!rule.when) return true;
    const { path, includes, lacks } = rule.when;
    const reading = texts.get(path) ?? readText(github, deployment, path);
    texts.set(path, reading);
    const text = await reading;
    return (includes === undefined || text.includes(includes)) && (lacks === undefined || !text.includes(lacks));
  }

  async function decide(job: BuildJob): Promise<RecordedResult | undefined> {
    const texts = new Map<string, Promise<string>>();
    while (!job.signal.aborted) {
      const woken = new Promise<void>((resolve) => {
        waiting.add(resolve);
        job.signal.addEventListener('abort', () => resolve(), { once: true });
      });
      for (const one of rules) {
        if (one.left > 0 && (await fits(one.rule, job, texts))) {
          one.left -= 1;
          return one.rule;
        }
      }
      await woken;
    }
    return undefined;
  }

  return {
    async build(job) {
      const rule = await decide(job);
      if (!rule) return { result: 'CANCELED' };
      if (rule.delayMs) await new Promise((resolve) => setTimeout(resolve, rule.delayMs));
      for (const line of rule.log?.split('\n') ?? []) job.write('stdout', line);
      const { result, errorCode, errorMessage, errorStep, errorLink, readyStateReason } = rule;
      if (result === 'READY' || result === 'CANCELED') return { result };
      return {
        result,
        ...(result === 'ERROR'
          ? {
              errorCode: errorCode ?? 'BUILD_UTILS_SPAWN_1',
              errorMessage: errorMessage ?? 'Command "npm run build" exited with 1',
              errorStep: errorStep ?? 'buildStep',
            }
          : {}),
        ...(errorLink === undefined ? {} : { errorLink }),
        ...(readyStateReason === undefined ? {} : { readyStateReason }),
      };
    },
    addResult(rule) {
      rules.push({ rule, left: rule.times ?? Number.POSITIVE_INFINITY });
      for (const wake of waiting) wake();
      waiting.clear();
    },
    clearResults() {
      rules = [];
    },
    listResults: () => rules,
    setResults(results) {
      rules = [...results];
    },
    async close() {},
  };
}

async function readText(github: GitHubAccess, deployment: BuildJob['deployment'], path: string): Promise<string> {
  const { owner, repo, sha } = deployment;
  try {
    const file = await readGitHub<{ content?: string }>(github, `/repos/${owner}/${repo}/contents/${path}?ref=${sha}`);
    return Buffer.from(file.content ?? '', 'base64').toString();
  } catch {
    return '';
  }
}
