import type { Usage } from '../patch/patch.js';

/** US dollars for a million tokens, by Google's list of November 2026; the free tier costs nothing. */
const PRICES: Readonly<Record<string, { readonly input: number; readonly output: number }>> = {
  'gemini-3.8-flash': { input: 0.75, output: 3.75 },
  'gemini-3.6-flash': { input: 1.5, output: 7.5 },
  'gemini-3.5-flash-lite': { input: 0.3, output: 2.5 },
};

/** What tokens of a model cost at list price, in US dollars; undefined for a model without a known price. */
export function estimateCost(usage: Usage, model: string): number | undefined {
  const price = PRICES[model];
  if (price === undefined) return usage.inputTokens + usage.outputTokens === 0 ? 0 : undefined;
  return (usage.inputTokens * price.input + usage.outputTokens * price.output) / 1_000_000;
}

/** What so many tokens cost at most: each an output token of the dearest of the models; undefined without their prices. */
export function estimateMost(tokens: number, models: readonly string[]): number | undefined {
  const prices = models.map((model) => PRICES[model]?.output);
  if (prices.length === 0 || prices.some((price) => price === undefined)) return undefined;
  return (tokens * Math.max(...prices.map((price) => price ?? 0))) / 1_000_000;
}

/** `$0.0123`, `$4.20`, `under $0.0001` */
export function formatDollars(dollars: number): string {
  if (dollars === 0) return '$0';
  if (dollars < 0.0001) return 'under $0.0001';
  return `$${dollars < 0.1 ? dollars.toFixed(4) : dollars.toFixed(2)}`;
}
