import { describe, expect, it } from 'vitest';
import { angularBinding } from '../../../../lib/patch/suggestions/rules/angular-binding.js';
import { angularPipe } from '../../../../lib/patch/suggestions/rules/angular-pipe.js';
import { repairWith } from '../repository.js';

const component = (imports: string, more = '') =>
  `import { Component } from '@angular/core';\n\n@Component({\n  selector: 'app-page',\n  templateUrl: './page.html',\n  imports: [${imports}],\n${more}})\nexport class Page {}\n`;
const pipe = (name: string, className: string, more = '') =>
  `import { Pipe } from '@angular/core';\n\n@Pipe({ name: '${name}'${more} })\nexport class ${className} {\n  transform(value: number) {\n    return value;\n  }\n}\n`;

describe('a pipe that Angular does not find', () => {
  const files = {
    'src/page.ts': component('Other'),
    'src/page.html': '<p>{{ depth | metres }}</p>\n',
    'src/shared/metres.pipe.ts': pipe('metres', 'MetresPipe'),
  };
  const error = { file: 'src/page.html', message: "No pipe found with name 'metres'.", line: 1, column: 15 };

  it('is imported by the component whose template uses it', async () => {
    expect(await repairWith(angularPipe, error, { files })).toEqual({
      'src/page.ts': component('Other, MetresPipe').replace(
        "core';\n",
        "core';\nimport { MetresPipe } from './shared/metres.pipe';\n",
      ),
    });
  });

  it('is imported as its neighbour is, whose name has a dot', async () => {
    const day = "import { DayPipe } from '@shared/day.pipe';\n";
    const owner = component('DayPipe').replace("core';\n", `core';\n${day}`);
    const answer = await repairWith(angularPipe, error, {
      files: {
        ...files,
        'src/page.ts': owner,
        'src/shared/day.pipe.ts': pipe('day', 'DayPipe'),
        'tsconfig.json': '{ "compilerOptions": { "paths": { "@shared/*": ["./src/shared/*"] } } }',
      },
    });

    expect(answer?.['src/page.ts']).toContain("import { MetresPipe } from '@shared/metres.pipe';\n");
  });

  it('is imported for a template within the component', async () => {
    const inline = component('').replace("templateUrl: './page.html'", "template: '{{ depth | metres }}'");
    const answer = await repairWith(
      angularPipe,
      { ...error, file: 'src/page.ts', line: 5 },
      { files: { ...files, 'src/page.ts': inline } },
    );
    expect(answer?.['src/page.ts']).toContain('imports: [MetresPipe],');
  });

  it.each([
    ['of the repository', 'MetresPipe', 'mertes', 'metres'],
    ['of Angular', 'MetresPipe, DatePipe', 'dtae', 'date'],
    ['of a module of Angular', 'CommonModule', 'titelcase', 'titlecase'],
  ])('is spelt as one %s that the component imports', async (_, imports, wrong, right) => {
    const template = (name: string) => `<p>{{ depth | ${name} }}</p>\n`;
    const misspelt = { ...files, 'src/page.ts': component(imports), 'src/page.html': template(wrong) };
    const unknown = { ...error, message: `No pipe found with name '${wrong}'.` };
    expect(await repairWith(angularPipe, unknown, { files: misspelt })).toEqual({ 'src/page.html': template(right) });
    const without = { ...misspelt, 'src/page.ts': component('Other') };
    expect(await repairWith(angularPipe, unknown, { files: without })).toBeUndefined();
  });

  it.each([
    ['two classes have the name', { 'src/other.ts': pipe('metres', 'OtherPipe') }, {}],
    ['none has it', { 'src/shared/metres.pipe.ts': pipe('fathoms', 'FathomsPipe') }, {}],
    ['a module was not read', {}, { unread: ['src/other.ts'] }],
    [
      'the pipe is not standalone',
      { 'src/shared/metres.pipe.ts': pipe('metres', 'MetresPipe', ', standalone: false') },
      {},
    ],
    [
      'a module declares the pipe',
      { 'src/app.module.ts': '@NgModule({ declarations: [MetresPipe] })\nexport class AppModule {}\n' },
      {},
    ],
    [
      'a module declares the component',
      { 'src/app.module.ts': '@NgModule({ declarations: [[Page]] })\nexport class AppModule {}\n' },
      {},
    ],
    ['the list is not written out', { 'src/page.ts': component('').replace('imports: []', 'imports: SHARED') }, {}],
    ['it is imported already', { 'src/page.ts': component('MetresPipe') }, {}],
  ])('stays unknown where %s', async (_, more, repository) => {
    expect(await repairWith(angularPipe, error, { files: { ...files, ...more }, ...repository })).toBeUndefined();
  });
});

describe('a binding that Angular does not know', () => {
  const dial = `import { Component, Input, input } from '@angular/core';\n\n@Component({ selector: 'app-dial', template: '' })\nexport class Dial {\n  readonly depth = input.required<number>();\n  readonly scale = input(1, { alias: 'dialScale' });\n  @Input() caption = '';\n  internal = 1;\n}\n`;
  const tooltip = `import { Directive, input } from '@angular/core';\n\n@Directive({ selector: '[appTooltip]' })\nexport class Tooltip {\n  readonly appTooltip = input('');\n}\n`;
  const repository = (imports: string, template: string) => ({
    files: {
      'package.json': '{ "dependencies": { "@angular/forms": "^20.0.0", "@angular/common": "^20.0.0" } }\n',
      'src/page.ts': component(imports),
      'src/page.html': template,
      'src/ui/dial.ts': dial,
      'src/ui/tooltip.ts': tooltip,
    },
  });
  const unknown = (binding: string, element: string) => ({
    file: 'src/page.html',
    message: `Can't bind to '${binding}' since it isn't a known property of '${element}'.`,
    line: 2,
    column: 3,
  });

  it.each([
    ['FormsModule', 'ngModal', 'input', '<input [(ngModal)]="x" />', '<input [(ngModel)]="x" />'],
    ['CommonModule', 'ngIff', 'p', '<p *ngIff="x">a</p>', '<p *ngIf="x">a</p>'],
    ['NgFor', 'ngFroOf', 'p', '<p *ngFro="let a of b">a</p>', '<p *ngFor="let a of b">a</p>'],
    ['RouterLink', 'routerLnik', 'a', '<a [routerLnik]="x">a</a>', '<a [routerLink]="x">a</a>'],
    ['', 'disbaled', 'button', '<button [disbaled]="x">a</button>', '<button [disabled]="x">a</button>'],
    ['', 'colspan', 'td', '<td [colspan]="2"></td>', '<td [colSpan]="2"></td>'],
    ['Dial', 'detph', 'app-dial', '<app-dial [detph]="x" />', '<app-dial [depth]="x" />'],
    ['Dial', 'dialScael', 'app-dial', '<app-dial [dialScael]="x" />', '<app-dial [dialScale]="x" />'],
    ['Dial', 'captoin', 'app-dial', '<app-dial [captoin]="x" />', '<app-dial [caption]="x" />'],
    ['Tooltip', 'appTooltpi', 'p', '<p [appTooltpi]="x">a</p>', '<p [appTooltip]="x">a</p>'],
  ])('is spelt as what %s gives: %s', async (imports, binding, element, wrong, right) => {
    const answer = await repairWith(
      angularBinding,
      unknown(binding, element),
      repository(imports, `<i></i>\n${wrong}\n`),
    );
    expect(answer).toEqual({ 'src/page.html': `<i></i>\n${right}\n` });
  });

  it('is spelt so in a template within the component', async () => {
    const inline = component('FormsModule').replace(
      "templateUrl: './page.html'",
      'template: `<input [ngModal]="x" />`',
    );
    const error = { ...unknown('ngModal', 'input'), file: 'src/page.ts', line: 5 };
    const files = { ...repository('', '').files, 'src/page.ts': inline };
    expect(await repairWith(angularBinding, error, { files })).toEqual({
      'src/page.ts': inline.replace('Modal', 'Model'),
    });
  });

  it('is imported with the directive that has it', async () => {
    const template = '<i></i>\n<input [(ngModel)]="x" />\n';
    expect(await repairWith(angularBinding, unknown('ngModel', 'input'), repository('Other', template))).toEqual({
      'src/page.ts': component('Other, FormsModule').replace(
        "core';\n",
        "core';\nimport { FormsModule } from '@angular/forms';\n",
      ),
    });
  });

  it.each([
    ['nothing that is imported has the like', 'Other', 'ngModal', 'input', '<input [(ngModal)]="x" />'],
    ['the component of the element has no such input', 'Dial', 'intrenal', 'app-dial', '<app-dial [intrenal]="x" />'],
    ['its component is not imported', 'Other', 'detph', 'app-dial', '<app-dial [detph]="x" />'],
    ['a directive that has it is not imported', 'Other', 'appTooltip', 'p', '<p [appTooltip]="x">a</p>'],
    ['it is another word', 'Dial', 'height', 'app-dial', '<app-dial [height]="x" />'],
    ['the package is not installed', 'Other', 'routerLink', 'a', '<a [routerLink]="x">a</a>'],
    ['the line does not hold it', 'FormsModule', 'ngModal', 'input', '<b></b>\n<input [(ngModal)]="x" />'],
  ])('stays where %s', async (_, imports, binding, element, template) => {
    const answer = await repairWith(
      angularBinding,
      unknown(binding, element),
      repository(imports, `<i></i>\n${template}\n`),
    );
    expect(answer).toBeUndefined();
  });
});

it('what the diff took out of the imports is not put back', async () => {
  const files = {
    'package.json': '{"dependencies":{"@angular/common":"19.0.0"}}',
    'src/page.ts': component(''),
    'src/page.html': '<p *ngIf="a">b</p>\n',
  };
  const error = {
    file: 'src/page.html',
    line: 1,
    message: "Can't bind to 'ngIf' since it isn't a known property of 'p'.",
  };
  const changes = [{ status: 'modified' as const, path: 'src/page.ts', hunks: '-  imports: [NgIf],\n+  imports: [],' }];
  expect(await repairWith(angularBinding, error, { files })).toBeDefined();
  expect(await repairWith(angularBinding, error, { files, changes })).toBeUndefined();
});
