import { dateLocale } from './language.ts';

type Style = Intl.DateTimeFormatOptions;

const STYLES: Readonly<Record<string, Style>> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
  s: { dateStyle: 'short', timeStyle: 'short' },
  S: { dateStyle: 'short', timeStyle: 'medium' },
};

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** Formats a Discord timestamp. Returns “Invalid date” beyond ±8.64e15 ms. */
export function formatTimestamp(unix: number, style: string, now: number): string {
  const date = new Date(unix * 1000);
  if (Number.isNaN(date.getTime())) return 'Invalid date';
  if (style === 'R') return formatRelative(unix - now / 1000);
  return new Intl.DateTimeFormat(dateLocale, STYLES[style] ?? STYLES.f).format(date);
}

function formatRelative(seconds: number): string {
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? (['second', 1] as const);
  return new Intl.RelativeTimeFormat(dateLocale, { numeric: 'auto' }).format(Math.trunc(seconds / size), unit);
}

/** Formats when a message was sent: the time, and the date unless it was today. */
export function formatSent(sent: Date, now: Date): string {
  const today = sent.toDateString() === now.toDateString();
  const style: Style = today ? { timeStyle: 'short' } : { dateStyle: 'short', timeStyle: 'short' };
  return new Intl.DateTimeFormat(dateLocale, style).format(sent);
}

export function formatDay(sent: Date): string {
  return new Intl.DateTimeFormat(dateLocale, { dateStyle: 'long' }).format(sent);
}
