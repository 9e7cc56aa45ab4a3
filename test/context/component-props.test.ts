import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findWrongProps, readDeclaredProps } from '../../lib/context/component-props.js';
import { gatherContext } from '../../lib/context/gather.js';
import type { BuildError } from '../../lib/diagnosis/diagnosis.js';
import { toolLibrary } from './failures/apps.js';
import { diagnosisOf } from './failures/failure.js';
import { readTexts } from './texts-reader.js';

describe('the props that a component declares', () => {
  test.each<[string, string, string, readonly string[], readonly string[]]>([
    ['in place', 'export function A({ a, b = 1 }: { a: string; b?: number }) {}', 'A', ['a'], ['a', 'b']],
    [
      'by an interface',
      'interface Props {\n  readonly a: string;\n  onPick?(id: string): void;\n}\nexport default function A(props: Props) {}',
      'default',
      ['a'],
      ['a', 'onPick'],
    ],
    [
      'by a type, in lines without an end',
      'type P = {\n  // what it shows\n  a:\n    | "x"\n    | "y"\n  b: (of: { c: 1 }) => void\n}\nexport const A = ({ a, b }: P) => null;',
      'A',
      ['a', 'b'],
      ['a', 'b'],
    ],
    ['read only', 'export function A({ a }: Readonly<{ a: string }>) {}', 'A', ['a'], ['a']],
    ['exported after all', 'const A = (props: { a: 1 }) => null;\nexport default A;', 'default', ['a'], ['a']],
  ])('%s', (_, text, name, required, all) => {
    const props = readDeclaredProps(text, name);

    expect(props && { required: [...props.required], all: [...props.all] }).toEqual({ required, all });
  });

  test.each([
    ['extended', 'interface P extends Q {\n  a: 1;\n}\nexport function A(props: P) {}'],
    ['joined with another type', 'type P = { a: 1 } & Q;\nexport function A(props: P) {}'],
    ['one of several', 'export function A(props: { a: 1 } | { b: 1 }) {}'],
    ['declared twice', 'interface P { a: 1 }\ninterface P { b: 1 }\nexport function A(props: P) {}'],
    ['open', 'export function A(props: { [name: string]: string }) {}'],
    ['imported', "import type { P } from './p';\nexport function A(props: P) {}"],
    ['generic', 'export function A<T>(props: P<T>) {}'],
    ['not told', 'export function A(props) {}'],
    ['not a component’s', 'export function a(props: { a: 1 }) {}'],
    ['of no such name', 'export function B(props: { a: 1 }) {}'],
  ])('are not known where they are %s', (_, text) => {
    expect(readDeclaredProps(text, text.includes('function a') ? 'a' : 'A')).toBeUndefined();
  });
});

describe('an element', () => {
  const props = { required: new Set(['day']), all: new Set(['day', 'tone']) };
  const wrong = (text: string) => findWrongProps(text, 'A', props).map(({ name, fault }) => `${fault} ${name}`);

  test.each<[string, readonly string[]]>([
    ['<A day={1} />', []],
    ['<A day="a > b" tone={x > 1 ? "}" : `{`} key={i} data-x="1">text</A>', []],
    ['<A\n  day={() => ({ a: 1 })}\n  tone\n/>', []],
    ['<A dya={1} />', ['unknown dya', 'missing day']],
    ['<A tone="x">text</A>', ['missing day']],
    ['<A {...rest} />', []],
    ['<A {...rest} dya={1} />', []],
    ['<B><A /></B>', ['missing day']],
    ['<AB />', []],
    ['f<A, B>(1)', []],
    ['// <A />', []],
    ['const text = "<A />"', []],
    ['<A day={1', []],
  ])('%j', (text, expected) => {
    expect(wrong(text)).toEqual(expected);
  });

  test('never throws', () => {
    const parts = fc.constantFrom(
      '<A',
      ' ',
      '{',
      '}',
      '=',
      '"',
      "'",
      '`',
      'day',
      '/>',
      '>',
      '\n',
      '...',
      '//',
      '(',
      ':',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('');
        expect(Array.isArray(wrong(text))).toBe(true);
        readDeclaredProps(`export function A({ ${text}`, 'A');
      }),
    );
  });
});

describe('a second fault that the build has not come to', () => {
  const broken = new Map<string, string>([
    ...Object.entries(toolLibrary),
    [
      'ui/tool-row.tsx',
      "import { DueBadge } from './due-badge';\n\nexport function ToolRow({ day }: { day: string }) {\n  return <DueBadge due={day} />;\n}\n",
    ],
    ['ui/due-badge.tsx', 'export function DueBadge({ day }: { day: string }) {\n  return <time>{day}</time>;\n}\n'],
  ]);
  const error = (tool: string, code?: string): BuildError => ({
    tool,
    ...(code === undefined ? {} : { code }),
    kind: 'module-not-found',
    message: "Module not found: Can't resolve './nowhere'",
    file: 'ui/tool-card.tsx',
    line: 1,
    specifier: './nowhere',
  });
  const reasonsOf = async (tool: string, code?: string) => {
    const { suspects } = await gatherContext(diagnosisOf([error(tool, code)]), readTexts(broken, { whole: true }), {
      rootDirectory: '',
    });
    return suspects.find(({ path }) => path === 'ui/tool-row.tsx')?.reasons ?? [];
  };

  test('is suspected behind the first', async () => {
    expect(await reasonsOf('webpack')).toContain('gives DueBadge due, which it does not take');
  });

  test('is none where the compiler has spoken of all files', async () => {
    expect(await reasonsOf('typescript', 'TS2307')).not.toContain('gives DueBadge due, which it does not take');
  });
});
