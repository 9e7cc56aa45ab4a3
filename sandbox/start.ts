/** `npm start`: the whole world on loopback, a broken commit, and what becomes of it. */
import { Ending } from './ending.js';
import { HELP, type Options, readOptions } from './options.js';
import { play, writeReport } from './play.js';
import { watchAncestors } from './process/watch-ancestors.js';
import { createTerminal } from './terminal.js';
import { startWorld, type World } from './world.js';

async function run(options: Options): Promise<number> {
  const terminal = createTerminal(process.stdout, Date.now());
  const interrupted = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => reject(new Ending(130, 'Stopping everything that was started.')));
    }
    watchAncestors(() => reject(new Ending(130, 'The process that started the sandbox is gone.')));
  });
  const opening = startWorld({
    port: options.port,
    minuteMs: options.minute * 1000,
    settingsFile: options.settingsFile,
    onFunctionLog: (line) => options.verbose && terminal.tell('sandbox', line),
  });

  let world: World | undefined;
  let code = 0;
  try {
    world = await Promise.race([opening, interrupted]);
    await Promise.race([play(world, options, terminal), interrupted]);
  } catch (error) {
    terminal.show(undefined);
    terminal.print(messageOf(error));
    code = error instanceof Ending ? error.code : 1;
  }
  terminal.close();
  // Interrupted while it was still opening: it is closed as soon as it stands.
  world ??= await opening.catch(() => undefined);
  if (world && options.report)
    await writeReport(world, options.report).catch((error) => console.error(messageOf(error)));
  await world?.close();
  return code;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function parseCommandLine(): Options | 'help' | undefined {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${messageOf(error)}\nnpm start -- --help lists the options.`);
    return undefined;
  }
}

const options = parseCommandLine();
if (options === undefined) process.exitCode = 2;
else if (options === 'help') process.stdout.write(HELP);
// Whatever a library may have left open, nothing of ours runs any more.
else process.exit(await run(options));
