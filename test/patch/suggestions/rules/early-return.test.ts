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
