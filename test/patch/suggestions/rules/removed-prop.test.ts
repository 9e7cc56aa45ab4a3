import { describe, expect, it } from 'vitest';
import { removedProp } from '../../../../lib/patch/suggestions/rules/removed-prop.js';
import { repairWith } from '../repository.js';

const message = (name: string) =>
  `Type '{ name: string; }' is not assignable to type 'IntrinsicAttributes & { name: string; }'.\n  Property '${name}' does not exist on type 'IntrinsicAttributes & { name: string; }'.`;
const use = (attributes: string) =>
  `import { Crate } from './crate';\n\nexport const Pile = () => <Crate${attributes} />;\n`;
const crate = (props: string) => `export function Crate({ ${props} }: any) {\n  return null;\n}\n`;

function repair(attributes: string, { now = 'name', prop = 'tall', hunks = '', line = 3 } = {}) {
  return repairWith(
    removedProp,
    { file: 'pile.tsx', message: message(prop), line, column: 34 },
    {
      files: { 'crate.tsx': crate(now), 'pile.tsx': use(attributes), 'other.tsx': use(' name="b" tall') },
      changes: [
        {
          path: 'crate.tsx',
          status: 'modified',
          hunks: `@@ -1,1 +1,1 @@\n-${crate(`name, ${prop}`).split('\n')[0]}\n+${crate(now).split('\n')[0]}`,
        },
        ...(hunks === '' ? [] : [{ path: 'pile.tsx', status: 'modified' as const, hunks }]),
      ],
    },
  );
}

describe('removed-prop', () => {
  it.each([
    [' name="a" tall', ' name="a"'],
    [' tall={height > 2} name="a"', ' name="a"'],
    ['\n  tall="yes"\n  name="a"\n', '\n  name="a"\n'],
  ])('takes it off all tags: %s', async (before, after) => {
    const line = before.startsWith('\n') ? 4 : 3;
    expect(await repair(before, { line })).toEqual({ 'pile.tsx': use(after), 'other.tsx': use(' name="b"') });
  });

  it.each([
    ['another in its place', ' tall', { now: 'name, high' }],
    ['what the component still names', ' tall', { now: 'name, ...tall' }],
    ['what does something', ' tall={grow()}', {}],
    ['a handler', ' onTall={grow}', { prop: 'onTall' }],
    ['a function', ' tall={() => 1}', {}],
    ['what the diff wrote', ' tall', { hunks: '@@ -3,1 +3,1 @@\n-a\n+export const Pile = () => <Crate tall />;' }],
  ])('leaves %s', async (_, attributes, facts) => {
    expect(await repair(attributes, facts)).toBeUndefined();
  });
});
