import { describe, expect, it } from 'vitest';
import { splitComponent } from '../../../../lib/patch/suggestions/rules/split-component.js';
import { repairWith } from '../repository.js';

const message = (part: string) =>
  `Property '${part}' does not exist on type '({ children }: { children: ReactNode; }) => Element'.`;
const use = (tags: string, names = 'Crate') =>
  `import { ${names} } from './crate';\n\nexport const Pile = () => ${tags};\n`;
const repair = async (tags: string, module: string, part = 'Lid') =>
  (
    await repairWith(
      splitComponent,
      { file: 'pile.tsx', message: message(part), line: 3, column: 40 },
      { files: { 'crate.tsx': module, 'pile.tsx': use(tags) } },
    )
  )?.['pile.tsx'];

describe('split-component', () => {
  const module = 'export function Crate() {}\nexport function CrateLid() {}\nexport function CrateBase() {}\n';

  it('writes the components that the module exports', async () => {
    const tags = '<Crate><Crate.Lid>a</Crate.Lid><Crate.Base /><Crate.Side /></Crate>';
    expect(await repair(tags, module)).toBe(
      use('<Crate><CrateLid>a</CrateLid><CrateBase /><Crate.Side /></Crate>', 'Crate, CrateLid, CrateBase'),
    );
  });

  it.each([
    ['a part that is not exported', '<Crate><Crate.Lid /></Crate>', 'export function Crate() {}\n'],
    ['a part that is put there', '<Crate><Crate.Lid /></Crate>', `${module}Crate.Lid = CrateLid;\n`],
    ['a whole that would not be used', '<Crate.Lid />', module],
  ])('leaves %s', async (_, tags, text) => {
    expect(await repair(tags, text)).toBeUndefined();
  });
});
