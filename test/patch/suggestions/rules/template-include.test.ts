import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import { templateInclude } from '../../../../lib/patch/suggestions/rules/template-include.js';
import { type Repository, repairWith } from '../repository.js';

const renamed = (previousPath: string, path: string): FileChange => ({ path, previousPath, status: 'renamed' });

describe('a template that was renamed', () => {
  it.each([
    {
      engine: 'Handlebars, by its name',
      message: 'Error: The partial crumbs could not be found',
      from: 'views/partials/crumbs.hbs',
      to: 'views/partials/trail.hbs',
      template: 'views/home.hbs',
      broken: '<b>{{> crumbs}}</b>{{#> crumbs pages=all}}{{/crumbs}}{{> crumb}}\n',
      repaired: '<b>{{> trail}}</b>{{#> trail pages=all}}{{/crumbs}}{{> crumb}}\n',
    },
    {
      engine: 'Handlebars, by its folder too',
      message: 'Error: The partial nav/crumbs could not be found',
      from: 'views/nav/crumbs.hbs',
      to: 'views/nav/old/trail.hbs',
      template: 'views/home.hbs',
      broken: '{{> nav/crumbs}}\n',
      repaired: '{{> nav/old/trail}}\n',
    },
    {
      engine: 'Nunjucks',
      message: 'Error: template not found: parts/crumbs.njk',
      from: 'views/parts/crumbs.njk',
      to: 'views/parts/trail.njk',
      template: 'views/home.njk',
      broken: '{% include "parts/crumbs.njk" %}\n{%- from \'parts/crumbs.njk\' import link %}\n',
      repaired: '{% include "parts/trail.njk" %}\n{%- from \'parts/trail.njk\' import link %}\n',
    },
    {
      engine: 'Liquid',
      message:
        'RenderError: ENOENT: Failed to lookup "crumbs" in "_includes", file:/vercel/path0/a.liquid, line:2, col:1',
      from: '_includes/crumbs.liquid',
      to: '_includes/trail.liquid',
      template: 'index.html',
      broken: '{% render "crumbs" %}{% include crumbs.liquid %}{% include crumbs %}\n',
      repaired: '{% render "trail" %}{% include trail.liquid %}{% include crumbs %}\n',
    },
    {
      engine: 'EJS',
      message: 'Error: views/home.ejs:1\n>> 1| <%- include("./parts/crumbs") %>',
      from: 'views/parts/crumbs.ejs',
      to: 'views/shared/trail.ejs',
      template: 'views/home.ejs',
      broken: '<%- include("./parts/crumbs") %>\n<%- include(\'parts/crumbs.ejs\', { a: 1 }) %>\n',
      repaired: '<%- include("./shared/trail") %>\n<%- include(\'shared/trail.ejs\', { a: 1 }) %>\n',
    },
    {
      engine: 'Pug',
      message: "Error: ENOENT: no such file or directory, open 'views/parts/crumbs.pug'",
      specifier: 'views/parts/crumbs.pug',
      from: 'views/parts/crumbs.pug',
      to: 'views/parts/trail.pug',
      template: 'views/home.pug',
      broken: 'div\n  include parts/crumbs\n  include ./parts/crumbs.pug\n',
      repaired: 'div\n  include parts/trail\n  include ./parts/trail.pug\n',
    },
  ])('is included by its new name: $engine', async ({ message, specifier, from, to, template, broken, repaired }) => {
    const facts = specifier === undefined ? { message } : { message, specifier, kind: 'file-missing' as const };
    const files = { [template]: broken, [to]: 'a\n' };
    expect(await repairWith(templateInclude, facts, { files, changes: [renamed(from, to)] })).toEqual({
      [template]: repaired,
    });
  });

  const page = (name: string) => `<main></main>\n{{> ${name}}}\n`;
  const home: Repository = {
    files: {
      'views/home.html': page('crumbs'),
      'views/tour.html': page('crumbs'),
      'views/parts/trail.html': 'a\n',
      'build.mjs': "const read = (name) => readFileSync('views/parts/' + name + '.html');\n",
    },
    changes: [renamed('views/parts/crumbs.html', 'views/parts/trail.html')],
  };
  const error = {
    kind: 'file-missing' as const,
    file: 'build.mjs',
    specifier: 'views/parts/crumbs.html',
    message: "Error: ENOENT: no such file or directory, open '/vercel/path0/views/parts/crumbs.html'",
  };

  it('is followed by every template', async () => {
    expect(await repairWith(templateInclude, error, home)).toEqual({
      'views/home.html': page('trail'),
      'views/tour.html': page('trail'),
    });
  });

  it.each([
    ['the diff removed it', { changes: [{ path: 'views/parts/crumbs.html', status: 'removed' as const }] }],
    ['it is written in another language now', { changes: [renamed('views/parts/crumbs.html', 'views/trail.njk')] }],
    ['it is there', { unread: ['views/parts/crumbs.html'] }],
    ['another one goes by its name', { unread: ['mails/crumbs.html'] }],
    ['it is out of the folder of the others', { changes: [renamed('views/parts/crumbs.html', 'mails/trail.html')] }],
    [
      'two went by its name',
      {
        changes: [renamed('views/parts/crumbs.html', 'a/b.html'), renamed('mails/views/parts/crumbs.html', 'a/c.html')],
      },
    ],
    ['a script names its path', { files: { ...home.files, 'build.mjs': "read('views/parts/crumbs.html');\n" } }],
    ['a script gives it its name', { files: { ...home.files, 'build.mjs': "registerPartial('crumbs', text);\n" } }],
    ['nobody includes it', { files: { 'views/home.html': page('crumb') } }],
    ['files may be missing', { truncated: true }],
  ])('is left alone where %s', async (_, change) => {
    expect(await repairWith(templateInclude, error, { ...home, ...change })).toBeUndefined();
  });

  it('is left alone where something else is missing', async () => {
    expect(await repairWith(templateInclude, { ...error, specifier: 'views/parts/menu.html' }, home)).toBeUndefined();
    expect(
      await repairWith(templateInclude, { message: 'Error: The partial menu could not be found' }, home),
    ).toBeUndefined();
  });
});
