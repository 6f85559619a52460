import { type Shape, shapes, type Theme, themes } from '../cards/card.ts';
import { limits } from './limits.ts';

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

export const lengths = ['short', 'medium', 'long'] as const;
export type Length = (typeof lengths)[number];

/** What a message with buttons shows, so that the button alone is enough to show its neighbour. */
export type View =
  | {
      readonly kind: 'quote';
      readonly page: number;
      readonly context: boolean;
      readonly found: readonly FoundCode[];
      readonly words: string;
    }
  | { readonly kind: 'said'; readonly page: number; readonly found: readonly FoundCode[]; readonly words: string }
  | {
      readonly kind: 'person';
      readonly page: number;
      /** Whether they are shown as that one article has them, or as all of the library's do. */
      readonly within: 'article' | 'library';
      readonly people: readonly PersonCode[];
    }
  | { readonly kind: 'summary'; readonly page: number; readonly article: string; readonly length: Length }
  | { readonly kind: 'article'; readonly page: number; readonly article: string }
  /** Who is quoted in an article, or in all of them. */
  | { readonly kind: 'speakers'; readonly page: number; readonly article: string | undefined }
  | {
      readonly kind: 'card';
      readonly page: number;
      readonly found: FoundCode;
      readonly theme: Theme;
      readonly shape: Shape;
    }
  /** All articles, or those like the words. */
  | { readonly kind: 'library'; readonly page: number; readonly words: string };

/** What a press asks for: the view in place of the one it stands under, as a message for everybody, or as one for whoever sees this. */
export interface Press {
  readonly action: 'turn' | 'share' | 'open';
  readonly view: View;
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const codeLength = 6;
const none = 64 ** 3 - 1;
/** A library of 100,000 articles has more pages than two digits count. */
const form = /^(?<kind>[qcfwiskavn])(?<action>[tso])(?<page>(?<=^n.)[\w\-]{3}|(?<!^n.)[\w\-]{2})(?<rest>.*)$/sv;
const foundForm = /^(?<article>[\w\-]{6})(?<results>(?:[\w\-]{7})+)$/v;
const peopleForm = /^(?:[\w\-]{8})+$/v;
const summaryForm = /^(?<length>[012])(?<article>[\w\-]{6})$/v;
const cardForm = /^(?<theme>[012])(?<shape>[01])(?<found>[\w\-]{13})$/v;
const articleForm = /^[\w\-]{6}$/v;

/** A number in so many base-64 digits; the greatest there is stands for all beyond. */
function write(value: number, width: number): string {
  const shown = Math.min(value, 64 ** width - 1);
  return Array.from({ length: width }, (_, at) => digits.charAt(Math.floor(shown / 64 ** (width - 1 - at)) % 64)).join(
    '',
  );
}

function read(written: string): number {
  return [...written].reduce((value, digit) => value * 64 + digits.indexOf(digit), 0);
}

function chunks(text: string, width: number): string[] {
  return Array.from({ length: text.length / width }, (_, at) => text.slice(at * width, (at + 1) * width));
}

function writeFound(found: readonly FoundCode[]): string {
  return found
    .map(({ article, sentence, sentences, attribution }, at) => {
      const result = write(sentence, 3) + write(sentences, 1) + write(attribution ?? none, 3);
      if (article === found[at - 1]?.article) return result;
      return `${at === 0 ? '' : '.'}${article}${result}`;
    })
    .join('');
}

function readFound(written: string): FoundCode[] | undefined {
  const groups = written.split('.').map(group => foundForm.exec(group)?.groups);
  return groups.every(group => group !== undefined)
    ? groups.flatMap(({ article = '', results = '' }) =>
        chunks(results, 7).map(result => {
          const attribution = read(result.slice(4));
          return {
            article,
            sentence: read(result.slice(0, 3)),
            sentences: read(result.slice(3, 4)),
            attribution: attribution === none ? undefined : attribution,
          };
        }),
      )
    : undefined;
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
  if (view.kind === 'person') return view.people.map(each => each.article + write(each.speaker, 2)).join('');
  if (view.kind === 'summary') return lengths.indexOf(view.length) + view.article;
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
  const page = write(view.page, view.kind === 'library' ? 3 : 2);
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

function readPeople(kind: string, page: number, rest: string): View | undefined {
  if (!peopleForm.test(rest)) return undefined;
  const people = chunks(rest, codeLength + 2);
  return {
    kind: 'person',
    page,
    within: kind === 'i' ? 'article' : 'library',
    people: people.map(each => ({ article: each.slice(0, codeLength), speaker: read(each.slice(codeLength)) })),
  };
}

function readCard(page: number, rest: string): View | undefined {
  const groups = cardForm.exec(rest)?.groups;
  const [theme, shape] = [themes[Number(groups?.theme)], shapes[Number(groups?.shape)]];
  const [found] = readFound(groups?.found ?? '') ?? [];
  return theme && shape && found && { kind: 'card', page, found, theme, shape };
}

function readView(kind: string, page: number, rest: string): View | undefined {
  if (kind === 'q' || kind === 'c' || kind === 'f') return readResults(kind, page, rest);
  if (kind === 'w' || kind === 'i') return readPeople(kind, page, rest);
  if (kind === 's') {
    const { length, article } = summaryForm.exec(rest)?.groups ?? {};
    const named = lengths[Number(length)];
    return named && article !== undefined ? { kind: 'summary', page, article, length: named } : undefined;
  }
  if (kind === 'k') return readCard(page, rest);
  if (kind === 'a') return articleForm.test(rest) ? { kind: 'article', page, article: rest } : undefined;
  if (kind === 'v') {
    const isOfAll = rest === '';
    return isOfAll || articleForm.test(rest)
      ? { kind: 'speakers', page, article: isOfAll ? undefined : rest }
      : undefined;
  }
  return { kind: 'library', page, words: fittingWords(rest, limits.customId) };
}

/** What a custom_id asks for; `undefined` where this bot never wrote it. Whether the library still has it is for the caller. */
export function decode(id: string): Press | undefined {
  if (id.length > limits.customId) return undefined;
  const { kind, action, page, rest } = form.exec(id)?.groups ?? {};
  if (kind === undefined || page === undefined || rest === undefined) return undefined;
  const view = readView(kind, read(page), rest);
  return view && { action: actions.find(each => actionLetters[each] === action) ?? 'turn', view };
}
