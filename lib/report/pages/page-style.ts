/** The one stylesheet of all pages. Colours are tokens with a light and a dark value, each pair at least 4.5:1. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#f9f9f7;--surface:#fff;--sunken:#f3f3f0;--line:#e3e2dd;--ink:#1b1b19;--muted:#63625c;--accent:#2952c8;
--bad:#a8251b;--bad-bg:#fcefed;--warn:#835400;--warn-bg:#fcf4e2;--good:#176a3f;--good-bg:#e9f5ee;--busy:#2450b3;--busy-bg:#ecf1fc;
--kw:#6b3fb0;--str:#0b5480;--num:#86470a;--tag:#176a3f;
--mono:ui-monospace,SFMono-Regular,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace}
@media (prefers-color-scheme:dark){:root{--bg:#121315;--surface:#191b1e;--sunken:#141618;--line:#2b2e33;--ink:#ebeae7;--muted:#a3a29c;--accent:#93b1ff;
--bad:#ff988e;--bad-bg:#371c1a;--warn:#e8bb63;--warn-bg:#33280f;--good:#74d19b;--good-bg:#143021;--busy:#93b1ff;--busy-bg:#1b2745;
--kw:#c9a9ff;--str:#92cdf7;--num:#f0b67c;--tag:#74d19b}}
*{box-sizing:border-box}
html{font:15px/1.5 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--ink);font-variant-numeric:tabular-nums}
a{color:var(--accent);text-underline-offset:2px;text-decoration-thickness:1px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
main:focus{outline:none}
h1,h2,h3,p,ul,ol,dl,dd,figure,table,pre{margin:0}
h1{font-size:1.5rem;line-height:1.25;letter-spacing:-.015em;font-weight:650;text-wrap:balance}
h2{font-size:1rem;line-height:1.4;font-weight:650;letter-spacing:-.005em}h2 small{font-weight:400;margin-left:6px}
h3{font-size:.9rem;font-weight:600}
.skip{position:absolute;left:-999px;top:8px;background:var(--surface);padding:8px 12px;z-index:2}.skip:focus{left:8px}
.top{display:flex;align-items:center;gap:12px 20px;flex-wrap:wrap;max-width:1120px;margin:0 auto;padding:14px 24px;min-height:60px}
.brand{margin-right:auto;display:flex;align-items:center;gap:9px;color:var(--ink);font-weight:650;text-decoration:none;letter-spacing:-.01em}
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
.plain{border-color:transparent;background:none;color:var(--muted);padding:5px 4px;font-size:.9rem;font-weight:550;text-decoration:none}.plain:hover{color:var(--ink)}.pill{flex:none}
.row{display:flex;align-items:center;gap:8px 12px;flex-wrap:wrap}.between{justify-content:space-between}
input{font:inherit;width:100%;padding:8px 11px;border:1px solid var(--muted);border-radius:7px;background:var(--surface);color:var(--ink)}
label{font-weight:600;font-size:.9rem;display:grid;gap:6px}label small{font-weight:400}
.notice{border:1px solid var(--line);border-radius:10px;padding:11px 16px;background:var(--surface)}
[class^=notice]{color:var(--ink)}.notice.good{background:var(--good-bg)}.notice.warn{background:var(--warn-bg)}.notice.bad{background:var(--bad-bg)}.notice.busy{background:var(--busy-bg)}
table{width:100%;border-collapse:collapse;font-size:.933rem}
caption{text-align:left}
th{font-weight:550;color:var(--muted);font-size:.8rem;text-align:left;white-space:nowrap}
th,td{padding:9px 18px;vertical-align:top}tbody tr+tr>*{border-top:1px solid var(--line)}
td.num,th.num{text-align:right;white-space:nowrap}
.scroll{overflow-x:auto}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.nowrap{white-space:nowrap}
.dot{display:inline-block;width:.55em;height:.55em;border-radius:50%;background:currentColor;margin-right:.5em;vertical-align:.08em}
.stats{display:grid;grid-template-columns:repeat(auto-fit,minmax(165px,1fr));border:1px solid var(--line);border-radius:10px;background:var(--line);gap:1px;overflow:hidden;margin-top:4px}
.stats>div{background:var(--surface);padding:13px 18px 14px}
.stats dt{font-size:.8rem;font-weight:550;color:var(--muted)}
.stats dd:nth-of-type(1){font-size:1.45rem;font-weight:650;letter-spacing:-.02em;line-height:1.35}
.incidents,.plain-list,.errors,.inline{list-style:none;padding:0}
.incidents>li{padding:13px 18px 14px;display:grid;gap:3px}.incidents>li+li,.plain-list>li+li{border-top:1px solid var(--line)}
.incidents h3{font-size:1rem}.incidents h3 a{color:inherit;text-decoration-color:var(--line)}.incidents h3 a:hover{text-decoration-color:currentColor}
.plain-list>li{padding:10px 18px;overflow-wrap:anywhere}
.inline{display:flex;gap:4px 18px;flex-wrap:wrap}
.errors{display:grid;gap:10px}.errors>li{border-left:3px solid var(--bad);padding-left:12px;overflow-wrap:anywhere}
.errors>li>p:first-child{font-family:var(--mono);font-size:.867rem;white-space:pre-wrap}
.wide-gap{gap:20px;align-content:start}
.next{border-top:1px solid var(--line);background:var(--sunken);display:grid;gap:6px}
.facts{display:grid;gap:10px}.facts dt{font-size:.8rem;font-weight:550;color:var(--muted)}.facts dd{overflow-wrap:anywhere}
.across{grid-template-columns:repeat(auto-fit,minmax(130px,auto));gap:10px 20px;font-size:.9rem}
.timeline{list-style:none;padding:18px 18px 16px;display:grid;gap:14px 0;grid-template-columns:repeat(auto-fit,minmax(104px,1fr))}
.timeline li{display:grid;gap:1px;align-content:start;padding-right:8px;position:relative;padding-top:20px}
.timeline li::before{content:"";position:absolute;top:3px;left:0;width:11px;height:11px;border-radius:50%;background:var(--good);z-index:1}
.timeline li::after{content:"";position:absolute;top:8px;left:11px;right:0;height:1px;background:var(--line)}
.timeline li:last-child::after{display:none}
.timeline .setback::before{background:var(--bad)}
.timeline .last{color:inherit}.timeline .last::before{background:var(--surface);box-shadow:inset 0 0 0 3px var(--muted)}.timeline .last.good::before{background:var(--good);box-shadow:none}
.timeline .last.busy::before{box-shadow:inset 0 0 0 3px var(--busy)}.timeline .last.warn::before{box-shadow:inset 0 0 0 3px var(--warn)}.timeline .last.bad::before{box-shadow:inset 0 0 0 3px var(--bad)}
.timeline .ahead::before{background:var(--surface);box-shadow:inset 0 0 0 1.5px var(--line)}
.timeline .ahead{color:var(--muted)}.stage{font-weight:600;font-size:.9rem}
pre{font-size:.8rem;line-height:1.6;overflow-x:auto;background:var(--sunken);padding:12px 0;tab-size:2}
pre>*{display:block;padding:0 18px;min-width:max-content;text-decoration:none}
.card>pre{border-top:1px solid var(--line)}
.log{max-height:30rem;overflow:auto}.log mark{background:var(--bad-bg);color:inherit;box-shadow:inset 3px 0 var(--bad)}
details .log{border-radius:7px;margin-top:10px}
summary{cursor:pointer;font-size:.9rem;font-weight:550;color:var(--muted)}summary:hover{color:var(--ink)}
details[open]>summary{margin-bottom:8px}
.diff{border:1px solid var(--line);border-radius:7px;overflow:hidden}
.diff figcaption{padding:6px 14px;border-bottom:1px solid var(--line);font-size:.867rem;overflow-wrap:anywhere}
.diff pre{padding:8px 0;background:var(--surface)}.diff pre>*{padding:0 14px}
.diff ins{background:var(--good-bg);box-shadow:inset 3px 0 var(--good)}.diff mark{color:inherit}.diff del,.diff mark{background:var(--bad-bg);box-shadow:inset 3px 0 var(--bad)}
.diff ins b,.diff del b{font-weight:700;text-decoration:underline;text-underline-offset:3px}
.diff u{text-decoration:underline wavy var(--bad);text-underline-offset:4px}.diff i{font-style:normal;color:var(--muted);padding-right:10px;user-select:none}
.diff .k{color:var(--kw)}.diff .s{color:var(--str)}.diff .n{color:var(--num)}.diff .c{color:var(--muted)}.diff .t{color:var(--tag)}
.frame figcaption{font-family:var(--mono);color:var(--muted)}
.part{padding:10px 18px;border-top:1px solid var(--line);font-size:.8rem;font-weight:550;color:var(--muted)}.part+pre{border-top:0;padding-top:2px}
.bars th,.bars td{padding:9px 18px;vertical-align:middle}.bars tbody th{font-weight:500;color:var(--ink);font-size:.9rem;padding-right:0}
.bars td:nth-child(2){width:99%;min-width:70px}.bars tr>:nth-child(n+2){padding-left:14px}.bars td.num{padding-left:0;color:var(--muted);font-size:.867rem}
.bar{display:block;border-radius:4px;background:var(--line)}
.bar rect.good{fill:var(--good)}.bar rect.busy{fill:var(--busy)}.bar rect.warn{fill:var(--warn)}.bar rect.bad{fill:var(--bad)}
.steps{margin:0;padding:14px 18px 16px 40px;display:grid;gap:8px}.steps li::marker{color:var(--muted);font-weight:600}
.foot{border-top:1px solid var(--line);padding-top:11px;padding-bottom:12px}
.legend i{display:inline-block;width:9px;height:9px;border-radius:2px;background:currentColor;margin:0 3px 0 10px}
.chart{padding:16px 18px 14px}.chart svg{display:block;overflow:visible}
.chart .grid{stroke:var(--line)}.chart .median{stroke:var(--busy);stroke-dasharray:4 4}
.chart text{font-size:11.5px;fill:var(--muted)}.chart .end{text-anchor:end}
.chart circle{fill:var(--good);fill-opacity:.75;stroke:var(--surface)}.chart .busy{fill:var(--busy)}.chart .warn{fill:var(--warn)}.chart .bad{fill:var(--bad)}.chart .quiet{fill:var(--muted)}
.chart details{margin-top:10px}
@media (max-width:720px){main{padding:8px 16px 56px;gap:16px}.top{padding:12px 16px}th,td{padding:9px 14px}.pad,.card>header,.incidents>li,.plain-list>li{padding-left:16px;padding-right:16px}
.timeline{grid-template-columns:1fr;gap:0;padding:14px 16px}.timeline li{padding:0 0 14px 24px;grid-template-columns:1fr auto}.timeline li::before{top:5px}.timeline li::after{left:5px;top:16px;bottom:-5px;right:auto;width:1px;height:auto}
.bars tbody tr{display:grid;grid-template-columns:1fr auto;padding:9px 0}.bars tbody tr+tr{border-top:1px solid var(--line)}.bars tbody tr+tr>*{border-top:0}.bars tbody th,.bars td.num{padding-left:16px;padding-right:16px}.bars tbody th,.bars tbody td{padding-top:0;padding-bottom:0}.bars td:nth-child(2){grid-row:2;grid-column:1/-1;width:auto;padding:5px 16px 0}
h1{font-size:1.3rem}
.fold thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.fold tbody tr{display:grid;grid-template-columns:1fr auto;gap:2px 12px;padding:11px 16px;align-items:baseline}.fold tbody tr+tr{border-top:1px solid var(--line)}
.fold tbody tr+tr>*{border-top:0}.fold td,.fold tbody th{padding:0;text-align:left;white-space:normal}.fold .lead{grid-column:1;grid-row:1}.fold .lead+td{justify-self:end}.fold .wide,.fold .lead+.wide{grid-column:1/-1;justify-self:start;grid-row:2}.fold .side{grid-column:2;grid-row:1}
.fold td:not(.lead):not(.side):not(.wide){font-size:.867rem;color:var(--muted)}.fold td[data-label]::before{content:attr(data-label) " "}
.top{gap:6px 12px}nav{gap:4px 6px;width:100%}nav form{margin-left:auto}nav .button,nav .plain{padding:3px 7px;font-size:.85rem}nav .plain{padding:3px}}
@media (prefers-reduced-motion:no-preference){.pill.busy::before{animation:pulse 2s ease-in-out infinite}@keyframes pulse{50%{opacity:.35}}}
`.trim();
