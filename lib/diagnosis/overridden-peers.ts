/** A package that was installed beside a version it does not take, and then broke. */
import type { BuildLog } from './diagnosis.js';
import type { Finding } from './finding.js';
import { packageOfPath } from './specifiers.js';

interface OverriddenPeer {
  /** Whoever wants another version. */
  readonly by: string;
  readonly name: string;
  /** The log's own words. */
  readonly sentence: string;
}

/** What is thrown when code meets another version than it was written for. */
const MISMATCH = /Cannot read properties of (?:undefined|null)|is not a (?:function|constructor)|is not defined\b/;
const FRAMES = 16;

/** The findings, the first one led back to the warning about it where a package broke that installation had warned of. */
export function explainByPeers(findings: readonly Finding[], log: BuildLog): readonly Finding[] {
  const [first, ...others] = findings;
  if (first?.error.logLine === undefined || !MISMATCH.test(first.error.message)) return findings;
  // What react-dom reads of React up to 18, and React has had no longer since.
  const isOfReact = first.error.message.includes("(reading 'ReactCurrent");
  const broken = findThrower(first.error.logLine, log) ?? (isOfReact ? 'react-dom' : undefined);
  const peer = broken === undefined ? undefined : findPeers(log).find(({ by }) => by === broken);
  if (peer === undefined) return findings;
  const { tool, message, logLine } = first.error;
  return [
    {
      role: 'cause',
      fact: `${peer.by} was installed beside a version of ${peer.name} that it does not take`,
      error: {
        tool,
        kind: 'peer-conflict',
        message: [message, peer.sentence, ...findAskedFor(peer.name, log)].join('\n'),
        specifier: peer.name,
        logLine,
      },
    },
    ...others,
  ];
}

/** The package at the top of a stack in which nothing is the application's. */
function findThrower(logLine: number, { lines }: BuildLog): string | undefined {
  const frames: string[] = [];
  for (let at = logLine + 1; at < Math.min(lines.length, logLine + FRAMES); at++) {
    const text = lines[at]?.text ?? '';
    if (/^\s+at /.test(text)) frames.push(text);
    else if (frames.length > 0) break;
  }
  const own = frames.filter((frame) => !frame.includes('node_modules/') && !/\bnode:|<anonymous>/.test(frame));
  return own.length > 0 ? undefined : packageOfPath(frames[0] ?? '');
}

/** npm says which range of the application's own led there: `dev vite@"^5.4.19" from the root project`. */
function findAskedFor(name: string, { lines }: BuildLog): string[] {
  const asked = lines.find(({ text }) => text.includes(` ${name}@"`) && text.endsWith('from the root project'));
  return asked === undefined ? [] : [asked.text.replace(/^npm (?:warn|WARN)\s+/, '')];
}

/** npm: `peer vite@"^6" from plugin@6.2.4`; pnpm: `✕ unmet peer vite@^6: found 5.4.21` below the package; Yarn: `YN0060`. */
function findPeers({ lines }: BuildLog): OverriddenPeer[] {
  const peers: OverriddenPeer[] = [];
  let above: string | undefined;
  for (const { text } of lines) {
    if (!text.includes('peer') && !text.includes('─') && !text.includes('YN0060')) continue;
    const npm = /^npm (?:warn|WARN) (peer (@?[^\s@]{1,200})@"[^"]{1,200}" from (@?[^\s@]{1,200})@\S{1,100})/.exec(text);
    if (npm?.[1] && npm[2] && npm[3]) peers.push({ by: npm[3], name: npm[2], sentence: npm[1] });
    const unmet = /✕ (unmet peer (@?[^\s@]{1,200})@.{1,200})$/.exec(text);
    if (unmet?.[1] && unmet[2] && above) peers.push({ by: above, name: unmet[2], sentence: unmet[1] });
    above = /[├└]─[┬─] ?(@?[^\s@]{1,200}) \d/.exec(text)?.[1] ?? above;
    const yarn = /(provides (@?[^\s@]{1,200}) .{0,120}doesn't satisfy what (@?[^\s@]{1,200}) .{0,40}requests?)/.exec(
      text,
    );
    if (yarn?.[1] && yarn[2] && yarn[3]) peers.push({ by: yarn[3], name: yarn[2], sentence: yarn[1] });
  }
  return peers;
}
