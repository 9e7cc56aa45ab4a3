import type { DayHours } from '@/lib/opening-hours';

export function OpeningHours({ hours }: { hours: readonly DayHours[] }) {
  return (
    <ul>
      {hours.map(({ day, opens, closes }) => (
        <li key={day}>
          {day}: {opens} to {closes}
        </li>
      ))}
    </ul>
  );
}
