import { revealHidden } from './escape.js';

const MARKUP = Symbol('markup');

/** Markup that is safe to send. Only `html` makes it, so a stranger's object can never pass for it. */
export interface Html {
  readonly [MARKUP]: string;
}

export type HtmlValue = Html | string | number | null | undefined | false | readonly HtmlValue[];

/** A template whose values are escaped unless they are `Html` themselves. Attribute values need double quotes. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const markup = strings.map((text, index) => text + (index < values.length ? toMarkup(values[index]) : ''));
  return { [MARKUP]: markup.join('') };
}

/** Text that we wrote ourselves and that holds markup on purpose: a stylesheet, a script. Never a stranger's. */
export function trustedMarkup(markup: string): Html {
  return { [MARKUP]: markup };
}

export function renderHtml(value: Html): string {
  return value[MARKUP];
}

export function escapeHtml(text: string): string {
  return revealHidden(text).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function toMarkup(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  if (isList(value)) return value.map(toMarkup).join('');
  return value[MARKUP];
}

function isList(value: Html | readonly HtmlValue[]): value is readonly HtmlValue[] {
  return Array.isArray(value);
}
