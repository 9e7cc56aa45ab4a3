import type { BuildError, BuildLog, DeploymentFacts } from './diagnosis.js';

const toolNames: Readonly<Record<string, string>> = {
  typescript: 'TypeScript',
  next: 'Next.js',
  eslint: 'ESLint',
  swc: 'SWC',
  node: 'Node.js',
  vercel: 'Vercel',
  vite: 'Vite',
  astro: 'Astro',
  angular: 'Angular',
  prisma: 'Prisma',
  environment: 'Environment',
  network: 'Network',
  shell: 'Shell',
};

const maxSentence = 240;

/** One sentence for people: who says what, and where. */
export function summarise(error: BuildError | undefined, log: BuildLog, deployment: DeploymentFacts): string {
  if (error === undefined) {
    const last = deployment.errorMessage ?? findLast(log);
    return last === undefined
      ? 'The log says nothing of what failed.'
      : `No known failure in the log; it ends with: ${cut(last)}`;
  }
  const head = cut(error.message.split('\n', 1)[0] ?? error.message);
  const where = error.file ?? (error.route === undefined ? undefined : `page ${error.route}`);
  const line = error.file === undefined || error.line === undefined ? '' : `:${error.line}`;
  const times = error.count === undefined ? '' : ` (${error.count} times)`;
  return `${toolNames[error.tool] ?? error.tool}: ${head}${where === undefined ? '' : ` in ${where}${line}`}${times}`;
}

function findLast(log: BuildLog): string | undefined {
  for (let index = log.lines.length - 1; index >= 0; index--) {
    const text = log.lines[index]?.text.trim() ?? '';
    if (text !== '') return text;
  }
  return undefined;
}

function cut(text: string): string {
  return text.length <= maxSentence ? text : `${text.slice(0, maxSentence - 1)}…`;
}
