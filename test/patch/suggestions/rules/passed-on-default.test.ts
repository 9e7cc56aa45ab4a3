import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import { passedOnDefault } from '../../../../lib/patch/suggestions/rules/passed-on-default.js';
import { repairWith } from '../repository.js';

const DEFAULT = 'export default function Card() {}\n';
const NAMED = 'export function Card() {}\nexport const WIDTH = 4;\n';

async function repair(
  name: string,
  barrel: string,
  module: string,
  { path = 'src/Card.tsx', changes = [] }: { readonly path?: string; readonly changes?: readonly FileChange[] } = {},
) {
  return (
    await repairWith(
      passedOnDefault,
      { tool: 'turbopack', message: `Export ${name} doesn't exist in target module`, file: 'src/index.ts' },
      { files: { 'src/index.ts': barrel, [path]: module }, changes },
    )
  )?.['src/index.ts'];
}

describe('a name that a module passes on', () => {
  it.each([
    ['Card', "export { Tile } from './Tile';\nexport { Card } from './Card';\n", DEFAULT, '{ default as Card }'],
    [
      'Card',
      "export { Card as Sheet } from './Card';\n",
      'function Card() {}\nexport default Card;\n',
      '{ default as Sheet }',
    ],
    ['default', "export { default as Card } from './Card';\n", NAMED, '{ Card }'],
    ['default', "export { default } from './Card';\n", NAMED, '{ Card as default }'],
  ])('%s of %j', async (name, barrel, module, clause) => {
    expect(await repair(name, barrel, module)).toBe(
      barrel.replace(/\{[^}]*\} from '.\/Card'/, `${clause} from './Card'`),
    );
  });

  it('keeps the others of the statement', async () => {
    const module = 'export default class Card {}\nexport const WIDTH = 4;\n';
    expect(await repair('Card', "export {\n  WIDTH,\n  Card,\n} from './Card';\n", module)).toBe(
      "export {\n  WIDTH,\n  default as Card,\n} from './Card';\n",
    );
  });

  it('is the default of a component of Vue', async () => {
    const path = 'src/Card.vue';
    const vue = '<template><p /></template>\n';
    expect(await repair('Card', "export { Card } from './Card.vue';\n", vue, { path })).toBe(
      "export { default as Card } from './Card.vue';\n",
    );
    expect(await repair('CardProps', "export { CardProps } from './Card.vue';\n", vue, { path })).toBeUndefined();
  });

  it.each([
    'is not exported by "src/Card.tsx", imported by "src/index.ts".',
    "(reexported as 'Card') was not found in './Card'",
  ])('in the words of others: %s', async (words) => {
    const message = words.startsWith('is') ? `"Card" ${words}` : `export 'Card' ${words} (possible exports: default)`;
    const files = { 'src/index.ts': "export { Card } from './Card';\n", 'src/Card.tsx': DEFAULT };
    expect(await repairWith(passedOnDefault, { message, file: 'src/index.ts' }, { files })).toEqual({
      'src/index.ts': "export { default as Card } from './Card';\n",
    });
  });

  it.each([
    ['the default has another name', 'Card', "export { Card } from './Card';\n", 'export default function Tile() {}\n'],
    [
      'the default is made of it',
      'Card',
      "export { Card } from './Card';\n",
      'const Card = 1;\nexport default memo(Card);\n',
    ],
    ['the module has both', 'Card', "export { Card } from './Card';\n", `${NAMED}export default Card;\n`],
    ['a type is passed on', 'Card', "export type { Card } from './Card';\n", DEFAULT],
    ['a type among others is', 'Card', "export { type Card } from './Card';\n", DEFAULT],
    ['the default is a type', 'Card', "export { Card } from './Card';\n", 'export default interface Card {}\n'],
    ['no export has that name', 'default', "export { default as Card } from './Card';\n", 'export const Tile = 1;\n'],
    ['a type has that name', 'default', "export { default as Card } from './Card';\n", 'export interface Card {}\n'],
    ['nothing tells which is meant', 'default', "export { default } from './Card';\n", 'export const Tile = 1;\n'],
    ['words in a comment look like it', 'Card', "// export { Card } from './Card';\n", DEFAULT],
  ])('has no answer where %s', async (_, name, barrel, module) => {
    expect(await repair(name, barrel, module)).toBeUndefined();
  });

  it('was more than the export that is left', async () => {
    const barrel = "export { default as Card } from './Card';\n";
    const change = (removed: string) => ({
      path: 'src/Card.tsx',
      status: 'modified' as const,
      hunks: `@@ -3,1 +3,0 @@\n-${removed}\n`,
    });
    for (const wrapped of ['export default memo(Card);', 'export default connect(Card);', 'export default styled;'])
      expect(await repair('default', barrel, NAMED, { changes: [change(wrapped)] })).toBeUndefined();
    for (const plain of ['export default Card;', 'export default function Card() {}'])
      expect(await repair('default', barrel, NAMED, { changes: [change(plain)] })).toBe(
        "export { Card } from './Card';\n",
      );
  });
});

describe('a module that passes on all', () => {
  const page = "import { Card } from './ui';\n\nuse(Card);\n";
  const hunks = '@@ -1,1 +1,1 @@\n-export function Card() {}\n+export default function Card() {}\n';
  async function repairBarrel(module: string, barrel: string, changed = hunks) {
    const files = {
      'src/page.tsx': page,
      'src/ui/index.ts': barrel,
      'src/ui/Card.tsx': module,
      'src/ui/Tile.tsx': NAMED,
    };
    const changes = [{ path: 'src/ui/Card.tsx', status: 'modified' as const, hunks: changed }];
    const message = "Module '\"./ui\"' has no exported member 'Card'.";
    return repairWith(passedOnDefault, { message, file: 'src/page.tsx' }, { files, changes });
  }

  it('passes on the default as well', async () => {
    expect(await repairBarrel(DEFAULT, "export * from './Card';\n")).toEqual({
      'src/ui/index.ts': "export { default as Card } from './Card';\n",
    });
    expect(await repairBarrel(`${DEFAULT}export const WIDTH = 4;\n`, "export * from './Card';\n")).toEqual({
      'src/ui/index.ts': "export * from './Card';\nexport { default as Card } from './Card';\n",
    });
  });

  it.each([
    ['it always was the default', DEFAULT, "export * from './Card';\n", ''],
    ['another is the default', 'export default function Sheet() {}\n', "export * from './Card';\n", hunks],
    ['types alone are passed on', DEFAULT, "export type * from './Card';\n", hunks],
    ['they are passed on under a name', DEFAULT, "export * as cards from './Card';\n", hunks],
    ['another module has the name', DEFAULT, "export * from './Card';\nexport * from './Tile';\n", hunks],
    ['it is not passed on', DEFAULT, "export * from './Sheet';\n", hunks],
  ])('has no answer where %s', async (_, module, barrel, changed) => {
    expect(await repairBarrel(module, barrel, changed)).toBeUndefined();
  });
});
