import { describe, expect, it } from 'vitest';
import { reactAnswer } from '../../../../lib/patch/suggestions/rules/react-answer.js';
import { repairWith } from '../repository.js';

/** The place is marked by `¦`. */
const repair = async (marked: string, message: string, file = 'dock.tsx') => {
  const before = marked.slice(0, marked.indexOf('¦')).split('\n');
  const error = { file, message, line: before.length, column: (before.at(-1) ?? '').length + 1 };
  return (await repairWith(reactAnswer, error, { files: { [file]: marked.replace('¦', '') } }))?.[file];
};

const HANDLER = "Type 'void' is not assignable to type 'MouseEventHandler<HTMLButtonElement> | undefined'.";
const EFFECT =
  "Argument of type '() => Promise<void>' is not assignable to parameter of type 'EffectCallback'.\n  Type 'Promise<void>' is not assignable to type 'void | Destructor'.";
const REF =
  "Type '(el: HTMLLIElement | null) => HTMLLIElement | null' is not assignable to type 'Ref<HTMLLIElement> | undefined'.";
const STYLE = "Type 'string' has no properties in common with type 'Properties<string | number, string & {}>'.";
const LIST = "Type 'void[]' is not assignable to type 'ReactNode'.";

describe('react-answer', () => {
  it.each([
    ['<a ¦onClick={moor(1)} />;\n', HANDLER, '<a onClick={() => moor(1)} />;\n'],
    [
      '<Dock ¦onLeave={leave()} />;\n',
      "Type 'void' is not assignable to type '() => void'.",
      '<Dock onLeave={() => leave()} />;\n',
    ],
    [
      'const moor = (event: Event) => sail(event);\n<a ¦onClick={moor()} />;\n',
      HANDLER,
      'const moor = (event: Event) => sail(event);\n<a onClick={moor} />;\n',
    ],
    [
      'function moor(fast = true) {}\n<a ¦onClick={moor()} />;\n',
      HANDLER,
      'function moor(fast = true) {}\n<a onClick={() => moor()} />;\n',
    ],
    [
      'quays.map((quay) => <Dock ¦quay="quay" />);\n',
      "Type 'string' is not assignable to type 'Quay'.",
      'quays.map((quay) => <Dock quay={quay} />);\n',
    ],
    [
      'const choose = (a: A) => sail(a);\n<Dock ¦onPick="choose" />;\n',
      "Type 'string' is not assignable to type '(a: A) => void'.",
      'const choose = (a: A) => sail(a);\n<Dock onPick={choose} />;\n',
    ],
    [
      'const A = ({ moor }: { moor: () => void }) => <a ¦onClick={moor()} />;\n',
      HANDLER,
      'const A = ({ moor }: { moor: () => void }) => <a onClick={() => moor()} />;\n',
    ],
    ['<a ¦ref={(el) => (map[id] = el)} />;\n', REF, '<a ref={(el) => { map[id] = el; }} />;\n'],
    ['<a ¦ref={el => map[id] = el} />\n', REF, '<a ref={el => { map[id] = el }} />\n'],
    ['<a ¦style="color: red; margin-top:4px;" />;\n', STYLE, "<a style={{ color: 'red', marginTop: '4px' }} />;\n"],
    [
      'import "x";\nimport a from "y";\n<a ¦style="-webkit-line-clamp: 2; -ms-flex: 1" />;\n',
      STYLE,
      'import "x";\nimport a from "y";\n<a style={{ WebkitLineClamp: "2", msFlex: "1" }} />;\n',
    ],
    ['<ul>¦{a.map((b) => { <li key={b} /> })}</ul>;\n', LIST, '<ul>{a.map((b) => { return <li key={b} /> })}</ul>;\n'],
  ])('%s', async (marked, message, repaired) => {
    expect(await repair(marked, message)).toBe(repaired);
  });

  it('calls an asynchronous function in the effect', async () => {
    const effect = (body: string) => `function Dock() {\n  useEffect(${body}, []);\n}\n`;
    expect(await repair(effect('¦async () => {\n    moor(await tide());\n\n    leave();\n  }'), EFFECT)).toBe(
      effect('() => {\n    void (async () => {\n      moor(await tide());\n\n      leave();\n    })();\n  }'),
    );
    expect(await repair(effect('¦async () => {\n    moor(`\n  a`);\n  }'), EFFECT)).toBeUndefined();
    expect(await repair(effect('¦async () => moor()'), EFFECT)).toBeUndefined();
  });

  it.each([
    ['a call that is waited for', 'const a = async () => <a ¦onClick={await moor()} />;\n', HANDLER],
    ['what sets a state', 'const [a, setA] = useState(1);\n<Dock ¦onPick={setA()} />;\n', HANDLER],
    [
      'a prop that is called with something',
      '({ onMoor }: { onMoor: (a: A) => void }) => <a ¦onClick={onMoor()} />;\n',
      HANDLER,
    ],
    ['a text that names nothing', '<Dock ¦quay="quay" />;\n', "Type 'string' is not assignable to type 'Quay'."],
    [
      'a text that names a type',
      'interface quay {}\n<Dock ¦quay="quay" />;\n',
      "Type 'string' is not assignable to type 'Quay'.",
    ],
    [
      'a name of another function',
      'const a = (quay: Quay) => quay;\n<Dock ¦quay="quay" />;\n',
      "Type 'string' is not assignable to type 'Quay'.",
    ],
    ...[
      "import { moor } from './moor';\n<a ¦onClick={moor()} />;\n",
      'const A = ({ moor }: Props) => <a ¦onClick={moor()} />;\n',
      'interface P { moor(a: A): void }\nconst A = ({ moor }: P) => <a ¦onClick={moor()} />;\n',
      'interface P { moor: Handler }\nconst A = ({ moor }: P) => <a ¦onClick={moor()} />;\n',
      'const moor = useCallback((a: A) => {}, []);\n<a ¦onClick={moor()} />;\n',
      'function moor(entry: string) {}\n<a ¦onClick={moor()} />;\n',
      'function moor(id: string) {}\n<a ¦onClick={moor()} />;\n',
      'function moor(event: MouseEvent, id: string) {}\n<a ¦onClick={moor()} />;\n',
    ].map((code) => ['what may want something else than the event', code, HANDLER]),
    [
      'a text beside a variable that is something else',
      'const user = load();\n<Dock ¦icon="user" />;\n',
      "Type 'string' is not assignable to type 'ReactElement'.",
    ],
    ...[
      ['import { Mail } from \'./mail\';\n<Dock ¦label="Mail" />;\n', 'ReactElement'],
      ['const quay = \'pier\';\n<Dock ¦quay="quay" />;\n', 'Quay'],
      ['({ quay }: { quay: string }) => <Dock ¦quay="quay" />;\n', 'Quay'],
      ['const close = \'close\';\n<Dock ¦onMoor="close" />;\n', '() => void'],
      ['const send = form.send();\n<Dock ¦onMoor="send" />;\n', '() => void'],
    ].map(([code = '', type]) => [
      `a text beside what is no ${type}`,
      code,
      `Type 'string' is not assignable to type '${type}'.`,
    ]),
    [
      'what says yes in HTML',
      '({ disabled }) => <Dock ¦disabled="disabled" />;\n',
      "Type 'string' is not assignable to type 'boolean | undefined'.",
    ],
    [
      'a text that names an imported type',
      'import type { Quay } from "./quay";\n<Dock ¦quay="Quay" />;\n',
      "Type 'string' is not assignable to type 'Pier'.",
    ],
    [
      'a text that names what is made later',
      '<Dock ¦quay="quay" />;\nconst quay = 3;\n',
      "Type 'string' is not assignable to type 'Quay'.",
    ],
    ['what is no call', '<a ¦onClick={moor} />;\n', HANDLER],
    ['what is no handler', '<a ¦title={moor()} />;\n', HANDLER],
    ['a ref that is no assignment', '<a ¦ref={(el) => moor(el)} />;\n', REF],
    ['a style that is computed', '<a ¦style={style} />;\n', STYLE],
    ['a variable of CSS', '<a ¦style="--depth: 2" />;\n', STYLE],
    ['a property twice', '<a ¦style="color: red; color: blue" />;\n', STYLE],
    ['an address, which may hold marks', '<a ¦style="background: url(\'a;b\')" />;\n', STYLE],
    ['a function that does more than make an element', '<ul>¦{a.map((b) => { moor(b); })}</ul>;\n', LIST],
    ['another call', '<ul>¦{a.forEach((b) => { <li key={b} /> })}</ul>;\n', LIST],
  ])('leaves %s', async (_, marked, message) => {
    expect(await repair(marked, message)).toBeUndefined();
  });
});
