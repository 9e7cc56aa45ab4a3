import { escapePattern } from '../../context/word-pattern.js';
import { partsOf } from './distance.js';

/** Words of which one says what the other denies. */
const OPPOSITES =
  'enabled/disabled enable/disable visible/hidden show/hide shown/hidden open/closed open/close opened/closed active/inactive include/exclude allow/deny allowed/denied allowed/forbidden required/optional public/private min/max minimum/maximum first/last start/end begin/end before/after asc/desc ascending/descending left/right top/bottom width/height lat/lng latitude/longitude light/dark on/off input/output source/target net/gross next/previous next/prev expanded/collapsed valid/invalid success/failure success/error'
    .split(' ')
    .map((pair) => pair.split('/'));

/** By kind, what a number may be counted in, each unit with the words for it. */
const UNITS = [
  'ms/millis/milliseconds s/sec/secs/second/seconds min/mins/minute/minutes h/hr/hrs/hour/hours day/days week/weeks month/months year/years',
  'cent/cents dollar/dollars euro/euros pence pound/pounds',
  'mm cm m/metre/metres/meter/meters km/kilometre/kilometres/kilometer/kilometers ft/foot/feet inch/inches mile/miles yard/yards',
  'g/gram/grams kg/kilo/kilos/kilogram/kilograms oz/ounce/ounces lb/lbs/pound/pounds',
  'byte/bytes kb/kilobytes mb/megabytes gb/gigabytes',
  'celsius fahrenheit kelvin',
  'deg/degrees rad/radians',
  'px/pixels rem em',
  'percent fraction',
].map((kind) => kind.split(' ').map((unit) => unit.split('/')));

/** Whether the word says what a number is counted in. */
export function isUnit(word: string): boolean {
  return UNITS.some((kind) => kind.some((unit) => unit.includes(word)));
}

/**
 * Whether a name that differs from the other in one word says the opposite with it, or counts in another unit: a value that was right
 * for the one is wrong for the other.
 */
export function hasOtherMeaning(before: string, after: string): boolean {
  const [old, now] = [partsOf(before), partsOf(after)];
  const [gone, more] = old.filter((part) => !now.includes(part));
  const [came, other] = now.filter((part) => !old.includes(part));
  // Prices are kept in either; other amounts that come to say their unit had it all along.
  if (more === undefined && other === undefined && SMALL_COIN.test(`${gone ?? ''}${came ?? ''}`)) return true;
  if (gone === undefined || came === undefined || more !== undefined || other !== undefined) return false;
  const isOpposite = OPPOSITES.some((pair) => pair.includes(gone) && pair.includes(came));
  const isNegated = ['un', 'in', 'dis', 'non', 'not'].some((mark) => gone === mark + came || came === mark + gone);
  const isOtherUnit = UNITS.some((kind) => {
    const [own, another] = [gone, came].map((word) => kind.find((unit) => unit.includes(word)));
    return own !== undefined && another !== undefined && own !== another;
  });
  return isOpposite || isNegated || isOtherUnit;
}

const SMALL_COIN = /^(?:cents?|pence)$/;

/** Whether one name says what it is counted in and the other does not, or says another unit. */
export function countsOtherwise(name: string, other: string): boolean {
  const unitsIn = (text: string) => partsOf(text).filter((part) => part.length > 1 && UNITS.flat(2).includes(part));
  return unitsIn(name).join() !== unitsIn(other).join();
}

const SMALL = /^(?:ms|millis|milliseconds|cents?|pence)$/;
const LARGE = /^(?:s|secs?|seconds?|dollars?|euros?|pounds?)$/;

/** Whether the text makes a value smaller or larger whose name says that it is so already: `delayMs * 1000`. */
export function convertsTwice(text: string, name: string): boolean {
  const parts = partsOf(name);
  const sign = parts.some((part) => SMALL.test(part))
    ? '\\*'
    : parts.some((part) => LARGE.test(part))
      ? '/'
      : undefined;
  return sign !== undefined && new RegExp(`(?<![\\w$])${escapePattern(name)}\\s*${sign}\\s*1(?:_?000?)+\\b`).test(text);
}
