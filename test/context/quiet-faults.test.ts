/** Faults whose file no log names: a parser that got a text, pages that answer 500, data of another type. */
import { describe, expect, it } from 'vitest';
import { gatherContext } from '../../lib/context/gather.js';
import type { BuildError } from '../../lib/diagnosis/diagnosis.js';
import { diagnosisOf } from './failures/failure.js';
import { readTexts } from './texts-reader.js';

type Files = Readonly<Record<string, string>>;
type Told = Omit<BuildError, 'tool'> & { readonly tool?: string };

async function gather(files: Files, ...errors: readonly Told[]) {
  const diagnosis = diagnosisOf(errors.map((error) => ({ tool: 'script', ...error })));
  return gatherContext(diagnosis, readTexts(new Map(Object.entries(files)), { whole: true }), { rootDirectory: '' });
}

async function rank(files: Files, ...errors: readonly Told[]) {
  return (await gather(files, ...errors)).suspects.map(({ path }) => path);
}

describe('data that does not parse', () => {
  const files = {
    'scripts/check.mjs': "import { parse } from 'yaml';\n",
    'content/piers.yaml': '- id: north\n  name: North\n   metres: 40\n',
    'content/boats.yaml': '- id: gull\n  name: Gull\n',
    'content/tides.json': '{ "high": 4.2, }',
    'content/winds.json': '{ "west": 3 }',
    'tsconfig.json': '{ "compilerOptions": {}, // none\n}',
    'notes/open.md': '---\ntitle: "open\n---\n\nText.\n',
  };

  it('is found by the parser of its kind', async () => {
    const yaml = 'YAMLParseError: Nested mappings are not allowed in compact mappings at line 2, column 9:';
    const json = 'SyntaxError: Expected double-quoted property name in JSON at position 15';
    const told = (message: string): Told => ({ kind: 'other', message, file: 'scripts/check.mjs' });

    expect((await rank(files, told(yaml))).slice(0, 2)).toEqual(['content/piers.yaml', 'notes/open.md']);
    expect((await rank(files, told(json)))[0]).toBe('content/tides.json');
    expect(await rank(files, told(json))).not.toContain('tsconfig.json');
  });

  it('is not looked for where no parser spoke', async () => {
    const suspects = await rank(files, { kind: 'other', message: 'Error: no pier', file: 'scripts/check.mjs' });

    expect(suspects).not.toContain('content/piers.yaml');
    expect(suspects).not.toContain('content/tides.json');
  });
});

describe('style sheets whose braces do not pair', () => {
  const error: Told = { tool: 'vue-tsc', kind: 'type', message: 'x', file: 'src/a.vue', line: 1 };
  const files = {
    'src/a.vue': '<template><p /></template>\n<style>\np { color: red; }\n</style>\n',
    'src/open.scss': '.pier {\n  a {\n    color: $ink;\n  }\n',
    'src/paired.css': '/* { */\n.pier::after { content: "{"; background: url(data:image/svg+xml,{); }\n',
    'src/open.vue': '<template><p /></template>\n<style scoped>\np {\n</style>\n',
  };

  it('come after the file that the log names', async () => {
    const suspects = await rank(files, error);

    expect(suspects[0]).toBe('src/a.vue');
    expect(suspects).toEqual(expect.arrayContaining(['src/open.scss', 'src/open.vue']));
    expect(suspects).not.toContain('src/paired.css');
  });
});

describe('several pages that answer 500 without a word', () => {
  const files = {
    'nuxt.config.ts': 'export default defineNuxtConfig({});\n',
    'pages/index.vue': '<template><p /></template>\n',
    'pages/piers.vue': '<template><p /></template>\n',
    'plugins/seen.ts': "export default defineNuxtPlugin(() => {\n  localStorage.setItem('seen', '1');\n});\n",
    'plugins/guarded.ts': "if (import.meta.client) localStorage.setItem('seen', '1');\n",
    'plugins/theme.client.ts': "window.name = 'pier';\n",
  };
  const failed = (route: string): Told => ({
    tool: 'nuxt',
    kind: 'prerender',
    message: `Prerendering ${route} failed: [500] Server Error`,
    route,
  });

  it('lead to what runs before each of them', async () => {
    const suspects = await rank(files, failed('/'), failed('/piers'));

    expect(suspects[0]).toBe('plugins/seen.ts');
    expect(suspects).toContain('plugins/guarded.ts');
    expect(suspects).not.toContain('plugins/theme.client.ts');
  });

  it('one alone leads to its page', async () => {
    expect((await rank(files, failed('/piers')))[0]).toBe('pages/piers.vue');
  });
});

it('a method that a value does not have leads to the records in which it has another type', async () => {
  const files = {
    'src/format.ts': 'export const metres = (depth: number) => depth.toFixed(1);\n',
    'src/piers.json': '[{ "depth": 4.2 }, { "depth": "3.1" }, { "depth": 2.8 }]',
    'src/boats.json': '[{ "depth": 1.2 }, { "depth": 0.9 }]',
  };

  expect((await rank(files, { kind: 'other', message: 'TypeError: depth.toFixed is not a function' }))[0]).toBe(
    'src/piers.json',
  );
});

it('a page for any value that met nothing leads to the record of that value too', async () => {
  const files = {
    'app/boats/[id]/page.tsx':
      "import { berthOf, findBoat } from '../../../lib/boats';\n\nexport default async ({ params }) => <p>{berthOf(findBoat((await params).id)).name}</p>;\n",
    'lib/boats.ts':
      "import berths from '../data/berths.json';\nimport boats from '../data/boats.json';\n\nexport const findBoat = (id: string) => boats.find((boat) => boat.id === id);\nexport const berthOf = (boat) => berths.find((berth) => berth.code === boat.berth);\n",
    'data/boats.json': '[{ "id": "puffin", "berth": "a1" }, { "id": "sea tern", "berth": "b2" }]\n',
    'data/berths.json': '[{ "code": "a1", "name": "First" }, { "code": "b3", "name": "Second" }]\n',
  };
  const message = "TypeError: Cannot read properties of undefined (reading 'name')";
  const error: Told = { tool: 'next', kind: 'prerender', message, symbol: 'name' };

  const isBeforePage = async (route: string) => {
    const suspects = await rank(files, { ...error, route });
    return suspects.slice(0, suspects.indexOf('app/boats/[id]/page.tsx')).includes('data/boats.json');
  };

  expect(await isBeforePage('/boats/sea%20tern')).toBe(true);
  expect(await isBeforePage('/boats/%')).toBe(false);
});

describe('the class that the repository tells', () => {
  it('is configuration where the heap was full too early, and a file limits it or may do so unread', async () => {
    const settle = async (files: Files, size: number) => {
      const message = `JavaScript heap out of memory at ${size} MB`;
      const memory: Told = { tool: 'node', kind: 'memory', code: 'heap-out-of-memory', message };
      const diagnosis = {
        ...diagnosisOf([{ tool: 'node', ...memory }]),
        class: 'infrastructure' as const,
        repairable: false,
      };
      const read = readTexts(new Map(Object.entries(files)), { whole: true });
      const { settled } = await gatherContext(diagnosis, read, { rootDirectory: '' });
      return settled && { class: settled.class, isForPerson: settled.remedy !== undefined };
    };
    const manifest = { 'package.json': '{ "scripts": { "build": "vite build" } }' };
    const npmrc = { '.npmrc': 'node-options=--max-old-space-size=56\n' };
    const capped = { 'package.json': '{ "scripts": { "site": "NODE_OPTIONS=--max-old-space-size=64 vite build" } }' };

    expect(await settle({ ...manifest, ...npmrc }, 88)).toEqual({ class: 'config', isForPerson: true });
    expect(await settle(capped, 88)).toEqual({ class: 'config', isForPerson: false });
    expect(await settle({ ...manifest, ...npmrc }, 4_080)).toBeUndefined();
    expect(await settle(manifest, 88)).toBeUndefined();
  });

  it('is that of the configuration whose alias leads to a folder that stands elsewhere', async () => {
    const context = await gather(
      {
        'svelte.config.js': "export default { kit: { alias: { $piers: 'src/piers' } } };\n",
        'src/routes/+page.ts': "import { piers } from '$piers/list';\n\nexport const load = () => ({ piers });\n",
        'src/lib/piers/list.ts': 'export const piers = [];\n',
        'package.json': '{ "devDependencies": { "@sveltejs/kit": "^2.0.0" } }',
      },
      {
        tool: 'svelte-check',
        kind: 'module-not-found',
        message: "Cannot find module '$piers/list'",
        specifier: '$piers/list',
        file: 'src/routes/+page.ts',
        line: 1,
      },
    );

    expect(context.suspects[0]?.path).toBe('svelte.config.js');
    expect(context.settled?.class).toBe('config');
  });

  it('is configuration where a script writes what is missing, and the build runs none', async () => {
    const files = (build: string) => ({
      'package.json': `{ "scripts": { "piers": "node scripts/piers.mjs", "build": "${build}" } }`,
      'scripts/piers.mjs': "writeFileSync(new URL('../src/made/piers.json', import.meta.url), '[]');\n",
      'src/list.js': "import piers from './made/piers.json';\n\nexport default piers;\n",
    });
    const error: Told = {
      tool: 'vite',
      kind: 'module-not-found',
      message: 'Could not resolve "./made/piers.json" from "src/list.js"',
      specifier: './made/piers.json',
      file: 'src/list.js',
    };
    const lost = await gather(files('vite build'), error);

    expect(lost.settled?.class).toBe('config');
    expect(lost.suspects[0]?.path).toBe('package.json');
    expect((await gather(files('npm run piers && vite build'), error)).settled).toBeUndefined();
  });

  it('is the environment where a refused setting is read from a variable', async () => {
    const context = await gather(
      { 'astro.config.mjs': 'export default defineConfig({ site: process.env.SITE_URL });\n' },
      { tool: 'astro', kind: 'config', message: 'Astro found issue(s)\n! site: Invalid url', symbol: 'site' },
    );

    expect(context.settled?.class).toBe('environment');
  });

  describe('is told by what code takes from a variable', () => {
    const page = (body: string) => ({ 'pages/[pier].js': `${body}\n\nexport default () => null;\n` });
    const told = (message: string): Told => ({ tool: 'next', kind: 'page-data', route: '/[pier]', message });
    const json = told('SyntaxError: Unexpected token \'g\', "gull" is not valid JSON');

    it('JSON that it does not hold', async () => {
      const read = page("const closed = JSON.parse(process.env.CLOSED ?? '[]');");

      expect((await gather(read, json)).settled?.class).toBe('environment');
      expect((await gather(page("const closed = JSON.parse('gull');"), json)).settled).toBeUndefined();
    });

    it('not code that does not parse, whatever is read nearby', async () => {
      const read = page('const base = new URL(process.env.SITE);');

      expect((await gather(read, told("SyntaxError: Unexpected token 'export'"))).settled).toBeUndefined();
      expect((await gather(read, json)).settled).toBeUndefined();
    });
  });

  it('is code where the browser is to read what only Node.js has', async () => {
    const files = (manifest: string) => ({
      'package.json': manifest,
      'src/practice.ts': 'export const name = process.env.VITE_NAME;\n',
    });
    const error: Told = {
      tool: 'typescript',
      kind: 'type',
      code: 'TS2591',
      message: "Cannot find name 'process'. Do you need to install type definitions for node?",
      file: 'src/practice.ts',
      line: 1,
    };
    const context = await gather(files('{ "devDependencies": { "vite": "^7.0.0" } }'), error);

    expect(context.suspects[0]?.path).toBe('src/practice.ts');
    expect((await gather(files('{}'), error)).suspects[0]?.path).toBe('package.json');
  });
});

describe('a template that is not there', () => {
  const files = {
    'build.mjs': 'import Handlebars from "handlebars";\n',
    'views/home.hbs': '<b>{{> crumbs}}</b>\n',
    'views/tour.hbs': '<b>{{> menu}}</b>\n',
    'views/list.njk': '{% include "parts/crumbs.njk" %}\n',
  };

  it('is asked for by those who include it', async () => {
    const told = (message: string): Told => ({ kind: 'script-failed', message, file: 'build.mjs' });
    const byName = await rank(files, told('Error: The partial crumbs could not be found'));
    expect(byName).toContain('views/home.hbs');
    expect(byName).not.toContain('views/tour.hbs');
    expect(await rank(files, told('Error: template not found: parts/crumbs.njk'))).toContain('views/list.njk');
  });
});

describe('what is loaded for a page that fails', () => {
  it('is looked for beside a page of SvelteKit that reads what its data lack', async () => {
    const files = {
      'src/routes/tides/+page.svelte': '<p>{data.tides.length}</p>\n',
      'src/routes/tides/+page.server.ts': 'export const load = () => ({ heights: [] });\n',
      'src/routes/tides/+server.ts': 'export const GET = () => new Response();\n',
    };
    const error: Told = {
      tool: 'svelte-check',
      kind: 'type',
      message: "Property 'tides' does not exist on type '{ heights: never[]; }'.",
      file: 'src/routes/tides/+page.svelte',
      line: 1,
    };

    expect((await rank(files, error)).slice(0, 2)).toEqual([
      'src/routes/tides/+page.svelte',
      'src/routes/tides/+page.server.ts',
    ]);
  });

  it('is what makes the call that is none', async () => {
    const files = {
      'src/pages/tides.json.ts':
        "import { listTides } from '../lib/tides';\n\nexport const GET = () => Response.json(listTides());\n",
      'src/lib/tides.ts': 'export const listTides = () => heights.sort();\n',
    };
    const error: Told = {
      tool: 'astro',
      kind: 'prerender',
      message: 'heights.sort is not a function',
      route: '/tides.json',
      trace: ['src/pages/tides.json.ts'],
    };

    expect((await rank(files, error))[0]).toBe('src/lib/tides.ts');
  });

  it.each([
    [
      'no entries',
      'const boats = defineCollection({});\nexport const collections = { boats };\n',
      'src/content.config.ts',
    ],
    [
      'another name',
      'const ships = defineCollection({});\nexport const collections = { ships };\n',
      'src/pages/[id].astro',
    ],
  ])('is a collection with %s', async (_, config, first) => {
    const files = {
      'src/content.config.ts': config,
      'src/pages/[id].astro': "---\nconst boat = await getEntry('boats', 'tern');\n---\n\n<p>{boat.data.name}</p>\n",
    };
    const error: Told = {
      tool: 'astro',
      kind: 'prerender',
      code: 'collection-not-found',
      symbol: 'boats',
      message: 'Cannot read properties of undefined (reading \'data\')\nThe collection "boats" does not exist',
      route: '/tern',
      trace: ['src/pages/[id].astro'],
    };
    const context = await gather(files, error);

    expect(context.suspects[0]?.path).toBe(first);
    expect(context.settled?.class ?? 'code').toBe('code');
  });
});

describe('data that were left behind', () => {
  const json = (rows: readonly object[]) => `${JSON.stringify(rows)}\n`;
  const boats = [
    { id: 'gull', hull: { metres: 9 }, berth: 'north' },
    { id: 'tern', hull: { metres: 7 }, berth: 'south' },
    { id: 'auk', hull: { metres: 8 }, berth: 'north' },
  ];
  const late: Told = {
    tool: 'typescript',
    kind: 'type',
    code: 'TS2352',
    message:
      "Conversion of type '{ id: string; metres: number; }[]' to type 'Boat[]' may be a mistake. Property 'lengthMetres' is missing in type '{ id: string; metres: number; }' but required in type 'Boat'.",
    file: 'src/boats.ts',
    line: 4,
  };
  const importing = (reader: string): Files => ({
    'src/boats.ts':
      "import data from './boats.json';\nimport type { Boat } from './boat';\n\nexport const boats = data as Boat[];\n",
    'src/boats.json': json([{ id: 'gull', metres: 9 }]),
    'src/boat.ts': 'export interface Boat {\n  id: string;\n  lengthMetres: number;\n}\n',
    'src/list.ts': `import { boats } from './boats';\n\nexport const list = boats.map((boat) => ${reader});\n`,
  });

  it('go before the line that hands them on, where code reads the key already', async () => {
    expect((await rank(importing('boat.lengthMetres'), late))[0]).toBe('src/boats.json');
    expect((await rank(importing('boat.id'), late))[0]).toBe('src/boats.ts');
  });

  const checked = (reader: string): Files => ({
    'app/api/fleet/route.ts':
      "import { fleet } from '../../../lib/fleet';\n\nexport const GET = () => Response.json(fleet);\n",
    'lib/fleet.ts':
      "import boats from '../data/boats.json';\nimport crews from '../data/crews.json';\nimport { boatSchema } from './schema';\n\nexport const fleet = boatSchema.array().parse(boats);\nexport const hands = crews.length;\n",
    'lib/schema.ts':
      "import { z } from 'zod';\n\nexport const boatSchema = z.object({ hull: z.object({ lengthMetres: z.number() }) });\n",
    'lib/note.ts': `export const note = (boat) => ${reader};\n`,
    'data/boats.json': json(boats),
    'data/crews.json': json([{ id: 'a' }, { id: 'b' }, { id: 'c' }]),
  });
  const refused: Told = {
    tool: 'next',
    kind: 'page-data',
    route: '/api/fleet',
    message: 'Error: Required\n[\n{\n"path": [\n0,\n"hull",\n"lengthMetres"\n],\n"message": "Required"\n}',
  };

  it('go before the schema, and those that have nothing of the kind do not count', async () => {
    const suspects = await rank(checked('boat.hull.lengthMetres'), refused);

    expect(suspects[0]).toBe('data/boats.json');
    expect(suspects.slice(0, 3)).not.toContain('data/crews.json');
    expect((await rank(checked('boat.id'), refused))[0]).toBe('lib/fleet.ts');
  });

  const pages: Files = {
    'app/boats/[id]/page.tsx':
      "import { boats } from '../../../lib/boats';\n\nexport default () => <p>{boats.length}</p>;\n",
    'app/page.tsx': "import { boats } from '../lib/boats';\n\nexport default () => <p>{boats.length}</p>;\n",
    'lib/boats.ts': "import boats from '../data/boats.json';\n\nexport { boats };\n",
    'data/boats.json': json([...boats, { id: 'puffin', hull: { metres: 6 }, berth: 'nort' }]),
    'data/berths.json': json([{ id: 'north' }, { id: 'south' }]),
  };

  it('a record that names what is nowhere is what failed its page, and pages that list it', async () => {
    const told = (route: string): Told => ({ tool: 'sveltekit', kind: 'prerender', message: '500', route });

    expect((await rank(pages, told('/boats/puffin')))[0]).toBe('data/boats.json');
    expect((await rank(pages, told('/boats/gull')))[0]).not.toBe('data/boats.json');
    expect((await rank(pages, told('/'), told('/boats/puffin')))[0]).toBe('data/boats.json');
  });

  it('lack a key only as those do that are of their kind', async () => {
    const files: Files = {
      'src/i18n/en.json': '{ "save": "Save", "close": "Close", "open": "Open" }',
      'src/i18n/de.json': '{ "save": "Sichern", "close": "Zu" }',
      'src/i18n/units.json': '{ "metre": "m", "knot": "kn" }',
      'src/bar.ts': "import en from './i18n/en.json';\n\nexport const open = en.open;\n",
    };
    const unknown: Told = {
      tool: 'typescript',
      kind: 'type',
      code: 'TS2339',
      message: "Property 'open' does not exist on type '{ save: string; close: string; }'.",
      file: 'src/bar.ts',
      line: 3,
    };
    const suspects = await rank(files, unknown);

    expect(suspects).toContain('src/i18n/de.json');
    expect(suspects).not.toContain('src/i18n/units.json');
  });
});

it('a project that the compiler refuses to refer to is mended in its own settings', async () => {
  const files = {
    'apps/desk/tsconfig.app.json': '{ "references": [{ "path": "../../packages/tides" }] }',
    'packages/tides/tsconfig.json': '{ "compilerOptions": { "declaration": true } }',
    'packages/winds/tsconfig.json': '{ "compilerOptions": { "composite": true } }',
  };
  const told = (message: string): Told => ({
    tool: 'typescript',
    kind: 'config',
    code: 'TS6306',
    message,
    file: 'apps/desk/tsconfig.app.json',
    line: 1,
  });

  expect(
    (
      await rank(files, told(`Referenced project '/vercel/path0/packages/tides' must have setting "composite": true.`))
    )[0],
  ).toBe('packages/tides/tsconfig.json');
});

it('a function that a page hands to client code leads to the page, and to the component that takes it', async () => {
  const files = {
    'app/page.tsx':
      "import { Filter } from '../components/Filter';\nimport { Title } from '../components/Title';\n\nexport default () => (\n  <Title>\n    <Filter rows={[]} describe={(row) => row.name} />\n  </Title>\n);\n",
    'components/Filter.tsx': "'use client';\n\nexport const Filter = ({ rows, describe }) => rows.map(describe);\n",
    'components/Title.tsx': "'use client';\n\nexport const Title = ({ children }) => <h1>{children}</h1>;\n",
  };
  const suspects = await rank(files, {
    tool: 'next',
    kind: 'prerender',
    route: '/',
    message:
      'Error: Functions cannot be passed directly to Client Components unless you explicitly expose it by marking it with "use server".\n{rows: ..., describe: function describe}',
  });

  expect(suspects.slice(0, 2)).toEqual(['app/page.tsx', 'components/Filter.tsx']);
});

describe('what Nuxt takes without an import', () => {
  const files = {
    'nuxt.config.ts': 'export default defineNuxtConfig({});\n',
    'app/pages/growers/[id].vue':
      '<script setup lang="ts">\nconst { data } = await useGrower(\'brook\');\n</script>\n<template><grower-card :grower="data" /></template>\n',
    'app/composables/useGrower.ts': "export const useGrower = (id: string) => useFetch('/api/growers/' + id);\n",
    'app/components/GrowerCard.vue':
      '<script setup>\nconst basket = useBasket();\n</script>\n<template><p>{{ basket.total }}</p></template>\n',
    'app/stores/basket.ts':
      "export const useBasket = defineStore('basket', () => ({ total: localStorage.getItem('total') }));\n",
    'server/api/growers/[id].get.ts': 'export default defineEventHandler(() => findGrower().name.trim());\n',
    'server/utils/growers.ts': 'export const findGrower = () => undefined;\n',
    'app/utils/unused.ts': 'export const seen = () => localStorage.seen;\n',
  };
  const failed = (message: string): Told => ({ tool: 'nuxt', kind: 'prerender', message, route: '/growers/brook' });

  it('is behind the page that uses it', async () => {
    const suspects = await rank(files, failed('localStorage is not defined'));

    expect(suspects[0]).toBe('app/stores/basket.ts');
    expect(suspects).not.toContain('app/utils/unused.ts');
  });

  it('is what answers an address that it fetches, and what that uses', async () => {
    const suspects = await rank(files, failed("Cannot read properties of undefined (reading 'name')"));

    expect(suspects.slice(0, 2)).toContain('server/api/growers/[id].get.ts');
    expect(suspects).toContain('server/utils/growers.ts');
  });
});

it('a date that is none leads to the record that has words where its neighbours have a date', async () => {
  const files = {
    'src/format.ts': 'export const day = (text: string) => new Date(text).toISOString();\n',
    'src/piers.json': '[{ "id": "a", "built": "1990-04-02" }, { "id": "b", "built": "in spring" }]',
    'src/boats.ts': "export const boats: { built: string }[] = [{ built: '1991-02-03' }, { built: '1992-02-03' }];\n",
  };

  expect((await rank(files, { kind: 'other', message: 'RangeError: Invalid time value' }))[0]).toBe('src/piers.json');
});

it('a page that got no JSON leads to what loads its data', async () => {
  const files = {
    'src/routes/seeds/+page.svelte': '<script>let { data } = $props();</script>\n',
    'src/routes/seeds/+page.ts': "export const load = async ({ fetch }) => (await fetch('/api/seed.json')).json();\n",
    'src/routes/+layout.svelte': '<slot />\n',
  };
  const message = 'SyntaxError: Unexpected token \'N\', "Not found: /api/seed.json" is not valid JSON';

  expect((await rank(files, { tool: 'sveltekit', kind: 'json', message, route: '/seeds' }))[0]).toBe(
    'src/routes/seeds/+page.ts',
  );
});

describe('records with a file each, where the log tells of none', () => {
  const walk = (own: object) =>
    JSON.stringify({
      title: 'A walk',
      grade: 'easy',
      km: 7.5,
      checked: '2025-05-03',
      stages: [{ name: 'Up' }],
      ...own,
    });
  const files = {
    'app/walks/page.tsx':
      "import { Badge } from '../../components/Badge';\nimport { all } from '../../lib/walks';\n\nexport default () => all().map((walk) => <Badge key={walk.title} walk={walk} />);\n",
    'components/Badge.tsx':
      "import { grades } from '../lib/grades';\n\nexport function Badge({ walk }) {\n  const { label } = grades[walk.grade];\n  return <p>{label} {walk.title.toUpperCase()} {walk.km.toFixed(1)} {walk.stages.map((stage) => stage.name)}</p>;\n}\n",
    'lib/grades.ts': "export const grades = { easy: { label: 'Easy' }, hard: { label: 'Hard' } };\n",
    'lib/walks.ts':
      "import { walkSchema } from './schema';\n\nexport const all = () => read().map((one) => walkSchema.parse(one));\n",
    'lib/schema.ts':
      "import { z } from 'zod';\n\nexport const walkSchema = z.object({ title: z.string(), km: z.number() });\n",
    'content/walks/crag.json': walk({ grade: 'hard' }),
    'content/walks/fell.json': walk({}),
    'content/walks/tarn.json': walk({ km: 11 }),
  };
  const failed = (message: string): Told => ({ tool: 'next', kind: 'prerender', route: '/walks', message });
  const refused = (path: string, message: string) =>
    `ZodError: ${message}\n[\n{\n"code": "invalid_type",\n"path": [\n${path}\n"message": "${message}"`;

  it.each([
    ['a value of another kind', { km: '11' }, 'TypeError: e.toFixed is not a function'],
    ['no value', { title: null }, "TypeError: Cannot read properties of null (reading 'toUpperCase')"],
    [
      'a list that is not there',
      { stages: undefined },
      "TypeError: Cannot read properties of undefined (reading 'map')",
    ],
    [
      'a word that nothing knows',
      { grade: 'gentle' },
      "TypeError: Cannot destructure property 'label' of 'h.grades[e]' as it is undefined.",
    ],
    [
      'an object for a text',
      { title: { en: 'Tarn' } },
      'Error: Objects are not valid as a React child (found: object with keys {en}).',
    ],
    [
      'an object, of which React tells by number',
      { title: { en: 'Tarn' } },
      'Error: Minified React error #31; visit https://react.dev/errors/31?args[]=object%20with%20keys%20%7Ben%7D&args[]= for the full message',
    ],
    [
      'an object within a list',
      { stages: [{ name: { en: 'Up' } }] },
      'Error: Objects are not valid as a React child (found: object with keys {en}).',
    ],
    ['a refused value', { km: '11' }, refused('"km"', 'Expected number, received string')],
    ['a refused value within', { stages: [{ name: 3 }] }, 'ZodError: ✖ Expected string\n  → at stages[0].name'],
    ['a value that Yup refused', { km: undefined }, 'ValidationError: km is a required field'],
  ])('%s', async (_what, own, message) => {
    const suspects = await rank({ ...files, 'content/walks/tarn.json': walk(own) }, failed(message));

    expect(suspects.slice(0, 2)).toContain('content/walks/tarn.json');
    expect(suspects.slice(0, 2)).not.toContain('content/walks/fell.json');
  });

  it('a key that came to be asked for leads to all that lack it, and to who asks', async () => {
    const schema = "import { z } from 'zod';\n\nexport const walkSchema = z.object({ ascent: z.number() });\n";
    const suspects = await rank(
      { ...files, 'lib/schema.ts': schema, 'content/walks/crag.json': walk({ ascent: 90 }) },
      failed(refused('"ascent"', 'Required')),
    );

    expect(suspects.slice(0, 4)).toEqual(
      expect.arrayContaining(['content/walks/fell.json', 'content/walks/tarn.json', 'lib/schema.ts']),
    );
    expect(suspects).not.toContain('content/walks/crag.json');
  });

  it('says nothing of records that are alike', async () => {
    const suspects = await rank(files, failed("TypeError: Cannot read properties of undefined (reading 'map')"));

    expect(suspects.filter((path) => path.startsWith('content/'))).toEqual([]);
  });

  it('a day without quotes is no text, whoever shows it', async () => {
    const message = 'Error: Objects are not valid as a React child (found: [object Date]).';
    const note = (day: string) => `---\ntitle: Open\nday: ${day}\n---\n\nText.\n`;
    const shown = {
      'app/page.tsx': "import { Notes } from '../components/Notes';\n\nexport default () => <Notes />;\n",
      'components/Notes.tsx': 'export const Notes = ({ notes }) => notes.map((note) => <p>{note.day}</p>);\n',
      'content/notes/a.md': note('2025-05-01'),
    };
    const told: Told = { tool: 'next', kind: 'prerender', route: '/', message };

    expect((await rank({ ...shown, 'content/notes/b.md': note('"2025-04-01"') }, told))[0]).toBe('content/notes/a.md');
    expect((await rank({ ...shown, 'content/notes/b.md': note('2025-04-01') }, told))[0]).toBe('components/Notes.tsx');
  });
});

it('what Next.js asks of a page is not asked of what the page loads', async () => {
  const files = {
    'app/walks/[slug]/page.tsx':
      "import { day } from '../../../lib/dates';\n\nexport const generateStaticParams = () => [{ id: 'fell' }];\nexport default () => day;\n",
    'lib/dates.ts':
      "export const day = new Intl.DateTimeFormat('en-GB');\nexport const slug = (text: string) => text;\n",
  };
  const message =
    'Error: A required parameter (slug) was not provided as a string received undefined in generateStaticParams for /walks/[slug]';

  expect((await rank(files, { tool: 'next', kind: 'page-data', route: '/walks/[slug]', message }))[0]).toBe(
    'app/walks/[slug]/page.tsx',
  );
});

describe('Next.js prints the first type error only', () => {
  const files = {
    'lib/schema.ts': "import { z } from 'zod';\n\nexport const walk = z.object({ checked: z.string().optional() });\n",
    'app/sitemap.ts': "import { walk } from '../lib/schema';\n\nexport default () => new Date(walk.checked);\n",
    'app/page.tsx':
      "import { Card } from '../components/Card';\n\nexport default () => <Card walk={1} day={format(walk.checked)} />;\n",
    'components/Card.tsx':
      'export function Card({ walks, day }: { walks: number[]; day: string }) {\n  return <p>{day}</p>;\n}\n',
    'components/Safe.tsx': "export const Safe = ({ walk }) => <p>{walk.checked ?? 'never'}</p>;\n",
  };
  const told: Told = {
    tool: 'typescript',
    kind: 'type',
    file: 'app/sitemap.ts',
    line: 3,
    message: "Argument of type 'string | undefined' is not assignable to parameter of type 'string'.",
  };

  it('others who read what may be missing, and give a component what it does not take, come after it', async () => {
    const suspects = await rank(files, told);

    expect(suspects[0]).toBe('app/sitemap.ts');
    expect(suspects).toEqual(expect.arrayContaining(['app/page.tsx', 'lib/schema.ts']));
    expect(suspects).not.toContain('components/Safe.tsx');
  });

  it('and the compiler prints them all', async () => {
    expect(await rank(files, { ...told, code: 'TS2345' })).not.toContain('app/page.tsx');
  });
});

it('an option that a configuration inherits is mended where it is set', async () => {
  const files = {
    'apps/desk/tsconfig.json': '{ "extends": "@quay/config/base.json", "include": ["src"] }',
    'packages/config/base.json': '{ "extends": "./strict", "compilerOptions": { "strict": true } }',
    'packages/config/strict.json': '{ "compilerOptions": { "module": "esnext", "moduleResolution": "node16" } }',
  };
  const told: Told = {
    tool: 'typescript',
    kind: 'config',
    code: 'TS5110',
    message: "Option 'module' must be set to 'Node16' when option 'moduleResolution' is set to 'Node16'.",
    file: 'apps/desk/tsconfig.json',
    line: 1,
  };
  const own = { ...files, 'apps/desk/tsconfig.json': '{ "compilerOptions": { "module": "esnext" } }' };

  expect((await rank(files, told))[0]).toBe('packages/config/strict.json');
  expect((await rank(own, told))[0]).toBe('apps/desk/tsconfig.json');
});

it('an entry that the message begins with goes before the code that refuses it', async () => {
  const files = {
    'app/nights/[slug]/page.tsx':
      "import { nights } from '../../../lib/content';\n\nexport default () => nights.length;\n",
    'lib/content.ts': "import { readNight } from './schema';\n\nexport const nights = readNight('date');\n",
    'lib/schema.ts': 'const date = String(1);\n\nexport const readNight = (name: string) => [name, date];\n',
    'content/nights/lyra.md': '---\ndate: 2026-11-07\n---\n',
  };
  const suspects = await rank(files, {
    tool: 'next',
    kind: 'page-data',
    route: '/nights/[slug]',
    message: 'Error: content/nights/lyra.md: date: Expected string, received date',
  });

  expect(suspects[0]).toBe('content/nights/lyra.md');
});

it('the one record of a list in code that names what nothing else knows is what failed its page', async () => {
  const files = {
    'src/routes/logs/[slug]/+page.ts': "import { logs } from '$lib/logs';\n\nexport const load = () => logs;\n",
    'src/routes/logs/[slug]/+page.svelte': '<h1>Logs</h1>\n',
    'src/lib/logs.ts':
      "export const logs: Log[] = [\n  { slug: 'first', boat: 'tern' },\n  { slug: 'second', boat: 'auk' },\n  { slug: 'third', boat: 'aux' },\n];\n",
    'src/lib/boats.ts': "export const boats = [{ id: 'tern' }, { id: 'auk' }];\n",
    'src/lib/words.ts': 'export const words = [];\n',
  };
  const told = (route: string): Told => ({ tool: 'sveltekit', kind: 'prerender', message: '500', route });

  expect((await rank(files, told('/logs/third')))[0]).toBe('src/lib/logs.ts');
  expect((await rank(files, told('/logs/second')))[0]).not.toBe('src/lib/logs.ts');
});

it('a link that is put together leads to who does it', async () => {
  const files = {
    'src/routes/+page.svelte': '<a href="/tides">Tides</a>\n',
    'src/lib/Card.svelte': '<a href={"/berths/" + berth.id}>{berth.name}</a>\n',
    'src/lib/Row.svelte': '<a href="/boats/{boat.id}">{boat.name}</a>\n',
  };
  const message = 'Error: 404 /boats/auk (linked from /)';

  expect((await rank(files, { tool: 'sveltekit', kind: 'prerender', code: '404', message, route: '/' }))[0]).toBe(
    'src/lib/Row.svelte',
  );
});

it('a function of a bundle’s stack leads to who defines it, where one file does', async () => {
  const files = {
    'src/app/boat-card.ts': 'export class BoatCard {}\n',
    'src/app/berth-card.ts': 'export class BerthCard {}\n',
    'src/lib/a.ts': 'export const readTides = () => 1;\n',
    'src/lib/b.ts': 'export const readTides = () => 2;\n',
    'src/lib/c.ts': 'function readTides() {}\n',
  };
  const told: Told = { tool: 'angular', kind: 'prerender', message: 'Error: nothing', route: '/' };

  expect(await rank(files, { ...told, frames: ['readTides', 'BoatCard'] })).toEqual(['src/app/boat-card.ts']);
});

it('a value at which code throws may stand in a list that a module holds', async () => {
  const files = {
    'app/cellars.ts': `export const cellarOf = (id) => {\n  throw new Error(\`Unknown cellar: \${id}\`);\n};\n`,
    'app/cheeses.ts':
      "export const cheeses = [\n  { id: 'brie', cellar: 'north' },\n  { id: 'feta', cellar: 'sth' },\n];\n",
    'app/words.ts': "export const south = 'sth';\n",
  };
  const suspects = await rank(files, {
    tool: 'script',
    kind: 'other',
    message: 'Error: Unknown cellar: sth',
    file: 'app/cellars.ts',
    line: 2,
  });

  expect(suspects[0]).toBe('app/cheeses.ts');
});

it('a route that a message names leads to what answers it', async () => {
  const files = {
    'src/routes/seeds/[slug]/+page.server.ts': 'export const entries = () => [];\n',
    'src/routes/seeds/[slug]/+page.svelte': '<h1>Seed</h1>\n',
    'package.json': '{}',
  };
  const message = 'Error: The entries export from /seeds/[slug] generated entry /seeds/a, which was matched by another';

  expect((await rank(files, { tool: 'script', kind: 'script-failed', message }))[0]).toBe(
    'src/routes/seeds/[slug]/+page.server.ts',
  );
});

it('a link to where no page at all is speaks against who links, not against the data', async () => {
  const files = {
    'src/routes/+page.svelte': '<h1>Quay</h1>\n',
    'src/routes/boats/[slug]/+page.svelte': '<h1>Boat</h1>\n',
    'src/lib/Card.svelte': '<a href="/boat/{boat.slug}">{boat.name}</a>\n',
    'src/data/boats.json': '[{ "slug": "auk" }]',
  };
  const told = (address: string): Told => ({
    tool: 'sveltekit',
    kind: 'prerender',
    code: '404',
    message: `Error: 404 ${address} (linked from /)`,
    route: '/',
  });

  expect((await rank(files, told('/boat/auk')))[0]).toBe('src/lib/Card.svelte');
  expect((await rank(files, told('/boats/auk')))[0]).toBe('src/data/boats.json');
});

it('a member that a type has by a longer name, which others use already, was renamed: its users have to follow', async () => {
  const files = {
    'types.ts': 'export interface Flush {\n  weightGrams: number;\n}\n',
    'chart.ts': "import type { Flush } from './types';\n\nexport const sum = (a: Flush) => a.grams + a.grams;\n",
    'yields.ts': "import type { Flush } from './types';\n\nexport const yields = (a: Flush) => a.grams * a.grams;\n",
    'logs.ts': "import type { Flush } from './types';\n\nexport const logs: Flush[] = [{ weightGrams: 3 }];\n",
  };
  const told = ['chart.ts', 'chart.ts', 'yields.ts', 'yields.ts', 'yields.ts'].map(
    (file, at): Told => ({
      tool: 'typescript',
      kind: 'type',
      code: 'TS2339',
      message: "Property 'grams' does not exist on type 'Flush'.",
      symbol: 'grams',
      file,
      line: 3,
      column: 40 + at,
    }),
  );
  const lost = { ...files, 'logs.ts': 'export const logs = [];\n' };

  expect((await rank(files, ...told)).slice(0, 2).sort()).toEqual(['chart.ts', 'yields.ts']);
  expect((await rank(lost, ...told))[0]).toBe('types.ts');
});

it('Tailwind CSS names the sheet that takes in the one which says what it does not know', async () => {
  const files = {
    'src/main.css': "@import './parts.css';\n\nbody {\n  @apply text-ink;\n}\n",
    'src/parts.css': '.card {\n  @apply border-ink/20;\n}\n',
  };
  const message = 'Cannot apply unknown utility class `border-ink/20`';
  const told: Told = { tool: 'postcss', kind: 'style', message, symbol: 'border-ink/20', file: 'src/main.css' };

  expect((await rank(files, told))[0]).toBe('src/parts.css');
  expect((await rank({ ...files, 'src/main.css': files['src/parts.css'] }, told))[0]).toBe('src/main.css');
});

it('whoever calls a function as it was called before is at fault with the one that the build names first', async () => {
  const files = {
    'app/page.tsx': "import { formatDay } from '../lib/dates';\n\nexport default () => formatDay('a', 'long');\n",
    'app/form.tsx': "import { formatDay } from '../lib/dates';\n\nexport default () => formatDay('b', 'long');\n",
    'lib/dates.ts': 'export const formatDay = (day: string, options: { long?: boolean } = {}) => day + options.long;\n',
  };
  const suspects = await rank(files, {
    tool: 'next',
    kind: 'type',
    message: `Type '"long"' has no properties in common with type '{ long?: boolean | undefined; }'.`,
    file: 'app/page.tsx',
    line: 3,
    column: 38,
  });

  expect(suspects[0]).toBe('app/page.tsx');
  expect(suspects.slice(0, 3)).toContain('app/form.tsx');
});

describe('what a package of the repository gives others', () => {
  const files = {
    'package.json': '{ "workspaces": ["apps/*", "packages/*"] }',
    'turbo.json': '{ "tasks": { "build": { "dependsOn": ["^build"], "outputs": ["dist/**"] } } }',
    'apps/web/package.json': '{ "name": "web", "dependencies": { "@quay/core": "*", "@quay/ui": "*" } }',
    'apps/web/main.ts': "import '@quay/ui/theme.css';\nimport { tides } from '@quay/core';\n\nexport default tides;\n",
    'packages/core/package.json':
      '{ "name": "@quay/core", "exports": { ".": "./dist/index.js" }, "scripts": { "build": "tsc -p tsconfig.json" } }',
    'packages/core/tsconfig.json': '{ "compilerOptions": { "outDir": "lib", "declaration": true } }',
    'packages/core/src/index.ts': 'export const tides = [];\n',
    'packages/ui/package.json':
      '{ "name": "@quay/ui", "exports": { ".": "./src/index.ts", "./styles.css": "./src/styles.css" } }',
    'packages/ui/src/index.ts': 'export const ui = 1;\n',
    'packages/ui/src/styles.css': 'body {}\n',
  };

  it('is written where the compiler is told to, and not where all others look for it', async () => {
    const told: Told = {
      tool: 'typescript',
      kind: 'module-not-found',
      code: 'TS2307',
      message: "Cannot find module '@quay/core' or its corresponding type declarations.",
      file: 'apps/web/main.ts',
      line: 2,
      specifier: '@quay/core',
    };
    const moved = {
      ...files,
      'turbo.json': '{ "tasks": { "build": { "dependsOn": ["^build"], "outputs": ["lib/**"] } } }',
    };

    expect((await rank(files, told))[0]).toBe('packages/core/tsconfig.json');
    expect((await rank(moved, told))[0]).toBe('packages/core/package.json');
  });

  it('got another name where nobody imports its only other entry of the kind', async () => {
    const told: Told = {
      tool: 'vite',
      kind: 'module-not-found',
      message: 'Missing "./theme.css" specifier in "@quay/ui" package',
      specifier: '@quay/ui/theme.css',
    };
    const kept = { ...files, 'packages/ui/src/theme.css': 'body {}\n' };

    expect((await rank(files, told))[0]).toBe('apps/web/main.ts');
    expect((await rank(kept, told))[0]).toBe('packages/ui/package.json');
  });
});
