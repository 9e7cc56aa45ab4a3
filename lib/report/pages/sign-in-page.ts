import { type Html, html } from '../html.js';
import { page } from './page.js';

/** Asks for the dashboard's secret. `next` is the path that follows, one of ours. */
export function renderSignIn({ next, problem }: { readonly next: string; readonly problem?: string }): Html {
  return page({
    title: 'Sign in',
    main: html`<section class="lone"><h1>Sign in</h1>
${problem !== undefined && html`<p class="notice bad" role="alert">${problem}</p>`}
<form method="post" action="/sign-in" class="stack"><input type="hidden" name="next" value="${next}">
<label for="secret">Dashboard secret<input id="secret" type="password" name="secret" required autofocus autocomplete="current-password" maxlength="512"></label>
<label for="name"><span>Your name <small>optional; stands in the history beside what you do</small></span><input id="name" type="text" name="name" autocomplete="nickname" maxlength="40"></label>
<div><button class="primary">Sign in</button></div></form>
<p class="small">The value of <code>DASHBOARD_SECRET</code>, as it stands in the environment of this deployment. The session lasts twelve hours.</p></section>`,
  });
}

/**
 * Comes back by itself, now as our own page: a browser keeps a strict cookie to itself on the first step from another
 * site, such as a pull request.
 */
export function renderContinue(path: string): Html {
  return page({
    title: 'One moment',
    continueAt: path,
    main: html`<section class="lone"><p><a href="${path}">Continue to the dashboard</a></p></section>`,
  });
}

export interface SetupProblem {
  readonly variable: string;
  readonly problem: string;
  readonly remedy: string;
}

/** For the signed-in person while settings are missing or wrong. Names and remedies, never a value. */
export function renderSetupProblems(problems: readonly SetupProblem[]): Html {
  return page({
    title: 'Set-up',
    main: html`<section class="stack"><h1>Some settings are missing or wrong</h1><p class="muted">Set them as environment variables of the project and redeploy.</p></section>
<section class="card"><div class="scroll" tabindex="0" role="group" aria-label="Settings"><table><thead><tr><th scope="col">Variable</th><th scope="col">Problem</th><th scope="col">What to do</th></tr></thead><tbody>
${problems.map((entry) => html`<tr><td class="mono">${entry.variable}</td><td>${entry.problem}</td><td>${entry.remedy}</td></tr>`)}
</tbody></table></div></section>`,
  });
}
