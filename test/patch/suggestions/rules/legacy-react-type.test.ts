import { describe, expect, it } from 'vitest';
import { legacyReactType } from '../../../../lib/patch/suggestions/rules/legacy-react-type.js';
import { repairWith } from '../repository.js';

const exported = (name: string) => `Module '"react"' has no exported member '${name}'.`;
const member = (name: string, namespace = 'React') => `Namespace '${namespace}' has no exported member '${name}'.`;
const repair = async (text: string, message: string) =>
  (await repairWith(legacyReactType, { file: 'a.tsx', message, line: 1 }, { files: { 'a.tsx': text } }))?.['a.tsx'];

describe('legacy-react-type', () => {
  it.each([
    [
      "import { VFC } from 'react';\nconst a: VFC<A> = b;\n",
      exported('VFC'),
      "import { FC } from 'react';\nconst a: FC<A> = b;\n",
    ],
    [
      "import React from 'react';\ntype A = React.SFC<B>;\n",
      member('SFC'),
      "import React from 'react';\ntype A = React.FC<B>;\n",
    ],
    ['type A = React.ReactText[];\n', member('ReactText'), 'type A = (string | number)[];\n'],
    [
      "import * as R from 'react';\ntype A = R.ReactChild | null;\n",
      member('ReactChild', 'R'),
      "import * as R from 'react';\ntype A = R.ReactElement | string | number | null;\n",
    ],
  ])('%s', async (text, message, repaired) => {
    expect(await repair(text, message)).toBe(repaired);
  });

  it.each([
    [
      'a type without a name of its own that is imported',
      "import { ReactText } from 'react';\n",
      exported('ReactText'),
    ],
    ['another package', "import { VFC } from 'preact';\n", `Module '"preact"' has no exported member 'VFC'.`],
    ['another namespace', 'type A = Lib.SFC;\n', member('SFC', 'Lib')],
    ['another name', "import { VFCs } from 'react';\n", exported('VFCs')],
  ])('leaves %s', async (_, text, message) => {
    expect(await repair(text, message)).toBeUndefined();
  });
});
