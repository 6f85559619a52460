import { type Language, spoken } from './languages.ts';

/** A day of the calendar as the language writes it out, months counted from 1: `14 March 2022`. */
export function dayIn(language: Language, year: number, month: number, day: number): string {
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  return new Intl.DateTimeFormat(spoken[language].locale, { dateStyle: 'long', timeZone: 'UTC' }).format(moment);
}
