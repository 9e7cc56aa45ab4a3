import { describe, expect, it } from 'vitest';
import { styleModuleImport } from '../../../../lib/patch/suggestions/rules/style-module-import.js';
import { repairWith } from '../repository.js';

describe('style-module-import', () => {
  const file = 'components/Card.tsx';
  const card = (name = 'styles') =>
    `import Link from 'next/link';\n\nexport const Card = () => (\n  <p className={${name}.card}>\n    <b className={${name}['is-open']} />\n  </p>\n);\n`;
  const css = '.card {\n  margin: 1.5rem;\n}\n\n.card .is-open {\n  color: red;\n}\n';
  const repair = async (
    files: Readonly<Record<string, string>>,
    name = 'styles',
    message = `Cannot find name '${name}'.`,
  ) =>
    (
      await repairWith(
        styleModuleImport,
        { file, line: 4, message, symbol: name },
        { files: { [file]: card(name), ...files } },
      )
    )?.[file];
  const withImport = (specifier: string, name = 'styles') =>
    card(name).replace("'next/link';\n", `'next/link';\nimport ${name} from '${specifier}';\n`);

  it.each([
    ['components/Card.module.css', './Card.module.css'],
    ['components/Card.module.scss', './Card.module.scss'],
    ['components/card-styles.module.css', './card-styles.module.css'],
    ['styles/Card.module.css', '../styles/Card.module.css'],
  ])('imports %s', async (path, specifier) => {
    expect(await repair({ [path]: css })).toBe(withImport(specifier));
  });

  const nav = { 'components/Nav.tsx': "import s from './Nav.module.css';\n", 'components/Nav.module.css': css };

  it('by the name that the repository uses, and where a linter asks for it', async () => {
    const files = { ...nav, 'components/Card.module.css': css };
    expect(await repair(files, 's', "'s' is not defined.")).toBe(withImport('./Card.module.css', 's'));
  });

  it.each<[string, Readonly<Record<string, string>>, string?]>([
    ['where the module beside lacks a class', { 'components/Card.module.css': '.card {}\n' }],
    ['where the only module is that of another file', nav],
    ['where two modules may be meant', { 'components/a.module.css': css, 'components/b.module.css': css }],
    ['another folder, and of another name', { 'styles/Other.module.css': css }],
    ['a name that no module is called by', { 'components/Card.module.css': css }, 'theme'],
    [
      'where it is imported under another name',
      {
        [file]: `import css from './Card.module.css';\n${card()}`,
        'components/Card.module.css': css,
      },
    ],
  ])('stays out %s', async (_, files, name) => {
    expect(await repair(files, name)).toBeUndefined();
  });
});
