import { describe, expect, it } from 'vitest';
import type { Rule } from '../../../../lib/patch/suggestions/rule.js';
import { duplicateBlock } from '../../../../lib/patch/suggestions/rules/duplicate-block.js';
import { eachBinding } from '../../../../lib/patch/suggestions/rules/each-binding.js';
import { legacyComponent } from '../../../../lib/patch/suggestions/rules/legacy-component.js';
import { legacySlot } from '../../../../lib/patch/suggestions/rules/legacy-slot.js';
import { pageStore } from '../../../../lib/patch/suggestions/rules/page-store.js';
import { restProps } from '../../../../lib/patch/suggestions/rules/rest-props.js';
import { routeFileName } from '../../../../lib/patch/suggestions/rules/route-file-name.js';
import { snippetCall } from '../../../../lib/patch/suggestions/rules/snippet-call.js';
import { tableBody } from '../../../../lib/patch/suggestions/rules/table-body.js';
import { repairWith } from '../repository.js';

const file = 'src/lib/Board.svelte';

/** What the rule makes of the one component. */
async function repair(rule: Rule, text: string, facts: { readonly message: string; readonly line?: number }) {
  return (await repairWith(rule, { tool: 'svelte', file, ...facts }, { files: { [file]: text } }))?.[file];
}

describe('rows right inside a table', () => {
  const message = '`<tr>` cannot be a child of `<table>`. `<table>` only allows these children: `<caption>`';
  const at = (text: string) => repair(tableBody, text, { message });

  it('get a body, and nothing else moves', async () => {
    expect(await at('<table>\n\t<tr><td>a</td></tr>\n\t<tr><td>b</td></tr>\n</table>\n')).toBe(
      '<table>\n\t<tbody>\n\t\t<tr><td>a</td></tr>\n\t\t<tr><td>b</td></tr>\n\t</tbody>\n</table>\n',
    );
    expect(await at('<table><tr><td>a</td></tr></table>\n')).toBe(
      '<table><tbody><tr><td>a</td></tr></tbody></table>\n',
    );
  });

  it('get it behind the head, and around the block that makes them', async () => {
    expect(
      await at(
        '<table>\n  <thead><tr><th>x</th></tr></thead>\n  {#each rows as row}\n    <tr><td>{row}</td></tr>\n  {/each}\n</table>\n',
      ),
    ).toBe(
      '<table>\n  <thead><tr><th>x</th></tr></thead>\n  <tbody>\n    {#each rows as row}\n      <tr><td>{row}</td></tr>\n    {/each}\n  </tbody>\n</table>\n',
    );
  });

  it('stay where the table has a body or a foot as well, or what this does not know', async () => {
    expect(await at('<table>\n<tr><td>a</td></tr>\n<tbody><tr><td>b</td></tr></tbody>\n</table>\n')).toBeUndefined();
    expect(await at('<table>\n<tr><td>a</td></tr>\n<Rows />\n</table>\n')).toBeUndefined();
    expect(await at('<table>\n{#if a}<tr><td>a</td></tr>{:else}<Row />{/if}\n</table>\n')).toBeUndefined();
  });
});

describe('a binding to the item of a loop', () => {
  const message = 'Cannot reassign or bind to each block argument in runes mode. Use the array and index variables';
  const at = (text: string, line: number) => repair(eachBinding, text, { message, line });

  it('binds the member of the list', async () => {
    expect(await at('{#each tags as tag}\n\t<input bind:value={tag} />\n{/each}\n', 2)).toBe(
      '{#each tags as tag, index}\n\t<input bind:value={tags[index]} />\n{/each}\n',
    );
    expect(await at('{#each form.tags as tag, i (i)}\n\t<input bind:value={tag} />\n{/each}\n', 2)).toBe(
      '{#each form.tags as tag, i (i)}\n\t<input bind:value={form.tags[i]} />\n{/each}\n',
    );
  });

  it('is left alone where the list is computed, or the item is written elsewhere', async () => {
    expect(await at('{#each tags.filter(on) as tag}\n\t<input bind:value={tag} />\n{/each}\n', 2)).toBeUndefined();
    const written = '{#each tags as tag}\n\t<input bind:value={tag} onblur={() => (tag = "")} />\n{/each}\n';
    expect(await at(written, 2)).toBeUndefined();
  });
});

describe('a file of a route under a misspelt name', () => {
  const page = '<h1>Berths</h1>\n';
  const loader = 'export const load = () => ({});\n';
  const rename = (path: string, others: readonly string[] = []) =>
    repairWith(
      routeFileName,
      { tool: 'sveltekit', message: `Error: Files prefixed with + are reserved (saw ${path})` },
      { files: { [path]: path.endsWith('.ts') ? loader : page }, unread: others },
    );

  it('gets the name', async () => {
    expect(await rename('src/routes/berths/+pgae.svelte')).toEqual({
      'src/routes/berths/+page.svelte': page,
    });
    expect(await rename('src/routes/+page.sever.ts')).toEqual({ 'src/routes/+page.server.ts': loader });
  });

  it('keeps it where the other one exists, in whichever language, or none is near', async () => {
    expect(await rename('src/routes/+pgae.svelte', ['src/routes/+page.svelte'])).toBeUndefined();
    expect(await rename('src/routes/+page.sever.ts', ['src/routes/+page.server.js'])).toBeUndefined();
    expect(await rename('src/routes/+footer.svelte')).toBeUndefined();
  });
});

describe('`page` of `$app/state`', () => {
  const message = "Cannot use 'page' as a store. 'page' needs to be an object with a subscribe method on it.";
  const script = (from: string) => `<script>\n\timport { page } from '${from}';\n</script>\n\n`;

  it('is no store', async () => {
    expect(
      await repair(pageStore, `${script('$app/state')}<a class={$page.route.id}>{$page.url}</a>\n`, { message }),
    ).toBe(`${script('$app/state')}<a class={page.route.id}>{page.url}</a>\n`);
  });

  it('is another matter where it is one, or where a statement of the old kind reads it', async () => {
    expect(await repair(pageStore, `${script('$app/stores')}{$page.url}\n`, { message })).toBeUndefined();
    const reactive = `<script>\n\timport { page } from '$app/state';\n\t$: id = $page.route.id;\n</script>\n`;
    expect(await repair(pageStore, reactive, { message })).toBeUndefined();
  });
});

describe('a snippet that is named and not called', () => {
  const message = '`{@render ...}` tags can only contain call expressions';
  const at = (text: string) => repair(snippetCall, text, { message });

  it('is called as it is declared', async () => {
    expect(await at('{#snippet foot()}x{/snippet}\n{@render foot}\n')).toBe(
      '{#snippet foot()}x{/snippet}\n{@render foot()}\n',
    );
    const typed = (mark: string) =>
      `<script lang="ts">\n\tlet { head }: { head${mark}: Snippet } = $props();\n</script>\n`;
    expect(await at(`${typed('?')}{@render head}\n`)).toBe(`${typed('?')}{@render head?.()}\n`);
    expect(await at(`${typed('')}{@render head}\n`)).toBe(`${typed('')}{@render head()}\n`);
    const plain = '<script>\n\tlet { children } = $props();\n</script>\n';
    expect(await at(`${plain}{@render children}\n`)).toBe(`${plain}{@render children?.()}\n`);
  });

  it('is left alone where it takes something', async () => {
    expect(await at('{#snippet row(tide)}{tide}{/snippet}\n{@render row}\n')).toBeUndefined();
    const typed = '<script lang="ts">\n\tlet { row }: { row: Snippet<[Tide]> } = $props();\n</script>\n';
    expect(await at(`${typed}{@render row}\n`)).toBeUndefined();
  });
});

describe('the rest of the props', () => {
  const message = 'Cannot use `$$restProps` in runes mode';
  const script = (pattern: string) => `<script>\n\tlet { ${pattern} } = $props();\n</script>\n`;

  it('comes from `$props()`, by the name that it has there', async () => {
    expect(await repair(restProps, `${script('label')}<b {...$$restProps}>{label}</b>\n`, { message })).toBe(
      `${script('label, ...rest')}<b {...rest}>{label}</b>\n`,
    );
    expect(await repair(restProps, `${script('label, ...others')}<b {...$$restProps} />\n`, { message })).toBe(
      `${script('label, ...others')}<b {...others} />\n`,
    );
  });

  it('is left alone where the props are taken as one, or `rest` is taken', async () => {
    const whole = '<script>\n\tlet props = $props();\n</script>\n<b {...$$restProps} />\n';
    expect(await repair(restProps, whole, { message })).toBeUndefined();
    expect(await repair(restProps, `${script('rest')}<b {...$$restProps}>{rest}</b>\n`, { message })).toBeUndefined();
  });
});

describe('a slot beside snippets', () => {
  const message =
    'Cannot use `<slot>` syntax and `{@render ...}` tags in the same component. Migrate towards `{@render ...}` tags completely';
  const script = '<script>\n\tlet { head, children } = $props();\n</script>\n';

  it('is what `children` are', async () => {
    expect(
      await repair(legacySlot, `${script}{@render head()}\n<main><slot /></main>\n<p><slot></slot></p>\n`, { message }),
    ).toBe(`${script}{@render head()}\n<main>{@render children?.()}</main>\n<p>{@render children?.()}</p>\n`);
  });

  it('is left alone with a name, with content, or where nobody takes the children', async () => {
    expect(await repair(legacySlot, `${script}{@render head()}<slot name="a" />\n`, { message })).toBeUndefined();
    expect(await repair(legacySlot, `${script}{@render head()}<slot>none</slot>\n`, { message })).toBeUndefined();
    const without = script.replace(', children', '');
    expect(await repair(legacySlot, `${without}{@render head()}<slot />\n`, { message })).toBeUndefined();
  });
});

describe('a component that is made with `new`', () => {
  const message = "'new' expression, whose target lacks a construct signature, implicitly has an 'any' type.";
  const main = (code: string) => `import App from './App.svelte';\n\n${code}`;
  const mend = async (text: string) =>
    (
      await repairWith(legacyComponent, { file: 'src/main.ts', line: 3, message }, { files: { 'src/main.ts': text } })
    )?.['src/main.ts'];

  it('is mounted', async () => {
    expect(await mend(main('const app = new App({ target: document.body });\n\nexport default app;\n'))).toBe(
      "import App from './App.svelte';\nimport { mount } from 'svelte';\n\nconst app = mount(App, { target: document.body });\n\nexport default app;\n",
    );
  });

  it('is left alone where its methods are called, or where it is none', async () => {
    expect(await mend(main('const app = new App({ target: document.body });\napp.$set({ a: 1 });\n'))).toBeUndefined();
    expect(await mend("import { App } from './app';\n\nconst app = new App({ target: 1 });\n")).toBeUndefined();
  });
});

describe('a part of a component that a merge left twice', () => {
  const script = "<script>\n\timport { a } from './a';\n</script>\n";
  const message =
    'A component can have a single top-level `<script>` element and/or a single top-level `<script module>` element';

  it('goes once', async () => {
    expect(await repair(duplicateBlock, `${script}\n${script}\n<p>{a}</p>\n`, { message })).toBe(
      `${script}\n<p>{a}</p>\n`,
    );
  });

  it('stays where the two differ', async () => {
    const other = script.replaceAll('a', 'b');
    expect(await repair(duplicateBlock, `${script}\n${other}\n<p>{a}</p>\n`, { message })).toBeUndefined();
  });
});

it('a component that takes over what the server rendered is not mounted anew', async () => {
  const text = "import App from './App.svelte';\nnew App({ target: document.body, hydrate: true });\n";
  const error = { file: 'src/main.ts', line: 2, message: 'This expression is not constructable.' };

  expect(await repairWith(legacyComponent, error, { files: { 'src/main.ts': text } })).toBeUndefined();
});

it('the rest of the props ends a list that ends in a comma, and is left alone in a text', async () => {
  const message = 'Cannot use `$$restProps` in runes mode';
  const script = (pattern: string) => `<script>\n\tlet {\n\t\t${pattern}\n\t} = $props();\n</script>\n<b {...`;
  expect(await repair(restProps, `${script('a,')}$$restProps}>{a}</b>\n`, { message })).toBe(
    `${script('a, ...rest')}rest}>{a}</b>\n`,
  );
  expect(await repair(restProps, `${script('a')}$$restProps}>{a}: $$restProps</b>\n`, { message })).toBeUndefined();
});
