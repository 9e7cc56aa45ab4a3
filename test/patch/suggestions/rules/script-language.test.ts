import { describe, expect, it } from 'vitest';
import { scriptLanguage } from '../../../../lib/patch/suggestions/rules/script-language.js';
import { repairWith } from '../repository.js';

const script = (attributes: string, body = 'let height: number = 3;') =>
  `<script${attributes}>\n${body}\n</script>\n\n<p>Tide</p>\n`;
const typed = { 'B.svelte': script(' lang="ts"'), 'C.svelte': script(' lang="ts"') };
const svelte = 'Unexpected token\nhttps://svelte.dev/e/js_parse_error';

describe('TypeScript in a script that is not marked as such', () => {
  it('of Svelte, among components that are', async () => {
    expect(
      await repairWith(
        scriptLanguage,
        { file: 'A.svelte', message: svelte },
        { files: { 'A.svelte': script(''), ...typed } },
      ),
    ).toEqual({ 'A.svelte': script(' lang="ts"') });
  });

  it('of Vue, which had the mark at the last good deployment', async () => {
    const changes = [
      {
        path: 'A.vue',
        status: 'modified' as const,
        hunks: '@@ -1,1 +1,1 @@\n-<script setup lang="ts">\n+<script setup>',
      },
    ];

    expect(
      await repairWith(
        scriptLanguage,
        { file: 'A.vue', message: '[vue/compiler-sfc] Missing semicolon. (1:11)' },
        { files: { 'A.vue': script(' setup') }, changes },
      ),
    ).toEqual({ 'A.vue': script(' setup lang="ts"') });
  });

  it('answers nothing where the diff takes the types out', async () => {
    const files = {
      'A.vue': script(' setup', 'let height = 3;\nlet depth: number = 4;'),
      'B.vue': typed['B.svelte'],
      'C.vue': typed['C.svelte'],
    };
    const hunks =
      '@@ -1,3 +1,3 @@\n-<script setup lang="ts">\n-let height: number = 3;\n+<script setup>\n+let height = 3;\n let depth: number = 4;';
    const changes = [{ path: 'A.vue', status: 'modified' as const, hunks }];

    expect(
      await repairWith(scriptLanguage, { file: 'A.vue', message: 'Missing semicolon. (1:11)' }, { files, changes }),
    ).toBeUndefined();
  });

  it.each([
    [
      'others of another package do',
      {
        'A.svelte': script(''),
        'b/package.json': '{}',
        'b/B.svelte': typed['B.svelte'],
        'b/C.svelte': typed['C.svelte'],
      },
    ],
    ['no other component tells', { 'A.svelte': script('') }],
    ['others hold JavaScript', { 'A.svelte': script(''), ...typed, 'D.svelte': script('', 'let a = 1;') }],
    ['the script is broken in any language', { 'A.svelte': script('', 'let height: number = ;'), ...typed }],
    ['the script is JavaScript', { 'A.svelte': script('', 'let height = 3;'), ...typed }],
    ['it names another language', { 'A.svelte': script(' lang="js"'), ...typed }],
  ])('answers nothing where %s', async (_, files) => {
    expect(await repairWith(scriptLanguage, { file: 'A.svelte', message: svelte }, { files })).toBeUndefined();
  });
});
