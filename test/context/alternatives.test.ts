import { expect, test } from 'vitest';
import { findAlternatives } from '../../lib/context/alternatives.js';
import { indexRepository } from '../../lib/context/repository-index.js';

const paths = [
  'package.json',
  'package-lock.json',
  '.env',
  'content/choir-voices.json',
  'content/halls.json',
  'content/rota.json',
  'content/notes.md',
  'ui/tool-card.tsx',
  'ui/top-bar.tsx',
  'ui/index.ts',
  'widgets/Clock.vue',
  'lib/index.ts',
  'lib/calendar.ts',
];
const index = indexRepository({
  entries: paths.map((path) => ({ path, mode: '100644', sha: '', size: 1 })),
  truncated: false,
});

test.each([
  ['a neighbour that shares a word', 'content/voices.json', ['content/choir-voices.json']],
  ['a slip of the pen', 'content/hals.json', ['content/halls.json']],
  ['the name in another folder', 'data/rota.json', ['content/rota.json']],
  ['another way to join words, without an extension', 'ui/ToolCard', ['ui/tool-card.tsx']],
  ['another extension beside it', 'lib/calendar.js', ['lib/calendar.ts']],
  [
    'nothing alike: neighbours of the same kind',
    'content/zebra.json',
    ['content/choir-voices.json', 'content/halls.json'],
  ],
  ['nothing alike in code: one neighbour', 'ui/zebra', ['ui/tool-card.tsx']],
  ['a folder spelt nearly so', 'contents/zebra.md', ['content/notes.md']],
  ['a common name says nothing about other folders', 'pages/index', []],
  ['neither lockfile nor secret', 'package-locks.json', ['package.json']],
  ['an empty path', '', []],
])('%s', (_name, missing, expected) => {
  expect(findAlternatives(missing, index)).toEqual(expected);
});
