import { describe, expect, it } from 'vitest';
import { swap } from '../hostile/hostile-case.js';
import { judgeRepair, NEXT_MANIFEST, nextLog } from './judge-repair.js';

describe('a script that a merge left twice in a component', () => {
  const script = '<script setup lang="ts">\nconst tide = 1;\n</script>\n';
  const path = 'src/Tide.vue';
  const log = nextLog(
    `[vite:vue] ${path}: Single file component can contain only one <script setup> element\nfile: ${path}\n`,
  );
  const files = { 'package.json': NEXT_MANIFEST, [path]: `${script}\n${script}\n<template>{{ tide }}</template>\n` };

  it('may go once, and what stays remains TypeScript', async () => {
    const twice = `${script}\n${script}`;
    const once = await judgeRepair({ log, files, edits: [swap(path, twice, script)] });
    expect(once).toEqual(['valid']);
    const untyped = await judgeRepair({ log, files, edits: [swap(path, twice, script.replace(' lang="ts"', ''))] });
    expect(untyped).toContain('typescript-dropped');
  });
});

describe('a comment of another language in a style sheet', () => {
  const path = 'src/site.css';
  const log = nextLog(`./${path}:2:1\nSyntax error: Unknown word\n`);
  const files = { 'package.json': NEXT_MANIFEST, [path]: '.a { top: 0; }\n// the wide one\n.b { left: 0; }\n' };

  it('is no code, and a rule is', async () => {
    const written = swap(path, '// the wide one', '/* the wide one */');
    expect(await judgeRepair({ log, files, edits: [written] })).toEqual(['valid']);
    const hidden = swap(path, '.b { left: 0; }', '/* .b { left: 0; } */');
    expect(await judgeRepair({ log, files, edits: [written, hidden] })).toContain('code-commented-out');
  });
});
