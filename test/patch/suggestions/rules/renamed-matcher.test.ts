import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import { renamedMatcher } from '../../../../lib/patch/suggestions/rules/renamed-matcher.js';
import { type Repository, repairWith } from '../repository.js';

const error = {
  tool: 'sveltekit' as const,
  kind: 'file-missing' as const,
  message: "No matcher found for parameter 'slug' in route /birds/[name=slug]",
};
const matcher = 'export const match = (param) => /^[a-z]+$/.test(param);\n';
const page = '<h1>Bird</h1>\n';
const route = 'src/routes/birds/[name=slug]';
const renamed: FileChange = { status: 'renamed', path: 'src/params/kebab.ts', previousPath: 'src/params/slug.ts' };
const files = {
  'src/params/kebab.ts': matcher,
  [`${route}/+page.svelte`]: page,
  [`${route}/rings/+page.svelte`]: page,
  'src/routes/+page.svelte': page,
};
const moved = {
  'src/routes/birds/[name=kebab]/+page.svelte': page,
  'src/routes/birds/[name=kebab]/rings/+page.svelte': page,
};
const repair = (repository: Repository) => repairWith(renamedMatcher, error, repository);

describe('renamed-matcher', () => {
  it('names the folder of the route after it', async () => {
    expect(await repair({ files, changes: [renamed] })).toEqual(moved);
  });

  it('knows optional parameters', async () => {
    const optional = { 'src/params/kebab.ts': matcher, 'src/routes/[[name=slug]]/+page.ts': 'export {};\n' };
    const facts = { ...error, message: "No matcher found for parameter 'slug' in route /[[name=slug]]" };
    expect(await repairWith(renamedMatcher, facts, { files: optional, changes: [renamed] })).toEqual({
      'src/routes/[[name=kebab]]/+page.ts': 'export {};\n',
    });
  });

  it('knows a slip', async () => {
    const slip = { 'src/params/integer.ts': matcher, 'src/routes/[id=interger]/+page.svelte': page };
    const facts = { ...error, message: "No matcher found for parameter 'interger' in route /[id=interger]" };
    const answer = { 'src/routes/[id=integer]/+page.svelte': page };
    const added: FileChange = { status: 'added', path: 'src/routes/[id=interger]/+page.svelte' };
    expect(await repairWith(renamedMatcher, facts, { files: slip, changes: [added] })).toEqual(answer);
    const used = { ...slip, 'src/routes/old/[id=integer]/+page.svelte': page };
    expect(await repairWith(renamedMatcher, facts, { files: used })).toEqual(answer);
    expect(await repairWith(renamedMatcher, facts, { files: slip })).toBeUndefined();
    const both: FileChange = { status: 'added', path: 'src/params/integer.ts' };
    expect(await repairWith(renamedMatcher, facts, { files: slip, changes: [added, both] })).toBeUndefined();
  });

  it.each<[string, Repository]>([
    ['the diff says nothing', { files }],
    ['it is there', { files: { ...files, 'src/params/slug.ts': matcher }, changes: [renamed] }],
    ['it was only deleted', { files, changes: [{ status: 'removed', path: 'src/params/slug.ts' }] }],
    ['the route is new too', { files, changes: [renamed, { status: 'added', path: `${route}/+page.svelte` }] }],
    [
      'code names the route',
      { files: { ...files, 'src/hooks.ts': "match(route.id === '/birds/[name=slug]');\n" }, changes: [renamed] },
    ],
    ['a file there was not read', { files, unread: [`${route}/bird.webp`], changes: [renamed] }],
    [
      'the other folder exists',
      { files: { ...files, 'src/routes/birds/[name=kebab]/+page.svelte': page }, changes: [renamed] },
    ],
    ['two projects have matchers', { files: { ...files, 'docs/src/params/a.ts': matcher }, changes: [renamed] }],
    ['the tree is not known whole', { files, changes: [renamed], truncated: true }],
  ])('answers nothing where %s', async (_, repository) => {
    expect(await repair(repository)).toBeUndefined();
  });
});
