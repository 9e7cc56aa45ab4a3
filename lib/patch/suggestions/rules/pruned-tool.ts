import type { Rule } from '../rule.js';
import { manifestsOf } from '../syntax/manifests-of.js';
import { isRecord, readConfig } from '../syntax/resolve-specifier.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import { commandsOfPackages } from './script-command.js';

const COMMAND = /(?<="installCommand"\s*:\s*")(?:[^"\\]|\\.)*(?=")/;
const PRUNES = / (?:--omit[= ]dev|--only[= ]prod(?:uction)?|--production(?:=true)?|--prod|-P)(?= |$)/g;

/**
 * An installation that the repository itself tells to leave out development dependencies, one of which brings the command that
 * the build then does not find.
 */
export const prunedTool: Rule = {
  name: 'pruned-tool',
  async propose(error, workspace) {
    const command = error.code === 'command-not-found' ? error.symbol : undefined;
    if (command === undefined) return undefined;
    const isPruned = manifestsOf(workspace).some(({ path }) => {
      const { devDependencies } = readConfig(workspace, path) ?? {};
      return isRecord(devDependencies) && commandsOfPackages(Object.keys(devDependencies)).includes(command);
    });
    const [config, another] = workspace.paths.filter(
      (path) => /(?:^|\/)vercel\.json$/.test(path) && COMMAND.exec(workspace.read(path) ?? '')?.[0].match(PRUNES),
    );
    const text = config === undefined ? undefined : workspace.read(config);
    const line = text === undefined ? undefined : COMMAND.exec(text);
    if (!isPruned || config === undefined || another !== undefined || text === undefined || !line) return undefined;
    const whole = line[0].replace(PRUNES, '');
    return {
      files: new Map([
        [config, replaceRanges(text, [{ start: line.index, end: line.index + line[0].length, text: whole }])],
      ]),
      cause: `The installation that ${config}, line ${lineOf(text, line.index)}, asks for leaves out what brings \`${command}\`.`,
      change: 'Installs the development dependencies too, which the build needs.',
    };
  },
};
