import type { Matcher } from '../finding.js';
import { createSentenceMatcher } from '../sentence-rules.js';
import { angularRules, matchAngularPages } from './angular.js';
import { matchAstro } from './astro.js';
import { bunRules } from './bun.js';
import { matchBundlers } from './bundlers.js';
import { dataToolRules } from './data-tools.js';
import { matchDocusaurus } from './docusaurus.js';
import { matchEleventy } from './eleventy.js';
import { matchErrorAbovePlace } from './error-above-place.js';
import { matchLinters } from './eslint.js';
import { matchFramedReports } from './framed-reports.js';
import { frameworkRules } from './frameworks.js';
import { matchGatsby } from './gatsby.js';
import { managerSettingsRules } from './manager-settings.js';
import { nativeRules } from './native-modules.js';
import { matchNextCompile } from './next-compile.js';
import { matchNextConfig } from './next-config.js';
import { matchNextRuntime } from './next-runtime.js';
import { nextRules } from './next-sentences.js';
import { matchNode } from './node.js';
import { matchNpm } from './npm.js';
import { matchNuxtModules } from './nuxt.js';
import { otherHostRules } from './other-hosts.js';
import { pnpmRules, yarnRules } from './package-managers.js';
import { prismaRules } from './prisma.js';
import { pythonRules } from './python.js';
import { machineRules, matchNetwork, matchVariables, nodeRules, shellRules } from './sentences.js';
import { settingsRules } from './settings.js';
import { siteGeneratorRules } from './site-generators.js';
import { matchSvelte } from './svelte.js';
import { matchTanstack } from './tanstack.js';
import { matchTap } from './tap.js';
import { matchTestRunners } from './test-runners.js';
import { matchTypescript } from './typescript.js';
import { vercelRules } from './vercel.js';
import { vercelSettingsRules } from './vercel-settings.js';
import { matchWebpack } from './webpack.js';
import { workspaceRules } from './workspaces.js';

/**
 * In the order in which they are asked about a line; the first that recognises it keeps it.
 * Formats of several lines before sentences, what a tool says of itself before what anybody may say.
 */
export const matchers: readonly Matcher[] = [
  matchNpm,
  matchTypescript,
  matchSvelte,
  matchLinters,
  matchNextConfig,
  matchNextCompile,
  matchNextRuntime,
  matchWebpack,
  matchGatsby,
  matchEleventy,
  matchDocusaurus,
  matchTanstack,
  matchAngularPages,
  matchNuxtModules,
  matchErrorAbovePlace,
  matchTestRunners,
  matchTap,
  matchFramedReports,
  matchBundlers,
  matchAstro,
  createSentenceMatcher([
    ...vercelSettingsRules,
    ...vercelRules,
    ...otherHostRules,
    ...pythonRules,
    ...machineRules,
    ...managerSettingsRules,
    ...pnpmRules,
    ...yarnRules,
    ...bunRules,
    ...prismaRules,
    ...dataToolRules,
    ...nextRules,
    ...angularRules,
    ...settingsRules,
    ...frameworkRules,
    ...siteGeneratorRules,
    ...workspaceRules,
    ...nativeRules,
    ...nodeRules,
    ...shellRules,
  ]),
  matchNode,
  matchVariables,
  matchNetwork,
];
