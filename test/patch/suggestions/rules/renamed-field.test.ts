import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import { renamedField } from '../../../../lib/patch/suggestions/rules/renamed-field.js';
import { repairWith } from '../repository.js';

const replaced = (path: string, before: string, after: string): FileChange => ({
  status: 'modified',
  path,
  hunks: `@@ -4 +4 @@\n-${before}\n+${after}\n`,
});
const entry = (key: string) => `---\ntitle: Leat\n${key}: The mill yard\nguide: nerys\n---\n\nmeeting: at dusk.\n`;
const files = {
  'src/schema.ts': 'export const walk = z.object({\n  meetingPoint: z.string(),\n});\n',
  'content/walks/harbour-lights.mdx': entry('meetingPoint'),
  'content/walks/mill-leat.mdx': entry('meeting'),
  'content/guides/nerys.mdx': entry('meeting'),
};
const inCode = replaced('src/schema.ts', '  meeting: z.string(),', '  meetingPoint: z.string(),');
const inEntry = replaced('content/walks/harbour-lights.mdx', 'meeting: The mill yard', 'meetingPoint: The mill yard');
const changes = [inCode, inEntry];
const followed = { 'content/walks/mill-leat.mdx': entry('meetingPoint') };
const prerender = (message: string) => ({ kind: 'prerender' as const, route: '/en', message });
const message = 'Error: Walk "mill-leat" has bad frontmatter (meetingPoint: Required)';

describe('a field that entries of the content call by another name', () => {
  it.each([
    message,
    'Error: mill-leat.mdx: meetingPoint is required',
    'Error: Missing required field "meetingPoint" in content/walks/mill-leat.mdx',
    // ZodError's own message.
    'ZodError: [ { "code": "invalid_type", "expected": "string", "received": "undefined", "path": [ "meetingPoint" ], "message": "Required" } ]',
    // prettifyError of zod 4.
    'Invalid input: expected string, received undefined → at "meetingPoint"',
  ])('%s', async (message) => {
    expect(await repairWith(renamedField, prerender(message), { files, changes })).toEqual(followed);
  });

  it('is renamed in every entry of the folder that was left behind, and in data too', async () => {
    const data = {
      'src/walk.ts': 'export interface Walk {\n  meetingPoint: string;\n}\n',
      'data/a.json': '{\n  "meetingPoint": "quay"\n}\n',
      'data/b.json': '{\n  "meeting": "mole",\n  "more": {\n      "meeting": 1\n  }\n}\n',
      'data/c.json': '{ "meeting": "pier" }\n',
    };
    const diff = [
      replaced('src/walk.ts', '  meeting: string;', '  meetingPoint: string;'),
      replaced('data/a.json', '  "meeting": "quay"', '  "meetingPoint": "quay"'),
    ];
    expect(
      await repairWith(renamedField, prerender('Error: b: meetingPoint is required'), { files: data, changes: diff }),
    ).toEqual({
      'data/b.json': data['data/b.json'].replace('"meeting"', '"meetingPoint"'),
      'data/c.json': '{ "meetingPoint": "pier" }\n',
    });
  });

  it.each([
    ['no code was changed', message, { files, changes: [inEntry] }],
    ['no other entry was changed', message, { files, changes: [inCode] }],
    ['another field is asked for', 'Error: Walk "mill-leat": guide is required', { files, changes }],
    ['another entry is named', 'Error: Walk "harbour-lights": meetingPoint is required', { files, changes }],
    [
      'the entry has both',
      message,
      {
        files: { ...files, 'content/walks/mill-leat.mdx': '---\nmeeting: a\nmeetingPoint: b\n---\n' },
        changes,
      },
    ],
    ['the entry has neither', message, { files: { ...files, 'content/walks/mill-leat.mdx': entry('yard') }, changes }],
    [
      'the code calls it otherwise',
      message,
      { files, changes: [replaced('src/schema.ts', '  place: z.string(),', '  meetingPoint: z.string(),'), inEntry] },
    ],
  ])('is left alone when %s', async (_, message, repository) => {
    expect(await repairWith(renamedField, prerender(message), repository)).toBeUndefined();
  });
});
