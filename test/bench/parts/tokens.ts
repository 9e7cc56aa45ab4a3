import { DEFAULT_MODELS } from '../../../lib/config.js';
import { gatherContext } from '../../../lib/context/gather.js';
import { selectContext } from '../../../lib/context/select-context.js';
import { buildPrompt, estimateTokens, MOST_CONTEXT_TOKENS } from '../../../lib/patch/prompt.js';
import { repairAttempt } from '../../../lib/patch/repair-attempt.js';
import { suggestionsRepairer } from '../../../lib/patch/suggestions/repairer.js';
import { estimateCost } from '../../../lib/report/price.js';
import { codeFailures } from '../../context/failures/code.js';
import { breakApp, diagnosisOf, type Failure } from '../../context/failures/failure.js';
import { furtherFailures } from '../../context/failures/further.js';
import { moduleFailures } from '../../context/failures/modules.js';
import { renderingFailures } from '../../context/failures/rendering.js';
import { settingFailures } from '../../context/failures/settings.js';
import { readTexts } from '../../context/texts-reader.js';
import { type Part, sample } from '../report.js';

const FAILURES = [...moduleFailures, ...codeFailures, ...renderingFailures, ...settingFailures, ...furtherFailures];

export async function measureTokens(): Promise<Part> {
  const prompts: number[] = [];
  let withoutModel = 0;
  for (const failure of FAILURES) {
    const tokens = await promptOf(failure);
    if (tokens === undefined) withoutModel += 1;
    else prompts.push(tokens);
  }
  const [model = ''] = DEFAULT_MODELS.split(',');
  const dollars = prompts.map(
    (inputTokens) => estimateCost({ calls: 1, inputTokens, outputTokens: 0 }, model) ?? Number.NaN,
  );
  return {
    name: 'tokens',
    title: 'Tokens and money',
    how: `Over the ${FAILURES.length} failures of small applications in \`test/context/failures\`. Tokens are estimated, characters by four; the money is the prompt's alone, at the list price of ${model}. Recorded builds of your own: \`npm run -s repair -- --corpus DIR\`.`,
    columns: ['measured', ''],
    rows: [
      { what: 'repaired without a model', value: sample([(100 * withoutModel) / FAILURES.length], '%') },
      { what: 'prompt, where a model is asked', value: sample(prompts, 'tokens') },
      { what: 'its price', value: sample(dollars, 'dollars') },
    ],
  };
}

/** Undefined where what the compilers suggest repairs the failure. */
async function promptOf(failure: Failure): Promise<number | undefined> {
  const diagnosis = diagnosisOf(failure.errors);
  const reader = readTexts(breakApp(failure), { whole: true });
  const context = await gatherContext(diagnosis, reader, { rootDirectory: failure.rootDirectory ?? '' });
  const excerpt = failure.errors.map(({ message }) => message).join('\n');
  const request = { diagnosis, excerpt, context, framework: null, attempt: 1, previous: [] };
  const result = await repairAttempt({ request, repairers: [suggestionsRepairer] });
  if (result.outcome === 'patch') return undefined;
  const prompt = buildPrompt(request, selectContext(context, diagnosis, { maxTokens: MOST_CONTEXT_TOKENS }));
  return estimateTokens(prompt.system) + estimateTokens(prompt.user);
}
