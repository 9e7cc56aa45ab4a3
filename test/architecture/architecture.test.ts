import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PURE = ['diagnosis', 'context', 'patch', 'incident', 'report', 'redaction', 'settings', 'webhooks'];
/** Shared values and types that every room may use. */
const COMMON = ['lib/errors.ts', 'lib/ports.ts', 'lib/store-ports.ts', 'lib/secrets.ts', 'lib/parallel.ts'];
const IMPURE_NODE_MODULES =
  /^(node:)?(fs|net|http|https|http2|dns|tls|child_process|worker_threads|dgram|cluster|timers|os|process)(\/|$)/u;

interface Module {
  readonly file: string;
  readonly imports: readonly { readonly target: string; readonly typeOnly: boolean }[];
  readonly source: ts.SourceFile;
}

const modules = ['api', 'cli', 'lib', 'sandbox'].flatMap((folder) => listModules(folder)).map(readModule);

function listModules(folder: string): readonly string[] {
  return fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/u.test(entry.name))
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes('demo-app') && !file.includes('node_modules'));
}

function readModule(file: string): Module {
  const source = ts.createSourceFile(
    file,
    fs.readFileSync(path.join(ROOT, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const imports: { target: string; typeOnly: boolean }[] = [];
  const visit = (node: ts.Node): void => {
    if (
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      const typeOnly = ts.isImportDeclaration(node) ? node.importClause?.isTypeOnly === true : node.isTypeOnly;
      imports.push({ target: resolve(file, node.moduleSpecifier.text), typeOnly });
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteralLike(argument))
        imports.push({ target: resolve(file, argument.text), typeOnly: false });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { file, imports, source };
}

function resolve(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  return path.join(path.dirname(from), specifier).replace(/\.js$/u, '.ts');
}

function roomOf(file: string): string | undefined {
  return /^lib\/([^/]+)\//u.exec(file)?.[1];
}

function usesGlobal(module: Module, names: readonly string[]): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const text = ts.isPropertyAccessExpression(node) ? node.getText(module.source) : undefined;
    const called =
      ts.isCallExpression(node) && ts.isIdentifier(node.expression) ? `${node.expression.text}()` : undefined;
    const created =
      ts.isNewExpression(node) && (node.arguments?.length ?? 0) === 0
        ? `new ${node.expression.getText(module.source)}()`
        : undefined;
    for (const name of [text, called, created]) if (name !== undefined && names.includes(name)) found.push(name);
    ts.forEachChild(node, visit);
  };
  visit(module.source);
  return found;
}

describe('the directions of imports', () => {
  const libModules = modules.filter((module) => module.file.startsWith('lib/'));

  it('finds the modules it judges', () => {
    expect(libModules.length).toBeGreaterThan(50);
    expect(libModules.flatMap((module) => module.imports).length).toBeGreaterThan(100);
  });

  it.each(PURE)('lib/%s is pure: it imports pure rooms, types of ports and nothing that touches the world', (room) => {
    const offences = libModules
      .filter((module) => roomOf(module.file) === room)
      .flatMap((module) =>
        module.imports
          .filter(({ target, typeOnly }) => {
            if (IMPURE_NODE_MODULES.test(target)) return true;
            if (!target.startsWith('lib/') || typeOnly) return false;
            return !COMMON.includes(target) && !PURE.includes(roomOf(target) ?? '');
          })
          .map(({ target }) => `${module.file} -> ${target}`),
      );

    expect(offences).toEqual([]);
  });

  it.each(PURE)('lib/%s knows no clock, randomness, network or environment', (room) => {
    const names = [
      'Date.now',
      'Math.random',
      'new Date()',
      'fetch()',
      'process.env',
      'performance.now',
      'setTimeout()',
      'crypto.randomUUID',
      'randomBytes()',
      'randomUUID()',
    ];
    const offences = libModules
      .filter((module) => roomOf(module.file) === room)
      .flatMap((module) => usesGlobal(module, names).map((name) => `${module.file}: ${name}`));

    expect(offences).toEqual([]);
  });

  it('flows reach the outside through ports only', () => {
    const offences = libModules
      .filter((module) => roomOf(module.file) === 'flows')
      .flatMap((module) =>
        module.imports
          .filter(
            ({ target, typeOnly }) => !typeOnly && (target.startsWith('lib/adapters/') || target === 'lib/deps.ts'),
          )
          .map(({ target }) => `${module.file} -> ${target}`),
      );

    expect(offences).toEqual([]);
  });

  it('adapters know ports, not flows', () => {
    const offences = libModules
      .filter((module) => roomOf(module.file) === 'adapters')
      .flatMap((module) =>
        module.imports
          .filter(
            ({ target, typeOnly }) =>
              !typeOnly && (target.startsWith('lib/flows/') || target === 'lib/deps.ts' || target === 'lib/config.ts'),
          )
          .map(({ target }) => `${module.file} -> ${target}`),
      );

    expect(offences).toEqual([]);
  });

  it('only lib/config.ts reads the environment', () => {
    const offences = modules
      .filter((module) => /^(api|lib)\//u.test(module.file) && module.file !== 'lib/config.ts')
      .flatMap((module) => usesGlobal(module, ['process.env']).map(() => module.file));

    expect(offences).toEqual([]);
  });

  it('only lib/deps.ts builds adapters', () => {
    const offences = modules
      .filter(
        (module) =>
          /^(api|lib)\//u.test(module.file) && module.file !== 'lib/deps.ts' && roomOf(module.file) !== 'adapters',
      )
      .flatMap((module) =>
        module.imports
          .filter(({ target, typeOnly }) => !typeOnly && target.startsWith('lib/adapters/'))
          .map(({ target }) => `${module.file} -> ${target}`),
      );

    expect(offences).toEqual([]);
  });

  it('nobody imports the sandbox, and the sandbox imports nothing of ours', () => {
    const offences = modules.flatMap((module) =>
      module.imports
        .filter(({ target }) => {
          const inSandbox = module.file.startsWith('sandbox/');
          return inSandbox ? /^(api|cli|lib)\//u.test(target) : target.startsWith('sandbox/');
        })
        .map(({ target }) => `${module.file} -> ${target}`),
    );

    expect(offences).toEqual([]);
  });

  it('the root of @vercel/sdk is never imported: it costs seconds and half a gigabyte', () => {
    const offences = modules
      .filter((module) => module.imports.some(({ target, typeOnly }) => target === '@vercel/sdk' && !typeOnly))
      .map((module) => module.file);

    expect(offences).toEqual([]);
  });

  it('no module of @vercel/sdk is named with its ending: it would be left out of the deployed functions', () => {
    // Vercel's tracer takes `.js` for TypeScript's and looks for `x.ts.js`; `npm run check:deploy` shows it.
    const offences = modules
      .filter((module) => module.file.startsWith('lib/'))
      .flatMap((module) =>
        module.imports
          .filter(({ target, typeOnly }) => /^@vercel\/sdk\/.*\.js$/u.test(target) && !typeOnly)
          .map(({ target }) => `${module.file} -> ${target}`),
      );

    expect(offences).toEqual([]);
  });

  it('entry points are at most 40 lines', () => {
    const offences = modules
      .filter((module) => module.file.startsWith('api/'))
      .filter((module) => module.source.getFullText().trimEnd().split('\n').length > 40)
      .map((module) => module.file);

    expect(offences).toEqual([]);
  });
});
