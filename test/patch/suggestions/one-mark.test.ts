import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../lib/patch/apply-edits.js';
import { suggest } from '../../../lib/patch/suggestions/suggest.js';
import { parseFile } from '../../../lib/patch/syntax/parse-file.js';
import { contextOf, diagnosisOf, errorOf } from './repository.js';

const sources: Readonly<Record<string, string>> = {
  'src/Fleet.tsx': `import { useMemo, useState } from 'react';
import { Boat, crewOf } from '../lib/boats';

interface Props {
  boats: Boat[];
  onPick: (boat: Boat) => void;
}

/** The boats that lie in the harbour, and what's open. */
export function Fleet({ boats, onPick }: Props) {
  const [wanted, setWanted] = useState('');
  const shown = useMemo(() => boats.filter((boat) => boat.name.includes(wanted)), [boats, wanted]);
  if (shown.length === 0) {
    return <p className="empty">No boat is called {wanted}.</p>;
  }
  return (
    <section>
      <input value={wanted} onChange={(event) => setWanted(event.target.value)} />
      <ul>
        {shown.map((boat) => (
          <li key={boat.id}>
            <a href={\`/boats/\${boat.id}\`} onClick={() => onPick(boat)}>
              {boat.name}
            </a>
            <span>{crewOf(boat)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
`,
  'lib/prices.ts': `const rates = {
  small: 12.5,
  large: [20, 35],
  note: 'a day, all in',
};

export function priceOf(size: 'small' | 'large', nights: number): string {
  const rate = size === 'small' ? rates.small : Math.max(...rates.large);
  switch (nights) {
    case 1:
      return format(rate);
    default:
      return format(Math.round(rate * nights * 100) / 100);
  }
}

const format = (value: number) => \`\${value.toFixed(2)} €\`;
`,
  'src/Tide.svelte': `<script lang="ts">
  let { hours }: { hours: number[] } = $props();
</script>

<h2>Tides</h2>
{#each hours as hour}
  <p class="tide">{hour} o'clock</p>
{/each}
`,
};

/** What a formatter settles. */
function bare(text: string): string {
  return text.replace(/\s+/g, '').replace(/[,;](?=[)\]}]|$)|;/g, '');
}

describe('a mark that is missing or stands twice', () => {
  it.each(Object.keys(sources))(
    'is put right in %s, or left alone',
    async (path) => {
      const good = sources[path] ?? '';
      let repaired = 0;
      for (const { 0: mark, index } of good.matchAll(/=>|[()[\]{}'"`,:;<>/=]/g)) {
        for (const broken of [
          good.slice(0, index) + good.slice(index + mark.length),
          good.slice(0, index) + mark + good.slice(index),
        ]) {
          const [problem] = (await parseFile(path, broken)).errors;
          if (!problem) continue;
          const context = contextOf({ files: { [path]: broken } });
          const error = errorOf({ kind: 'syntax', file: path, line: problem.line ?? 1, message: problem.message });
          const answer = await suggest(diagnosisOf([error]), context);
          if (answer.outcome === 'nothing') continue;
          const { files } = applyEdits(answer.patch.edits, context.files, context.tree);
          expect(bare(files[0]?.content ?? ''), `${broken}\n${answer.patch.origin}`).toBe(bare(good));
          repaired++;
        }
      }
      expect(repaired).toBeGreaterThan(10);
    },
    60_000,
  );
});
