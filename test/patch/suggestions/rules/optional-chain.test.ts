import { describe, expect, it } from 'vitest';
import { optionalChain } from '../../../../lib/patch/suggestions/rules/optional-chain.js';
import { repairWith } from '../repository.js';

describe('a value that may be missing, given to a prop that may be left out', () => {
  const list = 'interface ListProps {\n  highlightId?: string;\n  title: string;\n  note: string | undefined;\n}\n';
  const repair = async (row: string, { name = 'deal', more = {} as Record<string, string>, from = './List' } = {}) => {
    const at = row.indexOf(name);
    const message = `'${name}' is possibly 'null'.`;
    const error = { tool: 'typescript' as const, code: 'TS18047', message, file: 'page.tsx', line: 2, column: at + 1 };
    const head = `import { List } from '${from}';\n`;
    const files = { 'page.tsx': `${head}${row}\n`, 'List.tsx': list, ...more };
    return (await repairWith(optionalChain, error, { files }))?.['page.tsx']?.slice(head.length);
  };

  it.each([
    ['const a = <List highlightId={deal.id} />;', 'const a = <List highlightId={deal?.id} />;', 'deal'],
    ['const a = <List note={deal.text.short} />;', 'const a = <List note={deal?.text.short} />;', 'deal'],
    ['const a = <List highlightId={data.deal.id} />;', 'const a = <List highlightId={data.deal?.id} />;', 'data.deal'],
  ])('%s', async (row, repaired, name) => {
    expect(await repair(row, { name })).toBe(`${repaired}\n`);
  });

  it.each([
    ['the prop is required', 'const a = <List title={deal.title} />;', {}],
    ['nobody declares the prop', 'const a = <List colour={deal.colour} />;', {}],
    [
      'another component requires a prop of that name',
      'const a = <List highlightId={deal.id} />;',
      { 'b.ts': 'type B = { highlightId: string };\n' },
    ],
    ['more is done with it', 'const a = <List highlightId={deal.id.trim()} />;', {}],
    ['it is shown', 'const a = <p>{deal.id}</p>;', {}],
    ['it is passed on', 'const a = find(deal.id);', {}],
  ])('is left where %s', async (_, row, more) => {
    expect(await repair(row, { more })).toBeUndefined();
  });

  it('is left where the component is one of a package, which may require the prop', async () => {
    expect(await repair('const a = <List highlightId={deal.id} />;', { from: 'lists' })).toBeUndefined();
  });
});
