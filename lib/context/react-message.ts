import { decodeSegment } from './routes.js';

const MINIFIED = /Minified React error #(\d{1,4}); visit \S{1,100}[/=]\1(?:[?&]args\[\]=([^&\s]{0,400}))?/;

/** What React says in a production build by number: https://react.dev/errors/31, https://react.dev/errors/130 */
export function spellOutReact(message: string): string {
  const [, number, value = ''] = MINIFIED.exec(message.slice(0, 2_000)) ?? [];
  const text = decodeSegment(value);
  if (number === '31') return `Objects are not valid as a React child (found: ${text}).`;
  return number === '130' ? `Element type is invalid: got: ${text}.` : message;
}
