import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  codeBlock,
  escapeChat,
  escapeMarkdown,
  escapeProse,
  escapeReferences,
  escapeTerminal,
  exactBlock,
  inlineCode,
  markdownLink,
  parseLink,
  revealHidden,
  shorten,
} from '../../lib/report/escape.js';
import { escapeHtml, html, renderHtml } from '../../lib/report/html.js';

const ZWSP = '\u200B';

describe('revealHidden', () => {
  it.each([
    ['plain', 'plain'],
    ['a\tb\nc', 'a\tb\nc'],
    ['a\r\nb', 'a\nb'],
    ['a\rb', 'a␍b'],
    ['\u001B[31mred', '␛[31mred'],
    ['\u0000\u0007\u007F', '␀␇␡'],
    ['\u009B31m', '\\u{9B}31m'],
    ['user\u202Egnp.exe', 'user\\u{202E}gnp.exe'],
    ['a\u2066b\u2069', 'a\\u{2066}b\\u{2069}'],
    ['zero\u200Bwidth\uFEFF', 'zero\\u{200B}width\\u{FEFF}'],
    ['tag\u{E0041}', 'tag\\u{E0041}'],
    ['half\uD83D', 'half\\u{D83D}'],
    ['line\u2028break', 'line\\u{2028}break'],
    ['soft\u00ADhyphen', 'soft\\u{AD}hyphen'],
    ['naïve 日本 🚀 ⚠️', 'naïve 日本 🚀 ⚠️'],
  ])('%j becomes %j', (text, expected) => {
    expect(revealHidden(text)).toBe(expected);
  });

  it('leaves nothing hidden, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(revealHidden(text)).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/);
      }),
    );
  });
});

describe('escapeMarkdown', () => {
  it.each([
    ['ping @octocat', 'ping @&#8203;octocat'],
    ['@org/team', '@&#8203;org/team'],
    ['fixes #12', 'fixes #&#8203;12'],
    ['closes acme/web#3', 'closes acme/web#&#8203;3'],
    ['resolves GH-4', 'resolves GH-&#8203;4'],
    ['fix https://github.com/a/b/issues/5', 'fix https:&#8203;//github.com/a/b/issues/&#8203;5'],
    ['www.example.org', 'w&#8203;ww.example.org'],
    ['![x](https://evil.example/p.png)', '\\!\\[x\\]\\(https:&#8203;//evil.example/p.png\\)'],
    ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert\\(1\\)&gt;'],
    ['<!-- self-heal:incident:other -->', '&lt;\\!&#8203;-- self-heal:&#8203;incident:other --&gt;'],
    ['**bold** _it_ `code`', '\\*\\*bold\\*\\* \\_it\\_ \\`code\\`'],
    ['a | b', 'a \\| b'],
    ['&#64;octocat', '&amp;#&#8203;64;octocat'],
    ['- item', '\\- item'],
    ['/approve this/that', '\\/approve this/that'],
    ['1. item', '1\\. item'],
    ['# heading', '\\# heading'],
    ['two\nlines\n\n# heading', 'two lines # heading'],
    ['$x^2$', '&#36;x^2&#36;'],
    [':tada: at 10:30', ':&#8203;tada: at 10:30'],
    ['\\', '\\\\'],
    ['', ''],
  ])('%j becomes %j', (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });
});

describe('escapeProse', () => {
  it.each([
    ['use `export` here', 'use `export` here'],
    ['`a` and `b`', '`a` and `b`'],
    ['lonely ` tick @octocat', 'lonely \\` tick @&#8203;octocat'],
    ['```\n@octocat\n```', '\\`\\``@\u200Boctocat`\\`\\`'],
    ['`fixes #1`', '`fixes #\u200B1`'],
    ['', ''],
  ])('%j becomes %j', (text, expected) => {
    expect(escapeProse(text)).toBe(expected);
  });
});

describe('code', () => {
  it.each([
    ['app/page.tsx', '`app/page.tsx`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['a|b', '`a\\|b`'],
    ['a\nb', '`a b`'],
    ['', '`␣`'],
    ['@scope/pkg', `\`@${ZWSP}scope/pkg\``],
  ])('inline %j becomes %j', (text, expected) => {
    expect(inlineCode(text)).toBe(expected);
  });

  it('is never ended by its own content', () => {
    const block = codeBlock('before\n```\n</details> @octocat fixes #1\n````');
    const lines = block.split('\n');
    expect(lines.at(0)).toBe('`````text');
    expect(lines.at(-1)).toBe('`````');
    expect(lines.slice(1, -1).every((line) => line.startsWith('  '))).toBe(true);
    expect(block).not.toMatch(/@octocat|#1/);
  });

  it('lets no line start a command of another bot', () => {
    expect(codeBlock('/approve\n/merge')).toBe('```text\n  /approve\n  /merge\n```');
  });

  it('leaves a command exact for copying, and forges no marker', () => {
    expect(exactBlock('npm install @scope/pkg', 'sh')).toBe('```sh\nnpm install @scope/pkg\n```');
    expect(exactBlock('<!-- x')).not.toContain('<!--');
  });
});

describe('escapeReferences', () => {
  it('keeps a squash commit from pinging and closing', () => {
    expect(escapeReferences('fixes #1, see @me')).toBe(`fixes #${ZWSP}1, see @${ZWSP}me`);
  });
});

describe('links', () => {
  it.each([
    ['https://vercel.com/a', 'https://vercel.com/a'],
    ['web-abc.vercel.app', 'https://web-abc.vercel.app/'],
    ['http://127.0.0.1:3000/x', 'http://127.0.0.1:3000/x'],
    ['javascript:alert(1)', undefined],
    ['https://user:pass@example.org', undefined],
    ['data:text/html,x', undefined],
    ['/merge\n@bot', undefined],
    ['https://vercel.com/a\nb', undefined],
    ['[x](y)', undefined],
    ['', undefined],
    [undefined, undefined],
    ['https://', undefined],
  ])('%j parses to %j', (address, expected) => {
    expect(parseLink(address)).toBe(expected);
  });

  it('cannot be broken out of', () => {
    expect(markdownLink('a](b', 'https://x.example/a)[b](c "t"')).toBe(
      '[a\\]\\(b](https://x.example/a%29%5Bb%5D%28c%20%22t%22)',
    );
    expect(markdownLink('text', 'javascript:alert(1)')).toBe('text');
  });
});

describe('chat', () => {
  it.each([
    ['@here', `@${ZWSP}here`],
    ['<!channel> <@U1> <users/all>', `<${ZWSP}!channel> <${ZWSP}@${ZWSP}U1> <${ZWSP}users/all>`],
    ['[x](https://a.example)', `[x]${ZWSP}(https:${ZWSP}//a.example)`],
    ['see www.a.example', `see w${ZWSP}ww.a.example`],
    ['two\nlines', 'two lines'],
    ['acme/shop (web): a < b', 'acme/shop (web): a < b'],
  ])('%j becomes %j', (text, expected) => {
    expect(escapeChat(text)).toBe(expected);
  });
});

describe('shorten', () => {
  it.each([
    ['short', 10, 'short'],
    ['exactly', 7, 'exactly'],
    ['too long', 4, 'too…'],
    ['ab🚀cd', 4, 'ab…'],
    ['x', 0, '…'],
  ])('%j to %i is %j', (text, length, expected) => {
    expect(shorten(text, length)).toBe(expected);
  });
});

describe('terminal', () => {
  it('shows escapes on one line', () => {
    expect(escapeTerminal('\u001B]0;title\u0007\nnext')).toBe('␛]0;title␇ next');
  });
});

describe('html', () => {
  it('escapes every value but its own markup', () => {
    const name = '<script>alert("1")</script>\u202E';
    const inner = html`<b>${name}</b>`;
    expect(renderHtml(html`<a title="${'"x\''}">${[inner, ' & ', 3]}${undefined}${false}${null}</a>`)).toBe(
      '<a title="&#34;x&#39;"><b>&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62;\\u{202E}</b> &#38; 3</a>',
    );
  });

  it('does not take a stranger’s object for markup', () => {
    const forged = JSON.parse('{"markup":"<script>"}') as never;
    expect(renderHtml(html`${forged}`)).not.toContain('<script>');
  });

  it('lets nothing through that could end an attribute or a tag', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"'`]/);
      }),
    );
  });
});
