import { findConfigProblems, readConfig } from '../lib/config.js';
import { type DoctorReport, examine, reportSettings } from '../lib/flows/doctor.js';
import { readArguments, stringOption, UsageError } from './arguments.js';
import { describeReport } from './doctor-report.js';
import { readSettingsFile } from './settings-file.js';
import { formatJson, runCommand } from './terminal.js';

const help = `Looks at everything that the program needs: tokens, rights, webhooks, cron, store, model, limits.

  npm run -s doctor                    with the settings of the environment, or of .env where there is one
  npm run -s doctor -- --sandbox       with those of the sandbox that npm start runs

  --settings FILE       settings as NAME=value lines; the environment goes before them
  --json                one JSON object on standard output
  --help

Nothing is changed. Exit codes: 0 all well, 1 something to mend, 2 wrong usage.
`;

await runCommand('doctor', main);

async function main(argv: readonly string[]): Promise<number> {
  const given = readArguments(argv, {
    settings: { type: 'string' },
    sandbox: { type: 'boolean' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
  if (given.values.help === true) {
    process.stdout.write(help);
    return 0;
  }
  if (given.positionals.length > 0) throw new UsageError(`${given.positionals[0]} is not understood`);
  const file = await readSettingsFile({
    file: stringOption(given, 'settings'),
    sandbox: given.values.sandbox === true,
  });
  // In the sandbox nothing of the person's own settings counts.
  const own = given.values.sandbox === true ? {} : process.env;
  const report = await diagnose({ ...file?.settings, ...own });
  process.stdout.write(given.values.json === true ? `${formatJson(report)}\n` : describeReport(report));
  return report.ok ? 0 : 1;
}

async function diagnose(settings: NodeJS.ProcessEnv): Promise<DoctorReport> {
  const problems = findConfigProblems(settings);
  if (problems.length > 0) return reportSettings(problems);
  const { createWorld } = await import('../lib/deps.js');
  return await examine(createWorld(readConfig({ LOG_LEVEL: 'error', ...settings })));
}
