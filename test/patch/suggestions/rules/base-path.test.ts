import { describe, expect, it } from 'vitest';
import { basePath } from '../../../../lib/patch/suggestions/rules/base-path.js';
import { repairWith } from '../repository.js';

const repair = async (value: string, said: string) =>
  (
    await repairWith(
      basePath,
      { tool: 'next', message: `Error: Specified basePath ${said}` },
      { files: { 'next.config.ts': `export default { basePath: ${value} };\n` } },
    )
  )?.['next.config.ts'];

describe('base-path', () => {
  it('has a slash before it and none behind', async () => {
    const repaired = "export default { basePath: '/docs' };\n";
    expect(await repair("'docs'", 'has to start with a /, found "docs"')).toBe(repaired);
    expect(await repair("'/docs/'", 'should not end with /, found "/docs/"')).toBe(repaired);
  });

  it('is left where it is an address, nothing, or made elsewhere', async () => {
    const address = 'https://a.example/docs/';
    expect(await repair(`'${address}'`, `has to start with a /, found "${address}"`)).toBeUndefined();
    expect(await repair("'/'", 'should not end with /, found "/"')).toBeUndefined();
    expect(await repair('base', 'has to start with a /, found "docs"')).toBeUndefined();
  });
});
