import { describe, expect, it } from 'vitest';
import { readGivenUpDelivery, readStepDelivery } from '../../lib/webhooks/qstash.js';
import { CURRENT_KEY, NEXT_KEY, signDelivery } from './qstash-token.js';

const NOW = Date.UTC(2026, 10, 22, 15);
const URL = 'https://heal.example.dev/api/heal';
const BODY = '{"incidentId":"inc_1"}';
const GOOD = signDelivery({ body: BODY, url: URL, now: NOW });

function deliver(signature: string | null, changes: object = {}) {
  return readStepDelivery({
    signature,
    body: new TextEncoder().encode(BODY),
    url: URL,
    signingKeys: [CURRENT_KEY, NEXT_KEY],
    now: NOW,
    ...changes,
  });
}

const token = (changes: Partial<Parameters<typeof signDelivery>[0]>) =>
  signDelivery({ body: BODY, url: URL, now: NOW, ...changes });
const [header = '', payload = '', proof = ''] = GOOD.split('.');

describe('a step', () => {
  it.each([
    ['the current key', GOOD],
    ['the next key', token({ key: NEXT_KEY })],
    ['a clock ten seconds ahead', token({ now: NOW + 10_000 })],
    [
      'a padded hash of the body',
      token({ claims: { body: `${JSON.parse(Buffer.from(payload, 'base64url').toString()).body}=` } }),
    ],
  ])('is accepted with %s', (_name, signature) => {
    expect(deliver(signature)).toEqual({ outcome: 'step', incidentId: 'inc_1' });
  });

  it.each([
    ['missing', null],
    ['empty', ''],
    ['"undefined"', 'undefined'],
    ['of another key', token({ key: 'sig_somebody_else' })],
    ['of an empty key', token({ key: '' })],
    ['truncated', GOOD.slice(0, -1)],
    ['oversized', `${header}.${'A'.repeat(100_000)}.${proof}`],
    ['without a proof', `${header}.${payload}.`],
    ['of the algorithm none', `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`],
    ['for another body', token({ body: '{"incidentId":"inc_2"}' })],
    ['for another address', token({ url: 'https://heal.example.dev/api/heal?given-up' })],
    ['for another host', token({ url: 'https://evil.example.dev/api/heal' })],
    ['of another issuer', token({ claims: { iss: 'Somebody' } })],
    ['that expired', token({ now: NOW - 600_000 })],
    ['that is not valid yet', token({ now: NOW + 600_000 })],
    ['that never expires', token({ claims: { exp: undefined } })],
    ['with a time that is text', token({ claims: { exp: '9999999999' } })],
    ['without a hash of the body', token({ claims: { body: undefined } })],
    ['with another payload under the same proof', `${header}.${token({ url: 'x' }).split('.')[1]}.${proof}`],
  ])('is refused with a token %s', (_name, signature) => {
    expect(deliver(signature)).toEqual({ outcome: 'unauthorized' });
  });

  it.each([[[]], [['']], [['', '']]])('is refused while the keys are %j', (signingKeys) => {
    expect(deliver(token({ key: '' }), { signingKeys })).toEqual({ outcome: 'unauthorized' });
  });

  it.each(['', '{}', '[]', '{"incidentId":7}', '{"incidentId":""}', `{"incidentId":"${'x'.repeat(5_000)}"}`])(
    'signed, with the body %s, is malformed',
    (body) => {
      const arrival = deliver(token({ body }), { body: new TextEncoder().encode(body) });

      expect(arrival).toMatchObject({ outcome: 'malformed' });
    },
  );
});

describe('a step that was given up', () => {
  const url = `${URL}?given-up`;

  function report(content: object) {
    const body = JSON.stringify(content);
    return readGivenUpDelivery({
      signature: signDelivery({ body, url, now: NOW }),
      body: new TextEncoder().encode(body),
      url,
      signingKeys: [CURRENT_KEY, NEXT_KEY],
      now: NOW,
    });
  }

  const content = {
    status: 504,
    header: {},
    body: Buffer.from('gone').toString('base64'),
    retried: 3,
    maxRetries: 3,
    sourceMessageId: 'msg_1',
    url: URL,
    method: 'POST',
    sourceBody: Buffer.from(BODY).toString('base64'),
  };

  it('tells which one it was', () => {
    expect(report(content)).toEqual({ outcome: 'given-up', messageId: 'msg_1', incidentId: 'inc_1', status: 504 });
  });

  it.each([
    ['no source', { ...content, sourceBody: undefined }],
    ['a source that is none of ours', { ...content, sourceBody: Buffer.from('{"x":1}').toString('base64') }],
    ['a source without end', { ...content, sourceBody: 'A'.repeat(20_000) }],
    ['no message', { ...content, sourceMessageId: undefined }],
  ])('with %s is malformed', (_name, broken) => {
    expect(report(broken)).toMatchObject({ outcome: 'malformed' });
  });
});
