/** Commits of several files that look like a rule's case and are another: what was meant is not in them. */
import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import type { BuildError } from '../../../../lib/diagnosis/diagnosis.js';
import type { Rule } from '../../../../lib/patch/suggestions/rule.js';
import { closingTag } from '../../../../lib/patch/suggestions/rules/closing-tag.js';
import { compilerAnswer } from '../../../../lib/patch/suggestions/rules/compiler-answer.js';
import { deadLink } from '../../../../lib/patch/suggestions/rules/dead-link.js';
import { defaultExport } from '../../../../lib/patch/suggestions/rules/default-export.js';
import { defaultOrNamedImport } from '../../../../lib/patch/suggestions/rules/default-or-named-import.js';
import { earlyReturn } from '../../../../lib/patch/suggestions/rules/early-return.js';
import { memberSpelling } from '../../../../lib/patch/suggestions/rules/member-spelling.js';
import { mergeMarkers } from '../../../../lib/patch/suggestions/rules/merge-markers.js';
import { missingDependency } from '../../../../lib/patch/suggestions/rules/missing-dependency.js';
import { missingExport } from '../../../../lib/patch/suggestions/rules/missing-export.js';
import { missingImport } from '../../../../lib/patch/suggestions/rules/missing-import.js';
import { movedAsset } from '../../../../lib/patch/suggestions/rules/moved-asset.js';
import { movedExport } from '../../../../lib/patch/suggestions/rules/moved-export.js';
import { movedFile } from '../../../../lib/patch/suggestions/rules/moved-file.js';
import { nameSpelling } from '../../../../lib/patch/suggestions/rules/name-spelling.js';
import { namedCorrection } from '../../../../lib/patch/suggestions/rules/named-correction.js';
import { pageLink } from '../../../../lib/patch/suggestions/rules/page-link.js';
import { propSpelling } from '../../../../lib/patch/suggestions/rules/prop-spelling.js';
import { quotedDate } from '../../../../lib/patch/suggestions/rules/quoted-date.js';
import { quotedEntry } from '../../../../lib/patch/suggestions/rules/quoted-entry.js';
import { quotedValue } from '../../../../lib/patch/suggestions/rules/quoted-value.js';
import { renamedExport } from '../../../../lib/patch/suggestions/rules/renamed-export.js';
import { unclosedExpression } from '../../../../lib/patch/suggestions/rules/unclosed-expression.js';
import { unlistedModule } from '../../../../lib/patch/suggestions/rules/unlisted-module.js';
import { unusedName } from '../../../../lib/patch/suggestions/rules/unused-name.js';
import { unwantedExport } from '../../../../lib/patch/suggestions/rules/unwanted-export.js';
import { valueSpelling } from '../../../../lib/patch/suggestions/rules/value-spelling.js';
import { repairWith } from '../repository.js';

type Tree = Readonly<Record<string, string>>;

/** The diff of two trees, each file in one hunk without what is alike at its ends. */
function diff(before: Tree, after: Tree): FileChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((path): FileChange[] => {
    const [old, now] = [before[path], after[path]].map((text) => text?.replace(/\n$/, '').split('\n') ?? []);
    if (before[path] === after[path] || !old || !now) return [];
    let from = 0;
    while (from < Math.min(old.length, now.length) && old[from] === now[from]) from++;
    let end = 0;
    while (end < Math.min(old.length, now.length) - from && old.at(-1 - end) === now.at(-1 - end)) end++;
    const [gone, came] = [old.slice(from, old.length - end), now.slice(from, now.length - end)];
    const at = (count: number) => `${count === 0 ? from : from + 1},${count}`;
    const rows = [...gone.map((row) => `-${row}`), ...came.map((row) => `+${row}`)].join('\n');
    const status = before[path] === undefined ? 'added' : after[path] === undefined ? 'removed' : 'modified';
    return [{ path, status, hunks: `@@ -${at(gone.length)} +${at(came.length)} @@\n${rows}` }];
  });
}

interface Commit {
  readonly rule: Rule;
  readonly error: Partial<BuildError>;
  readonly before: Tree;
  /** What the commit leaves of each file that it touches. */
  readonly change: Readonly<Record<string, string | undefined>>;
}

function repair({ rule, error, before, change }: Commit) {
  const after = Object.entries({ ...before, ...change }).flatMap(([path, text]) =>
    text === undefined ? [] : [[path, text] as const],
  );
  const files = Object.fromEntries(after);
  return repairWith(rule, error, { files, changes: diff(before, files) });
}

const lost = (file: string, from: string, name: string) => ({
  file,
  line: 1,
  message: `Module '"${from}"' has no exported member '${name}'.`,
});
const unknown = (file: string, line: number, name: string) => ({
  file,
  line,
  message: `Cannot find name '${name}'.`,
});
const unused = (file: string, line: number, name: string) => ({
  file,
  line,
  message: `'${name}' is declared but its value is never read.`,
});

const price = (body: string) => `export function price(value: number) {\n  return ${body};\n}\n`;
const cart = { 'row.ts': "import { price } from './cart';\n\nexport const row = price(1);\n" };
const legend = (list: string) =>
  `export function Legend({ series }: Props) {\n  const names = series.map(nameOf);\n  return draw(names, ${list});\n}\n`;
const chart = {
  'tsconfig.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["./src/*"] } } }',
  'src/page.ts': "import { Legend } from '@/charts/legend';\n\nexport const page = Legend;\n",
};
const noLegend = { file: 'src/page.ts', line: 1, specifier: '@/charts/legend', message: '' };
const modal = (hook: string) =>
  `export function Modal({ open }: Props) {\n  if (!open) return null;\n\n  ${hook};\n\n  return <dialog />;\n}\n`;
const isConditional = (name: string) => ({
  file: 'modal.tsx',
  line: 4,
  column: 3,
  message: `React Hook "${name}" is called conditionally.`,
});
const noMoment = { file: 'c.ts', kind: 'module-not-found' as const, specifier: 'moment', message: '' };
const withMoment = "import moment from 'moment';\n\nexport const day = moment();\n";
const withOwn = "import { today } from './date';\n\nexport const day = today();\n";
const internal = (comment: string) => ({
  'ui/index.ts': "export { Card } from './card';\n",
  'ui/card.ts': 'export const Card = 1;\n',
  'ui/slot.ts': `${comment}\nexport const CardSlot = 1;\n`,
});

const silent: Readonly<Record<string, readonly (Commit & { readonly what: string })[]>> = {
  'another thing of the same name': [
    ...[
      price('value.toFixed(2)'),
      `${price('value.toFixed(2)')}\nexport const prices = (all: number[]) => all.map(price);\n`,
    ].map((other) => ({
      what: `a function that computes something else: ${other.length}`,
      rule: movedExport,
      error: lost('row.ts', './cart', 'price'),
      before: {
        ...cart,
        'cart.ts': `${price('value / 100')}\nexport const a = 1;\n`,
        'report.ts': price('value.toFixed(2)'),
      },
      change: { 'cart.ts': 'export const a = 1;\n', 'report.ts': other },
    })),
    {
      what: 'a type that came with a new module',
      rule: movedExport,
      error: lost('row.ts', './cart', 'Filter'),
      before: {
        'row.ts': "import type { Filter } from './cart';\n",
        'cart.ts': 'export interface Filter {\n  status: string;\n}\n\nexport const a = 1;\n',
      },
      change: { 'cart.ts': 'export const a = 1;\n', 'posts.ts': 'export interface Filter {\n  tag: string;\n}\n' },
    },
    ...[{ 'src/map/legend.ts': `${legend("'b'")}\n` }, { 'src/map/legend.ts': legend("'c'") }].map((change, index) => ({
      what: `a file that was there ${index === 0 ? 'and changed' : 'as it is'}`,
      rule: movedFile,
      error: noLegend,
      before: { ...chart, 'src/charts/legend.ts': legend("'a'"), 'src/map/legend.ts': legend("'c'") },
      change: { ...change, 'src/charts/legend.ts': undefined },
    })),
    {
      what: 'a new file',
      rule: movedFile,
      error: noLegend,
      before: { ...chart, 'src/charts/legend.ts': legend("'a'") },
      change: {
        'src/charts/legend.ts': undefined,
        'src/map/legend.ts': 'export const Legend = (layers: string[]) => layers.join();\n',
      },
    },
    {
      what: 'a new script of a page',
      rule: movedAsset,
      error: { file: 'index.html', message: 'Failed to resolve /src/main.ts from /vercel/path0/index.html' },
      before: {
        'index.html': '<script src="/src/main.ts"></script>\n',
        'src/main.ts': "import './app';\n\nstart('app');\n",
      },
      change: { 'src/main.ts': undefined, 'src/worker/main.ts': 'onmessage = (event) => postMessage(event.data);\n' },
    },
    {
      what: 'a component that an index has in the place of one that is still there',
      rule: renamedExport,
      error: lost('page.tsx', './ui', 'Button'),
      before: {
        'ui/Button.tsx': 'export const Button = () => <b />;\n',
        'ui/IconButton.tsx': 'export const IconButton = () => <i />;\n',
        'ui/index.ts': "export { Button } from './Button';\n",
        'page.tsx': "import { Button } from './ui';\n\nexport const page = <Button />;\n",
      },
      change: { 'ui/index.ts': "export { IconButton } from './IconButton';\n" },
    },
    {
      what: 'a number that counts something else',
      rule: renamedExport,
      error: lost('upload.ts', './limits', 'MAX_UPLOAD_MB'),
      before: {
        'limits.ts': 'export const MAX_UPLOAD_MB = 10;\n',
        'upload.ts': "import { MAX_UPLOAD_MB } from './limits';\n\nexport const most = MAX_UPLOAD_MB * 1024;\n",
      },
      change: { 'limits.ts': 'export const MAX_UPLOAD_FILES = 10;\n' },
    },
    {
      what: 'a function with another verb that does not answer as the old one',
      rule: renamedExport,
      error: lost('a.ts', './auth', 'getUser'),
      before: {
        'auth.ts': 'export function getUser() {\n  const user = read();\n  return user ?? null;\n}\n',
        'a.ts': "import { getUser } from './auth';\n\nexport const a = getUser()?.name;\n",
      },
      change: {
        'auth.ts': 'export function requireUser() {\n  const user = read();\n  return user ?? redirect();\n}\n',
      },
    },
    {
      what: 'what was the default and is the options of it now',
      rule: defaultOrNamedImport,
      error: { file: 'a.ts', message: 'Module \'"./fetcher"\' has no default export.' },
      before: {
        'fetcher.ts':
          'const fetcher = (url: string) => fetch(url).then((answer) => answer.json());\n\nexport default fetcher;\n',
        'a.ts': "import fetcher from './fetcher';\n\nexport const a = fetcher('/a');\n",
      },
      change: { 'fetcher.ts': "export const fetcher: RequestInit = { cache: 'no-store' };\n" },
    },
  ],
  'an import of something else': [
    {
      what: 'a type where a value is handed on',
      rule: defaultOrNamedImport,
      error: { file: 'a.tsx', message: 'Module \'"./button"\' has no default export.' },
      before: { 'button.ts': 'export interface Button {\n  label: string;\n}\n' },
      change: { 'a.tsx': "import Button from './button';\n\nexport const a = <List as={Button} />;\n" },
    },
    {
      what: "a function that a component's script had",
      rule: defaultOrNamedImport,
      error: { file: 'focus.ts', message: '"tabId" is not exported by "Tabs.svelte", imported by "focus.ts".' },
      before: {
        'Tabs.svelte': '<script module>\n  export const tabId = (name) => name;\n</script>\n<p />\n',
        'focus.ts': "import { tabId } from './Tabs.svelte';\n\nexport const id = tabId('a');\n",
      },
      change: { 'Tabs.svelte': '<p></p>\n' },
    },
    {
      what: 'an icon for a link',
      rule: missingImport,
      error: unknown('page.tsx', 1, 'Link'),
      before: {
        'share.tsx': "import { Link } from 'lucide-react';\n\nexport const share = <Link size={20} />;\n",
        'page.tsx': 'export const page = <p />;\n',
      },
      change: { 'page.tsx': 'export const page = <Link href="/shop">Shop</Link>;\n' },
    },
    {
      what: 'the usual hook for the one that the commit brings',
      rule: missingImport,
      error: unknown('profile.ts', 1, 'useForm'),
      before: { 'login.ts': "import { useForm } from 'react-hook-form';\n\nexport const login = useForm();\n" },
      change: {
        'use-form.ts': 'export function useForm(initial: object) {\n  return initial;\n}\n',
        'profile.ts': 'export const profile = useForm({});\n',
      },
    },
    {
      what: 'a function for what others keep in a variable of their own',
      rule: missingImport,
      error: unknown('bills.ts', 1, 'currentUser'),
      before: {
        'account.ts': "import { currentUser } from '@clerk/nextjs/server';\n\nexport const user = currentUser();\n",
        'orders.ts':
          'export async function orders() {\n  const currentUser = await read();\n  return currentUser.name;\n}\n',
        'bills.ts': 'export const bills = () => 1;\n',
      },
      change: { 'bills.ts': 'export const bills = () => currentUser.name;\n' },
    },
    {
      what: "the usual one for the one of the file's own folder",
      rule: missingImport,
      error: unknown('admin/users.tsx', 1, 'Table'),
      before: {
        'admin/table.tsx': 'export const Table = () => <i />;\n',
        'shop/table.tsx': 'export const Table = () => <b />;\n',
        'shop/list.tsx': "import { Table } from './table';\n\nexport const list = <Table />;\n",
        'admin/users.tsx': 'export const users = 1;\n',
      },
      change: { 'admin/users.tsx': 'export const users = <Table />;\n' },
    },
    {
      what: 'the twin of the client on the server',
      rule: missingImport,
      error: unknown('orders.ts', 1, 'connect'),
      before: {
        'client.ts': 'export const connect = () => 1;\n',
        'server.ts': "import 'server-only';\n\nexport const connect = () => 2;\n",
        'login.ts': "'use client';\nimport { connect } from './client';\n\nexport const login = connect();\n",
        'orders.ts': 'export const orders = 1;\n',
      },
      change: { 'orders.ts': 'export const orders = connect();\n' },
    },
    ...['/** @internal */', '// Exported for tests only.'].map((comment) => ({
      what: `what is kept inside: ${comment}`,
      rule: missingImport,
      error: unknown('page.ts', 1, 'CardSlot'),
      before: { ...internal(comment), 'page.ts': 'export const page = 1;\n' },
      change: { 'page.ts': 'export const page = CardSlot;\n' },
    })),
  ],
  'an export that is not to be': [
    ...['/**\n * Of the card.\n * @internal\n */', '/** Exported for tests. */'].map((comment) => ({
      what: `what is kept inside: ${comment}`,
      rule: unlistedModule,
      error: lost('page.ts', './ui', 'CardSlot'),
      before: internal(comment),
      change: { 'page.ts': "import { CardSlot } from './ui';\n\nexport const page = CardSlot;\n" },
    })),
    {
      what: 'what is marked as internal',
      rule: missingExport,
      error: { file: 'a.ts', message: "Module '\"./rates\"' declares 'raw' locally, but it is not exported." },
      before: { 'rates.ts': '/** @internal Call `rate`. */\nconst raw = 1;\n\nexport const rate = () => raw * 1.2;\n' },
      change: { 'a.ts': "import { raw } from './rates';\n\nexport const a = raw;\n" },
    },
    {
      what: 'what was taken out of a list of several lines',
      rule: missingExport,
      error: { file: 'a.ts', message: "Module '\"./csv\"' declares 'split' locally, but it is not exported." },
      before: {
        'csv.ts': 'function split() {}\n\nfunction write() {}\n\nexport {\n  split,\n  write,\n};\n',
        'a.ts': "import { split } from './csv';\n\nexport const a = split();\n",
      },
      change: { 'csv.ts': 'function split() {}\n\nfunction write() {}\n\nexport {\n  write,\n};\n' },
    },
    {
      what: "a function of a Client Component's module, which the server cannot call",
      rule: missingExport,
      error: {
        file: 'app/page.tsx',
        message: "Module '\"../price\"' declares 'format' locally, but it is not exported.",
      },
      before: {
        'price.tsx': "'use client';\n\nconst format = () => 'a';\n\nexport const Price = () => <b>{format()}</b>;\n",
      },
      change: {
        'app/page.tsx':
          "import { format } from '../price';\n\nexport default function Page() {\n  return format();\n}\n",
      },
    },
    {
      what: 'a part of the page that moved elsewhere',
      rule: defaultExport,
      error: { file: 'app/page.tsx', message: "File '/vercel/path0/app/page.tsx' is not a module." },
      before: {
        'app/page.tsx':
          'function Hero() {\n  return <h1>Hi</h1>;\n}\n\nexport default function HomePage() {\n  return <Hero />;\n}\n',
      },
      change: { 'app/page.tsx': 'function Hero() {\n  return <h1>Hi</h1>;\n}\n' },
    },
    {
      what: 'a setting under another name, of which a comment speaks',
      rule: unwantedExport,
      error: { file: 'app/page.tsx', message: '"revalidation" is not a valid Page export field.' },
      before: { 'app/page.tsx': 'export default () => 1;\n' },
      change: {
        'app/page.tsx': '// A revalidation an hour.\nexport const revalidation = 3600;\n\nexport default () => 1;\n',
      },
    },
    {
      what: 'what is loaded by another',
      rule: unwantedExport,
      error: { file: 'app/page.tsx', message: '"helper" is not a valid Page export field.' },
      before: { 'x.ts': "export const x = async () => (await import('./app/page')).helper();\n" },
      change: { 'app/page.tsx': 'export const helper = () => 1;\n\nexport default () => helper();\n' },
    },
    {
      what: 'what an index passes on',
      rule: unwantedExport,
      error: {
        file: 'actions/post.ts',
        line: 3,
        message: 'Only async functions are allowed to be exported in a "use server" file.',
      },
      before: {
        'actions/index.ts': "export * from './post';\n",
        'form.ts': "import { schema } from './actions';\n\nexport const form = schema;\n",
      },
      change: {
        'actions/post.ts': "'use server';\n\nexport const schema = {};\n\nexport const post = async () => schema;\n",
      },
    },
  ],
  'a use that was forgotten': [
    {
      what: 'of the children of a new layout',
      rule: unusedName,
      error: unused('layout.tsx', 1, 'children'),
      before: {},
      change: {
        'layout.tsx':
          'export default function Layout({ children, title }: { children: string; title: string }) {\n  return <h1>{title}</h1>;\n}\n',
      },
    },
    {
      what: 'of a value in a new module',
      rule: unusedName,
      error: unused('total.ts', 2, 'reduced'),
      before: {},
      change: {
        'total.ts':
          'export function total(sum: number, off: number) {\n  const reduced = sum - off;\n  return sum;\n}\n',
      },
    },
    {
      what: 'of what sets a state that begins empty',
      rule: unusedName,
      error: unused('list.tsx', 4, 'setQuery'),
      before: { 'list.tsx': "import { useState } from 'react';\n\nexport function List() {\n  return <ul />;\n}\n" },
      change: {
        'list.tsx':
          "import { useState } from 'react';\n\nexport function List() {\n  const [query, setQuery] = useState('');\n  return <input value={query} />;\n}\n",
      },
    },
    {
      what: 'of an operand that stands on the wrong side',
      rule: compilerAnswer,
      error: {
        file: 'a.ts',
        line: 1,
        column: 34,
        message: 'Right operand of ?? is unreachable because the left operand is never nullish.',
      },
      before: {},
      change: { 'a.ts': "export const a = (post: Post) => 'Untitled' ?? post.title;\n" },
    },
  ],
  'what would run where it did not': [
    ...['useLockBodyScroll()', "usePageView('modal')"].map((hook) => ({
      what: hook,
      rule: earlyReturn,
      error: isConditional(hook.replace(/\(.*/, '')),
      before: {},
      change: { 'modal.tsx': modal(hook) },
    })),
    {
      what: 'a link that loads a page anew after an error',
      rule: pageLink,
      error: { file: 'app/error.tsx', line: 1, message: 'Do not use an `<a>` element to navigate to `/`.' },
      before: {},
      change: { 'app/error.tsx': 'export default () => <a href="/">Reload</a>;\n' },
    },
  ],
  'a word of its own': [
    {
      what: 'that a component is called by',
      rule: nameSpelling,
      error: { file: 'a.tsx', line: 3, message: "Cannot find name 'contact'. Did you mean 'contract'?" },
      before: {},
      change: {
        'a.tsx':
          "import { ContactLine } from './line';\n\nexport const a = (contract: string) => <ContactLine contact={contact} />;\n",
      },
    },
    {
      what: 'that an element has',
      rule: nameSpelling,
      error: { file: 'a.tsx', line: 2, message: "Cannot find name 'setForm'. Did you mean 'setFrom'?" },
      before: {},
      change: { 'a.tsx': "const [from, setFrom] = useState('');\nsetForm({ from });\nexport const a = <form />;\n" },
    },
    {
      what: 'that the page shows',
      rule: memberSpelling,
      error: {
        file: 'a.tsx',
        line: 1,
        message: "Property 'county' does not exist on type 'Place'. Did you mean 'country'?",
      },
      before: {},
      change: { 'a.tsx': 'export const a = (place: Place) => <p>County: {place.county}</p>;\n' },
    },
    {
      what: 'that a link says',
      rule: deadLink,
      error: { tool: 'sveltekit', code: '404', specifier: '/trial', route: '/', message: '404 /trial' },
      before: { 'src/routes/trail/+page.svelte': '<h1>Trail</h1>\n' },
      change: { 'src/routes/+page.svelte': '<a href="/trial">Free trial</a>\n' },
    },
    {
      what: 'that is an attribute of HTML',
      rule: propSpelling,
      error: { file: 'A.svelte', line: 4, message: "'\"form\"' does not exist in type '$$ComponentProps'." },
      before: {
        'Field.svelte': '<script lang="ts">\n  let { from }: { from?: string } = $props();\n</script>\n{from}\n',
      },
      change: {
        'A.svelte': '<script lang="ts">\n  import Field from \'./Field.svelte\';\n</script>\n<Field form="f" />\n',
      },
    },
    {
      what: 'that names a value elsewhere',
      rule: valueSpelling,
      error: { file: 'a.ts', line: 1, message: 'Type \'"trial"\' is not assignable to type \'"trail" | "road"\'.' },
      before: { 'plan.ts': 'export interface TrialPlan {\n  days: number;\n}\n' },
      change: { 'a.ts': "export const kind: Kind = 'trial';\n" },
    },
    {
      what: 'or one of two that are named',
      rule: namedCorrection,
      error: {
        file: 'a.graphql',
        message: 'Cannot query field "prise" on type "Line". Did you mean "price" or "prize"?',
      },
      before: {},
      change: { 'a.graphql': '{ line { prise } }\n' },
    },
  ],
  'an end that may stand in two places': [
    {
      what: 'behind a name or behind the text that follows it',
      rule: unclosedExpression,
      error: { file: 'A.vue', line: 2, message: 'Interpolation end sign was not found.' },
      before: {},
      change: { 'A.vue': '<template>\n  <p>{{ name - Overview</p>\n</template>\n' },
    },
  ],
  'a value with a form of its own': [
    {
      what: 'a version in front matter',
      rule: quotedEntry,
      error: { file: 'c/b.md', message: 'version: Expected type "number", received "string"' },
      before: { 'c/a.md': '---\nversion: 1.9\n---\n' },
      change: { 'c/b.md': '---\nversion: "1.10"\n---\n' },
    },
    {
      what: 'a date with a time among days',
      rule: quotedDate,
      error: { file: 'c/d.md', route: '/c', message: 'date: Invalid input: expected string, received Date' },
      before: { 'c/a.md': '---\ndate: "2025-04-28"\n---\n', 'c/b.md': '---\ndate: "2025-04-29"\n---\n' },
      change: { 'c/d.md': '---\ndate: 2025-05-03T10:00:00\n---\n' },
    },
    {
      what: 'a number among texts that begin with a nought',
      rule: quotedValue,
      error: { file: 'a.ts', line: 1, column: 44, message: "Type 'number' is not assignable to type 'string'." },
      before: { 'a.ts': "export const a: A[] = [{ zip: '01067' }];\n" },
      change: { 'a.ts': "export const a: A[] = [{ zip: '01067' }, { zip: 1069 }];\n" },
    },
  ],
  'what was taken out on purpose': [
    {
      what: 'a package for code of its own',
      rule: missingDependency,
      error: noMoment,
      before: {
        'package.json': '{\n  "dependencies": {\n    "moment": "^2.30.1",\n    "next": "15.0.0"\n  }\n}\n',
        'a.ts': withMoment,
        'c.ts': withMoment,
      },
      change: {
        'package.json': '{\n  "dependencies": {\n    "next": "15.0.0"\n  }\n}\n',
        'a.ts': withOwn,
        'date.ts': 'export const today = () => new Date();\n',
      },
    },
    {
      what: 'one side of a merge, of whose name a comment speaks',
      rule: mergeMarkers,
      error: { file: 'm.ts', line: 1, message: 'Merge conflict marker encountered.' },
      before: {},
      change: {
        'm.ts':
          '<<<<<<< HEAD\nconst legacy = load();\n=======\n>>>>>>> main\n// legacy rates are gone.\nexport const rate = 1;\n',
      },
    },
    {
      what: 'one of two components, of which the other is written at the other end',
      rule: closingTag,
      error: { file: 'a.tsx', line: 6, message: "Expected corresponding JSX closing tag for 'Panel'." },
      before: {},
      change: {
        'a.tsx': "import { Card, Panel } from './ui';\n\nexport const a = (\n  <Panel>\n    <p>a</p>\n  </Card>\n);\n",
      },
    },
  ],
};

describe.each(Object.entries(silent))('%s', (_, commits) => {
  it.each(commits)('$what', async (commit) => {
    expect(await repair(commit)).toBeUndefined();
  });
});

describe('what the commit did mean', () => {
  it.each([
    ['items.map((item, index) => item);', 'items.map((item) => item);', 'index'],
    ['const { data, error } = load();\ndata;', 'const { data } = load();\ndata;', 'error'],
    ['try {\n  a();\n} catch (error) {}', 'try {\n  a();\n} catch {}', 'error'],
  ])('is nothing that a new module needs: %s', async (text, now, name) => {
    const known = 'const [items, load, a] = [[1], () => ({}) as A, () => {}];\ninterface A {\n  data: 1;\n}\n';
    const [line, change] = [known.split('\n').length, { 'new.ts': `${known}${text}\n` }];
    const error = { file: 'new.ts', line: line + text.slice(0, text.indexOf(name)).split('\n').length - 1 };
    expect(
      await repair({ rule: unusedName, error: { ...unused('new.ts', 1, name), ...error }, before: {}, change }),
    ).toEqual({ 'new.ts': `${known}${now}\n` });
  });

  it('is the same thing in another module, changed on the way', async () => {
    const before = { ...cart, 'cart.ts': `${price('value / 100')}\nexport const a = 1;\n` };
    const change = { 'cart.ts': 'export const a = 1;\n', 'money.ts': price('(value / 100).toFixed(2)') };
    expect(await repair({ rule: movedExport, error: lost('row.ts', './cart', 'price'), before, change })).toEqual({
      'row.ts': "import { price } from './money';\n\nexport const row = price(1);\n",
    });
  });

  it('is the same file in another folder, changed on the way', async () => {
    const before = { ...chart, 'src/charts/legend.ts': legend("'a'") };
    const change = { 'src/charts/legend.ts': undefined, 'src/map/legend.ts': `// Of maps.\n${legend("'b'")}` };
    expect(await repair({ rule: movedFile, error: noLegend, before, change })).toEqual({
      'src/page.ts': "import { Legend } from '@/map/legend';\n\nexport const page = Legend;\n",
    });
  });

  it('is the component that came for the other', async () => {
    const text = (open: string) =>
      `import { Card, Panel } from './ui';\n\nexport const a = (\n  <${open}>\n    <p>a</p>\n  </Card>\n);\n`;
    const error = { file: 'a.tsx', line: 6, message: "Expected corresponding JSX closing tag for 'Panel'." };
    const [before, change] = [{ 'a.tsx': text('Card') }, { 'a.tsx': text('Panel') }];
    expect(await repair({ rule: closingTag, error, before, change })).toEqual({
      'a.tsx': text('Panel').replace('</Card>', '</Panel>'),
    });
  });
});
