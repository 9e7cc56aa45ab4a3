import { stoodBefore } from '../changed-words.js';
import { findTwin } from '../distance.js';
import type { Rule } from '../rule.js';
import { inFolder, isRecord, readConfig } from '../syntax/resolve-specifier.js';

const MISSING_SCRIPT =
  /Missing script:? ["'`]?([\w:.-]{1,80})["'`]?|Command "([\w:.-]{1,80})" not found|ERR_PNPM_NO_SCRIPT.*Missing script: ([\w:.-]{1,80})/;

/** A script that package.json has not, named where one is that is spelt like it, once in one file. */
export const scriptName: Rule = {
  name: 'script-name',
  async propose(error, workspace) {
    if (error.kind !== 'script-missing') return undefined;
    const wrong =
      error.symbol ??
      MISSING_SCRIPT.exec(error.message)
        ?.slice(1)
        .find((match) => match);
    const manifest = inFolder(workspace.rootDirectory, 'package.json');
    const scripts = readConfig(workspace, manifest)?.scripts;
    if (wrong === undefined || !isRecord(scripts) || wrong in scripts) return undefined;
    const right = stoodBefore(workspace, wrong) ? undefined : findTwin(wrong, Object.keys(scripts));
    if (right === undefined) return undefined;

    const call = new RegExp(`\\b(?:run|npm|pnpm|yarn|bun)\\s+(${wrong.replace(/[.]/g, '\\.')})(?![\\w:.-])`, 'g');
    const places = [manifest, inFolder(workspace.rootDirectory, 'vercel.json')].flatMap((path) => {
      const text = workspace.read(path);
      return text === undefined
        ? []
        : [...text.matchAll(call)].map((match) => ({ path, text, at: match.index + match[0].length - wrong.length }));
    });
    const [place, another] = places;
    if (!place || another) return undefined;
    const { path, text, at } = place;
    return {
      files: new Map([[path, text.slice(0, at) + right + text.slice(at + wrong.length)]]),
      cause: `${path} runs the script \`${wrong}\`, which package.json does not have.`,
      change: `Runs \`${right}\`, the only script that is spelt so nearly alike.`,
    };
  },
};
