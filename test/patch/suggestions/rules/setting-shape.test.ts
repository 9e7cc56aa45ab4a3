import { describe, expect, it } from 'vitest';
import { settingShape } from '../../../../lib/patch/suggestions/rules/setting-shape.js';
import { repairWith } from '../repository.js';

/** The messages as `vercel build` 48.12.1 prints them for these files. */
describe('a value of vercel.json in another shape', () => {
  const repair = async (text: string, message: string) => {
    const error = { kind: 'config' as const, message: `Error: Invalid vercel.json - ${message}` };
    return (await repairWith(settingShape, error, { files: { 'vercel.json': text } }))?.['vercel.json'];
  };

  it.each([
    [
      '`headers` should be array.',
      '{"headers": {"source": "/a", "headers": [{"key": "x", "value": "y"}]}}',
      '{"headers": [{"source": "/a", "headers": [{"key": "x", "value": "y"}]}]}',
    ],
    [
      '`headers[0].headers` should be array.',
      '{"headers": [{"source": "/a", "headers": {"X-Frame-Options": "DENY", "X-Robots-Tag": "noindex"}}]}',
      '{"headers": [{"source": "/a", "headers": [{ "key": "X-Frame-Options", "value": "DENY" }, { "key": "X-Robots-Tag", "value": "noindex" }]}]}',
    ],
    [
      '`headers[0].headers` should be array.',
      '{"headers": [{"source": "/a", "headers": {"key": "x", "value": "y"}}]}',
      '{"headers": [{"source": "/a", "headers": [{"key": "x", "value": "y"}]}]}',
    ],
    [
      '`headers[0].headers[0]` should NOT have additional property `X-Frame-Options`. Please remove it.',
      '{"headers": [{"source": "/a", "headers": [{"X-Frame-Options": "DENY"}]}]}',
      '{"headers": [{"source": "/a", "headers": [{ "key": "X-Frame-Options", "value": "DENY" }]}]}',
    ],
    [
      '`crons` should be array.',
      '{"crons": {"path": "/api/feed", "schedule": "0 5 * * *"}}',
      '{"crons": [{"path": "/api/feed", "schedule": "0 5 * * *"}]}',
    ],
    [
      '`crons[0].path` should match pattern "^/.*".',
      '{"crons": [{"path": "api/feed", "schedule": "0 5 * * *"}]}',
      '{"crons": [{"path": "/api/feed", "schedule": "0 5 * * *"}]}',
    ],
    [
      '`redirects[0].permanent` should be boolean.',
      '{"redirects": [{"source": "/a", "destination": "/b", "permanent": "true"}]}',
      '{"redirects": [{"source": "/a", "destination": "/b", "permanent": true}]}',
    ],
    [
      '`redirects[0].statusCode` should be integer.',
      '{"redirects": [{"source": "/a", "destination": "/b", "statusCode": "301"}]}',
      '{"redirects": [{"source": "/a", "destination": "/b", "statusCode": 301}]}',
    ],
    [
      "`functions['api/feed.ts'].maxDuration` should be number.",
      '{"functions": {"api/feed.ts": {"maxDuration": "30"}}}',
      '{"functions": {"api/feed.ts": {"maxDuration": 30}}}',
    ],
  ])('%s', async (message, text, repaired) => {
    expect(await repair(text, message)).toBe(repaired);
  });

  it.each([
    ['a map of paths', '`rewrites` should be array.', '{"rewrites": {"/a": "/b"}}'],
    ['a word', '`cleanUrls` should be boolean.', '{"cleanUrls": "yes"}'],
    ['a number for a switch', '`cleanUrls` should be boolean.', '{"cleanUrls": 1}'],
    [
      'a duration in words',
      "`functions['a.ts'].maxDuration` should be number.",
      '{"functions": {"a.ts": {"maxDuration": "30s"}}}',
    ],
    ['an address', '`crons[0].path` should match pattern "^/.*".', '{"crons": [{"path": "https://a.example/b"}]}'],
    [
      'headers that are no texts',
      '`headers[0].headers` should be array.',
      '{"headers": [{"source": "/a", "headers": {"X-Frame-Options": ["DENY"]}}]}',
    ],
    [
      'an entry that has both',
      '`headers[0].headers[0]` should NOT have additional property `note`. Please remove it.',
      '{"headers": [{"source": "/a", "headers": [{"key": "x", "value": "y", "note": "z"}]}]}',
    ],
    ['another place', '`rewrites[3]` should be array.', '{"rewrites": []}'],
  ])('is left where it is %s', async (_, message, text) => {
    expect(await repair(text, message)).toBeUndefined();
  });
});
