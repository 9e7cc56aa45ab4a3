export type Actor = 'sandbox' | 'you' | 'vercel' | 'self-heal' | 'github';

export interface Terminal {
  /** A line of the timeline, with the time since the start. */
  tell(actor: Actor, text: string): void;
  /** A line outside the timeline. */
  print(text: string): void;
  /** What is going on right now; shown below the timeline where there is a terminal, until it is replaced. */
  show(activity: { readonly text: string; readonly since: number } | undefined): void;
  close(): void;
}

const FRAMES = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const COLOURS: Readonly<Record<Actor, number>> = { sandbox: 90, you: 33, vercel: 36, 'self-heal': 32, github: 35 };

export function createTerminal(stream: NodeJS.WriteStream, startedAt: number): Terminal {
  const isTerminal = stream.isTTY === true;
  const isColoured = isTerminal && process.env.NO_COLOR === undefined;
  let activity: { readonly text: string; readonly since: number } | undefined;
  let frame = 0;

  const paint = (code: number, text: string) => (isColoured ? `\u001b[${code}m${text}\u001b[0m` : text);
  const clear = () => {
    if (isTerminal) stream.write('\r\u001b[2K');
  };
  const draw = () => {
    if (!isTerminal || !activity) return;
    frame = (frame + 1) % FRAMES.length;
    const line = `${FRAMES[frame]} ${activity.text} ${seconds(Date.now() - activity.since)}`;
    clear();
    stream.write(paint(90, line.slice(0, Math.max(20, (stream.columns || 80) - 1))));
  };
  const write = (line: string) => {
    clear();
    stream.write(`${line}\n`);
    draw();
  };
  const timer = isTerminal ? setInterval(draw, 100) : undefined;

  return {
    tell(actor, text) {
      const time = seconds(Date.now() - startedAt).padStart(7);
      write(`${paint(90, time)}  ${paint(COLOURS[actor], actor.padEnd(9))}  ${harmless(text)}`);
    },
    print: (line) => write(harmless(line)),
    show(next) {
      activity = next;
      if (next) draw();
      else clear();
    },
    close() {
      clearInterval(timer);
      clear();
    },
  };
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)}s`;
}

/** Logs and models speak here too: nothing of theirs moves the cursor or turns the line around. */
function harmless(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}
