import type { Diagnosis } from '../../diagnosis/diagnosis.js';

/** Everything that the diagnosis took from the log, as one text to look for names in. */
export function diagnosisText(diagnosis: Diagnosis): string {
  const errors = diagnosis.errors.flatMap((error) => [
    error.message,
    error.code,
    error.file,
    error.specifier,
    error.symbol,
    error.suggestion,
    error.route,
    ...(error.trace ?? []),
    ...(error.places ?? []).map(({ file }) => file),
  ]);
  return [diagnosis.summary, ...errors, ...diagnosis.evidence.map(({ fact }) => fact)]
    .filter((part) => part !== undefined)
    .join('\n');
}

/** Whether the text holds the name as a whole word. */
export function namesWord(text: string, name: string): boolean {
  const isPart = (character: string | undefined) => character !== undefined && /[\w$]/.test(character);
  for (let at = text.indexOf(name); at !== -1 && name !== ''; at = text.indexOf(name, at + 1))
    if (!isPart(text[at - 1]) && !isPart(text[at + name.length])) return true;
  return false;
}

/** Compilers write a type between single quotes, and in it a string that is a value: `'"config" | "page"'`. */
function withoutValues(text: string): string {
  return text
    .replace(/(?<!\w)'[^'\n]{1,1000}'(?!\w)/g, (type) => type.replace(/"[^"\n]{0,1000}"/g, '""'))
    .replace(/`"[^"`\n]{1,200}"`|"'[^"'\n]{1,200}'"/g, '""');
}

/**
 * Whether the diagnosis is about this identifier. A name that is also a word of English counts only where the log
 * quotes it: "Did you mean ...?" is not about an export called `mean`.
 */
export function namesIdentifier(diagnosis: Diagnosis, name: string): boolean {
  if (diagnosis.errors.some((error) => error.symbol === name || error.suggestion === name)) return true;
  const text = withoutValues(diagnosisText(diagnosis));
  if (["'", '"', '`'].some((quote) => text.includes(quote + name + quote))) return true;
  return /[A-Z0-9_$]/.test(name) && namesWord(text, name);
}
