import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deployLink } from '../../lib/flows/setup/import.js';
import { ESCALATION_REASONS } from '../../lib/incident/incident.js';
import { explainEscalation } from '../../lib/report/escalation-text.js';
import { IGNORE_TEXTS } from '../../lib/report/ignore-text.js';

const ROOT = resolve(import.meta.dirname, '../..');
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`),
].filter((path) => path.endsWith('.md'));

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

describe('every reason is documented as the program says it', () => {
  const page = read('docs/troubleshooting.md');
  const reasons = [
    ...ESCALATION_REASONS.map((reason) => ({ reason, ...explainEscalation(reason) })),
    ...Object.entries(IGNORE_TEXTS).map(([reason, text]) => ({ reason, ...text })),
  ];
  it.each(reasons)('$reason', ({ reason, title, remedy }) => {
    expect(page).toContain(`| \`${reason}\` | ${title} | ${remedy} |`);
  });
});

describe('the variables', () => {
  // Those that the platform sets by itself are no settings.
  const source = read('lib/config.ts');
  const names = [...source.matchAll(/'([A-Z][A-Z\d_]{3,})'|^ {2}([A-Z][A-Z\d_]+): /gm)].map(
    ([, quoted, key]) => quoted ?? key ?? '',
  );
  const known = new Set(names.filter((name) => !name.startsWith('VERCEL_PROJECT_')));
  const table =
    read('docs/configuration.md')
      .match(/^\| `.*$/gm)
      ?.join('\n') ?? '';
  const documented = new Set([...table.matchAll(/`([A-Z][A-Z\d_]{3,})`/g)].map(([, name = '']) => name));

  it.each([...known])('%s stands in docs/configuration.md', (name) => {
    expect([...documented]).toContain(name);
  });

  it('stand in .env.example, which setup reads to know what it may hand on', () => {
    const listed = read('.env.example').match(/^[A-Z][A-Z\d_]+(?==)/gm) ?? [];
    expect([...documented].filter((name) => !name.startsWith('KV_')).sort()).toEqual([...listed].sort());
  });

  it('that are documented are all read', () => {
    expect([...documented].filter((name) => !known.has(name))).toEqual([]);
  });
});

it('the button opens what setup prints for a repository', () => {
  const address = deployLink('https://github.com/YOUR-NAME/self-healing-pipeline');
  expect(read('README.md')).toContain(`(https://vercel.com/button)](${address})`);
});

describe.each(PAGES)('%s', (path) => {
  const text = read(path);

  it('links to what exists', () => {
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)"/g)) {
      if (target === '' || /^https?:/.test(target)) continue;
      const [file = '', anchor] = target.split('#');
      const file_ = file === '' ? path : join(dirname(path), file);
      expect(existsSync(join(ROOT, file_)), target).toBe(true);
      if (anchor !== undefined) expect(listAnchors(read(file_)), target).toContain(anchor);
    }
  });

  it('shows pictures of a reasonable size', () => {
    for (const [, image = ''] of text.matchAll(/(?:src|srcset)="([^"]+)"/g)) {
      const file = join(ROOT, dirname(path), image);
      expect(existsSync(file), image).toBe(true);
      expect(statSync(file).size, image).toBeLessThan(300_000);
    }
  });

  it('names only commands that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    for (const [, name = ''] of text.matchAll(/npm run (?:-s )?([\w:-]+)/g))
      expect(Object.keys(scripts)).toContain(name);
    for (const [, file = ''] of text.matchAll(/npx vitest run (\S+?)`/g))
      expect(existsSync(join(ROOT, file)), file).toBe(true);
    // In code, a path of ours is a claim as well.
    for (const [, file = ''] of text.matchAll(/`((?:lib|api|cli|test|sandbox)\/[\w./-]*)`/g))
      expect(existsSync(join(ROOT, file)), file).toBe(true);
  });
});

/** As GitHub makes them of headings. */
function listAnchors(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
