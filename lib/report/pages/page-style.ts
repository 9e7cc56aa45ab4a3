/** The one stylesheet of all pages. Colours are tokens with a light and a dark value, each pair at least 4.5:1. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#f9f9f7;--surface:#fff;--sunken:#f3f3f0;--line:#e3e2dd;--ink:#1b1b19;--muted:#63625c;--accent:#2952c8;
--bad:#a8251b;--bad-bg:#fcefed;--warn:#835400;--warn-bg:#fcf4e2;--good:#176a3f;--good-bg:#e9f5ee;--busy:#2450b3;--busy-bg:#ecf1fc;
--mono:ui-monospace,SFMono-Regular,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace}
@media (prefers-color-scheme:dark){:root{--bg:#121315;--surface:#191b1e;--sunken:#141618;--line:#2b2e33;--ink:#ebeae7;--muted:#a3a29c;--accent:#93b1ff;
--bad:#ff988e;--bad-bg:#371c1a;--warn:#e8bb63;--warn-bg:#33280f;--good:#74d19b;--good-bg:#143021;--busy:#93b1ff;--busy-bg:#1b2745}}
*{box-sizing:border-box}
html{font:15px/1.5 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--ink);font-variant-numeric:tabular-nums}
a{color:var(--accent);text-underline-offset:2px;text-decoration-thickness:1px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
main:focus{outline:none}
h1,h2,h3,p,ul,ol,dl,dd,figure,table,pre{margin:0}
h1{font-size:1.5rem;line-height:1.25;letter-spacing:-.015em;font-weight:650;text-wrap:balance}
h2{font-size:1rem;line-height:1.4;font-weight:650;letter-spacing:-.005em}
h3{font-size:.9rem;font-weight:600}
.skip{position:absolute;left:-999px;top:8px;background:var(--surface);padding:8px 12px;z-index:2}.skip:focus{left:8px}
.top{display:flex;align-items:center;justify-content:space-between;gap:12px 20px;flex-wrap:wrap;max-width:1120px;margin:0 auto;padding:14px 24px;min-height:60px}
.brand{display:flex;align-items:center;gap:9px;color:var(--ink);font-weight:650;text-decoration:none;letter-spacing:-.01em}
.mark{color:var(--good)}
nav{display:flex;align-items:center;gap:8px 14px;flex-wrap:wrap}
main{max-width:1120px;margin:0 auto;padding:12px 24px 72px;display:grid;grid-template-columns:minmax(0,1fr);gap:20px}
.card{background:var(--surface);border:1px solid var(--line);border-radius:10px;overflow:hidden}
.card>header{display:flex;align-items:baseline;justify-content:space-between;gap:4px 16px;flex-wrap:wrap;padding:13px 18px}
.card>header+*{border-top:1px solid var(--line)}
.pad{padding:16px 18px}
.stack{display:grid;grid-template-columns:minmax(0,1fr);gap:12px}
.two{display:grid;gap:20px;grid-template-columns:minmax(0,1fr)}
@media (min-width:880px){.two{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}.two.wide{grid-template-columns:minmax(0,2fr) minmax(0,1fr);align-items:start}}
.lone{max-width:460px;margin:8vh auto 0;width:100%;display:grid;gap:14px}
.muted,small,.small{color:var(--muted)}small,.small{font-size:.867rem}
code,pre,.mono{font-family:var(--mono);font-size:.867em}
p code,li code,td code,dd code,h1 code{background:var(--sunken);border:1px solid var(--line);border-radius:4px;padding:0 .3em;overflow-wrap:anywhere}
.pill{display:inline-flex;align-items:center;gap:6px;border-radius:999px;padding:1px 10px;font-size:.8rem;font-weight:600;line-height:1.6;white-space:nowrap;background:var(--sunken);color:var(--muted)}
.pill::before{content:"";width:7px;height:7px;border-radius:50%;background:currentColor}
.bad{color:var(--bad)}.warn{color:var(--warn)}.good{color:var(--good)}.busy{color:var(--busy)}
.pill.bad{background:var(--bad-bg)}.pill.warn{background:var(--warn-bg)}.pill.good{background:var(--good-bg)}.pill.busy{background:var(--busy-bg)}
.button,button{font:inherit;font-size:.9rem;font-weight:550;border:1px solid var(--line);background:var(--surface);color:var(--ink);border-radius:7px;padding:5px 12px;cursor:pointer;text-decoration:none;display:inline-block;line-height:1.5}
.button:hover,button:hover{border-color:var(--muted)}
.primary{background:var(--ink);border-color:var(--ink);color:var(--bg)}.danger{background:var(--bad);border-color:var(--bad);color:var(--surface)}
.plain{border-color:transparent;background:none;color:var(--muted);padding:5px 4px}
.row{display:flex;align-items:center;gap:8px 12px;flex-wrap:wrap}.between{justify-content:space-between}
input[type=password]{font:inherit;width:100%;padding:8px 11px;border:1px solid var(--muted);border-radius:7px;background:var(--surface);color:var(--ink)}
label{font-weight:600;font-size:.9rem;display:grid;gap:6px}
.notice{border:1px solid var(--line);border-radius:10px;padding:11px 16px;background:var(--surface)}
.notice.good{background:var(--good-bg)}.notice.warn{background:var(--warn-bg)}.notice.bad{background:var(--bad-bg)}.notice.busy{background:var(--busy-bg)}
table{width:100%;border-collapse:collapse;font-size:.933rem}
caption{text-align:left}
th{font-weight:550;color:var(--muted);font-size:.8rem;text-align:left;white-space:nowrap}
th,td{padding:9px 18px;vertical-align:top}tbody tr+tr>*{border-top:1px solid var(--line)}
td.num,th.num{text-align:right;white-space:nowrap}
.scroll{overflow-x:auto}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
`.trim();
