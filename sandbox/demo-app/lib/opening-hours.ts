export interface DayHours {
  readonly day: string;
  readonly opens: string;
  readonly closes: string;
}

export const openingHours: readonly DayHours[] = [
  { day: 'Tuesday to Friday', opens: '07:00', closes: '18:00' },
  { day: 'Saturday', opens: '07:00', closes: '14:00' },
];
