import * as z from 'zod/mini';
import type { AttributedArticle, Attribution, Speaker } from '../attribution/attribution.ts';
import { saidBy } from '../attribution/tallies.ts';
import { codeOf } from '../library/store/keys.ts';
import type { Article, Paragraph } from '../news/article.ts';
import { overlaps, type Span, slice } from '../news/span.ts';
import type { PersonMatch } from '../search/people.ts';
import { LIMITS } from './limits.ts';
import type { ShownPassage } from './parts/passage.ts';

// What buttons remember, and how it is written into their ids. Messages last for years and so do their buttons: what an
// earlier version wrote must be read for good, and no first letter may ever be used for anything else.

const ANYTHING = /^.+$/sv;
const NOTHING = /^$/v;
const ARTICLE_CODE = /^[\w\-]{6}$/v;
/** An article, a place in it, and that of a name. */
const DISPUTE_CODE = /^[\w\-]{14}(?:[\w\-]{8})?!?$/v;

/**
 * Buttons, menu entries and forms that don't show a view: what their ids begin with, and what may follow. `keep` to
 * `edit` are followed by the id of a draft, `remove` and `restore` by that of an article, `delete` by that of the user and
 * the id of a button that would show the same again, `ask` by the code of an article, `dispute` by a passage, `decide` and
 * `reports` by a dispute, or by a page of them. `add` reads the link that the message shows.
 * `stop` is followed by the ids of a server and of a watch there.
 */
const ACTIONS = {
  keep: ['K', ANYTHING],
  discard: ['D', ANYTHING],
  follow: ['F', ANYTHING],
  cancel: ['X', ANYTHING],
  edit: ['E', ANYTHING],
  remove: ['R', ANYTHING],
  restore: ['U', ANYTHING],
  spare: ['N', ANYTHING],
  help: ['H', ANYTHING],
  share: ['S', NOTHING],
  add: ['L', NOTHING],
  delete: ['T', /^\d{17,20}(?: .+)?$/sv],
  stop: ['J', /^\d{17,20} [\w\-]{1,60}$/v],
  ask: ['Q', ARTICLE_CODE],
  dispute: ['W', /^[\w\-!]{13,16}$/v],
  decide: ['O', DISPUTE_CODE],
  reports: ['V', /^(?:\d{1,6}|[\w\-]{14})$/v],
  'form paste': ['paste', NOTHING],
  'form erase': ['erase', NOTHING],
  'form edit': ['edit ', ANYTHING],
  'form ask': ['ask ', ARTICLE_CODE],
} as const;

export type Action = keyof typeof ACTIONS;

/** Longer arguments don't fit into the id of a button. */
export const LONGEST_ARGUMENT = LIMITS.customId - 1;

/** Returns the `custom_id` of an action. */
export function actionId(action: Action, argument = ''): string {
  return ACTIONS[action][0] + argument;
}

/** Returns what follows the prefix of an action's id; `undefined` if `id` isn't an id of this action. */
export function argumentOf(action: Action, id: string): string | undefined {
  const [prefix, form] = ACTIONS[action];
  const argument = id.slice(prefix.length);
  return id.startsWith(prefix) && form.test(argument) ? argument : undefined;
}

function isAction(name: string): name is Action {
  return Object.hasOwn(ACTIONS, name);
}

const ACTION_NAMES = Object.keys(ACTIONS).filter(isAction);

/** Returns the action that an id is for; `undefined` if `actionId` never wrote it. */
export function decodeAction(id: string): { readonly action: Action; readonly argument: string } | undefined {
  for (const action of ACTION_NAMES) {
    const argument = argumentOf(action, id);
    if (argument !== undefined) return { action, argument };
  }
  return undefined;
}

/**
 * Returns the code of an article in which a button remembers a place. It changes whenever another text replaces the
 * article's, since the place would then be another. One that was never replaced has the code of its id.
 */
export function textCodeOf({ id, updated, text }: Pick<Article, 'id' | 'updated' | 'text'>): string {
  return updated ? `${codeOf(id)}!${codeOf(text).slice(0, 2)}` : codeOf(id);
}

/** Returns the code of an article's id, from its `textCodeOf`. */
export function articleCodeIn(textCode: string): string {
  return textCode.slice(0, CODE_LENGTH);
}

/** A passage in few enough characters for a button; its numbers count within the article. */
export interface PassageCode {
  /** The article's `textCodeOf`. */
  readonly article: string;
  readonly sentence: number;
  readonly sentences: number;
  readonly attribution: number | undefined;
}

/** A speaker of an article, who leads to the same person in other articles. */
export interface PersonCode {
  /** The article's `textCodeOf`. */
  readonly article: string;
  /**
   * Two letters, a hash of their name; or their index among the article's speakers if others have the same hash, or an
   * earlier version wrote it.
   */
  readonly speaker: string | number;
}

/** Somebody, with the articles that name them and what these attribute to them. */
export type Person = Pick<PersonMatch, 'appearances' | 'articles' | 'said'>;

function sentencesOf({
  article,
}: AttributedArticle): readonly { readonly paragraph: Paragraph; readonly sentence: Span }[] {
  return article.paragraphs.flatMap(paragraph => paragraph.sentences.map(sentence => ({ paragraph, sentence })));
}

export function passageCode({ from, excerpt, attribution }: ShownPassage): PassageCode {
  const all = sentencesOf(from);
  const first = all.findIndex(({ sentence }) => overlaps(sentence, excerpt));
  const last = all.findLastIndex(({ sentence }) => overlaps(sentence, excerpt));
  return {
    article: textCodeOf(from.article),
    sentence: Math.max(first, 0),
    sentences: Math.max(last - first + 1, 1),
    attribution: attribution && from.attributions.indexOf(attribution),
  };
}

/**
 * Returns the attribution at this index if words of it are in the excerpt: a forged code must not put words in
 * anybody's mouth.
 */
function attributionAt(from: AttributedArticle, at: number, excerpt: Span): Attribution | undefined {
  const attribution = from.attributions[at];
  return attribution?.content.some(span => overlaps(span, excerpt)) ? attribution : undefined;
}

/** Returns the passage that a code means; `undefined` if the article has no such passage. */
export function passageOfCode(code: PassageCode, from: AttributedArticle): Omit<ShownPassage, 'matches'> | undefined {
  const shown = sentencesOf(from).slice(code.sentence, code.sentence + code.sentences);
  const [first, last] = [shown[0], shown.at(-1)];
  if (first === undefined || last === undefined || first.paragraph !== last.paragraph) return undefined;
  const excerpt = { start: first.sentence.start, end: last.sentence.end };
  const attribution = code.attribution === undefined ? undefined : attributionAt(from, code.attribution, excerpt);
  if (code.attribution !== undefined && attribution === undefined) return undefined;
  return { from, paragraph: first.paragraph, excerpt, attribution };
}

/** Returns a code that means the same speaker even if a later version finds others before them in the article. */
export function speakerCode(from: AttributedArticle, speaker: Speaker): PersonCode {
  const hashes = hashesOfNames(from);
  const place = from.speakers.findIndex(each => each.id === speaker.id);
  const hash = hashes[place];
  const isAlone = hash !== undefined && hashes.indexOf(hash) === hashes.lastIndexOf(hash);
  return { article: textCodeOf(from.article), speaker: isAlone ? hash : place };
}

export function personCode({ appearances: [{ from, speaker }] }: Person): PersonCode {
  return speakerCode(from, speaker);
}

/** Returns the index of the speaker whom a code means; another number if the article has no such speaker. */
export function placeOfSpeaker({ speaker }: PersonCode, from: AttributedArticle): number {
  if (typeof speaker === 'number') return speaker;
  const hashes = hashesOfNames(from);
  const place = hashes.indexOf(speaker);
  return place === hashes.lastIndexOf(speaker) ? place : -1;
}

/** By article, since it may have thousands of speakers, each with a button. */
const HASHES = new WeakMap<AttributedArticle, readonly string[]>();

/** Returns, for each speaker of an article, two letters that no index is written with. */
function hashesOfNames(from: AttributedArticle): readonly string[] {
  const known = HASHES.get(from) ?? from.speakers.map(({ name }) => hashOf(slice(from.article.text, name)));
  HASHES.set(from, known);
  return known;
}

function hashOf(name: string): string {
  const digits = [...codeOf(name).slice(0, SPEAKER_DIGITS)];
  return digits.map(digit => String.fromCharCode(FIRST_LETTER + DIGITS.indexOf(digit))).join('');
}

/** Returns the person whom a code means, as this one article has them; `undefined` if it has no such speaker. */
export function personWithin(code: PersonCode, from: AttributedArticle): Person | undefined {
  const speaker = from.speakers[placeOfSpeaker(code, from)];
  if (speaker === undefined) return undefined;
  const attributions = saidBy(from, speaker);
  return { appearances: [{ from, speaker, attributions }], articles: 1, said: attributions.length };
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const CODE_LENGTH = 6;
const DAY_DIGITS = 5;
const NO_ATTRIBUTION = 64 ** 3 - 1;
const SPEAKER_DIGITS = 2;
/** À, the first of 64 letters that no number is written with. */
const FIRST_LETTER = 0xc0;
/** Speakers from this index on can't be written, so they have no button. */
const FIRST_UNWRITABLE = 64 ** SPEAKER_DIGITS - 1;
const PASSAGES_FORM = /^(?<article>[\w\-]{6}(?:![\w\-]{2})?)(?<passages>(?:[\w\-]{7})+)$/v;

/** Returns a number in this many base-64 digits, or the highest that fits. */
export function writeNumber(value: number, width: number): string {
  const shown = Math.min(value, 64 ** width - 1);
  return Array.from({ length: width }, (_, at) => DIGITS.charAt(Math.floor(shown / 64 ** (width - 1 - at)) % 64)).join(
    '',
  );
}

/** Inverse of `writeNumber`, for text that consists of digits. */
export function readNumber(written: string): number {
  return [...written].reduce((value, digit) => value * 64 + DIGITS.indexOf(digit), 0);
}

function chunks(text: string, width: number): string[] {
  return Array.from({ length: text.length / width }, (_, at) => text.slice(at * width, (at + 1) * width));
}

/** Returns seven characters a passage, and six or nine for an article before its first passage. */
export function writePassages(passages: readonly PassageCode[]): string {
  return passages
    .map(({ article, sentence, sentences, attribution }, at) => {
      const passage =
        writeNumber(sentence, 3) + writeNumber(sentences, 1) + writeNumber(attribution ?? NO_ATTRIBUTION, 3);
      if (article === passages[at - 1]?.article) return passage;
      return `${at === 0 ? '' : '.'}${article}${passage}`;
    })
    .join('');
}

function writeEnded(passages: readonly PassageCode[]): string {
  return `${writePassages(passages)}~`;
}

/** Inverse of `writePassages`; `undefined` for any other text. */
function readPassages(written: string): readonly PassageCode[] | undefined {
  const groups = written.split('.').map(group => PASSAGES_FORM.exec(group)?.groups);
  if (!groups.every(group => group !== undefined)) return undefined;
  return groups.flatMap(({ article = '', passages = '' }) =>
    chunks(passages, 7).map(passage => {
      const attribution = readNumber(passage.slice(4));
      return {
        article,
        sentence: readNumber(passage.slice(0, 3)),
        sentences: readNumber(passage.slice(3, 4)),
        attribution: attribution === NO_ATTRIBUTION ? undefined : attribution,
      };
    }),
  );
}

/** Returns the first of the passages that an id has; `undefined` if it has none. */
export function readPassage(written: string): PassageCode | undefined {
  return readPassages(written)?.[0];
}

const [ARTICLE, SPEAKER] = [String.raw`[\w\-]{6}(?:![\w\-]{2})?`, String.raw`(?:[\w\-]{2}|[À-ÿ]{2})`];
/** A regular expression for a person in an id. */
export const PERSON = ARTICLE + SPEAKER;
const PERSON_FORM = new RegExp(`(?<article>${ARTICLE})(?<speaker>${SPEAKER})`, 'gv');

/** Returns eight or eleven characters a person. */
function writePeople(people: readonly PersonCode[]): string {
  const write = (speaker: PersonCode['speaker']) =>
    typeof speaker === 'string' ? speaker : writeNumber(speaker, SPEAKER_DIGITS);
  return people.map(({ article, speaker }) => article + write(speaker)).join('');
}

/** Inverse of `writePeople`, without those whom it can't write. */
function readPeople(written: string): readonly PersonCode[] {
  const people = [...written.matchAll(PERSON_FORM)].map(({ groups: { article = '', speaker = '' } = {} }) => ({
    article,
    speaker: /^[À-ÿ]/v.test(speaker) ? speaker : readNumber(speaker),
  }));
  return people.filter(({ speaker }) => speaker !== FIRST_UNWRITABLE);
}

/** Returns a day such as `2022-03-14` as the number 20220314, and `undefined` as 0. */
function writeDay(day: string | undefined): string {
  return writeNumber(Number((day ?? '').replaceAll('-', '')), DAY_DIGITS);
}

/** Inverse of `writeDay`; `null` if the calendar has no such day. */
function readDay(written: string): string | undefined | null {
  const number = readNumber(written);
  if (number === 0) return undefined;
  const day = `${number}`
    .padStart(8, '0')
    .replace(/^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/v, '$<year>-$<month>-$<day>');
  const moment = Date.parse(day);
  return Number.isNaN(moment) || new Date(moment).toISOString().slice(0, 10) !== day ? null : day;
}

/** What somebody disputes in an article, and the place of the name that it is decided for. */
export interface DisputeCode {
  readonly article: string;
  readonly content: Span;
  readonly speaker: Span | undefined;
  /** Whether it was decided already when this was shown. */
  readonly isDecided: boolean;
}

/** Digits of a place in an article's text. */
const PLACE_DIGITS = 4;

function writeSpan({ start, end }: Span): string {
  return writeNumber(start, PLACE_DIGITS) + writeNumber(end, PLACE_DIGITS);
}

export function writeDispute({ article, content, speaker, isDecided }: DisputeCode): string {
  return article + writeSpan(content) + (speaker === undefined ? '' : writeSpan(speaker)) + (isDecided ? '!' : '');
}

/** Inverse of `writeDispute`; `undefined` for any other text. */
export function readDispute(written: string): DisputeCode | undefined {
  if (!DISPUTE_CODE.test(written)) return undefined;
  const isDecided = written.endsWith('!');
  const places = written.slice(CODE_LENGTH, isDecided ? -1 : undefined);
  const [start = 0, end = 0, ...name] = chunks(places, PLACE_DIGITS).map(readNumber);
  const [nameStart, nameEnd] = name;
  const speaker = nameStart === undefined || nameEnd === undefined ? undefined : { start: nameStart, end: nameEnd };
  return { article: written.slice(0, CODE_LENGTH), content: { start, end }, speaker, isDecided };
}

/** Returns a part of an id. `read` returns `undefined` for text that `write` never wrote. */
export function part<Value>(read: (written: string) => Value | undefined, write: (value: Value) => string) {
  return z.codec(z.string(), z.custom<Value>(), {
    decode(written, { issues }) {
      const value = read(written);
      if (value !== undefined) return value;
      issues.push({ code: 'custom', input: written });
      return z.NEVER;
    },
    encode: write,
  });
}

/** The parts of an id, for the `state` of a view. */
export const parts = {
  page: z.int(),
  article: z.string(),
  passage: part(readPassage, passage => writePassages([passage])),
  passages: part(written => readPassages(written.slice(0, -1)), writeEnded),
  passagesOrNone: part(written => (written === '~' ? [] : readPassages(written.slice(0, -1))), writeEnded),
  person: part(
    written => readPeople(written)[0],
    person => writePeople([person]),
  ),
  /** Somebody or nobody. */
  whose: z.codec(z.string(), z.optional(z.custom<PersonCode>()), {
    decode: written => readPeople(written.slice(0, -1))[0],
    encode: person => `${writePeople(person === undefined ? [] : [person])}=`,
  }),
  people: part<readonly PersonCode[]>(written => {
    const people = readPeople(written);
    return people.length === 0 ? undefined : people;
  }, writePeople),
  pair: part<readonly [PersonCode, PersonCode]>(written => {
    const [one, other] = readPeople(written);
    return one && other && [one, other];
  }, writePeople),
  day: z.codec(z.string().check(z.refine(written => readDay(written) !== null)), z.optional(z.string()), {
    decode: written => readDay(written) ?? undefined,
    encode: writeDay,
  }),
  /** What `defineView` appends, as many words as fit. */
  words: part(
    written => fittingWords(written, LIMITS.customId),
    words => words,
  ),
} as const;

/** Returns the part of an id that is one of up to ten values, written as its index. */
export function oneOf<const Value>(values: readonly Value[]) {
  return part(
    written => values[Number(written)],
    (value: Value) => `${values.indexOf(value)}`,
  );
}

/** Returns the words that fit into this many UTF-16 units, in their order, separated by single spaces. */
export function fittingWords(words: string, most: number): string {
  let kept = '';
  for (const word of words.toWellFormed().split(/[\s\p{C}]+/v)) {
    const longer = kept === '' ? word : `${kept} ${word}`;
    if (longer.length <= most) kept = longer;
  }
  return kept;
}

/** Maximum length of a subject in UTF-16 units: every view's buttons have room for it. */
export const LONGEST_SUBJECT = 74;

/** Returns a subject as buttons remember it, so that every page belongs to the same search. */
export function subjectOf(words: string): string {
  return fittingWords(words, LONGEST_SUBJECT);
}
