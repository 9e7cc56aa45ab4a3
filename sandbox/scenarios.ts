/** A commit that somebody should not have pushed. */
export interface Scenario {
  readonly name: string;
  /** The commit's message. */
  readonly message: string;
  /** For the person at the keyboard: what is wrong with it. */
  readonly mistakes: string;
  readonly edits: readonly { readonly path: string; readonly find: string; readonly replace: string }[];
}

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'typos',
    message: 'Put the opening hours into a card',
    mistakes: '`expot default function` and `<dive>` in app/page.tsx',
    edits: [
      { path: 'app/page.tsx', find: 'export default function', replace: 'expot default function' },
      { path: 'app/page.tsx', find: '<div className="card">', replace: '<dive className="card">' },
      { path: 'app/page.tsx', find: '</div>', replace: '</dive>' },
    ],
  },
  {
    // No compiler suggests the argument that is missing here.
    name: 'model',
    message: 'Format prices in any currency',
    mistakes: '`formatPrice` wants a currency, and app/menu/page.tsx gives none',
    edits: [
      {
        path: 'lib/format-price.ts',
        find: "const price = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' });\n\n",
        replace: '',
      },
      {
        path: 'lib/format-price.ts',
        find: 'formatPrice(cents: number): string {\n  return price.format(cents / 100);',
        replace:
          "formatPrice(cents: number, currency: 'EUR' | 'GBP'): string {\n" +
          "  return new Intl.NumberFormat('en-GB', { style: 'currency', currency }).format(cents / 100);",
      },
    ],
  },
];

/** The files after the scenario's edits; only those that change. */
export function breakFiles(scenario: Scenario, files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const changed = new Map<string, string>();
  for (const { path, find, replace } of scenario.edits) {
    const text = changed.get(path) ?? files.get(path);
    if (!text?.includes(find))
      throw new Error(`The demo app's ${path} no longer has the text that ${scenario.name} changes.`);
    changed.set(
      path,
      text.replace(find, () => replace),
    );
  }
  return changed;
}
