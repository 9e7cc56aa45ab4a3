import { scaleLog } from 'd3-scale';
import { formatValue, type Part } from './report.js';

const WIDTH = 760;
const LEFT = 250;
const RIGHT = 690;
const TOP = 46;
const BAR = 14;
const ROW = 52;
const TICKS = [100, 1_000, 10_000, 100_000];

/** Failure to prompt: two bars a row on a logarithmic scale. Its colours stand on light and dark ground alike. */
export function renderPlot({ title, columns, rows }: Part): string {
  const values = rows.flatMap(({ value, against }) => [value.median, against?.median ?? value.median]);
  const least = Math.min(...values) / 2;
  const x = scaleLog()
    .domain([least, Math.max(...values)])
    .range([LEFT, RIGHT]);
  const bottom = TOP + rows.length * ROW;
  const bars = rows.flatMap(({ what, value, against, ratio }, index) => {
    const y = TOP + index * ROW + 8;
    return [
      text({ x: LEFT - 10, y: y + BAR + 4, anchor: 'end' }, what),
      bar(y, x(value.median), 'ours'),
      text({ x: x(value.median) + 6, y: y + 11 }, formatValue(value.median, 'ms')),
      ...(against === undefined
        ? []
        : [
            bar(y + BAR + 2, x(against.median), 'other'),
            text(
              { x: x(against.median) - 6, y: y + BAR + 13, anchor: 'end', class: 'inside' },
              `${formatValue(against.median, 'ms')}, ${formatValue(ratio?.median ?? Number.NaN, 'times')}`,
            ),
          ]),
    ];
  });
  const ticks = TICKS.filter((tick) => tick >= least && tick <= Math.max(...values)).flatMap((tick) => [
    `<line x1="${x(tick).toFixed(1)}" x2="${x(tick).toFixed(1)}" y1="${TOP}" y2="${bottom}" class="grid"/>`,
    text({ x: x(tick), y: bottom + 18, anchor: 'middle' }, tick < 1_000 ? `${tick} ms` : `${tick / 1_000} s`),
  ]);
  const description = rows
    .map(
      ({ what, value, against }) =>
        `${what}: ${formatValue(value.median, 'ms')} against ${formatValue(against?.median ?? Number.NaN, 'ms')}`,
    )
    .join('; ');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 30}" role="img" aria-label="${title}">
<title>${title}</title>
<desc>${description}</desc>
<style>text{font:13px system-ui,sans-serif;fill:#6e7781}.inside{fill:#fff}.ours{fill:#1a7f37}.other{fill:#8250df}.grid{stroke:#8c959f;stroke-opacity:.35}</style>
${ticks.join('\n')}
<rect x="${LEFT}" y="14" width="12" height="12" class="ours"/>${text({ x: LEFT + 18, y: 25 }, columns[0])}
<rect x="${LEFT + 90}" y="14" width="12" height="12" class="other"/>${text({ x: LEFT + 108, y: 25 }, columns[1])}
${bars.join('\n')}
</svg>
`;
}

function bar(y: number, to: number, name: string): string {
  return `<rect x="${LEFT}" y="${y}" width="${(to - LEFT).toFixed(1)}" height="${BAR}" rx="2" class="${name}"/>`;
}

function text(
  place: { readonly x: number; readonly y: number; readonly anchor?: string; readonly class?: string },
  content: string,
): string {
  const anchor = place.anchor === undefined ? '' : ` text-anchor="${place.anchor}"`;
  const name = place.class === undefined ? '' : ` class="${place.class}"`;
  return `<text x="${place.x.toFixed(1)}" y="${place.y}"${anchor}${name}>${content}</text>`;
}
