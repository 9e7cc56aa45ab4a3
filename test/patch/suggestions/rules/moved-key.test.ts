import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import { movedKey } from '../../../../lib/patch/suggestions/rules/moved-key.js';
import { repairWith } from '../repository.js';

const file = 'src/Pile.jsx';
const list = (item: string, parameter = 'crate') =>
  `export const Pile = ({ crates }) => (\n  <ul>\n    {crates.map((${parameter}) => (\n      ${item}\n    ))}\n  </ul>\n);\n`;
const diff = (before: string, after: string) =>
  [{ status: 'modified', path: file, hunks: `@@ -4 +4 @@\n-      ${before}\n+      ${after}` }] as const;
const repair = (text: string, changes: readonly FileChange[]) =>
  repairWith(
    movedKey,
    {
      file,
      kind: 'lint',
      code: 'react/jsx-key',
      line: 4,
      column: 7,
      message: 'Missing "key" prop for element in iterator',
    },
    { files: { [file]: text }, changes },
  );

describe('moved-key', () => {
  const wrapped = '<li className="crate"><Crate id={crate.id} /></li>';

  it('goes to the element around the one that had it', async () => {
    expect(await repair(list(wrapped), diff('<Crate key={crate.id} id={crate.id} />', wrapped))).toEqual({
      [file]: list('<li key={crate.id} className="crate"><Crate id={crate.id} /></li>'),
    });
  });

  it.each([
    ['the diff takes none away', list(wrapped), diff('<Crate id={crate.id} />', wrapped)],
    ['it takes two away', list(wrapped), diff('<Crate key={crate.id} /><Crate key={crate.lot} />', wrapped)],
    [
      'the function names its item otherwise',
      list(wrapped.replaceAll('crate.', 'box.'), 'box'),
      diff('<Crate key={crate.id} />', wrapped),
    ],
    ['nothing is known of changes', list(wrapped), []],
    [
      'the list that had it is gone',
      list(wrapped),
      [
        {
          status: 'modified',
          path: file,
          hunks:
            '@@ -3,3 +3,1 @@\n-    {boats.map((crate) => (\n-      <Crate key={crate.id} />\n-    ))}\n     {crates.map((crate) => (',
        },
      ],
    ],
    [
      'the list is another',
      list(wrapped),
      diff('{boats.map((crate) => <Crate key={crate.id} />)}', `{crates.map((crate) => (\n+      ${wrapped}`),
    ],
    ['no element begins there', list(`  ${wrapped}`), diff('<Crate key={crate.id} />', wrapped)],
  ] as const)('has no answer where %s', async (_, text, changes) => {
    expect(await repair(text, changes)).toBeUndefined();
  });
});
