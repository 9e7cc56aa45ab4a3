import type { ScaleTime } from 'd3-scale';
import { formatDay } from '../time-text.js';

/** Where days are written below a chart: each once, and none so far right that it would be cut off. */
export function pickDays(x: ScaleTime<number, number>, until: number): readonly Date[] {
  const [from = 0] = x.range();
  const ticks = x.ticks(4).filter((day) => x(day) >= from && x(day) <= until);
  return ticks.filter(
    (day, index) => index === 0 || formatDay(day.getTime()) !== formatDay(ticks[index - 1]?.getTime() ?? 0),
  );
}
