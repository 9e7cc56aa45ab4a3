import { describe, expect, it } from 'vitest';
import { htmlAttribute } from '../../../../lib/patch/suggestions/rules/html-attribute.js';
import { repairWith } from '../repository.js';

const message =
  "Property 'class' does not exist on type 'DetailedHTMLProps<FormHTMLAttributes<HTMLFormElement>, HTMLFormElement>'. Did you mean 'className'?";
const repair = async (text: string) =>
  (await repairWith(htmlAttribute, { file: 'a.tsx', message, line: 1 }, { files: { 'a.tsx': text } }))?.['a.tsx'];

describe('what was pasted from HTML', () => {
  it('is written as React has it, all at once', async () => {
    expect(await repair('<form class="a">\n  <label for="b" />\n  <input id="b" maxlength={3} />\n</form>;\n')).toBe(
      '<form className="a">\n  <label htmlFor="b" />\n  <input id="b" maxLength={3} />\n</form>;\n',
    );
  });

  it('with values as its types take them', async () => {
    const html = '<input tabindex="-1" maxlength="3" autofocus readonly="" autoplay="false" />';
    expect(await repair(`<form class="a">\n  ${html}\n</form>;\n`)).toBe(
      '<form className="a">\n  <input tabIndex={-1} maxLength={3} autoFocus readOnly autoplay="false" />\n</form>;\n',
    );
  });

  it('but for components, elements of one’s own and what stands there already', async () => {
    const rest = '<Field for="b" />\n  <my-field class="b" />\n  <input readonly readOnly />\n</form>;\n';
    expect(await repair(`<form class="a">\n  ${rest}`)).toBe(`<form className="a">\n  ${rest}`);
  });
});

it.each([
  [
    "Property 'for' does not exist on type 'DetailedHTMLProps<ButtonHTMLAttributes<HTMLButtonElement>, HTMLButtonElement>'. Did you mean 'form'?",
    '<button for="b" />',
  ],
  ["Property 'for' does not exist on type 'SVGProps<SVGPathElement>'. Did you mean 'fr'?", '<path for="b" />'],
  ["Unknown property 'for' found, use 'htmlFor' instead", '<path for="b" />'],
  [message, '<my-card class="b" />'],
])('html-attribute: %s', async (said, element) => {
  const text = `export const A = () => ${element};\n`;
  expect(
    await repairWith(htmlAttribute, { file: 'a.tsx', message: said, line: 1 }, { files: { 'a.tsx': text } }),
  ).toBeUndefined();
});
