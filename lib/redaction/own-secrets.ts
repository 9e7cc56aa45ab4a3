/** Shorter values would blank ordinary text; nothing that guards anything is so short. */
const MIN_LENGTH = 6;
/** An encoded piece shorter than this says too little to be told from chance. */
const MIN_ENCODED = 8;

/** A value in every form in which it may stand in a text, the longest first. */
export function listForms(values: readonly string[]): readonly string[] {
  const forms = new Set<string>();
  for (const value of values) {
    const secret = value.trim();
    if (secret.length < MIN_LENGTH) continue;
    const bytes = new TextEncoder().encode(secret);
    const percent = encodeURIComponent(secret);
    forms.add(secret);
    forms.add(percent);
    forms.add(percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()));
    forms.add(percent.replaceAll('%20', '+'));
    forms.add([...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
    forms.add([...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
    forms.add(JSON.stringify(secret).slice(1, -1));
    for (const form of [...encodeBase64(bytes), ...encodeBase64(new TextEncoder().encode(percent))]) forms.add(form);
  }
  return [...forms].sort((a, b) => b.length - a.length);
}

/**
 * What base64 makes of the bytes inside a longer text: three alignments, each without the characters at its ends
 * that depend on what stands around; in both alphabets.
 */
function encodeBase64(bytes: Uint8Array): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const padded = new Uint8Array(offset + bytes.length);
    padded.set(bytes, offset);
    const whole = Buffer.from(padded).toString('base64').replace(/=+$/, '');
    const from = offset === 0 ? 0 : offset + 1;
    const to = Math.floor(((offset + bytes.length) * 8) / 6);
    const core = whole.slice(from, to);
    return core.length < MIN_ENCODED ? [] : [core, core.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
