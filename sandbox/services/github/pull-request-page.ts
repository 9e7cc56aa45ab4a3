import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

interface Pull {
  readonly title: string;
  readonly body: string | null;
  readonly state: string;
  readonly merged: boolean;
  readonly created_at: string;
  readonly head: { readonly ref: string; readonly sha: string };
  readonly base: { readonly ref: string };
  readonly user: { readonly login: string };
}

interface Parts {
  readonly owner: string;
  readonly name: string;
  readonly number: string;
  readonly pull: Pull;
  readonly labels: readonly { readonly name: string }[];
  readonly files: readonly { readonly filename: string; readonly patch?: string }[];
  readonly statuses: readonly {
    readonly context: string;
    readonly state: string;
    readonly description: string | null;
  }[];
  readonly comments: readonly {
    readonly user: { readonly login: string };
    readonly body: string;
    readonly created_at: string;
  }[];
}

/** The page of a pull request for the person at the keyboard: what it says, what it changes, and a button to merge. */
export async function servePullRequestPage(input: {
  readonly request: Request;
  readonly url: URL;
  readonly server: string;
  readonly tokenOf: (owner: string) => string | undefined;
}): Promise<Response | undefined> {
  const match = /^\/([\w.-]+)\/([\w.-]+)\/pull\/(\d+)(\/merge)?$/.exec(input.url.pathname);
  const [, owner = '', name = '', number = '', merge] = match ?? [];
  const token = input.tokenOf(owner);
  if (!match || !token) return undefined;
  const path = `${input.server}/repos/${owner}/${name}`;
  const headers = { authorization: `Bearer ${token}` };

  if (merge && input.request.method === 'POST') {
    // Another site's page may post here too; its browser says so.
    const site = input.request.headers.get('sec-fetch-site');
    if (site !== null && site !== 'same-origin') return new Response('Merge from the page itself.', { status: 403 });
    const merged = await fetch(`${path}/pulls/${number}/merge`, { method: 'PUT', headers, body: '{}' });
    if (!merged.ok) return new Response(`Not merged: ${await merged.text()}`, { status: 409 });
    return new Response(null, { status: 303, headers: { location: `/${owner}/${name}/pull/${number}` } });
  }

  const answer = await fetch(`${path}/pulls/${number}`, { headers });
  if (!answer.ok) return new Response('There is no such pull request.', { status: 404 });
  const pull = (await answer.json()) as Pull;
  const read = async <Result>(address: string): Promise<Result> =>
    (await (await fetch(`${path}${address}`, { headers })).json()) as Result;
  const [files, status, comments, labels] = await Promise.all([
    read<Parts['files']>(`/pulls/${number}/files`),
    read<{ statuses: Parts['statuses'] }>(`/commits/${pull.head.sha}/status`),
    read<Parts['comments']>(`/issues/${number}/comments`),
    read<Parts['labels']>(`/issues/${number}/labels`),
  ]);
  const html = renderPage({ owner, name, number, pull, files, statuses: status.statuses, comments, labels });
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    },
  });
}

function renderPage({ owner, name, number, pull, labels, files, statuses, comments }: Parts): string {
  const state = pull.merged ? 'merged' : pull.state;
  const checks = statuses.map(
    (one) =>
      `<li class="${one.state === 'success' ? 'good' : one.state === 'failure' ? 'bad' : 'wait'}"><b>${escapeHtml(one.context)}</b> ${escapeHtml(one.description ?? '')}</li>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${escapeHtml(pull.title)}</title><style>${STYLE}</style></head>
<body><p class="path">${escapeHtml(owner)} / <b>${escapeHtml(name)}</b> <span>the sandbox’s GitHub</span></p>
<h1>${escapeHtml(pull.title)} <small>#${number}</small></h1>
<p class="meta"><span class="state ${state}">${state}</span> <b>${escapeHtml(pull.user.login)}</b> wants to merge into <code>${escapeHtml(pull.base.ref)}</code> from <code>${escapeHtml(pull.head.ref)}</code> ${labels.map((label) => `<span class="label">${escapeHtml(label.name)}</span>`).join(' ')}</p>
${renderComment(pull.user.login, pull.created_at, pull.body ?? '')}
${comments.map((comment) => renderComment(comment.user.login, comment.created_at, comment.body)).join('\n')}
<section class="box"><header><b>Checks</b></header><ul class="checks">${checks.join('') || '<li class="wait">none so far</li>'}</ul>
${state === 'open' ? `<form method="post" action="/${owner}/${name}/pull/${number}/merge"><button>Merge pull request</button></form>` : ''}</section>
<h2>Files changed</h2>
${files.map((file) => `<section class="box"><header><code>${escapeHtml(file.filename)}</code></header><pre class="patch">${renderDiff(file.patch ?? '')}</pre></section>`).join('')}
</body></html>`;
}

function renderComment(login: string, at: string, markdown: string): string {
  // As GitHub does: raw markup is not let through, and what looks like a ping becomes one.
  const body = micromark(markdown.replace(/<!--[^>]*-->\n*/g, ''), { extensions: [gfm()], htmlExtensions: [gfmHtml()] })
    .replaceAll('&lt;sub&gt;', '<small>')
    .replaceAll('&lt;/sub&gt;', '</small>')
    .replace(/\b([0-9a-f]{7})[0-9a-f]{33}\b(?![^<]*>)/g, '<code>$1</code>')
    .replace(/[✅❌⏳⬜]/gu, (emoji) => EMOJI[emoji] ?? emoji);
  return `<section class="box"><header><b>${escapeHtml(login)}</b> <span>${escapeHtml(at.replace('T', ' ').slice(0, 16))}</span></header><div class="body">${body}</div></section>`;
}

/** GitHub draws these as pictures, whatever fonts the reader has. */
const EMOJI: Readonly<Record<string, string>> = {
  '✅': '<b class="good">✓</b>',
  '❌': '<b class="bad">✗</b>',
  '⏳': '<b class="wait">…</b>',
  '⬜': '<b class="open">–</b>',
};

function renderDiff(patch: string): string {
  return patch
    .split('\n')
    .map((line) => {
      const kind = line.startsWith('+') ? 'ins' : line.startsWith('-') ? 'del' : line.startsWith('@@') ? 'i' : 'span';
      return `<${kind}>${escapeHtml(line)}\n</${kind}>`;
    })
    .join('');
}

const STYLE = `
:root{--bg:#fff;--ink:#1f2328;--muted:#59636e;--line:#d1d9e0;--head:#f6f8fa;--link:#0969da;--ins:#dafbe1;--del:#ffebe9;--code:#eff1f3}
@media (prefers-color-scheme:dark){:root{--bg:#0d1117;--ink:#f0f6fc;--muted:#9198a1;--line:#3d444d;--head:#151b23;--link:#4493f8;--ins:#12261e;--del:#25171c;--code:#262c36}}
*{box-sizing:border-box}body{font:15px/1.5 ui-sans-serif,system-ui,"Segoe UI",Roboto,Arial,sans-serif;max-width:56rem;margin:0 auto;padding:20px 16px 60px;background:var(--bg);color:var(--ink)}
a{color:var(--link)}h1{font-size:1.7rem;font-weight:500;line-height:1.25;margin:.4em 0 .3em}h1 small{color:var(--muted);font-weight:300}h2{font-size:1.1rem;margin:28px 0 10px}
.path{margin:0;color:var(--muted)}.path span{float:right;font-size:.85em}.meta{color:var(--muted)}
.state{color:#fff;background:#1a7f37;border-radius:99px;padding:3px 12px;font-weight:600}.state.merged{background:#8250df}.state.closed{background:#cf222e}
.label{border:1px solid var(--line);border-radius:99px;padding:1px 9px;font-size:.8em;font-weight:600;color:var(--ink)}
.box{border:1px solid var(--line);border-radius:6px;margin:16px 0;overflow:hidden}.box>header{background:var(--head);border-bottom:1px solid var(--line);padding:8px 16px}.box>header span{color:var(--muted);font-size:.87em}
.body{padding:4px 16px 8px;overflow-wrap:anywhere}.body h3{font-size:1.15rem;border-bottom:1px solid var(--line);padding-bottom:.25em;margin:1.2em 0 .5em}.body h4{margin:1em 0 .3em}.body hr{border:0;border-top:1px solid var(--line)}.body small{color:var(--muted)}
code,pre{font:.86em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}code{background:var(--code);border-radius:5px;padding:.15em .35em}pre code{background:none;padding:0}
.body pre{background:var(--head);border-radius:6px;padding:12px 16px;overflow:auto}.body table{border-collapse:collapse;display:block;overflow:auto}.body th,.body td{border:1px solid var(--line);padding:5px 12px}.body ul.contains-task-list{list-style:none}
.patch{margin:0;padding:8px 0;overflow:auto}.patch>*{display:block;min-width:max-content;padding:0 16px;text-decoration:none;font-style:normal}.patch ins{background:var(--ins)}.patch del{background:var(--del)}.patch i{color:var(--muted)}
.body b.good,.body b.bad,.body b.wait,.body b.open{display:inline-block;width:1.3em;height:1.3em;line-height:1.3em;border-radius:4px;text-align:center;color:#fff;font-size:.85em;background:#1a7f37}.body b.bad{background:#cf222e}.body b.wait{background:#9a6700}.body b.open{background:#59636e}
.checks{list-style:none;margin:0;padding:8px 16px}.checks li::before{content:"●";margin-right:8px;color:#9a6700}.checks .good::before{color:#1a7f37}.checks .bad::before{color:#cf222e}
form{padding:0 16px 14px}button{font:inherit;font-weight:600;color:#fff;background:#1f883d;border:0;border-radius:6px;padding:7px 16px;cursor:pointer}`;

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
