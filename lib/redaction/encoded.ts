/**
 * Secrets that hide in base64 or behind percent signs: each encoded run is decoded once, and when redaction would
 * change the decoded text, the whole run goes. Data that decodes to no text (images, hashes) stays.
 */
export function redactEncoded(text: string, redact: (text: string) => string): string {
  return redactPercent(redactBase64(text, redact), redact);
}

function redactBase64(text: string, redact: (text: string) => string): string {
  return text.replace(/(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{24,20000}={0,2}(?![A-Za-z0-9+/_-])/g, (found) => {
    if (!/[A-Z]/.test(found) || !/[a-z]/.test(found)) return found;
    const decoded = Buffer.from(found, 'base64').toString('utf8');
    if (!/^[\t\n\r\x20-\x7e]+$/.test(decoded)) return found;
    return redact(decoded) === decoded ? found : '[REDACTED:encoded]';
  });
}

function redactPercent(text: string, redact: (text: string) => string): string {
  if (!/%[2-7][0-9A-Fa-f]/.test(text)) return text;
  return text.replace(/[^\s"<>`,;[\]{}]{1,4000}/g, (found) => {
    if (!/%[2-7][0-9A-Fa-f]/.test(found)) return found;
    const decoded = decode(found);
    return decoded === undefined || redact(decoded) === decoded ? found : '[REDACTED:encoded]';
  });
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
