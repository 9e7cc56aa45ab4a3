import type { Language } from '../settings/settings-schema.js';
import { textsIn } from './texts/texts.js';

/** `22 Nov 2026, 14:03 UTC`: the same text wherever it is built, whoever reads it. */
export function formatTime(milliseconds: number, language: Language = 'en'): string {
  const date = toDate(milliseconds);
  const clock = date.toISOString().slice(11, 16);
  const { date: dates } = textsIn(language);
  return `${dates.day(date.getUTCDate(), date.getUTCMonth())} ${date.getUTCFullYear()}, ${clock} UTC`;
}

/** For the `datetime` of a time element. */
export function formatIsoTime(milliseconds: number): string {
  return toDate(milliseconds).toISOString();
}

/** `22 Nov` */
export function formatDay(milliseconds: number): string {
  const date = toDate(milliseconds);
  return textsIn('en').date.day(date.getUTCDate(), date.getUTCMonth());
}

/** The two largest units: `4 s`, `3 min 12 s`, `2 h 5 min`, `3 d 4 h`. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round((Number.isFinite(milliseconds) ? milliseconds : 0) / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return joinUnits(minutes, 'min', seconds % 60, 's');
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return joinUnits(hours, 'h', minutes % 60, 'min');
  return joinUnits(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function joinUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** Dates outside what JavaScript can hold become the epoch instead of an exception. */
function toDate(milliseconds: number): Date {
  return new Date(Math.abs(milliseconds) <= 8.64e15 ? milliseconds : 0);
}
