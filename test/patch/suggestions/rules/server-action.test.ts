import { describe, expect, it } from 'vitest';
import { serverAction } from '../../../../lib/patch/suggestions/rules/server-action.js';
import { repairWith } from '../repository.js';

const message = 'Server Actions must be async functions.';
const repair = async (text: string, user: string) =>
  (
    await repairWith(
      serverAction,
      { file: 'act.ts', message, line: 3, column: 17 },
      { files: { 'act.ts': text, 'a.tsx': `import { save } from './act';\n${user}` } },
    )
  )?.['act.ts'];
const action = (head: string) => `'use server';\n\nexport ${head} {\n  return keep(form);\n}\n`;

describe('server-action', () => {
  it('becomes asynchronous', async () => {
    expect(await repair(action('function save(form: FormData)'), 'const a = <form action={save} />;\n')).toBe(
      action('async function save(form: FormData)'),
    );
    expect(await repair(action('function save(form: FormData): string'), 'await save(b);\n')).toBe(
      action('async function save(form: FormData): Promise<string>'),
    );
  });

  it.each([
    ['an answer that is used at once', action('function save(form: FormData)'), 'const a = save(b).length;\n'],
    ['another file', action('function save(form: FormData)').replace("'use server';", ''), ''],
    ['what is asynchronous', action('async function save(form: FormData)'), ''],
  ])('leaves %s', async (_, text, user) => {
    expect(await repair(text, user)).toBeUndefined();
  });
});
