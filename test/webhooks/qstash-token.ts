import { createHash, createHmac } from 'node:crypto';

export const CURRENT_KEY = 'sig_current_key_of_the_tests';
export const NEXT_KEY = 'sig_next_key_of_the_tests';

/** A token as QStash signs its deliveries; `claims` and `header` replace parts of it. */
export function signDelivery(input: {
  readonly body: string;
  readonly url: string;
  readonly now: number;
  readonly key?: string;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
}): string {
  const seconds = Math.floor(input.now / 1000);
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const header = encode({ alg: 'HS256', typ: 'JWT', ...input.header });
  const payload = encode({
    iss: 'Upstash',
    sub: input.url,
    exp: seconds + 300,
    nbf: seconds,
    iat: seconds,
    jti: 'jwt_67kxXD6UBAk7DqU6hzuHMDdXFXfP',
    body: createHash('sha256').update(input.body).digest('base64url'),
    ...input.claims,
  });
  const proof = createHmac('sha256', input.key ?? CURRENT_KEY)
    .update(`${header}.${payload}`)
    .digest('base64url');
  return `${header}.${payload}.${proof}`;
}
