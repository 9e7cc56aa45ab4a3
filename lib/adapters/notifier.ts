import { createHmac } from 'node:crypto';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { AdapterError, type FailureKind } from '../errors.js';
import type { Notification, Notifier } from '../ports.js';
import { isPublicAddress, lookupPublic } from './public-address.js';

export interface NotifierOptions {
  readonly url: string;
  /** Signs the body for receivers of our own JSON. */
  readonly secret?: string;
  /** Also plain http and private addresses, for a receiver in the same network. */
  readonly allowPrivate?: boolean;
  readonly timeoutMs?: number;
}

const SIGNATURE_HEADER = 'x-self-heal-signature-256';

/**
 * Sends notifications to a Slack incoming webhook, or to any address as JSON. The JSON has a `text` as well, so that
 * what speaks Slack's format elsewhere shows it. Throws `AdapterError` and never tells the address: it is a secret.
 */
export function createNotifier(options: NotifierOptions): Notifier {
  const target = parseTarget(options);
  return {
    async notify(notification) {
      const body = JSON.stringify(isSlack(target) ? { text: toSlackText(notification) } : toJson(notification));
      const status = await post(target, body, options);
      if (status < 300) return;
      throw failure(`The receiver of notifications answered ${status}.`, kindOf(status), { status });
    },
  };
}

function parseTarget({ url, allowPrivate = false }: NotifierOptions): URL {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  if (target?.protocol !== 'https:' && !(allowPrivate && target?.protocol === 'http:'))
    throw failure('Notifications go to https addresses only.', 'rejected');
  const host = target.hostname.replace(/^\[|\]$/g, '');
  if (!allowPrivate && isIP(host) !== 0 && !isPublicAddress(host))
    throw failure('Notifications do not go to private addresses.', 'rejected');
  return target;
}

function isSlack(target: URL): boolean {
  return target.hostname === 'hooks.slack.com' || target.hostname === 'hooks.slack-gov.com';
}

/** Slack reads `<…>` as links and `&` as the start of an entity: https://docs.slack.dev/messaging/formatting-message-text */
function toSlackText({ text, url }: Notification): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return url === undefined ? escaped : `${escaped}\n${url}`;
}

function toJson({ text, url, ...facts }: Notification): object {
  return { text: url === undefined ? text : `${text}\n${url}`, ...facts, ...(url === undefined ? {} : { url }) };
}

function post(target: URL, body: string, options: NotifierOptions): Promise<number> {
  const { secret, allowPrivate = false, timeoutMs = 5_000 } = options;
  const send = target.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = send(
      target,
      {
        method: 'POST',
        signal: AbortSignal.timeout(timeoutMs),
        ...(allowPrivate ? {} : { lookup: lookupPublic }),
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'self-healing-pipeline',
          ...(secret === undefined
            ? {}
            : { [SIGNATURE_HEADER]: `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` }),
        },
      },
      (response) => {
        // A redirect is not followed, and nothing of the answer is needed.
        response.destroy();
        resolve(response.statusCode ?? 0);
      },
    );
    request.on('error', (error) => {
      const isRefused = error.name === 'PrivateAddress';
      reject(
        isRefused
          ? failure('Notifications do not go to private addresses.', 'rejected')
          : failure('The receiver of notifications did not answer.', 'unavailable'),
      );
    });
    request.end(body);
  });
}

function kindOf(status: number): FailureKind {
  if (status === 429) return 'rate-limited';
  if (status === 404 || status === 410) return 'not-found';
  return status >= 500 ? 'unavailable' : 'rejected';
}

function failure(message: string, kind: FailureKind, facts: { readonly status?: number } = {}): AdapterError {
  return new AdapterError(message, { system: 'notifier', kind, ...facts });
}
