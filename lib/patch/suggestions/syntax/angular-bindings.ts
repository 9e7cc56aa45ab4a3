import type { Argument, Class } from 'oxc-parser';
import type { SyntaxNode } from './walk.js';

/** What of Angular's own packages gives elements a binding. */
export interface CommonDirective {
  readonly specifier: string;
  /** What a component imports to have it. */
  readonly name: string;
  /** The modules that bring it along with others. */
  readonly modules: readonly string[];
  readonly bindings: readonly string[];
}

const COMMON = { specifier: '@angular/common', modules: ['CommonModule', 'BrowserModule'] };
const FORMS = { specifier: '@angular/forms', modules: [] };
const ROUTER = { specifier: '@angular/router', modules: ['RouterModule'] };

/** The inputs that the type declarations of the packages name after their directive. */
export const COMMON_DIRECTIVES: readonly CommonDirective[] = [
  { ...COMMON, name: 'NgClass', bindings: ['ngClass'] },
  { ...COMMON, name: 'NgStyle', bindings: ['ngStyle'] },
  { ...COMMON, name: 'NgIf', bindings: ['ngIf', 'ngIfThen', 'ngIfElse'] },
  { ...COMMON, name: 'NgFor', bindings: ['ngFor', 'ngForOf', 'ngForTrackBy', 'ngForTemplate'] },
  { ...COMMON, name: 'NgSwitch', bindings: ['ngSwitch'] },
  { ...COMMON, name: 'NgSwitchCase', bindings: ['ngSwitchCase'] },
  { ...COMMON, name: 'NgPlural', bindings: ['ngPlural'] },
  {
    ...COMMON,
    name: 'NgTemplateOutlet',
    bindings: ['ngTemplateOutlet', 'ngTemplateOutletContext', 'ngTemplateOutletInjector'],
  },
  { ...COMMON, name: 'NgComponentOutlet', bindings: ['ngComponentOutlet', 'ngComponentOutletInputs'] },
  { ...COMMON, modules: [], name: 'NgOptimizedImage', bindings: ['ngSrc', 'ngSrcset'] },
  { ...FORMS, name: 'FormsModule', bindings: ['ngModel', 'ngModelOptions', 'ngModelGroup', 'ngFormOptions'] },
  {
    ...FORMS,
    name: 'ReactiveFormsModule',
    bindings: ['formGroup', 'formControl', 'formControlName', 'formGroupName', 'formArrayName'],
  },
  { ...ROUTER, name: 'RouterLink', bindings: ['routerLink'] },
  { ...ROUTER, name: 'RouterLinkActive', bindings: ['routerLinkActive', 'routerLinkActiveOptions'] },
];

const listed = (names: string): readonly string[] => names.split(' ');
const EVERY_ELEMENT = listed(
  'accessKey className contentEditable dir draggable hidden id inert innerHTML innerText lang spellcheck style tabIndex textContent title',
);
const ELEMENTS: Readonly<Record<string, readonly string[]>> = {
  a: listed('download href hreflang ping referrerPolicy rel target text type'),
  audio: listed('autoplay controls currentTime loop muted preload src volume'),
  button: listed('disabled formAction name type value'),
  details: listed('open'),
  dialog: listed('open returnValue'),
  fieldset: listed('disabled name'),
  form: listed('action autocomplete enctype method name noValidate target'),
  iframe: listed('allow allowFullscreen height loading name referrerPolicy sandbox src srcdoc width'),
  img: listed('alt crossOrigin decoding height loading name referrerPolicy sizes src srcset useMap width'),
  input: listed(
    'accept autocomplete checked disabled files indeterminate max maxLength min minLength multiple name pattern placeholder readOnly required size src step type value valueAsDate valueAsNumber',
  ),
  label: listed('htmlFor'),
  meter: listed('high low max min optimum value'),
  option: listed('disabled label selected text value'),
  progress: listed('max value'),
  select: listed('autocomplete disabled multiple name required selectedIndex size value'),
  source: listed('media sizes src srcset type'),
  td: listed('colSpan headers rowSpan'),
  textarea: listed('autocomplete cols disabled maxLength minLength name placeholder readOnly required rows value wrap'),
  th: listed('abbr colSpan headers rowSpan scope'),
  video: listed('autoplay controls currentTime height loop muted poster preload src volume width'),
};

/** The properties that Angular's schema knows of an element, but for the oldest and those of no element in particular. */
export function elementBindings(element: string): readonly string[] {
  return [...EVERY_ELEMENT, ...(ELEMENTS[element] ?? [])];
}

/** The names by which templates bind the inputs that a class declares itself. */
export function inputsOf({ body }: Class): string[] {
  return body.body.flatMap((member) => {
    if (
      (member.type !== 'PropertyDefinition' && member.type !== 'MethodDefinition') ||
      member.key.type !== 'Identifier'
    )
      return [];
    const own = member.key.name;
    const decorator = member.decorators.find(({ expression }) => calleeOf(expression as SyntaxNode) === 'Input');
    if (decorator?.expression.type === 'CallExpression') return [aliasIn(decorator.expression.arguments) ?? own];
    const { value } = member;
    if (value?.type !== 'CallExpression' || !/^(?:input|model)$/.test(calleeOf(value as SyntaxNode) ?? '')) return [];
    return [aliasIn(value.arguments.slice(-1), false) ?? own];
  });
}

/** `input` for `input()` and for `input.required()`. */
function calleeOf(expression: SyntaxNode): string | undefined {
  if (expression.type !== 'CallExpression') return undefined;
  const { callee } = expression;
  const called = callee.type === 'MemberExpression' ? callee.object : callee;
  return called.type === 'Identifier' ? called.name : undefined;
}

/** `@Input('name')`, `@Input({ alias: 'name' })`, `input(0, { alias: 'name' })`. */
function aliasIn(values: readonly Argument[], mayBeText = true): string | undefined {
  const [value] = values;
  if (value?.type === 'Literal') return mayBeText && typeof value.value === 'string' ? value.value : undefined;
  if (value?.type !== 'ObjectExpression') return undefined;
  for (const property of value.properties) {
    const isAlias = property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === 'alias';
    if (isAlias && property.value.type === 'Literal') return String(property.value.value);
  }
  return undefined;
}
