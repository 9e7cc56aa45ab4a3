import { describe, expect, it } from 'vitest';
import { deadLink } from '../../../../lib/patch/suggestions/rules/dead-link.js';
import { repairWith } from '../repository.js';

const kit = {
  tool: 'sveltekit',
  kind: 'prerender',
  code: '404',
  message: 'Error: 404 /knots/bowlnie (linked from /knots)',
  route: '/knots',
  specifier: '/knots/bowlnie',
} as const;
const anchor = (href: string) => `<a href="${href}">Bowline</a>\n`;

describe('a link to a page that is not there', () => {
  const pages = {
    'src/routes/+page.svelte': '',
    'src/routes/knots/bowline/+page.svelte': '',
    'src/routes/knots/clove-hitch/+page.md': '',
  };

  it.each([
    ['in the page', 'src/routes/knots/+page.svelte', anchor('/knots/bowlnie'), anchor('/knots/bowline')],
    ['in the layout', 'src/routes/+layout.svelte', anchor('/knots/bowlnie#steps'), anchor('/knots/bowline#steps')],
    ['in data', 'src/lib/menu.ts', "export const a = ['/knots/bowlnie'];\n", "export const a = ['/knots/bowline'];\n"],
    ['in Markdown', 'src/routes/about/+page.md', '[a](/knots/bowlnie "A")\n', '[a](/knots/bowline "A")\n'],
  ])('leads to the one that is spelt nearly alike: %s', async (_, path, before, after) => {
    expect(await repairWith(deadLink, kit, { files: { ...pages, [path]: before } })).toEqual({ [path]: after });
  });

  it.each([
    ['a page of Markdown', '/knots/clove-htich', '/knots/clove-hitch', {}],
    ['a page in a group', '/abuot', '/about', { 'src/routes/(site)/about/+page.svelte': '' }],
    ['a folder that is misspelt', '/kntos/bowline', '/knots/bowline', {}],
  ])('leads to %s', async (_, wrong, right, more) => {
    const files = { ...pages, ...more, 'src/routes/knots/+page.svelte': anchor(wrong) };
    const error = { ...kit, specifier: wrong };
    expect(await repairWith(deadLink, error, { files })).toEqual({ 'src/routes/knots/+page.svelte': anchor(right) });
  });

  it.each([
    [
      'Docusaurus',
      { tool: 'docusaurus', code: 'links', route: '/docs/knots/hitch', specifier: '/docs/knots/bowlnie' },
      { 'docs/knots/01-hitch.md': '[a](/docs/knots/bowlnie)\n', 'docs/knots/02-bowline.mdx': '' },
      { 'docs/knots/01-hitch.md': '[a](/docs/knots/bowline)\n' },
    ],
    [
      'Docusaurus, from the page',
      { tool: 'docusaurus', code: 'links', route: '/docs/knots/hitch', specifier: './bowlnie.md#steps' },
      { 'docs/knots/hitch.md': '[a](./bowlnie.md#steps)\n', 'docs/knots/bowline.md': '' },
      { 'docs/knots/hitch.md': '[a](./bowline.md#steps)\n' },
    ],
    [
      'VitePress',
      { tool: 'vitepress', code: 'dead-link', file: 'docs/knots/hitch.md', specifier: '../sials/jib' },
      { 'docs/knots/hitch.md': '[a](../sials/jib.md)\n', 'docs/sails/jib.md': '' },
      { 'docs/knots/hitch.md': '[a](../sails/jib.md)\n' },
    ],
    [
      'Nitro',
      { tool: 'nuxt', route: '/abuot', message: 'Prerendering /abuot failed: [404] Page not found: /abuot' },
      { 'pages/about.vue': '', 'components/Menu.vue': '<template><NuxtLink to="/abuot" /></template>\n' },
      { 'components/Menu.vue': '<template><NuxtLink to="/about" /></template>\n' },
    ],
    [
      'TanStack Start',
      { tool: 'tanstack-start', route: '/abuot', message: 'There is no page "/abuot"' },
      { 'src/routes/about.tsx': '', 'src/routes/index.tsx': 'export const a = <a href="/abuot">a</a>;\n' },
      { 'src/routes/index.tsx': 'export const a = <a href="/about">a</a>;\n' },
    ],
  ] as const)('in the words of %s', async (_, error, files, repaired) => {
    expect(await repairWith(deadLink, { kind: 'prerender', ...error }, { files })).toEqual(repaired);
  });

  const own = { 'src/routes/knots/+page.svelte': anchor('/knots/bowlnie') };
  it.each([
    ['two pages are as near', { 'src/routes/knots/bowlnies/+page.svelte': '' }, kit, {}],
    ['no page is near', {}, { ...kit, specifier: '/knots/figure-eight' }, {}],
    [
      'it is another word of one letter',
      { 'src/routes/knots/bend1/+page.svelte': '' },
      { ...kit, specifier: '/knots/bend2' },
      {},
    ],
    ['the page failed in another way', {}, { ...kit, code: '500' }, {}],
    ['a page with a parameter answers it', { 'src/routes/knots/[name]/+page.svelte': '' }, kit, {}],
    [
      'only a component lies there',
      { 'src/routes/knots/bowline/+page.svelte': undefined, 'src/routes/knots/bowline.svelte': '' },
      kit,
      {},
    ],
    ['nobody writes it out', { 'src/routes/knots/+page.svelte': `<a href="/knots/{name}">a</a>\n` }, kit, {}],
    [
      'it is only the beginning of another',
      { 'src/routes/knots/+page.svelte': anchor('/knots/bowlnie/steps') },
      kit,
      {},
    ],
    ['the tree was not listed whole', {}, kit, { truncated: true }],
  ])('stays where %s', async (_, more, error, repository) => {
    const files = Object.fromEntries(
      Object.entries({ ...pages, ...own, ...more }).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      ),
    );
    expect(await repairWith(deadLink, error, { files, ...repository })).toBeUndefined();
  });
});
