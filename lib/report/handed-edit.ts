/** An edit that only a person may make, behind the sentences that say why. */

const LEADS = { byHand: 'The edit to make by hand:', refused: 'The edit that was refused:' } as const;
const LEAD = new RegExp(`\\n(${Object.values(LEADS).join('|')})\\n`);

export function withEdit(said: string, lead: keyof typeof LEADS, edit: string): string {
  return `${said}\n${LEADS[lead]}\n${edit}`;
}

interface Told {
  readonly said: string;
  /** What leads to the edit, and the edit as it is to be shown. */
  readonly handed?: { readonly lead: string; readonly edit: string };
}

export function splitEdit(text: string): Told {
  const found = LEAD.exec(text);
  if (found === null) return { said: text };
  const edit = text.slice(found.index + found[0].length);
  return { said: text.slice(0, found.index), handed: { lead: found[1] ?? '', edit } };
}
