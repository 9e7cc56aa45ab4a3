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
  const pull = (await answer.json()) as {
    title: string;
    body: string | null;
    state: string;
    merged: boolean;
    head: { ref: string; sha: string };
    base: { ref: string };
    user: { login: string };
  };
  const files = (await (await fetch(`${path}/pulls/${number}/files`, { headers })).json()) as {
    filename: string;
    patch?: string;
  }[];
  const status = (await (await fetch(`${path}/commits/${pull.head.sha}/status`, { headers })).json()) as {
    statuses: { context: string; state: string; description: string | null }[];
  };
  const comments = (await (await fetch(`${path}/issues/${number}/comments`, { headers })).json()) as {
    user: { login: string };
    body: string;
  }[];
  const state = pull.merged ? 'merged' : pull.state;

  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(pull.title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:54rem;margin:2rem auto;padding:0 1rem}pre{background:#f4f4f2;padding:1rem;overflow:auto;white-space:pre-wrap}small{color:#666}</style></head>
<body><small>${escapeHtml(owner)}/${escapeHtml(name)} · sandbox</small>
<h1>${escapeHtml(pull.title)} <small>#${number}</small></h1>
<p><strong>${state}</strong> · ${escapeHtml(pull.user.login)} wants to merge <code>${escapeHtml(pull.head.ref)}</code> into <code>${escapeHtml(pull.base.ref)}</code></p>
<pre>${escapeHtml(withoutComments(pull.body ?? ''))}</pre>
${files.map((file) => `<h3><code>${escapeHtml(file.filename)}</code></h3><pre>${escapeHtml(file.patch ?? '')}</pre>`).join('')}
<h3>Checks</h3><ul>${status.statuses.map((one) => `<li>${escapeHtml(one.context)}: ${escapeHtml(one.state)} ${escapeHtml(one.description ?? '')}</li>`).join('')}</ul>
${comments.map((comment) => `<h3>${escapeHtml(comment.user.login)}</h3><pre>${escapeHtml(withoutComments(comment.body))}</pre>`).join('')}
${state === 'open' ? `<form method="post" action="/${owner}/${name}/pull/${number}/merge"><button>Merge pull request</button></form>` : ''}
</body></html>`;
  return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' } });
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** GitHub shows no HTML comments; ours carry marks for the program. */
function withoutComments(text: string): string {
  return text.replace(/<!--[^>]*-->\n*/g, '');
}
