import { maskStyle } from '../mask-code.js';
import { keepBlocks } from '../outline-module.js';
import type { Survey } from '../survey.js';
import type { Suspicion } from './suspicion.js';

const SHEET = /\.(?:css|scss|less|pcss)$/;
const COMPONENT = /\.(?:vue|svelte|astro)$/;
const MOST_TEXT = 200_000;

/** Style sheets, and style elements of components, whose braces do not pair: no compiler takes them. */
export function suspectOpenSheets({ files }: Survey): Suspicion[] {
  return [...files].flatMap(([path, text]) => {
    if (text.length > MOST_TEXT) return [];
    const sheet = SHEET.test(path) ? text : isBraced(path, text) ? keepBlocks(text, 'style') : undefined;
    if (sheet === undefined) return [];
    const open = countOpen(sheet);
    return open === 0
      ? []
      : [
          {
            path,
            weight: 0.4,
            reason: open > 0 ? 'opens a block that nothing closes' : 'closes a block that was not opened',
          },
        ];
  });
}

function isBraced(path: string, text: string): boolean {
  return (
    COMPONENT.test(path) && text.includes('<style') && !/<style[^>]{0,200}lang=["'](?:sass|stylus?)["']/.test(text)
  );
}

function countOpen(sheet: string): number {
  const bare = maskStyle(sheet).replace(/"[^"\n]{0,2000}"|'[^'\n]{0,2000}'|url\([^)\n]{0,2000}\)/g, '');
  return bare.split('{').length - bare.split('}').length;
}
