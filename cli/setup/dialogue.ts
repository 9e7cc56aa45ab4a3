import { styleText } from 'node:util';
import type { Dialogue } from '../../lib/flows/setup.js';
import { oneLine } from '../terminal.js';

/** The person pressed Ctrl-C. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** Plain lines and no questions: for `--yes`, pipes and logs. */
export function createUnattendedDialogue(print: (line: string) => void = console.log): Dialogue {
  return {
    isAttended: false,
    askSecret: async () => undefined,
    choose: async () => undefined,
    chooseSeveral: async (_title, _options, selected) => selected,
    confirm: async () => true,
    begin: (title) => print(`\n${oneLine(title, 300)}`),
    say: (sentence) => print(`  ${oneLine(sentence, 500)}`),
    advance: (text) => print(`  ${oneLine(text, 500)}`),
    warn: (sentence) => print(`  ! ${oneLine(sentence, 500)}`),
  };
}

/** Questions in a terminal, by a library that is loaded only where somebody sits. */
export async function createTerminalDialogue(): Promise<Dialogue> {
  const clack = await import('@clack/prompts');

  function answered<T>(answer: T | symbol): T {
    if (clack.isCancel(answer)) throw new Cancelled();
    return answer as T;
  }

  return {
    isAttended: true,
    async askSecret({ title, hint }) {
      const message = `${title}\n${styleText('dim', hint)}`;
      return answered<string | undefined>(await clack.password({ message, mask: '•' })) || undefined;
    },
    async choose(title, options) {
      return answered<string>(await clack.select({ message: title, options: options.map(toOption) }));
    },
    async chooseSeveral(title, options, selected) {
      return answered<string[]>(
        await clack.multiselect({
          message: title,
          options: options.map(toOption),
          initialValues: [...selected],
          required: true,
          maxItems: 12,
        }),
      );
    },
    async confirm(title) {
      return answered<boolean>(await clack.confirm({ message: oneLine(title, 500) }));
    },
    begin: (title) => clack.log.step(oneLine(title, 300)),
    say: (sentence) => clack.log.message(oneLine(sentence, 500), { spacing: 0 }),
    advance: (text) => clack.log.success(oneLine(text, 500), { spacing: 0 }),
    warn: (sentence) => clack.log.warn(oneLine(sentence, 500)),
  };
}

function toOption({ value, label, hint }: { value: string; label: string; hint?: string }) {
  return { value, label: oneLine(label), ...(hint === undefined ? {} : { hint: oneLine(hint) }) };
}
