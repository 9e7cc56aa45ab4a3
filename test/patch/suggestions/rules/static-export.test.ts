import { describe, expect, it } from 'vitest';
import { staticExport } from '../../../../lib/patch/suggestions/rules/static-export.js';
import { repairWith } from '../repository.js';

const message = (route: string) =>
  `Error: export const dynamic = "force-static"/export const revalidate not configured on route "${route}" with "output: export".`;
const repair = (files: Record<string, string>, route: string) =>
  repairWith(staticExport, { tool: 'next', message: message(route) }, { files });
const LINE = "export const dynamic = 'force-static';\n";

describe('static-export', () => {
  it.each([
    ['/robots.txt', 'app/robots.ts', "import a from 'a';\n\nexport default function robots() {\n  return a;\n}\n"],
    [
      '/sitemap.xml',
      'src/app/sitemap.ts',
      "import a from 'a';\n\nexport default function sitemap() {\n  return a;\n}\n",
    ],
    ['/api/tides', 'app/(site)/api/tides/route.ts', "import a from 'a';\n\nexport function GET() {\n  return a;\n}\n"],
  ])('%s', async (route, path, text) => {
    expect(await repair({ [path]: text }, route)).toEqual({ [path]: text.replace('\n\n', `\n\n${LINE}\n`) });
  });

  it('at the top of a file without imports', async () => {
    const text = 'export function GET() {\n  return a();\n}\n';
    expect(await repair({ 'app/a/route.ts': text }, '/a')).toEqual({ 'app/a/route.ts': `${LINE}\n${text}` });
  });

  it('leaves what asks for the request by another module', async () => {
    const text = "import { user } from '../user';\nexport function GET() {\n  return user();\n}\n";
    const user =
      "import { cookies } from 'next/headers';\nexport const user = async () => (await cookies()).get('a');\n";
    expect(await repair({ 'app/a/route.ts': text, 'app/user.ts': user }, '/a')).toBeUndefined();
  });

  it.each([
    ['a handler that asks for the request', 'export function GET(request: Request) {\n  return a;\n}\n'],
    ['one that asks for its headers', "import { headers } from 'next/headers';\nexport function GET() {}\n"],
    ['another method', 'export function GET() {}\nexport function POST() {}\n'],
    ['what has a setting', "export const dynamic = 'auto';\nexport function GET() {}\n"],
  ])('leaves %s', async (_, text) => {
    expect(await repair({ 'app/a/route.ts': text }, '/a')).toBeUndefined();
  });
});
