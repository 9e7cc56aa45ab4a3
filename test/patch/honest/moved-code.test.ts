import { describe, expect, it } from 'vitest';
import { remove, swap, write } from '../hostile/hostile-case.js';
import { judgeRepair, NEXT_MANIFEST, nextLog, typeErrorLog } from './judge-repair.js';

const LOG = nextLog(`Failed to compile.

./lib/reports.ts
Module not found: Can't resolve 'fs'

https://nextjs.org/docs/messages/module-not-found

Import trace for requested module:
./components/ReportList.tsx
./app/page.tsx

> Build failed because of webpack errors`);

const TITLE_OF = `// eslint-disable-next-line @typescript-eslint/no-explicit-any
export const titleOf = (report: any, places: number) => {
  const parts = report.name.split('-');
  return parts.slice(0, places).join(' ').toUpperCase();
};
`;

const FILES = {
  'package.json': NEXT_MANIFEST,
  'lib/reports.ts': `import fs from 'fs';

export function readReports() {
  return fs.readdirSync('reports').map((name) => ({ name }));
}

${TITLE_OF}`,
  'components/ReportList.tsx': `'use client';

import { titleOf } from '../lib/reports';

export function ReportList({ reports }: { reports: { name: string }[] }) {
  return reports.map((report) => <p key={report.name}>{titleOf(report, 2)}</p>);
}
`,
  'app/page.tsx': `import { ReportList } from '../components/ReportList';
import { readReports } from '../lib/reports';

export default function Page() {
  return <ReportList reports={readReports()} />;
}
`,
};

function splitting(moved: string) {
  return judgeRepair({
    log: LOG,
    files: FILES,
    edits: [
      swap('lib/reports.ts', `\n${TITLE_OF}`, ''),
      write('lib/title-of.ts', moved),
      swap('components/ReportList.tsx', '../lib/reports', '../lib/title-of'),
    ],
  });
}

describe('an export that moves into another file', () => {
  it('moves with what silences its first line', async () => {
    expect(await splitting(TITLE_OF)).toEqual(['valid']);
  });

  it('may be written another way there', async () => {
    const moved = TITLE_OF.replace('export const titleOf = (', 'export function titleOf(')
      .replace('number) => {', 'number): string {')
      .replace('};', '}');

    expect(await splitting(moved.replace(/^[^\n]*\n/, '').replace(': any', ': { name: string }'))).toEqual(['valid']);
  });

  it.each([
    ['a stub', 'export const titleOf = (report: { name: string }, places: number) => report.name;\n'],
    [
      'a stub beside the old code',
      `function old(report: { name: string }, places: number) {
  const parts = report.name.split('-');
  return parts.slice(0, places).join(' ').toUpperCase();
}
export const titleOf = (report: { name: string }, places: number) => (places ? report.name : old(report, 2));
`,
    ],
    [
      'a stub whose types say the words',
      `type Words = { parts: 1; name: 1; split: '-'; slice: 0; places: 1; join: ' '; toUpperCase: 1; report: 1 };
export const titleOf = (report: { name: string; split?: Words['parts'] }, places: number): string => report.name;
`,
    ],
  ])('is dropped where what arrives is %s', async (_, moved) => {
    expect(await splitting(moved)).toEqual(['export-dropped']);
  });

  it('does not bring what silences other lines', async () => {
    const moved = TITLE_OF.replace('  const parts', '  // eslint-disable-next-line\n  const parts');

    expect(await splitting(moved)).toEqual(['lint-suppressed']);
    expect(await splitting(`/* eslint-disable */\n${TITLE_OF.replace(/^[^\n]*\n/, '')}`)).toEqual(['lint-suppressed']);
  });
});

describe('a file renamed to the case in which it is imported', () => {
  const log = nextLog(`Failed to compile.

./app/page.tsx
Module not found: Can't resolve '../components/Header'

https://nextjs.org/docs/messages/module-not-found

> Build failed because of webpack errors`);
  const header = 'export function Header() {\n  return <header>Site</header>;\n}\n';
  const files = {
    'package.json': NEXT_MANIFEST,
    'app/page.tsx':
      "import { Header } from '../components/Header';\n\nexport default function Page() {\n  return <Header />;\n}\n",
    'components/header.tsx': header,
  };

  it('is right', async () => {
    const edits = [remove('components/header.tsx'), write('components/Header.tsx', header)];

    expect(await judgeRepair({ log, files, edits })).toEqual(['valid']);
  });

  it('is refused where the old one stays, or the new one lost what it had', async () => {
    const emptied = header.replace(
      'export function Header() {\n  return <header>Site</header>;',
      'export const Header = () => {\n  return null;',
    );

    expect(await judgeRepair({ log, files, edits: [write('components/Header.tsx', header)] })).toContain(
      'case-collision',
    );
    expect(
      await judgeRepair({
        log,
        files,
        edits: [remove('components/header.tsx'), write('components/Header.tsx', emptied)],
      }),
    ).toEqual(['code-emptied']);
  });

  it('takes its folder along only as a whole', async () => {
    const edits = [
      remove('components/header.tsx'),
      write('Components/header.tsx', header),
      swap('app/page.tsx', '../components/Header', '../Components/header'),
    ];

    expect(await judgeRepair({ log, files, edits })).toEqual(['valid']);
    expect(
      await judgeRepair({ log, files: { ...files, 'components/footer.tsx': 'export const a = 1;\n' }, edits }),
    ).toContain('case-collision');
  });
});

describe('a patch of comments alone', () => {
  const files = {
    'package.json': NEXT_MANIFEST,
    'lib/tide.ts': '// @ts-expect-error the types were wrong\nexport const tide = 1;\n',
  };
  const log = typeErrorLog('lib/tide.ts:1:1', "Unused '@ts-expect-error' directive.");

  it('repairs what the compiler says of a directive', async () => {
    const edits = [swap('lib/tide.ts', '// @ts-expect-error the types were wrong\n', '')];

    expect(await judgeRepair({ log, files, edits })).toEqual(['valid']);
  });

  it('repairs nothing otherwise', async () => {
    const edits = [swap('lib/tide.ts', 'export const tide', '// The tide.\nexport const tide')];

    expect(await judgeRepair({ log, files, edits })).toEqual([expect.stringContaining('empty')]);
  });

  it('may not trade a directive for a wider one', async () => {
    const edits = [swap('lib/tide.ts', '// @ts-expect-error the types were wrong', '// @ts-nocheck')];

    expect(await judgeRepair({ log, files, edits })).toEqual(['type-check-suppressed']);
  });
});

describe('a member that a type has no more', () => {
  const joined = "export const line = (quote: Quote) => quote.days.join('-');\n";
  const kept = 'export const keep = async (quote: Quote) => {\n  await quote.days.save();\n};\n';
  const typed = (member: string, text: string) => ({
    log: typeErrorLog(
      'lib/line.ts:3:50',
      `Property '${member}' does not exist on type 'Days'.\n\n> 3 | ${text.split('\n')[0]}`,
    ),
    files: {
      'package.json': NEXT_MANIFEST,
      'lib/line.ts': `import type { Quote } from './quote';\n\n${text}`,
      'lib/quote.ts': 'export interface Quote {\n  days: { min: number; max: number };\n}\n',
    },
  });
  const swapIn = (from: string, to: string) => [swap('lib/line.ts', from, to)];

  it('may be made of the members that it has', async () => {
    const edits = swapIn("quote.days.join('-')", "String(quote.days.min) + '-' + quote.days.max");
    expect(await judgeRepair({ ...typed('join', joined), edits })).toEqual(['valid']);
  });

  it.each([
    ['for nothing', joined, 'join', "quote.days.join('-')", "''"],
    ['for the thing itself', joined, 'join', "quote.days.join('-')", 'String(quote.days)'],
    [
      'where it was called for its effect',
      kept,
      'save',
      'await quote.days.save();',
      'const sum = quote.days.min + quote.days.max;',
    ],
  ])('is not given up %s', async (_, text, member, from, to) => {
    expect(await judgeRepair({ ...typed(member, text), edits: swapIn(from, to) })).toContain('behaviour-deleted');
  });
});

describe('options of which a release made one', () => {
  const both = "{ required_error: t('name'), invalid_type_error: t('name') }";
  const judging = (options: string, from: string, to: string, unknown = 'required_error') =>
    judgeRepair({
      log: typeErrorLog(
        'lib/form.ts:6:21',
        `Object literal may only specify known properties, and '${unknown}' does not exist in type '$ZodStringParams'.`,
      ),
      files: {
        'package.json': NEXT_MANIFEST.replace('"react"', '"zod": "4.1.12",\n    "react"'),
        'lib/form.ts': `import { z } from 'zod';

type Translate = (key: string) => string;

export const formOf = (t: Translate) =>
  z.object({ name: z.string(${options}).min(3, t('short')) });
`,
      },
      edits: [swap('lib/form.ts', from, to)],
    });

  it('may be one where both said the same', async () => {
    expect(await judging(both, both, "{ error: t('name') }")).toEqual(['valid']);
    expect(await judging(both, both, "t('name')")).toEqual(['valid']);
    expect(await judging(both, both, "{ error: t('name') }", 'invalid_type_error')).toEqual(['valid']);
  });

  const different = both.replace("t('name') }", "t('type') }");
  it.each([
    ['nothing', both, both, ''],
    ['an empty message', both, both, "{ error: '' }"],
    ['one of two messages', different, different, "{ error: t('name') }"],
    ['one, and another message goes', both, `${both}).min(3, t('short')`, "{ error: t('name') }).min(3"],
    ['one, and another check goes', both, `${both}).min(3, t('short'))`, "{ error: t('name') }, t('short'))"],
  ])('may not become %s', async (_, options, from, to) => {
    expect(await judging(options, from, to)).toContain('behaviour-deleted');
  });

  it('are not known by their form alone', async () => {
    const others = both.replace('required_error', 'heigth').replace('invalid_type_error', 'width');
    expect(await judging(others, others, "{ height: t('name') }", 'heigth')).toContain('behaviour-deleted');
    expect(await judging(both, both, "{ error: t('name') }", 'mesage')).toContain('behaviour-deleted');
  });
});
