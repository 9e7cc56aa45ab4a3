import type { RepositoryContext, TreeEntry } from '../../../lib/context/source.js';
import type { Diagnosis } from '../../../lib/diagnosis/diagnosis.js';

/** A small application whose build failed over `tide.heigth` in lib/tides.ts; patches against it are judged. */
export const FILES: Readonly<Record<string, string>> = {
  'app/page.tsx': `import { Chart } from '../components/Chart';
import { highest, loadTides } from '../lib/tides';

export const metadata = { title: 'Tides' };

export default async function Page() {
  const tides = await loadTides('brest');
  return (
    <main>
      <h1>Tides</h1>
      <Chart tides={tides} />
      <p>{highest(tides)}</p>
    </main>
  );
}
`,
  'components/Chart.tsx': `'use client';

import { useState } from 'react';
import type { Tide } from '../lib/tides';

export function Chart({ tides }: { tides: Tide[] }) {
  const [chosen, choose] = useState(0);
  return (
    <ul>
      {tides.map((tide, index) => (
        <li key={tide.time} onClick={() => choose(index)}>
          {index === chosen ? tide.time : tide.height}
        </li>
      ))}
    </ul>
  );
}
`,
  'lib/tides.ts': `export interface Tide {
  time: string;
  height: number;
}

const HOST = 'https://tides.example.com';

export async function loadTides(port: string): Promise<Tide[]> {
  const response = await fetch(\`\${HOST}/\${port}\`);
  if (!response.ok) {
    throw new Error(\`no tides for \${port}\`);
  }
  return response.json();
}

export function highest(tides: Tide[]): number {
  let most = 0;
  for (const tide of tides) {
    most = Math.max(most, tide.heigth);
  }
  return most;
}

export function average(tides: Tide[]): number {
  const total = tides.reduce((sum, tide) => sum + tide.height, 0);
  return tides.length === 0 ? 0 : total / tides.length;
}
`,
  'lib/tides.test.ts': `import { expect, it } from 'vitest';
import { average, highest } from './tides';

it('finds the highest', () => {
  expect(highest([{ time: '1', height: 2 }])).toBe(2);
});

it('averages', () => {
  expect(average([])).toBe(0);
});
`,
  'widgets/Map.vue': `<script setup lang="ts">
import { highest } from '../lib/tides';

const level: number = highest([]);
</script>

<template>
  <p>{{ level }}</p>
</template>
`,
  'widgets/Card.svelte': `<script lang="ts">
  import { highest } from '../lib/tides';

  let level: number = highest([]);
</script>

<p>{level}</p>
`,
  'widgets/Home.astro': `---
import { highest } from '../lib/tides';
const level: number = highest([]);
---
<p>{level}</p>
`,
  'styles/site.css': 'p {\n  color: teal;\n}\n',
  'README.md': '# Tides\n',
  'package.json': `{
  "name": "tides",
  "private": true,
  "scripts": {
    "build": "next build",
    "lint": "eslint ."
  },
  "dependencies": {
    "next": "15.5.0",
    "react": "19.1.0"
  },
  "devDependencies": {
    "typescript": "5.9.3",
    "vitest": "4.1.0"
  }
}
`,
  'tsconfig.json': `{
  // Shared by the editor and the build.
  "compilerOptions": {
    "strict": true,
    "noUnusedLocals": true,
    "skipLibCheck": false,
    "jsx": "preserve"
  },
  "include": ["**/*.ts", "**/*.tsx"],
  "exclude": ["node_modules"]
}
`,
  'eslint.config.mjs': `import next from 'eslint-config-next';

export default [
  ...next,
  {
    rules: {
      'no-console': 'error',
      'no-unused-vars': ['error', { args: 'none' }],
    },
  },
];
`,
  '.eslintrc.json': `{
  "extends": ["next"],
  "rules": { "no-console": "error" }
}
`,
  'biome.json': `{
  "linter": { "rules": { "suspicious": { "noExplicitAny": "error" } } }
}
`,
  'next.config.ts': `import type { NextConfig } from 'next';

const config: NextConfig = {
  reactStrictMode: true,
};

export default config;
`,
  'vercel.json': `{
  "buildCommand": "next build",
  "outputDirectory": ".next"
}
`,
  '.gitignore': 'node_modules\n.next\n',
  '.github/workflows/ci.yml':
    'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm test\n',
  'scripts/prepare.sh': '#!/bin/sh\nset -e\n',
};

const OTHERS: readonly TreeEntry[] = [
  { path: 'package-lock.json', mode: '100644', sha: '', size: 900 },
  { path: 'public/current', mode: '120000', sha: '', size: 12 },
  { path: 'vendor/charts', mode: '160000', sha: '' },
];

export function contextOf(files: Readonly<Record<string, string>> = FILES): RepositoryContext {
  const entries = Object.entries(files).map(
    ([path, text]): TreeEntry => ({
      path,
      mode: path.endsWith('.sh') ? '100755' : '100644',
      sha: '',
      size: text.length,
    }),
  );
  return {
    tree: { entries: [...entries, ...OTHERS], truncated: false },
    files: new Map(Object.entries(files)),
    changes: undefined,
    suspects: [
      'lib/tides.ts',
      'app/page.tsx',
      'components/Chart.tsx',
      'widgets/Map.vue',
      'widgets/Card.svelte',
      'widgets/Home.astro',
    ].map((path, index) => ({ path, score: 10 - index, reasons: ['reached from the first error'] })),
    rootDirectory: '',
  };
}

export const DIAGNOSIS: Diagnosis = {
  class: 'code',
  repairable: true,
  errors: [
    {
      tool: 'typescript',
      kind: 'type',
      code: 'TS2551',
      message: "Property 'heigth' does not exist on type 'Tide'. Did you mean 'height'?",
      file: 'lib/tides.ts',
      line: 19,
      column: 32,
      suggestion: 'height',
    },
  ],
  evidence: [],
  summary: "Property 'heigth' does not exist on type 'Tide'.",
  phase: 'build',
  fingerprint: '0123456789abcdef',
};
