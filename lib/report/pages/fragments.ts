import type { BuildError } from '../../diagnosis/diagnosis.js';
import { parseLink, shorten } from '../escape.js';
import { marksError } from '../failure-text.js';
import { type Html, type HtmlValue, html } from '../html.js';
import type { Tone } from '../status-text.js';
import { formatDuration, formatIsoTime, formatTime } from '../time-text.js';

const MOST_LOG_LINES = 120;
const LONGEST_LOG_LINE = 400;

export function pill(label: string, tone: Tone): Html {
  return html`<span class="pill ${tone}">${label}</span>`;
}

/** The time in words, exact in the tooltip and for machines. */
export function timestamp(at: number): Html {
  return html`<time datetime="${formatIsoTime(at)}">${formatTime(at)}</time>`;
}

export function ago(at: number, now: number): Html {
  return html`<time datetime="${formatIsoTime(at)}" title="${formatTime(at)}">${formatDuration(now - at)} ago</time>`;
}

/** A link that leaves the dashboard; only its text where the address is not one. */
export function outsideLink(address: string | undefined, text: HtmlValue): Html {
  const href = parseLink(address);
  if (href === undefined) return html`${text}`;
  return html`<a href="${href}" rel="noopener noreferrer">${text}</a>`;
}

export function incidentPath(id: string): string {
  // Half a surrogate pair has no encoding.
  return `/incidents/${encodeURIComponent(id.replace(/\p{Cs}/gu, ''))}`;
}

/** Prose in which single backticks mark code, as tools and models write it. */
export function prose(text: string): Html {
  // The capture group keeps the code between the prose: every second part is code.
  const parts = text.split(/`([^`\n]+)`/);
  return html`${parts.map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

/** An excerpt of a log, with the lines marked that name the error. Scrolls on its own and by keyboard. */
export function logExcerpt(excerpt: string, errors: readonly BuildError[], label: string): Html {
  const lines = excerpt.trimEnd().split('\n');
  const shown = lines.slice(0, MOST_LOG_LINES).map((line) => {
    const text = shorten(line, LONGEST_LOG_LINE);
    if (!marksError(line, errors)) return html`<span>${text}\n</span>`;
    return html`<mark>${text}\n</mark>`;
  });
  return html`<pre class="log" tabindex="0" role="group" aria-label="${label}">${shown}${lines.length > shown.length && html`<span>… ${lines.length - shown.length} more lines</span>`}</pre>`;
}

/** A bar of percentages from left to right; the text beside it says the same. */
export function stackedBar(parts: readonly { readonly share: number; readonly tone: Tone }[]): Html {
  let left = 0;
  const rects = parts.map(({ share, tone }) => {
    const start = left;
    left += share;
    return html`<rect class="${tone}" x="${percent(start)}" width="${percent(share)}" height="100%"/>`;
  });
  return html`<svg class="bar" aria-hidden="true" width="100%" height="8">${rects}</svg>`;
}

function percent(share: number): string {
  return `${Math.round(Math.min(1, Math.max(0, share)) * 10_000) / 100}%`;
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
