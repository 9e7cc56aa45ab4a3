import { describe, expect, it } from 'vitest';
import { routeSegment } from '../../../../lib/patch/suggestions/rules/route-segment.js';
import { repairWith } from '../repository.js';

const repair = (
  text: string,
  source: string,
  destination: string,
  more = '"permanent":true',
  file = 'next.config.mjs',
) => {
  const wanted = /:(\w+)/.exec(destination)?.[1];
  const message = `\`destination\` has segments not in \`source\` or \`has\` (${wanted}) for route {"source":"${source}","destination":"${destination}",${more}}`;
  return repairWith(routeSegment, { kind: 'config', message }, { files: { [file]: text } });
};
const routes = (...rows: readonly (readonly [string, string])[]) =>
  `export default [\n${rows.map(([source, destination]) => `  { source: '${source}', destination: '${destination}' },\n`).join('')}];\n`;

describe('route-segment', () => {
  it('calls the one segment as the source does', async () => {
    const other = ['/piers/:pier', '/quays/:pier'] as const;
    expect(await repair(routes(other, ['/logs/:id', '/notes/:slug']), '/logs/:id', '/notes/:slug')).toEqual({
      'next.config.mjs': routes(other, ['/logs/:id', '/notes/:id']),
    });
  });

  it.each([
    ['two segments', '/logs/:year/:id', '/notes/:slug'],
    ['a segment of several parts', '/logs/:id*', '/notes/:slug'],
    ['a segment with a pattern', '/logs/:id(\\\\d+)', '/notes/:slug'],
    ['no segment', '/logs', '/notes/:slug'],
  ])('is silent about a source with %s', async (_, source, destination) => {
    expect(await repair(routes([source, destination]), source, destination)).toBeUndefined();
  });

  it.each([
    ['/docs/:version', '/:locale/docs/latest'],
    ['/u/:name', 'https://:tenant.example.com/profile'],
    ['/logs/:id', '/notes/:locale'],
    ['/:id/about', '/:slug/about'],
  ])('is silent where the segments are no one thing: %s to %s', async (...row) => {
    expect(await repair(routes(row), ...row)).toBeUndefined();
  });

  it('is silent where two entries are alike, where none is, and where a condition may give the segment', async () => {
    const row = ['/logs/:id', '/notes/:slug'] as const;
    expect(await repair(routes(row, row), ...row)).toBeUndefined();
    expect(await repair(routes(['/logs/:id', '/notes/:id']), ...row)).toBeUndefined();
    expect(await repair(routes(row).replace('  {', '  // {'), ...row)).toBeUndefined();
    expect(await repair(routes(row), ...row, '"has":[{"type":"query","key":"x"}]')).toBeUndefined();
  });
});

it('route-segment leaves what tests expect', async () => {
  const row = ['/logs/:id', '/notes/:slug'] as const;
  expect(await repair(routes(row), ...row, undefined, 'test/routes.test.js')).toBeUndefined();
});
