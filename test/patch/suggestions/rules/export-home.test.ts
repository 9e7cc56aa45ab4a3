import { describe, expect, it } from 'vitest';
import { exportHome } from '../../../../lib/patch/suggestions/rules/export-home.js';
import { repairWith } from '../repository.js';

const file = 'scripts/feed.mjs';
const lacks = (from: string, name: string) =>
  `SyntaxError: The requested module '${from}' does not provide an export named '${name}'`;

async function repair(text: string, message: string) {
  return (await repairWith(exportHome, { tool: 'node', file, message }, { files: { [file]: text } }))?.[file];
}

describe('a name that a neighbouring module has', () => {
  it('is imported from there', async () => {
    expect(
      await repair("import { readFileSync } from 'node:fs/promises';\n", lacks('node:fs/promises', 'readFileSync')),
    ).toBe("import { readFileSync } from 'node:fs';\n");
    expect(await repair("import { readFileSync, join } from 'fs';\n", lacks('fs', 'join'))).toBe(
      "import { readFileSync } from 'fs';\nimport { join } from 'path';\n",
    );
  });

  it('joins what the file imports from there already', async () => {
    expect(
      await repair(
        "import { ref, useRoute } from 'vue';\nimport { useRouter } from 'vue-router';\n",
        lacks('vue', 'useRoute'),
      ),
    ).toBe("import { ref } from 'vue';\nimport { useRouter, useRoute } from 'vue-router';\n");
    expect(
      await repair(
        "import { goto } from '$app/state';\nimport { invalidate } from '$app/navigation';\n",
        lacks('$app/state', 'goto'),
      ),
    ).toBe("import { invalidate, goto } from '$app/navigation';\n");
  });

  it('is left alone where no neighbour has it, or it goes by another name', async () => {
    expect(await repair("import { slurp } from 'node:fs';\n", lacks('node:fs', 'slurp'))).toBeUndefined();
    expect(await repair("import { join } from './paths.mjs';\n", lacks('./paths.mjs', 'join'))).toBeUndefined();
    expect(await repair("import { join as glue } from 'node:fs';\n", lacks('node:fs', 'join'))).toBeUndefined();
  });
});
