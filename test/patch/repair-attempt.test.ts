import { describe, expect, it } from 'vitest';
import type { Edit, Patch, PreviousAttempt } from '../../lib/patch/patch.js';
import { type RepairAttempt, repairAttempt } from '../../lib/patch/repair-attempt.js';
import type { Repairer, RepairOutcome, RepairRequest } from '../../lib/ports.js';
import { contextOf, DIAGNOSIS, FILES } from './hostile/repository.js';

const USAGE = { calls: 1, inputTokens: 100, outputTokens: 10 };

function patchOf(name: Repairer['name'], ...edits: readonly Edit[]): Patch {
  return {
    repairer: name,
    edits,
    cause: 'tides.ts misspells a name.',
    change: 'Spells it right.',
    confidence: 1,
    origin: ['x'],
  };
}

function swap(search: string, replace: string, path = 'lib/tides.ts'): Edit {
  return { kind: 'replace', path, search, replace };
}

const REPAIR = swap('tide.heigth', 'tide.height');

/** A repairer that answers in turn and remembers what it was asked. */
function scripted(
  name: Repairer['name'],
  ...answers: readonly RepairOutcome[]
): Repairer & { readonly requests: RepairRequest[] } {
  const requests: RepairRequest[] = [];
  return {
    name,
    requests,
    async repair(request) {
      requests.push(request);
      return answers[requests.length - 1] ?? { outcome: 'nothing', reason: 'asked too often', usage: USAGE };
    },
  };
}

function giving(name: Repairer['name'], ...edits: readonly Edit[]): RepairOutcome {
  return { outcome: 'patch', patch: patchOf(name, ...edits), usage: USAGE };
}

const NOTHING: RepairOutcome = {
  outcome: 'nothing',
  reason: 'nothing here',
  usage: { calls: 0, inputTokens: 0, outputTokens: 0 },
};

function attempt(
  repairers: readonly Repairer[],
  change: Partial<RepairAttempt['request']> = {},
  more: Partial<RepairAttempt> = {},
) {
  const request = {
    diagnosis: DIAGNOSIS,
    excerpt: '',
    context: contextOf(),
    framework: null,
    attempt: 1,
    previous: [],
    ...change,
  };
  return repairAttempt({ request, repairers, ...more });
}

describe('the repairers are asked in their order', () => {
  it('and the first valid patch ends it', async () => {
    const gemini = scripted('gemini', giving('gemini', REPAIR));

    const result = await attempt([scripted('suggestions', giving('suggestions', REPAIR)), gemini]);

    expect(result).toMatchObject({
      outcome: 'patch',
      patch: { repairer: 'suggestions' },
      files: [{ path: 'lib/tides.ts' }],
    });
    expect(gemini.requests).toHaveLength(0);
  });

  it('and the model follows where the suggestions have nothing', async () => {
    const result = await attempt([scripted('suggestions', NOTHING), scripted('gemini', giving('gemini', REPAIR))]);

    expect(result).toMatchObject({ outcome: 'patch', patch: { repairer: 'gemini' }, usage: USAGE });
  });

  it('and one that knows of a patch for all goes before a patch for a part', async () => {
    const part: RepairOutcome = { ...giving('suggestions', REPAIR), leavesOpen: ['app/page.tsx'] } as RepairOutcome;
    const more = giving('gemini', REPAIR, swap('<h1>Tides</h1>', '<h1>All tides</h1>', 'app/page.tsx'));

    const whole = await attempt([scripted('suggestions', part), scripted('gemini', more)]);
    const alone = await attempt([scripted('suggestions', part), scripted('gemini', NOTHING)]);

    expect(whole).toMatchObject({ outcome: 'patch', patch: { repairer: 'gemini' } });
    expect(alone).toMatchObject({ outcome: 'patch', patch: { repairer: 'suggestions' } });
  });

  it('and an edit for a person goes before a patch for a part', async () => {
    const part: RepairOutcome = { ...giving('suggestions', REPAIR), leavesOpen: ['package.json'] } as RepairOutcome;
    const edit = swap('"build": "next build"', '"build": "next build --profile"', 'package.json');
    const repairers = [scripted('suggestions', part), scripted('gemini', giving('gemini', REPAIR, edit))];

    const result = await attempt(repairers, { diagnosis: { ...DIAGNOSIS, class: 'config' } });

    expect(result).toMatchObject({ outcome: 'patch-rejected', patch: { repairer: 'gemini' } });
  });

  it('and a refused suggestion is not repeated', async () => {
    const suggestions = scripted('suggestions', giving('suggestions', swap('tide.heigth', '(tide as any).heigth')));

    const result = await attempt([suggestions, scripted('gemini', giving('gemini', REPAIR))]);

    expect(suggestions.requests).toHaveLength(1);
    expect(result).toMatchObject({ outcome: 'patch', patch: { repairer: 'gemini' } });
  });

  it.each(['environment', 'transient', 'infrastructure'] as const)(
    'but nobody is asked about a failure of the class %s',
    async (name) => {
      const gemini = scripted('gemini', giving('gemini', REPAIR));

      const result = await attempt([gemini], { diagnosis: { ...DIAGNOSIS, class: name, remedy: 'Set the variable.' } });

      expect(result).toMatchObject({ outcome: 'nothing', reason: 'Set the variable.' });
      expect(gemini.requests).toHaveLength(0);
    },
  );
});

it('a lockfile out of step is a command for people, not a question for a model', async () => {
  const gemini = scripted('gemini', giving('gemini', REPAIR));
  const [error] = DIAGNOSIS.errors;
  const errors = error ? [{ ...error, kind: 'lockfile' as const }] : [];

  const result = await attempt([gemini], {
    diagnosis: { ...DIAGNOSIS, class: 'dependency', errors, remedy: 'Run `npm install`.' },
  });

  expect(result).toMatchObject({ outcome: 'nothing', reason: 'Run `npm install`.' });
  expect(gemini.requests).toHaveLength(0);
});

it('what the repository tells of the class counts, where the log alone could not say', async () => {
  const gemini = scripted('gemini', giving('gemini', REPAIR));
  const settled = {
    class: 'environment',
    fact: 'appId comes from the environment variable SEARCH_APP',
    remedy: 'Set SEARCH_APP.',
  } as const;

  const result = await attempt([gemini], { context: { ...contextOf(FILES), settled } });

  expect(result).toMatchObject({ outcome: 'nothing', reason: 'Set SEARCH_APP.' });
  expect(gemini.requests).toHaveLength(0);
});

describe('a refused answer of the model', () => {
  it('is repeated once with the reasons', async () => {
    const gemini = scripted('gemini', giving('gemini', swap('tide.heigth', 'tide.height!')), giving('gemini', REPAIR));

    const result = await attempt([gemini]);

    expect(result).toMatchObject({ outcome: 'patch', usage: { calls: 2, inputTokens: 200 } });
    expect(gemini.requests[1]?.refusal).toMatchObject({ violations: [{ rule: 'non-null-added' }], problems: [] });
  });

  it('is repeated when its edits do not match', async () => {
    const gemini = scripted('gemini', giving('gemini', swap('tide.depth', 'tide.height')), giving('gemini', REPAIR));

    expect(await attempt([gemini])).toMatchObject({ outcome: 'patch' });
    expect(gemini.requests[1]?.refusal).toMatchObject({ problems: [{ check: 'apply', path: 'lib/tides.ts' }] });
  });

  it('is told to a person with the edit and the model’s word, where nothing else would be right', async () => {
    const reason = 'Nothing but the refused edit is right.';
    const gemini = scripted('gemini', giving('gemini', swap('tide.heigth', 'tide.height!')), { ...NOTHING, reason });

    expect(await attempt([gemini])).toMatchObject({
      outcome: 'patch-rejected',
      reason: expect.stringMatching(
        /^non-null-added: .+\nNothing but the refused edit is right\.\nThe edit that was refused:\nlib\/tides\.ts\n-.+heigth\);\n\+.+height!\);$/,
      ),
    });
  });

  it('is rejected after that, under the rule’s name', async () => {
    const cheat = giving('gemini', swap('tide.heigth', '(tide as any).heigth'));
    const gemini = scripted('gemini', cheat, cheat, giving('gemini', REPAIR));

    const result = await attempt([gemini]);

    expect(gemini.requests).toHaveLength(2);
    expect(result).toMatchObject({
      outcome: 'patch-rejected',
      reason: expect.stringContaining('any-added'),
      violations: [{ rule: 'any-added', severity: 'refused' }],
      usage: { calls: 2 },
    });
  });

  it('that only a person may make is rejected with the exact edit, without asking for another', async () => {
    const edit = swap('"build": "next build"', '"build": "next build --profile"', 'package.json');
    const gemini = scripted('gemini', giving('gemini', REPAIR, edit));

    const result = await attempt([gemini], { diagnosis: { ...DIAGNOSIS, class: 'config' } });

    expect(gemini.requests).toHaveLength(1);
    expect(result).toMatchObject({
      outcome: 'patch-rejected',
      violations: [{ rule: 'package-script', severity: 'ask-first' }],
      reason: expect.stringMatching(/package-script[\s\S]*\+ {4}"build": "next build --profile"/),
    });
  });
});

describe('what the outcome says', () => {
  it.each<[string, readonly RepairOutcome[], string]>([
    ['nothing', [NOTHING, NOTHING], 'nothing'],
    [
      'low confidence over nothing',
      [NOTHING, { outcome: 'low-confidence', reason: 'x', usage: USAGE }],
      'low-confidence',
    ],
    [
      'unavailable over a rejected suggestion',
      [giving('suggestions', swap('q', 'r')), { outcome: 'unavailable', reason: 'x', retryAt: 5, usage: USAGE }],
      'unavailable',
    ],
    ['a rejected suggestion over nothing', [giving('suggestions', swap('q', 'r')), NOTHING], 'patch-rejected'],
  ])('%s', async (_, [first, second], expected) => {
    const result = await attempt([scripted('suggestions', first ?? NOTHING), scripted('gemini', second ?? NOTHING)]);

    expect(result.outcome).toBe(expected);
  });
});

describe('later attempts', () => {
  const second = swap('<h1>Tides</h1>', '<h1>All tides</h1>', 'app/page.tsx');
  const previous = (progress: boolean): PreviousAttempt[] => [
    { number: 1, patch: patchOf('gemini', REPAIR), refutation: 'x', progress },
  ];

  it('add to an attempt that made progress', async () => {
    const gemini = scripted('gemini', giving('gemini', second));

    const result = await attempt([gemini], { context: contextOf(FILES), attempt: 2, previous: previous(true) });

    expect(gemini.requests[0]?.context.files.get('lib/tides.ts')).toContain('tide.height)');
    expect(result).toMatchObject({
      outcome: 'patch',
      patch: { edits: [REPAIR, second] },
      files: [{ path: 'lib/tides.ts', before: FILES['lib/tides.ts'] }, { path: 'app/page.tsx' }],
    });
  });

  it('start from the failing commit after an attempt without progress', async () => {
    const gemini = scripted('gemini', giving('gemini', second));

    const result = await attempt([gemini], { context: contextOf(FILES), attempt: 2, previous: previous(false) });

    expect(gemini.requests[0]?.context.files.get('lib/tides.ts')).toContain('tide.heigth');
    expect(result).toMatchObject({ outcome: 'patch', patch: { edits: [second] } });
  });

  it('never make a refuted patch again, in whatever words', async () => {
    const same = giving('gemini', swap('most = Math.max(most, tide.heigth)', 'most = Math.max(most, tide.height)'));
    const gemini = scripted('gemini', same, same);

    const result = await attempt([gemini], { attempt: 2, previous: previous(false) });

    expect(result).toMatchObject({ outcome: 'patch-rejected', problems: [{ check: 'repeated' }] });
  });

  it('never make a patch that a person rejected', async () => {
    const result = await attempt(
      [scripted('suggestions', giving('suggestions', REPAIR))],
      {},
      { isRejected: () => true },
    );

    expect(result).toMatchObject({
      outcome: 'patch-rejected',
      reason: expect.stringContaining('A person has rejected'),
    });
  });
});
