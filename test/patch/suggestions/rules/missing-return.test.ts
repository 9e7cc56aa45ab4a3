import { describe, expect, it } from 'vitest';
import { missingReturn } from '../../../../lib/patch/suggestions/rules/missing-return.js';
import { repairWith } from '../repository.js';

const page = "import { Dock } from './dock';\n\nexport default function Page() {\n  return <Dock />;\n}\n";
const message =
  "'Dock' cannot be used as a JSX component.\n  Its type '({ name }: { name: string; }) => void' is not a valid JSX element type.";
const repair = (text: string, facts: object = { file: 'page.tsx', message, line: 4, column: 11 }) =>
  repairWith(missingReturn, facts, { files: { 'page.tsx': page, 'dock.tsx': text } });

describe('missing-return', () => {
  it.each([
    ['export const Dock = () => {\n  <p />;\n};\n', 'export const Dock = () => {\n  return <p />;\n};\n'],
    [
      'export function Dock() {\n  go();\n  (\n    <p />\n  );\n}\n',
      'export function Dock() {\n  go();\n  return (\n    <p />\n  );\n}\n',
    ],
    [
      'export function Dock() {\n  return\n    <p />;\n}\n',
      'export function Dock() {\n  return (\n    <p />\n  );\n}\n',
    ],
    [
      'export function Dock() {\n  return\n  (\n    <p />\n  );\n}\n',
      'export function Dock() {\n  return (\n    <p />\n  );\n}\n',
    ],
  ])('%s', async (text, repaired) => {
    expect(await repair(text)).toEqual({ 'dock.tsx': repaired });
  });

  it('of a function whose declared type says so', async () => {
    const facts = {
      file: 'dock.tsx',
      message: "A function whose declared type is neither 'undefined', 'void', nor 'any' must return a value.",
      line: 1,
      column: 25,
    };
    expect(await repair('export function Dock(): JSX.Element {\n  <p />;\n}\n', facts)).toEqual({
      'dock.tsx': 'export function Dock(): JSX.Element {\n  return <p />;\n}\n',
    });
    expect(await repair('export function Dock(): JSX.Element {\n  go();\n}\n', facts)).toBeUndefined();
  });

  it.each([
    ['a component that ends with something else', 'export function Dock() {\n  <p />;\n  go();\n}\n'],
    ['a component of another module', "export { Dock } from 'docks';\n"],
    ['what returns before', 'export function Dock() {\n  return go();\n  <p />;\n}\n'],
  ])('leaves %s', async (_, text) => {
    expect(await repair(text)).toBeUndefined();
  });
});
