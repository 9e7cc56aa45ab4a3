import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
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

describe('a link to a page that the diff moved', () => {
  const moved = (previousPath: string, path: string): FileChange => ({ status: 'renamed', path, previousPath });
  const lost = { ...kit, specifier: '/knots/rules', message: 'Error: 404 /knots/rules (linked from /knots)' };
  const toRules = [moved('src/routes/knots/rules/+page.svelte', 'src/routes/knots/river-rules/+page.svelte')];
  const pages = { 'src/routes/knots/river-rules/+page.svelte': '', 'src/routes/knots/+page.svelte': '' };

  it.each([
    [
      'in the page',
      'src/routes/knots/+page.svelte',
      '<a href="/knots/rules#a">a</a>\n',
      '<a href="/knots/river-rules#a">a</a>\n',
    ],
    [
      'in a list of the page',
      'src/routes/knots/+page.ts',
      "export const a = ['/knots/rules'];\n",
      "export const a = ['/knots/river-rules'];\n",
    ],
    [
      'in a menu elsewhere',
      'src/lib/menu.ts',
      "export const a = { href: '/knots/rules' };\n",
      "export const a = { href: '/knots/river-rules' };\n",
    ],
    [
      'by a call',
      'src/lib/go.ts',
      "export const a = () => goto('/knots/rules?b=1');\n",
      "export const a = () => goto('/knots/river-rules?b=1');\n",
    ],
    [
      'bound in a template',
      'src/lib/A.vue',
      '<template><RouterLink :to="\'/knots/rules\'" /></template>\n',
      '<template><RouterLink :to="\'/knots/river-rules\'" /></template>\n',
    ],
  ])('follows it %s', async (_, path, before, after) => {
    expect(await repairWith(deadLink, lost, { files: { ...pages, [path]: before }, changes: toRules })).toEqual({
      [path]: after,
    });
  });

  it.each([
    [
      'Next.js',
      {
        tool: 'typescript',
        kind: 'type',
        file: 'src/app/page.tsx',
        line: 2,
        message: '"/quote" is not an existing route. If it is intentional, please type it explicitly with `as Route`.',
      },
      [moved('src/app/quote/page.tsx', 'src/app/(shop)/estimate/page.tsx')],
      {
        'src/app/(shop)/estimate/page.tsx': '',
        'src/app/page.tsx': 'const note = \'/quote\';\nexport default () => <Link href="/quote">a</Link>;\n',
        'next.config.ts': "export default { redirects: () => [{ source: '/quote', destination: '/estimate' }] };\n",
        'src/lib/old.ts': "export const old = { from: '/quote' }, names = { '/quote': 1 };\n",
        'src/lib/api.ts': "export const ask = () => api.get('/quote');\n",
      },
      { 'src/app/page.tsx': 'const note = \'/quote\';\nexport default () => <Link href="/estimate">a</Link>;\n' },
    ],
    [
      'TanStack Router',
      {
        tool: 'typescript',
        kind: 'type',
        file: 'src/a.tsx',
        line: 1,
        message: `Type '"/quote"' is not assignable to type '"/" | "/about" | "/estimate"'.`,
      },
      [moved('src/routes/quote.tsx', 'src/routes/estimate.tsx')],
      { 'src/routes/estimate.tsx': '', 'src/a.tsx': 'export const a = <Link to="/quote">a</Link>;\n' },
      { 'src/a.tsx': 'export const a = <Link to="/estimate">a</Link>;\n' },
    ],
    [
      'Nitro',
      {
        tool: 'nuxt',
        kind: 'prerender',
        route: '/quote',
        message: 'Prerendering /quote failed: [404] Page not found: /quote',
      },
      [moved('app/pages/quote.vue', 'app/pages/estimate.vue')],
      { 'app/pages/estimate.vue': '', 'app/app.vue': '<template><NuxtLink to="/quote" /></template>\n' },
      { 'app/app.vue': '<template><NuxtLink to="/estimate" /></template>\n' },
    ],
    [
      'SvelteKit, of a page with a parameter',
      { ...kit, specifier: '/blog/hello' },
      [moved('src/routes/blog/[slug]/+page.svelte', 'src/routes/notes/[slug]/+page.svelte')],
      { 'src/routes/notes/[slug]/+page.svelte': '', 'src/lib/a.svelte': '<a href="/blog/hello">a</a>\n' },
      { 'src/lib/a.svelte': '<a href="/notes/hello">a</a>\n' },
    ],
    [
      'Docusaurus, from the page',
      {
        tool: 'docusaurus',
        kind: 'prerender',
        code: 'links',
        route: '/docs/knots/hitch',
        specifier: './bowline.md#steps',
      },
      [moved('docs/knots/bowline.md', 'docs/ropes/bowline.md')],
      { 'docs/knots/hitch.md': '[a](./bowline.md#steps)\n', 'docs/ropes/bowline.md': '' },
      { 'docs/knots/hitch.md': '[a](../ropes/bowline.md#steps)\n' },
    ],
  ] as const)('in the words of %s', async (_, error, changes, files, repaired) => {
    expect(await repairWith(deadLink, error, { files, changes })).toEqual(repaired);
  });

  const own = { 'src/routes/knots/+page.svelte': '<a href="/knots/rules">a</a>\n' };
  it.each([
    ['it was removed', [{ status: 'removed', path: 'src/routes/knots/rules/+page.svelte' }], {}],
    ['only its loader moved', [moved('src/routes/knots/rules/+page.ts', 'src/routes/knots/river/+page.ts')], {}],
    ['a page answers at the old place', toRules, { 'src/routes/knots/[name]/+page.svelte': '' }],
    [
      'two answers are given',
      [...toRules, moved('src/routes/(a)/knots/rules/+page.svelte', 'src/routes/(a)/rules/+page.svelte')],
      {},
    ],
    [
      'the new page has another parameter',
      [moved('src/routes/knots/rules/+page.svelte', 'src/routes/[page]/+page.svelte')],
      {},
    ],
  ] as [string, FileChange[], Record<string, string>][])('stays where %s', async (_, changes, more) => {
    expect(await repairWith(deadLink, lost, { files: { ...pages, ...own, ...more }, changes })).toBeUndefined();
  });

  it('leaves redirects and the words of others alone', async () => {
    const files = {
      ...pages,
      'src/routes/knots/+page.ts': "export const a = { source: '/knots/rules' }, b = { '/knots/rules': 1 };\n",
      'src/lib/api.ts': "export const a = () => api.get('/knots/rules');\n",
    };
    expect(await repairWith(deadLink, lost, { files, changes: toRules })).toBeUndefined();
  });

  it('stays where the types do not have the new route', async () => {
    const message = `Type '"/quote"' is not assignable to type '"/" | "/about"'.`;
    const files = { 'src/routes/estimate.tsx': '', 'src/a.tsx': 'export const a = <Link to="/quote">a</Link>;\n' };
    const changes = [moved('src/routes/quote.tsx', 'src/routes/estimate.tsx')];
    expect(await repairWith(deadLink, { file: 'src/a.tsx', line: 1, message }, { files, changes })).toBeUndefined();
  });
});

describe('a link to a record that is not there', () => {
  const link = (slug: string) => anchor(`/knots/${slug}`);
  const knots = (...slugs: string[]) => `${JSON.stringify(slugs.map((slug) => ({ slug, crossings: 3 })))}\n`;
  const repair = (wrong: string, more: Readonly<Record<string, string>>) =>
    repairWith(
      deadLink,
      { ...kit, message: `Error: 404 /knots/${wrong}`, specifier: `/knots/${wrong}` },
      {
        files: { 'src/routes/knots/[slug]/+page.svelte': '', 'src/routes/+page.svelte': link(wrong), ...more },
      },
    );

  it.each([
    ['data', 'bowlnie', { 'src/lib/knots.json': knots('bowline', 'reef') }, 'bowline'],
    [
      'code',
      'bowlnie',
      { 'src/lib/knots.ts': "export const knots = [{ slug: 'bowline' }, { slug: 'reef' }];\n" },
      'bowline',
    ],
    ['documents', 'bowlnie', { 'content/bowline.md': '', 'content/reef.md': '' }, 'bowline'],
    [
      'data, one letter of many off',
      'clove-hitsh',
      { 'src/lib/knots.json': knots('clove-hitch', 'reef') },
      'clove-hitch',
    ],
  ])('leads to the one that is spelt nearly alike in %s', async (_, wrong, more, right) => {
    expect(await repair(wrong, more)).toEqual({ 'src/routes/+page.svelte': link(right) });
  });

  it.each([
    ['two are alike', 'half-hitsh', { 'src/lib/knots.json': knots('half-hitch', 'half-hitah') }],
    ['a number tells them apart', 'half-hitch-3', { 'src/lib/knots.json': knots('half-hitch-2') }],
    ['the record is there', 'clove-hitch', { 'src/lib/knots.json': knots('clove-hitch', 'clove-hitsh') }],
    ['none is alike', 'sheet-bend', { 'src/lib/knots.json': knots('clove-hitch') }],
  ])('has no answer where %s', async (_, wrong, more) => {
    expect(await repair(wrong, more)).toBeUndefined();
  });
});

describe('a link to a record that went', () => {
  const repair = (link: string, removed: readonly string[] = []) =>
    repairWith(
      deadLink,
      { tool: 'sveltekit', code: '404', specifier: `/blog/${link}`, route: '/blog', message: `404 /blog/${link}` },
      {
        files: {
          'src/routes/blog/[slug]/+page.svelte': '<p />\n',
          'src/routes/blog/+page.svelte': `<a href="/blog/${link}">a</a>\n`,
          'src/posts/our-plan-a.md': '# a\n',
          'src/posts/spring-tides.md': '# b\n',
        },
        changes: removed.map((path) => ({ path, status: 'removed' as const })),
      },
    );

  it('does not lead to its neighbour', async () => {
    expect(await repair('sprimg-tides')).toBeDefined();
    expect(await repair('our-plan-b')).toBeUndefined();
    expect(await repair('sprimg-tides', ['src/posts/sprimg-tides.md'])).toBeUndefined();
  });
});
