import { describe, expect, it } from 'vitest';
import { defaultExport } from '../../../../lib/patch/suggestions/rules/default-export.js';
import { repairWith } from '../repository.js';

const lazy = "import { lazy } from 'react';\n\nconst RotaPage = lazy(() => import('./pages/RotaPage'));\n";
const missing = {
  file: 'src/App.tsx',
  message:
    "Type 'Promise<typeof import(\"/vercel/path0/src/pages/RotaPage\")>' is not assignable to type 'Promise<{ default: ComponentType<any>; }>'.\n  Property 'default' is missing in type 'typeof import(\"/vercel/path0/src/pages/RotaPage\")' but required in type '{ default: ComponentType<any>; }'.",
};
const dynamic = {
  file: 'src/App.tsx',
  message:
    "Argument of type '() => Promise<typeof import(\"/vercel/path0/src/pages/RotaPage\")>' is not assignable to parameter of type 'DynamicOptions<{}> | Loader<{}>'.",
};

describe('the default of a module that is loaded', () => {
  const page = (text: string) => ({ 'src/App.tsx': lazy, 'src/pages/RotaPage.tsx': text });

  it.each([
    ['a function', missing, 'export function RotaPage() {}\n', 'export default function RotaPage() {}\n'],
    [
      'an asynchronous function',
      dynamic,
      'export async function RotaPage() {}\n',
      'export default async function RotaPage() {}\n',
    ],
    [
      'beside what is no component',
      missing,
      'export type Shift = 1;\nexport const shifts = [];\nexport function RotaPage() {}\n',
      'export type Shift = 1;\nexport const shifts = [];\nexport default function RotaPage() {}\n',
    ],
    [
      'a constant, which keeps its name',
      missing,
      'export const RotaPage = () => null;\n',
      'export const RotaPage = () => null;\n\nexport default RotaPage;\n',
    ],
    ['what is not exported at all', missing, 'function RotaPage() {}\n', 'export default function RotaPage() {}\n'],
  ])('is the component of its name: %s', async (_, error, before, after) => {
    expect(await repairWith(defaultExport, error, { files: page(before) })).toEqual({
      'src/pages/RotaPage.tsx': after,
    });
  });

  it('is that of the folder where the file is its index', async () => {
    const files = {
      'src/App.tsx': lazy.replace('./pages/RotaPage', './pages/rota-page'),
      'src/pages/rota-page/index.tsx': 'export function RotaPage() {}\n',
    };
    const error = { ...missing, message: missing.message.replaceAll('pages/RotaPage', 'pages/rota-page/index') };
    expect(await repairWith(defaultExport, error, { files })).toEqual({
      'src/pages/rota-page/index.tsx': 'export default function RotaPage() {}\n',
    });
  });

  const own = 'export function RotaPage() {}\n';
  it.each([
    ['two components are exported', `${own}export function Row() {}\n`, ''],
    ['the component has another name', 'export function Rota() {}\n', ''],
    ['there is a default', `${own}export default 1;\n`, ''],
    ['the component is imported by its name', own, "import { RotaPage } from './pages/RotaPage';\n"],
    ['the component is passed on by its name', own, "export { RotaPage } from './pages/RotaPage';\n"],
    ['the component is taken out of the module', own, "import('./pages/RotaPage').then((all) => all.RotaPage);\n"],
  ])('stays away where %s', async (_, text, other) => {
    const files = { ...page(text), 'src/other.ts': other };
    expect(await repairWith(defaultExport, missing, { files })).toBeUndefined();
  });

  it('is asked of no module that the file does not load', async () => {
    const files = { 'src/App.tsx': '', 'src/pages/RotaPage.tsx': own };
    expect(await repairWith(defaultExport, missing, { files })).toBeUndefined();
  });
});
