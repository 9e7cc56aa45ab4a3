/** Which lines are worth asking matchers about: most of a log is neither a complaint nor a heading of one. */

/** Stems of all that goes wrong, and the few marks by which reports without such a word start. */
const stems =
  /rror|ERR|[Ff]ail|FAIL|annot|ouldn|ould not|issing|equired|nvalid|nable|not |only|status|No |Out of|exceed|onflict|xpected|nknown|SIG|[Kk]ill|must |Node|emory|xit|imed out|imeout|reached|ndefined|nsupported|eprecated|refused|reset|hang up|mpty|both|instead|anceled|Warn|WARN|YN00|--- L|did you| {2}Location:| {2}Stack trace:|\] GET \/|━|: line |file: |Route "|oo many|oogle|ccept|n't |hould |imit|eeds |ockfile|manifest|Function|Directory|cript|ENO|EMF|spawn |option|denied|orkspace|Prisma|Cyclic|took |Turbopack|tailwindcss|sentry|rerender|Route |timing|rovided|export |middleware|Specified|Ensure|ncompatible|Command "|ound|trouble|nearest|configured|peer|ownloading|references|pload|cloning|Ignored|large|ISR|maximum|Next\.js|Max |[×✖⚠]|parcel/;

export function isNotable(text: string): boolean {
  return stems.test(text) || text.charCodeAt(0) === 91 || isHeading(text);
}

/** A path alone on its line, with or without a place behind it: what reports are headed with. */
function isHeading(text: string): boolean {
  if (text.length > 500 || !text.includes('.')) return false;
  const space = text.indexOf(' ');
  return space < 0 || (text.charCodeAt(0) === 46 && text.charCodeAt(1) === 47);
}
