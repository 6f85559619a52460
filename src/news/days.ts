/** First and last day of a period, as `2022-03-14`. */
interface Days {
  readonly first: string;
  readonly last: string;
}

const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
];
/** In all languages: people who use the bot in Chinese may still type English. */
const TODAY: ReadonlySet<string> = new Set(['today', '今天', '今日']);
const YESTERDAY: ReadonlySet<string> = new Set(['yesterday', '昨天', '昨日']);
const DAY_LENGTH = 24 * 60 * 60 * 1000;

const NUMERIC = /^(?<year>\d{4})(?:-(?<month>\d{1,2})(?:-(?<day>\d{1,2}))?)?$/v;
const CHINESE = /^(?<year>\d{4})\s*年(?:\s*(?<month>\d{1,2})\s*月(?:\s*(?<day>\d{1,2})\s*[日號号])?)?$/v;
const DAY_FIRST = /^(?:(?<day>\d{1,2})(?:st|nd|rd|th)?\s+)?(?<name>[a-z]{3,9})\.?,?\s+(?<year>\d{4})$/v;
const MONTH_FIRST = /^(?<name>[a-z]{3,9})\.?\s+(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<year>\d{4})$/v;

function written(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** Returns the days of a year, a month (from 1) or a single day; `undefined` if the calendar doesn't have it. */
function daysOf(year: number, month: number | undefined, day: number | undefined): Days | undefined {
  const first = new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1));
  const isThere = first.getUTCMonth() === (month ?? 1) - 1 && first.getUTCDate() === (day ?? 1);
  if (!isThere || year < 1000) return undefined;
  if (day !== undefined) return { first: written(first), last: written(first) };
  // Day 0 is the last one of the month before.
  const last = new Date(month === undefined ? Date.UTC(year, 12, 0) : Date.UTC(year, month, 0));
  return { first: written(first), last: written(last) };
}

/** Returns the month, from 1, whose name begins like this: `sep`. */
function monthCalled(name: string): number | undefined {
  const at = MONTHS.findIndex(month => month.startsWith(name));
  return at < 0 ? undefined : at + 1;
}

const DATE_FORMS: readonly RegExp[] = [NUMERIC, CHINESE, DAY_FIRST, MONTH_FIRST];

/** True if it's written like a date, even one that doesn't exist: 30 February. */
export function isWrittenAsDay(typed: string): boolean {
  return DATE_FORMS.some(form => {
    const found = form.exec(typed.trim().toLowerCase());
    return found !== null && (found.groups?.name === undefined || monthCalled(found.groups.name) !== undefined);
  });
}

/**
 * Returns the days that somebody means: `2022-03-14`, `2022-03`, `2022`, `14 March 2022`, `March 2022`, `2022年3月14日`,
 * `today`, `昨天` and the like; `undefined` for anything else. Days are UTC, since Discord doesn't give time zones.
 */
export function parseDays(typed: string, now: Date): Days | undefined {
  const words = typed.trim().toLowerCase();
  if (TODAY.has(words)) return { first: written(now), last: written(now) };
  if (YESTERDAY.has(words)) return parseDays('today', new Date(now.getTime() - DAY_LENGTH));
  const { year, month, day, name } = DATE_FORMS.map(form => form.exec(words)?.groups).find(found => found) ?? {};
  if (year === undefined) return undefined;
  const called = name === undefined ? undefined : monthCalled(name);
  if (name !== undefined && called === undefined) return undefined;
  return daysOf(
    Number(year),
    called ?? (month === undefined ? undefined : Number(month)),
    day === undefined ? undefined : Number(day),
  );
}
