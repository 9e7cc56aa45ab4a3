import { describe, expect, it } from 'vitest';
import { commonjsImport } from '../../../../lib/patch/suggestions/rules/commonjs-import.js';
import { importAttribute } from '../../../../lib/patch/suggestions/rules/import-attribute.js';
import { misnamedModule } from '../../../../lib/patch/suggestions/rules/misnamed-module.js';
import { moduleScope } from '../../../../lib/patch/suggestions/rules/module-scope.js';
import { repairWith } from '../repository.js';

const notDefined = (name: string, more = '') =>
  `ReferenceError: ${name} is not defined in ES module scope${more}\nThis file is being treated as an ES module because it has a '.js' file extension and '/vercel/path0/package.json' contains "type": "module". To treat it as a CommonJS script, rename it to use the '.cjs' file extension.`;

describe('a script with what CommonJS alone has', () => {
  const repair = (
    name: string,
    text: string,
    { file = 'scripts/build.js', ...files }: Readonly<Record<string, string>> = {},
  ) =>
    repairWith(moduleScope, { tool: 'node', file, message: notDefined(name) }, { files: { ...files, [file]: text } });

  it.each([
    ['__dirname', "const to = join(__dirname, 'out');\n", "const to = join(import.meta.dirname, 'out');\n"],
    [
      '__filename',
      "import path from 'path';\nrun(__filename, __dirname);\n",
      "import path from 'path';\nrun(import.meta.filename, import.meta.dirname);\n",
    ],
    ['require', "const fs = require('fs');\nfs.f();\n", "import fs from 'fs';\nfs.f();\n"],
    [
      'require',
      'const { join, resolve: to } = require("node:path")\nconst fs = require("fs/promises")\nto(fs, join(__dirname))\n',
      'import { join, resolve as to } from "node:path"\nimport fs from "fs/promises"\nto(fs, join(import.meta.dirname))\n',
    ],
    [
      'module',
      "/** @type {import('next').NextConfig} */\nconst config = {};\n\nmodule.exports = config;\n",
      "/** @type {import('next').NextConfig} */\nconst config = {};\n\nexport default config;\n",
    ],
  ])('says the same as a module: %s in %j', async (name, broken, repaired) => {
    expect(await repair(name, broken)).toEqual({ 'scripts/build.js': repaired });
  });

  it('is imported as before', async () => {
    const text = 'module.exports = { a: 1 };\n';
    const other = "import options from './build.js';\n";
    expect(await repair('module', text, { 'scripts/other.js': other })).toEqual({
      'scripts/build.js': 'export default { a: 1 };\n',
    });
    const byName = { 'scripts/other.js': "import { a } from './build.js';\n" };
    expect(await repair('module', text, byName)).toBeUndefined();
    const required = { 'scripts/other.cjs': "const { a } = require('./build.js');\n" };
    expect(await repair('module', text, required)).toBeUndefined();
  });

  it.each([
    ['a package', 'require', "const sharp = require('sharp');\n"],
    ['a file of its own', 'require', "const options = require('./options');\n"],
    ['a call inside of a function', 'require', "function f() {\n  const fs = require('fs');\n}\n"],
    ['what is called at once', 'require', "const read = require('fs').readFileSync;\n"],
    ['its other members', 'require', "const path = require.resolve('fs');\n"],
    ['several exports', 'module', 'module.exports.a = 1;\n'],
    ['an export that depends', 'module', 'if (a) module.exports = a;\n'],
    ['two exports', 'module', 'module.exports = a;\nmodule.exports = b;\n'],
    ['exports of both kinds', 'module', 'export const a = 1;\nmodule.exports = a;\n'],
    ['exports by their short name', 'module', 'module.exports = a;\nexports.b = 1;\n'],
    ['a name of its own', '__dirname', "const __dirname = '.';\nrun(__dirname);\n"],
  ])('is left alone with %s', async (_, name, text) => {
    expect(await repair(name, text)).toBeUndefined();
  });

  it('is left alone where Node.js is too old, and in TypeScript', async () => {
    const manifest = (node: string) => ({ 'package.json': JSON.stringify({ engines: { node } }) });
    expect(await repair('__dirname', 'run(__dirname);\n', manifest('18.x'))).toBeUndefined();
    expect(await repair('__dirname', 'run(__dirname);\n', manifest('20.10.0'))).toBeUndefined();
    expect(await repair('__dirname', 'run(__dirname);\n', manifest('20.x'))).toBeDefined();
    expect(await repair('__dirname', 'run(__dirname);\n', { file: 'scripts/build.ts' })).toBeUndefined();
  });
});

describe('a configuration in CommonJS in a package of modules', () => {
  const text = "module.exports = { plugins: [require('a')] };\n";
  const error = { tool: 'node', file: 'postcss.config.js', message: notDefined('module') };

  it('gets the name that its tool reads as well', async () => {
    const files = { 'postcss.config.js': text, 'package.json': '{ "type": "module" }\n' };
    expect(await repairWith(misnamedModule, error, { files })).toEqual({ 'postcss.config.cjs': text });
  });

  it.each([
    ['another file names it', 'postcss.config.js', text, { 'package.json': '{ "a": "postcss.config.js" }\n' }],
    ['its tool does not read it so', 'next.config.js', text, {}],
    ['it is half a module', 'postcss.config.js', `import a from 'a';\n${text}`, {}],
    ['the name is taken', 'postcss.config.js', text, { 'postcss.config.cjs': text }],
  ])('stays where %s', async (_, file, content, files) => {
    const tree = { ...(files as Record<string, string>), [file]: content };
    expect(await repairWith(misnamedModule, { ...error, file }, { files: tree })).toBeUndefined();
  });
});

describe('an import of JSON', () => {
  const missing = (words: string) =>
    `TypeError: Module "file:///vercel/path0/data/a.json" needs an import attribute of ${words}`;
  const text = "import a from '../data/a.json';\nimport b from './b.js';\n";
  const files = { 'data/a.json': '{}', 'scripts/b.js': '', 'scripts/a.js': text };
  const repaired = { 'scripts/a.js': text.replace(".json'", ".json' with { type: 'json' }") };

  it.each([missing('type "json"'), missing('"type: json"')])('says so: %s', async (message) => {
    expect(await repairWith(importAttribute, { message }, { files })).toEqual(repaired);
  });

  it('is left alone where the importer cannot be told', async () => {
    const message = missing('"type: json"');
    const repair = (more: Readonly<Record<string, string>>) =>
      repairWith(importAttribute, { message }, { files: { ...files, ...more } });
    expect(await repair({ 'scripts/c.js': text })).toBeUndefined();
    expect(await repair({ 'scripts/a.js': '', 'app/a.tsx': text })).toBeUndefined();
    expect(await repair({ 'scripts/a.js': repaired['scripts/a.js'] })).toBeUndefined();
    expect(await repairWith(importAttribute, { message }, { files, truncated: true })).toBeUndefined();
  });

  it.each([
    "SyntaxError: Unexpected identifier 'assert'",
    "Import assertions have been replaced by import attributes. Use 'with' instead of 'assert'.",
  ])('is said by `with`: %s', async (message) => {
    const repair = (content: string) =>
      repairWith(importAttribute, { file: 'scripts/a.js', message }, { files: { 'scripts/a.js': content } });
    expect(await repair("import a from './a.json' assert { type: 'json' };\nassert(a);\n")).toEqual({
      'scripts/a.js': "import a from './a.json' with { type: 'json' };\nassert(a);\n",
    });
    expect(await repair("import a from './a.json';\nassert { a };\n")).toBeUndefined();
  });
});

describe('a name of a CommonJS package that Node.js does not see', () => {
  const message =
    "SyntaxError: Named export 'f' not found. The requested module 'lamps' is a CommonJS module, which may not support all module.exports as named exports.";
  const repair = (text: string, file: string | undefined = 'scripts/a.js', more = {}) =>
    repairWith(commonjsImport, { message, file }, { files: { 'scripts/a.js': text, ...more } });

  it.each([
    ["import { f } from 'lamps';\nf();\n", "import pkg from 'lamps';\nconst { f } = pkg;\nf();\n"],
    [
      'import { f as light, g } from "lamps"\nimport fs from "fs"\nlight(g, fs)\n',
      'import pkg from "lamps"\nimport fs from "fs"\nconst { f: light, g } = pkg\nlight(g, fs)\n',
    ],
  ])('is taken from the default import: %j', async (broken, repaired) => {
    expect(await repair(broken)).toEqual({ 'scripts/a.js': repaired });
  });

  it('is found in the one file that imports it, where a bundle is named', async () => {
    const text = "import { f } from 'lamps';\nf();\n";
    expect(await repair(text, 'dist/server/entry.mjs')).toEqual({
      'scripts/a.js': "import pkg from 'lamps';\nconst { f } = pkg;\nf();\n",
    });
    expect(await repair(text, 'dist/server/entry.mjs', { 'scripts/b.js': text })).toBeUndefined();
  });

  it.each([
    "import { g } from 'lamps';\n",
    "import type { f } from 'lamps';\n",
    "import lamps, { f } from 'lamps';\n",
    "import { f } from 'lamps';\nconst pkg = 1;\n",
    "import { f, type G } from 'lamps';\n",
    "import { f } from 'other';\n",
  ])('is left alone: %j', async (text) => {
    expect(await repair(text, 'scripts/a.ts', { 'scripts/a.js': '', 'scripts/a.ts': text })).toBeUndefined();
  });
});

it('a class that is a type as well is not taken out of the default import', async () => {
  const message =
    "Named export 'Tide' not found. The requested module 'tides' is a CommonJS module, which may not support all module.exports as named exports.";
  const repair = (text: string) => repairWith(commonjsImport, { file: 'a.ts', message }, { files: { 'a.ts': text } });

  expect(await repair("import { Tide } from 'tides';\nconst a = new Tide();\n")).toBeDefined();
  expect(await repair("import { Tide } from 'tides';\nconst a: Tide = new Tide();\n")).toBeUndefined();
});

it('a parameter of the name is no part of CommonJS, and the rest is', async () => {
  const answer = await repairWith(
    moduleScope,
    { file: 'a.config.js', message: 'ReferenceError: module is not defined in ES module scope' },
    { files: { 'a.config.js': 'module.exports = { rules: (module) => module.rules, root: __dirname };\n' } },
  );
  expect(answer).toEqual({
    'a.config.js': 'export default { rules: (module) => module.rules, root: import.meta.dirname };\n',
  });
});
