import { partsOf } from './distance.js';

/** Words of which one says what the other denies. */
const OPPOSITES =
  'enabled/disabled enable/disable visible/hidden show/hide shown/hidden open/closed open/close opened/closed active/inactive include/exclude allow/deny allowed/denied allowed/forbidden required/optional public/private min/max minimum/maximum first/last start/end begin/end before/after asc/desc ascending/descending left/right top/bottom width/height lat/lng latitude/longitude light/dark on/off input/output source/target net/gross next/previous next/prev expanded/collapsed valid/invalid success/failure success/error'
    .split(' ')
    .map((pair) => pair.split('/'));

/** By kind, what a number may be counted in. */
const UNITS = [
  'ms millis milliseconds s sec secs seconds min mins minutes hour hours day days week weeks month months year years',
  'cent cents dollar dollars euro euros pence pounds',
  'mm cm m metres meters km kilometres kilometers feet ft inches miles yards',
  'g grams kg kilograms kilos oz ounces lb lbs',
  'bytes kb mb gb kilobytes megabytes',
  'celsius fahrenheit kelvin',
  'deg degrees rad radians',
  'px rem em pixels',
  'percent ratio fraction',
].map((words) => new Set(words.split(' ')));

/**
 * Whether a name that differs from the other in one word says the opposite with it, or counts in another unit: a value that was right
 * for the one is wrong for the other.
 */
export function hasOtherMeaning(before: string, after: string): boolean {
  const [old, now] = [partsOf(before), partsOf(after)];
  const [gone, more] = old.filter((part) => !now.includes(part));
  const [came, other] = now.filter((part) => !old.includes(part));
  if (gone === undefined || came === undefined || more !== undefined || other !== undefined) return false;
  const isOpposite = OPPOSITES.some((pair) => pair.includes(gone) && pair.includes(came));
  const isNegated = ['un', 'in', 'dis', 'non', 'not'].some((mark) => gone === mark + came || came === mark + gone);
  return (
    isOpposite || isNegated || UNITS.some((units) => units.has(gone) && units.has(came) && !isAbbreviation(gone, came))
  );
}

/** `sec` and `seconds`, `meters` and `metres`. */
function isAbbreviation(word: string, other: string): boolean {
  const [short = '', long = ''] = [word, other].sort((a, b) => a.length - b.length);
  return (
    long.startsWith(short) || (/^(?:ms|kg|km|metres|meters|kilometres|kilometers)$/.test(short) && long[0] === short[0])
  );
}
