import { type Html, html, trustedMarkup } from '../html.js';
import { STYLE } from './page-style.js';

export { STYLE };

/**
 * Keeps an open page current: fetches it again while it is in sight and swaps the main part when that changed.
 * Waits while somebody selects text or has a control in focus. Without it the page is complete, only not live.
 */
export const SCRIPT = `(() => {
  const main = document.querySelector('main[data-live]');
  if (!main) return;
  let last = main.innerHTML;
  const busy = () => document.hidden || main.contains(document.activeElement) || !getSelection().isCollapsed;
  setInterval(async () => {
    if (busy()) return;
    const answer = await fetch(location.pathname, { headers: { accept: 'text/html' } }).catch(() => null);
    if (!answer || !answer.ok || answer.redirected) return;
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
    if (!next || busy() || next.innerHTML === last) return;
    const open = [...main.querySelectorAll('details')].map((part) => part.open);
    last = next.innerHTML;
    main.replaceChildren(...next.childNodes);
    main.querySelectorAll('details').forEach((part, index) => { if (index in open) part.open = open[index]; });
  }, Number(main.dataset.live) * 1000);
})();`;

export interface PageShell {
  readonly title: string;
  readonly main: Html;
  /** Present for a signed-in person: shows the navigation and the way out. */
  readonly signedIn?: { readonly formToken: string };
  /** What the whole pipeline is doing, shown beside the navigation. */
  readonly operation?: 'repairing' | 'observing' | 'paused';
  /** Seconds between looks at the server for something new; the page stays as it is when absent. */
  readonly liveSeconds?: number;
  /** Where the browser goes at once, on the page that only lets it come back as our own. */
  readonly continueAt?: string;
}

const OPERATIONS = {
  repairing: html`<span class="pill good">Repairing</span>`,
  observing: html`<span class="pill busy">Observing only</span>`,
  paused: html`<span class="pill warn">Paused</span>`,
} as const;

const MARK = html`<svg class="mark" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true"><path d="M20 12a8 8 0 1 1-2.6-5.9" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round"/><path d="M6 12.4h3l1.8-4 2.6 7.2 1.7-3.2H20" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

/** A whole document. Readable without script; the stylesheet is inline, so that one answer is all a page needs. */
export function page(shell: PageShell): Html {
  const { signedIn, operation } = shell;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
${shell.continueAt !== undefined && html`<meta http-equiv="refresh" content="0; url=${shell.continueAt}">`}
<title>${shell.title} · Self-Healing Pipeline</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<style>${trustedMarkup(STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="top">
<a class="brand" href="/">${MARK}<span>Self-Healing Pipeline</span></a>
${
  signedIn !== undefined &&
  html`${operation !== undefined && OPERATIONS[operation]}<nav aria-label="Main"><a class="plain" href="/settings">Settings</a><a class="plain" href="/doctor">Doctor</a><a class="button" href="/actions/sweep">Sweep now</a><form method="post" action="/actions/sign-out"><input type="hidden" name="token" value="${signedIn.formToken}"><button class="plain">Sign out</button></form></nav>`
}
</header>
<main id="main" tabindex="-1"${shell.liveSeconds !== undefined && html` data-live="${shell.liveSeconds}"`}>
${shell.main}
</main>
${shell.liveSeconds !== undefined && html`<script>${trustedMarkup(SCRIPT)}</script>`}
</body>
</html>`;
}
