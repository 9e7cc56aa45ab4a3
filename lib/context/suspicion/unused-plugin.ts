import { baseName, isTemplate } from '../readable-files.js';
import type { Survey } from '../survey.js';
import { findConfigs } from './configuration.js';
import { type SuspicionRule, suspectEach } from './suspicion.js';

const UNKNOWN = /not found|unknown|undefined|not defined|no such/i;
const ELEVENTY = ['eleventy.config', '.eleventy'];

/** Filters and tags of Eleventy come from plugins: one that is declared, and that nothing uses, was taken out of the configuration. */
export const suspectUnusedPlugin: SuspicionRule = ({ error, file }, survey) => {
  if (error.tool !== 'eleventy' || error.symbol === undefined || file === undefined || !isTemplate(file)) return [];
  if (!UNKNOWN.test(error.message.slice(0, 500))) return [];
  const unused = listUnusedPlugins(survey);
  const own = unused.find((name) => plain(error.symbol ?? '').startsWith(plain(baseName(name))));
  const [plugin] = own === undefined ? unused : [own];
  return plugin === undefined
    ? []
    : suspectEach(findConfigs(ELEVENTY, survey).slice(0, 1), own === undefined ? 0.75 : 0.92, `does not use ${plugin}`);
};

function listUnusedPlugins({ manifests, files }: Survey): string[] {
  const declared = manifests.flatMap(({ dependencies }) => [...dependencies.keys()]);
  const isUsed = (name: string) =>
    [...files].some(
      ([path, text]) => baseName(path) !== 'package.json' && /\.[cm]?[jt]s$/.test(path) && text.includes(name),
    );
  return declared.filter((name) => /eleventy-/.test(name) && !isUsed(name));
}

function plain(name: string): string {
  return name.replace(/[^a-z\d]/gi, '').toLowerCase();
}
