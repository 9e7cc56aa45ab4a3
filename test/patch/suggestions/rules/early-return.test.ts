import { describe, expect, it } from 'vitest';
import { earlyReturn } from '../../../../lib/patch/suggestions/rules/early-return.js';
import { repairWith } from '../repository.js';

const message =
  'React Hook "useState" is called conditionally. React Hooks must be called in the exact same order in every component render. Did you accidentally call a React Hook after an early return?';
const component = (...statements: string[]) =>
  `export function Pile({ crates }: { crates?: Crate[] }) {\n${statements.map((line) => (line === '' ? '\n' : `  ${line}\n`)).join('')}\n  return <ul>{crates?.length}</ul>;\n}\n`;

async function repair(text: string, hook = 'useState') {
  const line = text.slice(0, text.lastIndexOf(hook)).split('\n').length;
  return (
    await repairWith(
      earlyReturn,
      { file: 'src/Pile.tsx', kind: 'lint', tool: 'eslint', line, message },
      { files: { 'src/Pile.tsx': text } },
    )
  )?.['src/Pile.tsx'];
}

describe('early-return', () => {
  it('goes behind the last hook', async () => {
    const guard = 'if (!crates) return <p>None</p>;';
    expect(
      await repair(component(guard, '', "const [open, setOpen] = useState('');", 'useEffect(() => setOpen(x), []);')),
    ).toBe(component("const [open, setOpen] = useState('');", 'useEffect(() => setOpen(x), []);', '', guard));
  });

  it.each([
    'This hook is being called conditionally, but all hooks must be called in the exact same order in every component render.',
    'Error: Hooks must always be called in a consistent order, and may not be called conditionally. See the Rules of Hooks (https://react.dev/warnings/invalid-hook-call-warning)',
  ])('in the words of others: %s', async (words) => {
    const [guard, hook] = ['if (!crates) return null;', 'const [open] = useState(1);'];
    const files = { 'src/Pile.tsx': component(guard, '', hook) };
    const error = { file: 'src/Pile.tsx', kind: 'lint' as const, line: 4, message: words };
    expect(await repairWith(earlyReturn, error, { files })).toEqual({ 'src/Pile.tsx': component(hook, '', guard) });
  });

  it('with all that return before it, where a hook reads what may be absent with care', async () => {
    const guards = ['if (!crates) return null;', 'if (crates.length === 0) { return <p>None</p>; }'];
    const hooks = [
      "const [first, setFirst] = useState(crates?.[0]?.id ?? '');",
      'const all = useMemo(() => 1, [crates]);',
    ];
    const [one = '', two = ''] = guards;
    expect(await repair(component(one, two, '', ...hooks), 'useMemo')).toBe(component(...hooks, '', one, '', two));
  });

  it('and where an empty list has what is asked of it', async () => {
    const guard = 'if (crates.length === 0) return null;';
    const hooks = [
      'const all = useMemo(() => crates.map((crate) => crate.id), [crates]);',
      "const [first] = useState(crates[0]?.id ?? '');",
      'const [sum] = useState(total(crates));',
    ];
    expect(await repair(component(guard, '', ...hooks))).toBe(component(...hooks, '', guard));
  });

  it.each([
    ['nothing is handed on', component('if (!crates) return null;', 'const [sum] = useState(total(crates));')],
    [
      'what was made of it is needed',
      component('if (!crates) return null;', 'const first = crates?.[0];', 'const [id] = useState(first.id);'),
    ],
    [
      'an empty list has no first',
      component('if (crates.length === 0) return null;', 'const [id] = useState(crates[0].id);'),
    ],
    [
      'a hook needs what the condition makes sure of',
      component('if (!crates) return null;', 'const [first] = useState(crates[0].id);'),
    ],
    [
      'a line on the way needs it',
      component('if (!crates) return null;', 'const first = crates.at(0);', 'const [open] = useState(first);'),
    ],
    [
      'a line takes it apart',
      component('if (!crates) return null;', 'const { id } = crates;', 'const [open] = useState(id);'),
    ],
    ['the condition calls the hook', component('if (crates) {', '  useState(1);', '}')],
    [
      'the condition does more than return',
      component('if (!crates) { report(); return null; }', 'const [open] = useState(1);'),
    ],
    ['no condition returns before it', component('const open = crates && useState(1);')],
  ])('has no answer where %s', async (_, text) => {
    expect(await repair(text)).toBeUndefined();
  });
});

describe('an effect behind the return', () => {
  const guard = 'if (isClosed) return null;';
  const lock = "document.body.style.overflow = 'hidden';";

  it('runs either way where it asks itself', async () => {
    const effect = `useEffect(() => { if (isClosed) return; ${lock} }, [isClosed]);`;
    expect(await repair(component(guard, effect), 'useEffect')).toBe(component(effect, '', guard));
  });

  it('does not where it acts on what is outside of the component', async () => {
    expect(await repair(component(guard, `useEffect(() => { ${lock} }, []);`), 'useEffect')).toBeUndefined();
    expect(await repair(component(guard, 'useEffect(() => connect(), []);'), 'useEffect')).toBeUndefined();
    expect(await repair(component(guard, "const rows = useQuery('/rows');"), 'useQuery')).toBeUndefined();
  });
});

describe('a member that the condition does not ask for', () => {
  const types = 'export interface Crate {\n  id: string;\n  left: number;\n  rows?: string[];\n}\n';
  const guard = 'if (crate.left === 0) return <p>None</p>;';
  const form = (props: string, ...statements: string[]) =>
    `interface Props {\n  ${props}\n}\n\nexport function Pile({ crate }: Props) {\n${statements.map((line) => (line === '' ? '\n' : `  ${line}\n`)).join('')}\n  return <b>{crate.id}</b>;\n}\n`;
  async function repairForm(
    text: string,
    more: Record<string, string> = { 'src/crate.ts': types },
    hook = 'useEffect',
  ) {
    const line = text.slice(0, text.lastIndexOf(hook)).split('\n').length;
    const error = { file: 'src/Pile.tsx', kind: 'lint' as const, tool: 'eslint', line, message };
    return (await repairWith(earlyReturn, error, { files: { 'src/Pile.tsx': text, ...more } }))?.['src/Pile.tsx'];
  }
  const prop = 'crate: Crate;';
  const effect = "useEffect(() => { setNote(''); }, [crate.id]);";

  it('may be read before it', async () => {
    expect(await repairForm(form(prop, guard, '', effect))).toBe(form(prop, effect, '', guard));
    const inPlace = (...lines: string[]) => form(prop, ...lines).replace('}: Props', `}: { ${prop} }`);
    expect(await repairForm(inPlace(guard, '', effect))).toBe(inPlace(effect, '', guard));
  });

  it.each<[string, string, Record<string, string>?]>([
    ['the prop may be absent', form('crate?: Crate;', guard, effect)],
    ['it may be nothing', form('crate: Crate | null;', guard, effect)],
    ['the condition asks for the same', form(prop, 'if (crate.id === "") return null;', effect)],
    ['the condition asks whether there is one', form(prop, 'if (!crate) return null;', effect)],
    ['more is asked of it', form(prop, guard, "useEffect(() => { setNote(''); }, [crate.rows.length]);")],
    ['it is called', form(prop, guard, "useEffect(() => { setNote(''); }, [crate.id()]);")],
    ['the type has no such member', form(prop, guard, effect.replace('crate.id', 'crate.name'))],
    [
      'the type is one of several',
      form(prop, guard, effect),
      { 'src/crate.ts': 'export type Crate = { left: 0 } | { left: number; id: string };\n' },
    ],
    ['two types have the name', form(prop, guard, effect), { 'src/crate.ts': types, 'src/other.ts': types }],
    ['nobody declares the type', form(prop, guard, effect), {}],
    [
      'the name is another in the component',
      form(prop, guard, effect).replace('{ crate }: Props', '{ box: crate }: Props'),
    ],
    ['the effect does more', form(prop, guard, 'useEffect(() => { send(crate.id); }, [crate.id]);')],
  ])('has no answer where %s', async (_, text, more) => {
    expect(await repairForm(text, more)).toBeUndefined();
  });
});
