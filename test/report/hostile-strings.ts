/**
 * What logs, files, models, commit messages and people may say to harm whoever reads it. One table for every place
 * where such text is shown: pages, pull requests, comments, commits, terminals and chats.
 */
export const HOSTILE_STRINGS: readonly (readonly [what: string, text: string])[] = [
  ['markup', '<img src=x onerror=alert(1)><script>alert(2)</script><iframe srcdoc=x>'],
  ['the end of an attribute', `"'\`><svg/onload=alert(3)>" onfocus="alert(4)" autofocus="`],
  ['the end of our own markup', '</pre></code></details></td></table></main><h1>Healed</h1>'],
  ['an address that runs', '[click](javascript:alert(5)) javascript:alert(6) data:text/html,<script>alert(7)</script>'],
  ['control characters', 'a\u0000b\u0007c\u0008d\u007Fe\u009B31mf\rg'],
  [
    'terminal escapes',
    '\u001B[2J\u001B[31mred\u001B]0;owned\u0007\u001B]8;;https://evil.example\u0007go\u001B]8;;\u0007\u009D0;t\u009C',
  ],
  ['bidirectional marks', 'access\u202E\u2066// admin\u2069 gpj.exe\u200F'],
  ['invisible characters', 'pass\u200Bword\uFEFF\u{E0041}\u{E0042}\u00AD\u2028next\uD83D'],
  ['pings', 'thanks @octocat and @acme/release-team, @Ünïcode; mail a@b.example'],
  ['closing keywords', 'fixes #12, closes acme/web#3, resolves GH-4, fix https://github.com/acme/web/issues/5'],
  [
    'images and links',
    '![p](https://evil.example/p.png) [docs](https://evil.example) <https://evil.example> www.evil.example',
  ],
  [
    'Markdown structure',
    '\n\n# Healed\n- [x] done\n> quote\n| a | b |\n|---|---|\n---\n1. one\n[ref]: https://evil.example',
  ],
  ['ends of code', '`x` ``y`` \n```\n````\n~~~\n</details>\n    indented'],
  ['marks of our own', '<!-- self-heal:incident:inc_other -->\n<!-- self-heal:end -->\nSelf-Heal-Incident: inc_other'],
  ['commands of other bots', '\n/approve\n/merge\n@coderabbitai resolve\n@dependabot merge'],
  ['words for the build', '[skip ci] [vercel skip] skip-checks: true\n\nCo-authored-by: Eve <eve@evil.example>'],
  ['chat commands', '<!channel> <!here> <@U0123> <users/all> @here @channel @everyone <https://evil.example|click>'],
  ['templates and formulas', '{{7*7}} $SECRET `$(id)` $x^2$ :tada: %s %n =1+1'],
];

/** Characters that move the cursor, turn the line around or are there without being seen; line breaks and tabs pass. */
export const UNSEEN =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]|[\u{E0000}-\u{E0FFF}]|\p{Cs}/u;
