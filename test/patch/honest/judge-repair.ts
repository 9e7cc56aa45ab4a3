import { gatherContext } from '../../../lib/context/gather.js';
import { withSettledClass } from '../../../lib/context/settle-class.js';
import type { FileChange } from '../../../lib/context/source.js';
import { readLogText } from '../../../lib/diagnosis/build-log.js';
import { diagnose } from '../../../lib/diagnosis/diagnose.js';
import type { Edit } from '../../../lib/patch/patch.js';
import { validatePatch } from '../../../lib/patch/validate-patch.js';
import { readTexts } from '../../context/texts-reader.js';

export interface Repair {
  /** What the build said, as its log has it. */
  readonly log: string;
  readonly files: Readonly<Record<string, string>>;
  readonly edits: readonly Edit[];
  readonly changes?: readonly FileChange[];
}

/** What the whole way from the log says of the repair: `valid`, or the rules and checks that hold it. */
export async function judgeRepair({ log, files, edits, changes }: Repair): Promise<string[]> {
  const rootDirectory = '';
  const raw = diagnose({ log: readLogText(log), rootDirectory });
  const source = readTexts(new Map(Object.entries(files)), { whole: true, ...(changes ? { changes } : {}) });
  const context = await gatherContext(raw, source, { rootDirectory });
  const patch = { repairer: 'gemini', edits, cause: '', change: '', confidence: 1, origin: [] } as const;
  const judged = await validatePatch({ patch, context, diagnosis: withSettledClass(raw, context.settled) });
  if (judged.outcome === 'valid') return ['valid'];
  return judged.outcome === 'refused'
    ? judged.violations.map(({ rule }) => rule)
    : judged.problems.map(({ check, message }) => `${check}: ${message}`);
}

export function buildLog(tool: string, said: string): string {
  return `Cloning github.com/example/site (Branch: main, Commit: 1a2b3c4)
Running "vercel build"
Running "npm run build"
> site@0.1.0 build
> ${tool}
${said}
Error: Command "npm run build" exited with 1
`;
}

export function nextLog(said: string): string {
  return buildLog('next build', `   ▲ Next.js 15.5.0\n   Creating an optimized production build ...\n${said}`);
}

export function typeErrorLog(place: string, message: string): string {
  return nextLog(
    `   Linting and checking validity of types ...\nFailed to compile.\n\n./${place}\nType error: ${message}\n`,
  );
}

export const NEXT_MANIFEST =
  '{\n  "name": "site",\n  "scripts": { "build": "next build" },\n  "dependencies": {\n    "next": "15.5.0",\n    "react": "19.1.0"\n  }\n}\n';
