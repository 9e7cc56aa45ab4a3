import { secretsMatch } from '../secrets.js';

/** The token of `Authorization: Bearer …`; undefined for anything else. */
export function readBearer(request: Request): string | undefined {
  return /^Bearer +(\S{1,512})$/i.exec(request.headers.get('authorization') ?? '')?.[1];
}

/** `?key=` of the address, for a bookmark; undefined when it is missing, empty or given twice. */
export function readKey(request: Request): string | undefined {
  const keys = new URL(request.url).searchParams.getAll('key');
  return keys.length === 1 && keys[0] !== '' ? keys[0] : undefined;
}

/** Whether the request carries the secret in its header, or as `?key=` where that is allowed. Closed when unset. */
export function carriesSecret(
  request: Request,
  secret: string | undefined,
  { allowKey }: { readonly allowKey: boolean },
): boolean {
  const given = request.headers.has('authorization') ? readBearer(request) : allowKey ? readKey(request) : undefined;
  return secretsMatch(given, secret);
}
