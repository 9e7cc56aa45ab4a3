import { describe, expect, it } from 'vitest';
import { intrinsicElement } from '../../../../lib/patch/suggestions/rules/intrinsic-element.js';
import { repairWith } from '../repository.js';

const unknown = (name: string) => ({
  message: `Property '${name}' does not exist on type 'JSX.IntrinsicElements'.`,
  file: 'app/card.tsx',
  line: 2,
});
const card = (name: string, note = '') => `export function Card() {
  return <${name} className="dive sapn">{'<dive>'}${note}</${name}>;
}
`;

describe('a misspelt element', () => {
  it.each([
    ['dive', 'div'],
    ['sapn', 'span'],
    ['buton', 'button'],
    ['secton', 'section'],
    ['artcile', 'article'],
    ['foreignObjct', 'foreignObject'],
  ])('<%s> is <%s>, and nothing else of that name changes', async (broken, repaired) => {
    const files = await repairWith(intrinsicElement, unknown(broken), { files: { 'app/card.tsx': card(broken) } });

    expect(files).toEqual({ 'app/card.tsx': card(repaired) });
  });

  it.each([
    ['two elements that are equally near', 'imge'],
    ['an element that no name is near to', 'paragraph'],
    ['a custom element', 'harbour-map'],
    ['too short a name to tell', 'dd1x'],
  ])('answers nothing for %s', async (_, name) => {
    const files = await repairWith(intrinsicElement, unknown(name), { files: { 'app/card.tsx': card(name) } });

    expect(files).toBeUndefined();
  });

  it('answers nothing where the file holds no such element', async () => {
    const files = await repairWith(intrinsicElement, unknown('dive'), { files: { 'app/card.tsx': card('p') } });

    expect(files).toBeUndefined();
  });

  it('answers nothing for a property of another type', async () => {
    const error = { ...unknown('dive'), message: "Property 'dive' does not exist on type 'Berth'." };

    const files = await repairWith(intrinsicElement, error, { files: { 'app/card.tsx': card('dive') } });

    expect(files).toBeUndefined();
  });
});
