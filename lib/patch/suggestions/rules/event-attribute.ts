import type { Rule } from '../rule.js';
import { scanMarkup } from '../syntax/scan-markup.js';
import { replaceRanges } from '../syntax/source-text.js';

const MIXED = /Mixing old \(on:\w+\) and new syntaxes for event handling is not allowed\. Use only the on\w+ syntax/;
/** Components go on emitting their events to `on:`, whether they are called by a name or by `svelte:component`. */
const ELEMENT = /^(?:[a-z][\w-]*|svelte:(?:window|document|body|element))$/;

/** `on:click` in a component of Svelte that writes `onclick`: the compiler wants the new form alone, where it means the same. */
export const eventAttribute: Rule = {
  name: 'event-attribute',
  async propose(error, workspace) {
    const { file } = error;
    const text = file?.endsWith('.svelte') && MIXED.test(error.message) ? workspace.read(file) : undefined;
    if (file === undefined || text === undefined) return undefined;
    const old = scanMarkup(file, text).flatMap(({ name, attributes }) =>
      ELEMENT.test(name) ? attributes.filter((attribute) => attribute.name.startsWith('on:')) : [],
    );
    // Modifiers, and events that are handed on without a handler, have no such form.
    const isPlain = old.every(({ name, start }) => /^on:[a-z]+$/.test(name) && text[start + name.length] === '=');
    if (old.length === 0 || !isPlain) return undefined;
    const edits = old.map(({ start }) => ({ start: start + 2, end: start + 3, text: '' }));
    return {
      files: new Map([[file, replaceRanges(text, edits)]]),
      cause: `${file} listens to events in two ways, of which Svelte takes one at a time.`,
      change: `Writes \`${old[0]?.name.replace(':', '')}\`, as the compiler asks.`,
    };
  },
};
