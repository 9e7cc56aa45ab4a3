import { describe, expect, it } from 'vitest';
import { restrictedImport } from '../../../../lib/patch/suggestions/rules/restricted-import.js';
import { repairWith } from '../repository.js';

const tsconfig = '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }\n';
const restricted = (from: string, advice: string) => `'${from}' import is restricted from being used. ${advice}`;
const restrictedName = (name: string, from: string, advice: string) =>
  `'${name}' import from '${from}' is restricted. ${advice}`;

async function repair(message: string, text: string, files: Readonly<Record<string, string>>, file = 'src/ui/Bar.tsx') {
  const error = {
    tool: 'eslint',
    kind: 'lint' as const,
    code: 'no-restricted-imports',
    file,
    line: 1,
    column: 1,
    message,
  };
  return (
    await repairWith(restrictedImport, error, { files: { 'tsconfig.json': tsconfig, [file]: text, ...files } })
  )?.[file];
}

describe('an import that the repository forbids', () => {
  const i18n = {
    'src/i18n/navigation.ts':
      "import { createNavigation } from 'next-intl/navigation';\n\nexport const { Link, useRouter, usePathname } = createNavigation({});\nexport type Href = string;\n",
  };
  const advice = 'Please import from `@/i18n/navigation` instead.';
  const use = '\nexport const Bar = () => <Link href={useRouter().path} />;\n';

  it.each([
    [
      'a default by its name',
      restricted('next/link', advice),
      "import Link from 'next/link';\n",
      "import { Link } from '@/i18n/navigation';\n",
    ],
    [
      'all names',
      restricted('next/navigation', 'Do not use next/navigation, use "@/i18n/navigation".'),
      'import {\n  useRouter as routerOf,\n  usePathname,\n} from "next/navigation"\n',
      'import {\n  useRouter as routerOf,\n  usePathname,\n} from "@/i18n/navigation"\n',
    ],
    [
      'one of several',
      restrictedName('useRouter', 'next/navigation', advice),
      "import { useParams, useRouter } from 'next/navigation';\n",
      "import { useParams } from 'next/navigation';\nimport { useRouter } from '@/i18n/navigation';\n",
    ],
    [
      'to the others from there',
      restrictedName('useRouter', 'next/navigation', advice),
      "import { useRouter } from 'next/navigation';\nimport { Link } from '@/i18n/navigation';\n",
      "import { Link, useRouter } from '@/i18n/navigation';\n",
    ],
  ])('is taken from where its rules send: %s', async (_, message, before, after) => {
    expect(await repair(message, before + use, i18n)).toBe(after + use);
  });

  const router = "import { useRouter } from 'next/navigation';\n";
  it.each([
    ['the module has no such name', restricted('next/link', advice), "import Anchor from 'next/link';\n"],
    ['it has one as a type', restricted('next/link', advice), "import { Href } from 'next/link';\n"],
    ['all is taken', restricted('next/link', advice), "import * as Link from 'next/link';\n"],
    [
      'one of several is not there',
      restricted('next/navigation', advice),
      "import { useRouter, useParams } from 'next/navigation';\n",
    ],
    ['the words send nowhere', restricted('next/navigation', 'Ask the team.'), router],
    ['they name a package', restricted('next/navigation', "Use 'some-router/hooks' instead."), router],
    ['they name what may import it', restricted('next/navigation', 'Only @/i18n/navigation may import it.'), router],
    ['they forbid the other too', restricted('next/navigation', 'Do not use it outside of @/i18n/navigation.'), router],
    ['they name two', restricted('next/navigation', 'Use @/i18n/navigation, or use @/i18n/other.'), router],
    ['it is another rule', "Unexpected use of 'next/navigation'. Use @/i18n/navigation.", router],
  ])('has no answer where %s', async (_, message, before) => {
    const files = { ...i18n, 'src/i18n/other.ts': 'export const useRouter = 1;\n' };
    expect(await repair(message, before + use, files)).toBeUndefined();
  });

  it('stays in the module that others go through', async () => {
    const file = 'src/i18n/navigation.ts';
    expect(
      await repair(restricted('next/navigation', advice), "export { useRouter } from 'next/navigation';\n", {}, file),
    ).toBeUndefined();
  });

  it('stays where the module needs the server, or the file', async () => {
    const message = restricted('@/data/rows', 'Go through @/lib/rows.');
    const text = "'use client';\nimport { rows } from '@/data/rows';\n\nexport const Bar = () => rows.length;\n";
    const lib = (head: string) => ({
      'src/data/rows.ts': 'export const rows = [];\n',
      'src/lib/rows.ts': `${head}export const rows = [];\n`,
    });
    expect(await repair(message, text, lib(''))).toBe(text.replace('data', 'lib'));
    expect(await repair(message, text, lib("import 'server-only';\n"))).toBeUndefined();
    expect(await repair(message, text, lib("import { Bar } from '@/ui/Bar';\n"))).toBeUndefined();
  });
});

describe('data that a module answers with', () => {
  const message = restricted('@/data/crates.json', 'Go through @/lib/crates.');
  const lib = (body: string) => ({
    'src/data/crates.json': '[]\n',
    'src/lib/crates.ts': `import data from '@/data/crates.json';\n\nconst crates = data as Crate[];\n\n${body}\n`,
  });
  const all = 'export function allCrates(): Crate[] {\n  return crates;\n}\n';
  const head = "import crates from '@/data/crates.json';\n";

  it('is asked for', async () => {
    const others =
      'export const crateById = (id: string) => crates.find((crate) => crate.id === id);\nexport const few = () => crates.slice(1);\n';
    expect(
      await repair(
        message,
        `${head}\nexport const Bar = () => <b crates={1}>{crates.length}</b>;\n`,
        lib(all + others),
      ),
    ).toBe(
      "import { allCrates } from '@/lib/crates';\n\nexport const Bar = () => <b crates={1}>{allCrates().length}</b>;\n",
    );
    expect(await repair(message, `${head}\nuse(crates);\n`, lib('export const everything = () => data;'))).toBe(
      "import { everything } from '@/lib/crates';\n\nuse(everything());\n",
    );
  });

  it.each([
    ['two answer with it', 'use(crates);', `${all}export const list = () => crates;\n`],
    ['it answers with some', 'use(crates);', 'export const few = () => crates.slice(1);'],
    ['it answers with a copy', 'use(crates);', 'export const copy = () => [...crates];'],
    ['it is asked for something', 'use(crates);', 'export const some = (shade: string) => crates;'],
    ['it answers later', 'use(crates);', 'export async function later() {\n  return crates;\n}'],
    ['it does more', 'use(crates);', 'export function log() {\n  count();\n  return crates;\n}'],
    ['nobody can take it', 'use(crates);', 'function own() {\n  return crates;\n}'],
    ['the file has another of its name', 'const allCrates = 1;\nuse(crates);', all],
    ['another has the name of the data', 'const f = (crates) => crates.length;\nuse(crates);', all],
    ['a hook depends on it', 'useMemo(() => crates.length, [crates]);', all],
    ['its type is taken', 'type All = typeof crates;', all],
    ['it is handed on by its name', 'export { crates };', all],
  ])('is not where %s', async (_, body, code) => {
    expect(await repair(message, `${head}\n${body}\n`, lib(code))).toBeUndefined();
  });
});
