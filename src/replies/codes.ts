/** One result of a search, small enough for a button: numbers count within its article. */
export interface FoundCode {
  readonly article: string;
  readonly sentence: number;
  readonly sentences: number;
  readonly attribution: number | undefined;
}

/** Somebody in an article, which leads to the same person in others. */
export interface PersonCode {
  readonly article: string;
  /** The place in the article's list. */
  readonly speaker: number;
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const codeLength = 6;
const dayLength = 5;
const none = 64 ** 3 - 1;
/** Of a speaker: whoever comes so late in an article's list has no button. */
const beyond = 64 ** 2 - 1;
const foundForm = /^(?<article>[\w\-]{6})(?<results>(?:[\w\-]{7})+)$/v;

/** A number in so many base-64 digits; the greatest there is stands for all beyond. */
export function writeNumber(value: number, width: number): string {
  const shown = Math.min(value, 64 ** width - 1);
  return Array.from({ length: width }, (_, at) => digits.charAt(Math.floor(shown / 64 ** (width - 1 - at)) % 64)).join(
    '',
  );
}

/** The inverse, of digits alone. */
export function readNumber(written: string): number {
  return [...written].reduce((value, digit) => value * 64 + digits.indexOf(digit), 0);
}

function chunks(text: string, width: number): string[] {
  return Array.from({ length: text.length / width }, (_, at) => text.slice(at * width, (at + 1) * width));
}

/** Results of one article stand together below its code. */
export function writeFound(found: readonly FoundCode[]): string {
  return found
    .map(({ article, sentence, sentences, attribution }, at) => {
      const result = writeNumber(sentence, 3) + writeNumber(sentences, 1) + writeNumber(attribution ?? none, 3);
      if (article === found[at - 1]?.article) return result;
      return `${at === 0 ? '' : '.'}${article}${result}`;
    })
    .join('');
}

/** `undefined` for anything else. */
export function readFound(written: string): FoundCode[] | undefined {
  const groups = written.split('.').map(group => foundForm.exec(group)?.groups);
  return groups.every(group => group !== undefined)
    ? groups.flatMap(({ article = '', results = '' }) =>
        chunks(results, 7).map(result => {
          const attribution = readNumber(result.slice(4));
          return {
            article,
            sentence: readNumber(result.slice(0, 3)),
            sentences: readNumber(result.slice(3, 4)),
            attribution: attribution === none ? undefined : attribution,
          };
        }),
      )
    : undefined;
}

/** Eight characters. */
export function writePerson({ article, speaker }: PersonCode): string {
  return article + writeNumber(speaker, 2);
}

/** As many as there are eights of characters, without those whose number stands for all beyond. */
export function readPeople(written: string): PersonCode[] {
  return chunks(written, codeLength + 2).flatMap(each => {
    const speaker = readNumber(each.slice(codeLength));
    return speaker === beyond ? [] : [{ article: each.slice(0, codeLength), speaker }];
  });
}

/** A day as the number 20220314; 0 where there is none. */
export function writeDay(day: string | undefined): string {
  return writeNumber(Number((day ?? '').replaceAll('-', '')), dayLength);
}

/** `null`: the calendar has no such day. */
export function readDay(written: string): string | undefined | null {
  const number = readNumber(written);
  if (number === 0) return undefined;
  const day = `${number}`
    .padStart(8, '0')
    .replace(/^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/v, '$<year>-$<month>-$<day>');
  const moment = Date.parse(day);
  return Number.isNaN(moment) || new Date(moment).toISOString().slice(0, 10) !== day ? null : day;
}
