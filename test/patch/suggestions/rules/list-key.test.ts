import { describe, expect, it } from 'vitest';
import { displayName } from '../../../../lib/patch/suggestions/rules/display-name.js';
import { listKey } from '../../../../lib/patch/suggestions/rules/list-key.js';
import { repairWith } from '../repository.js';

describe('list-key', () => {
  const message = 'Missing "key" prop for element in iterator';
  const repair = async (text: string) =>
    (await repairWith(listKey, { tool: 'eslint', file: 'a.jsx', message, line: 1 }, { files: { 'a.jsx': text } }))?.[
      'a.jsx'
    ];

  it.each([
    ['a.map((b) => <li id={b.id}>{b.name}</li>);\n', 'a.map((b) => <li key={b.id} id={b.id}>{b.name}</li>);\n'],
    ['a.map((b) => { return (<li>{b.id}</li>); });\n', 'a.map((b) => { return (<li key={b.id}>{b.id}</li>); });\n'],
  ])('%s', async (text, repaired) => {
    expect(await repair(text)).toBe(repaired);
  });

  it.each([
    ['a.map((b) => <li>{b.name}</li>);\n'],
    ['a.map((b) => <li>{b.owner.id}</li>);\n'],
    ['a.map((b) => <ul>\n{b.rows.map((b) => <li>{b.id}</li>)}</ul>);\n'],
    ['a.map((b) => <li {...b}>{b.id}</li>);\n'],
    ['a.map(({ id }) => <li>{id}</li>);\n'],
    ['a.map((b) => <>{b.id}</>);\n'],
    ['a.map((b) => <li>{b.id}</li>).concat(c.map((d) => <li>{d.id}</li>));\n'],
  ])('leaves %s', async (text) => {
    expect(await repair(text)).toBeUndefined();
  });
});

describe('display-name', () => {
  const message = 'Component definition is missing display name';
  const repair = async (text: string) =>
    (
      await repairWith(displayName, { tool: 'eslint', file: 'a.jsx', message, line: 3 }, { files: { 'a.jsx': text } })
    )?.['a.jsx'];
  const module = (body: string, taken = '{ memo }') => `import ${taken} from 'react';\n\n${body}\n`;

  it('is the one of the constant', async () => {
    const row = 'export const Row = memo(() => <p />);';
    expect(await repair(module(row))).toBe(module(`${row}\nRow.displayName = 'Row';`));
    const box = 'const Box = React.forwardRef((props, ref) => (\n  <p ref={ref} />\n))';
    expect(await repair(module(box, 'React'))).toBe(module(`${box}\nBox.displayName = 'Box'`, 'React'));
  });

  it.each([
    ['what has one', module("const Row = memo(() => <p />);\nRow.displayName = 'R';")],
    ['what has a name', module('const Row = memo(function Row() {});')],
    ['what is wrapped by others', module('const Row = wrap(() => <p />);')],
    ['what has no constant', module('export default memo(() => <p />);')],
  ])('leaves %s', async (_, text) => {
    expect(await repair(text)).toBeUndefined();
  });
});
