import { shapes, themes } from '../cards/card.ts';
import { limits } from './reply.ts';
import { lengths, type View } from './views/view.ts';

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
function writeNumber(value: number, width: number): string {
  const shown = Math.min(value, 64 ** width - 1);
  return Array.from({ length: width }, (_, at) => digits.charAt(Math.floor(shown / 64 ** (width - 1 - at)) % 64)).join(
    '',
  );
}

/** The inverse, of digits alone. */
function readNumber(written: string): number {
  return [...written].reduce((value, digit) => value * 64 + digits.indexOf(digit), 0);
}

function chunks(text: string, width: number): string[] {
  return Array.from({ length: text.length / width }, (_, at) => text.slice(at * width, (at + 1) * width));
}

/** Results of one article stand together below its code. */
function writeFound(found: readonly FoundCode[]): string {
  return found
    .map(({ article, sentence, sentences, attribution }, at) => {
      const result = writeNumber(sentence, 3) + writeNumber(sentences, 1) + writeNumber(attribution ?? none, 3);
      if (article === found[at - 1]?.article) return result;
      return `${at === 0 ? '' : '.'}${article}${result}`;
    })
    .join('');
}

/** `undefined` for anything else. */
function readFound(written: string): FoundCode[] | undefined {
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
function writePerson({ article, speaker }: PersonCode): string {
  return article + writeNumber(speaker, 2);
}

/** As many as there are eights of characters, without those whose number stands for all beyond. */
function readPeople(written: string): PersonCode[] {
  return chunks(written, codeLength + 2).flatMap(each => {
    const speaker = readNumber(each.slice(codeLength));
    return speaker === beyond ? [] : [{ article: each.slice(0, codeLength), speaker }];
  });
}

/** A day as the number 20220314; 0 where there is none. */
function writeDay(day: string | undefined): string {
  return writeNumber(Number((day ?? '').replaceAll('-', '')), dayLength);
}

/** `null`: the calendar has no such day. */
function readDay(written: string): string | undefined | null {
  const number = readNumber(written);
  if (number === 0) return undefined;
  const day = `${number}`
    .padStart(8, '0')
    .replace(/^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/v, '$<year>-$<month>-$<day>');
  const moment = Date.parse(day);
  return Number.isNaN(moment) || new Date(moment).toISOString().slice(0, 10) !== day ? null : day;
}

/** What a press asks for: the view in place of the one it stands under, as a message for everybody, or as one for whoever sees this. */
export interface Press {
  readonly action: 'turn' | 'share' | 'open';
  readonly view: View;
}

/** A library of 100,000 articles has more pages than two digits count, and so has what somebody says in them. */
const form =
  /^(?<kind>[qcfwiskavblmn])(?<action>[tso])(?<page>(?<=^[nl].)[\w\-]{3}|(?<!^[nl].)[\w\-]{2})(?<rest>.*)$/sv;
const peopleForm = /^(?:[\w\-]{8})+$/v;
const summaryForm = /^(?<length>[012])(?<article>[\w\-]{6})$/v;
const cardForm = /^(?<theme>[012])(?<shape>[01])(?<found>[\w\-]{13})$/v;
const compareForm = /^(?<people>[\w\-]{16})(?<words>.*)$/sv;
const timelineForm = /^(?<person>[\w\-]{8})(?<after>[\w\-]{5})(?<before>[\w\-]{5})(?<words>.*)$/sv;
const likeForm = /^[\w\-]{13}$/v;
const articleForm = /^[\w\-]{6}$/v;

/** In UTF-16 units: as much of a subject as the buttons of every view remember. */
export const longestSubject = 76;

/** A subject as buttons remember it, so that every page is of the same search. */
export function subjectOf(words: string): string {
  return fittingWords(words, longestSubject);
}

/** As many of the words as fit, in their order. */
function fittingWords(words: string, most: number): string {
  let kept = '';
  for (const word of words.toWellFormed().split(/[\s\p{C}]+/v)) {
    const longer = kept === '' ? word : `${kept} ${word}`;
    if (longer.length <= most) kept = longer;
  }
  return kept;
}

function writeView(view: View): string {
  if (view.kind === 'quote' || view.kind === 'said') return `${writeFound(view.found)}~`;
  if (view.kind === 'person' || view.kind === 'compare') return view.people.map(writePerson).join('');
  if (view.kind === 'timeline') return writePerson(view.person) + writeDay(view.after) + writeDay(view.before);
  if (view.kind === 'summary') return lengths.indexOf(view.length) + view.article;
  if (view.kind === 'like') return writeFound([view.found]);
  if (view.kind === 'card') {
    return `${themes.indexOf(view.theme)}${shapes.indexOf(view.shape)}${writeFound([view.found])}`;
  }
  return view.kind === 'article' || view.kind === 'speakers' ? (view.article ?? '') : '';
}

const letters = {
  quote: 'q',
  said: 'f',
  person: 'w',
  summary: 's',
  card: 'k',
  article: 'a',
  speakers: 'v',
  like: 'm',
  compare: 'b',
  timeline: 'l',
  library: 'n',
} as const;
const actionLetters = { turn: 't', share: 's', open: 'o' } as const;
const actions = ['turn', 'share', 'open'] as const;

function letterOf(view: View): string {
  if (view.kind === 'quote' && view.context) return 'c';
  return view.kind === 'person' && view.within === 'article' ? 'i' : letters[view.kind];
}

/** The button's custom_id: at most 100 characters, and different for every page, action and kind of view. */
export function encode({ action, view }: Press): string {
  const page = writeNumber(view.page, view.kind === 'library' || view.kind === 'timeline' ? 3 : 2);
  const id = `${letterOf(view)}${actionLetters[action]}${page}${writeView(view)}`;
  return 'words' in view ? id + fittingWords(view.words, limits.customId - id.length) : id;
}

function readResults(kind: string, page: number, rest: string): View | undefined {
  const end = rest.indexOf('~');
  if (end < 0) return undefined;
  const found = readFound(rest.slice(0, end));
  const words = fittingWords(rest.slice(end + 1), limits.customId);
  if (found === undefined) return undefined;
  return kind === 'f'
    ? { kind: 'said', page, found, words }
    : { kind: 'quote', page, context: kind === 'c', found, words };
}

function readPerson(kind: string, page: number, rest: string): View | undefined {
  if (!peopleForm.test(rest)) return undefined;
  const people = readPeople(rest);
  if (people.length === 0) return undefined;
  return { kind: 'person', page, within: kind === 'i' ? 'article' : 'library', people };
}

function readLike(page: number, rest: string): View | undefined {
  const [found] = likeForm.test(rest) ? (readFound(rest) ?? []) : [];
  return found && { kind: 'like', page, found };
}

function readCompare(page: number, rest: string): View | undefined {
  const { people = '', words = '' } = compareForm.exec(rest)?.groups ?? {};
  const [one, other] = readPeople(people);
  return one && other && { kind: 'compare', page, people: [one, other], words: fittingWords(words, limits.customId) };
}

function readTimeline(page: number, rest: string): View | undefined {
  const groups = timelineForm.exec(rest)?.groups;
  const [person] = readPeople(groups?.person ?? '');
  const [after, before] = [readDay(groups?.after ?? ''), readDay(groups?.before ?? '')];
  if (person === undefined || after === null || before === null) return undefined;
  return { kind: 'timeline', page, person, after, before, words: fittingWords(groups?.words ?? '', limits.customId) };
}

function readCard(page: number, rest: string): View | undefined {
  const groups = cardForm.exec(rest)?.groups;
  const [theme, shape] = [themes[Number(groups?.theme)], shapes[Number(groups?.shape)]];
  const [found] = readFound(groups?.found ?? '') ?? [];
  return theme && shape && found && { kind: 'card', page, found, theme, shape };
}

function readSummary(page: number, rest: string): View | undefined {
  const { length, article } = summaryForm.exec(rest)?.groups ?? {};
  const named = lengths[Number(length)];
  return named && article !== undefined ? { kind: 'summary', page, article, length: named } : undefined;
}

function readSpeakers(page: number, rest: string): View | undefined {
  if (rest === '') return { kind: 'speakers', page, article: undefined };
  return articleForm.test(rest) ? { kind: 'speakers', page, article: rest } : undefined;
}

const readers: Readonly<Record<string, (page: number, rest: string) => View | undefined>> = {
  q: (page, rest) => readResults('q', page, rest),
  c: (page, rest) => readResults('c', page, rest),
  f: (page, rest) => readResults('f', page, rest),
  w: (page, rest) => readPerson('w', page, rest),
  i: (page, rest) => readPerson('i', page, rest),
  s: readSummary,
  k: readCard,
  a: (page, rest) => (articleForm.test(rest) ? { kind: 'article', page, article: rest } : undefined),
  v: readSpeakers,
  b: readCompare,
  m: readLike,
  l: readTimeline,
  n: (page, words) => ({ kind: 'library', page, words: fittingWords(words, limits.customId) }),
};

/** What a custom_id asks for; `undefined` where this bot never wrote it. Whether the library still has it is for the caller. */
export function decode(id: string): Press | undefined {
  if (id.length > limits.customId) return undefined;
  const { kind, action, page, rest } = form.exec(id)?.groups ?? {};
  if (kind === undefined || page === undefined || rest === undefined) return undefined;
  const view = readers[kind]?.(readNumber(page), rest);
  return view && { action: actions.find(each => actionLetters[each] === action) ?? 'turn', view };
}
