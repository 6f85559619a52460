import type { AttributedArticle } from '../../attribution/attribution.ts';
import type { Article, Metadata } from '../../news/article.ts';
import { extent, type Span, slice } from '../../news/span.ts';
import { dayIn, listIn } from '../../wording/languages.ts';
import type { Say } from '../../wording/say.ts';
import { clip, inline, joined, plain, small } from './markdown.ts';

/** What a citation needs to know of an article. */
export type CitationSource = Metadata & Pick<Article, 'updated'>;

const LONGEST_TITLE = 160;
const LONGEST_OUTLET = 80;
const LONGEST_BYLINE = 160;
const LONGEST_LINK = 500;
const LONGEST_FRAGMENT = 300;
const WORDS_AT_EACH_END = 5;

const words = new Intl.Segmenter('en', { granularity: 'word' });
const PUBLISHED_FORM = /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})/v;

function percent(text: string): string {
  const strict = encodeURIComponent(text.toWellFormed());
  return strict.replaceAll(/[\-!'\(\)*~_.]/gv, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function wordsIn(text: string): Span[] {
  const found = [...words.segment(text)].filter(({ isWordLike }) => isWordLike);
  return found.map(({ index, segment }) => ({ start: index, end: index + segment.length }));
}

/**
 * Returns the text fragment that makes a browser scroll to the exact words (WICG, "URL Fragment Text Directives"). For
 * more than a few words it has the first and last ones. A quote may be very long, so only its ends are segmented.
 */
function textFragment(quoted: string): string {
  const [head, tail] = [quoted.slice(0, LONGEST_FRAGMENT), quoted.slice(-LONGEST_FRAGMENT)];
  const [first, last] = [wordsIn(head), wordsIn(tail)];
  if (first.length === 0 || last.length === 0) return '';
  if (head === quoted && first.length <= 2 * WORDS_AT_EACH_END) return `:~:text=${percent(slice(head, extent(first)))}`;
  const from = slice(head, extent(first.slice(0, WORDS_AT_EACH_END)));
  return `:~:text=${percent(from)},${percent(slice(tail, extent(last.slice(-WORDS_AT_EACH_END))))}`;
}

/** Returns the article's address if Markdown can contain it, with a text fragment unless that makes it too long. */
function link(url: string, quoted: string | undefined): string | undefined {
  const address = URL.parse(url);
  if (address === null || !/^https?:$/.test(address.protocol)) return undefined;
  const escaped = address.href.replaceAll(/[<>\(\)\\'"\s]/gv, sign =>
    encodeURIComponent(sign) === sign ? percent(sign) : encodeURIComponent(sign),
  );
  const fragment = quoted === undefined ? '' : textFragment(quoted);
  const exact =
    fragment === '' || fragment.length > LONGEST_FRAGMENT
      ? escaped
      : `${escaped}${escaped.includes('#') ? '' : '#'}${fragment}`;
  return [exact, escaped].find(each => each.length <= LONGEST_LINK);
}

/**
 * Returns the title, linked if there is an address. If it has characters that could break the link, the link follows
 * it.
 */
function linkedTitle(article: CitationSource, quoted: string | undefined, say: Say): string {
  const shown = inline(article.title, LONGEST_TITLE) || say('citation.untitled');
  const title = article.titleIsDescriptive ? `*${shown}*` : shown;
  const address = article.url === undefined ? undefined : link(article.url, quoted);
  if (address === undefined) return title;
  return /[\[\]\/⟦]/v.test(shown) ? `${title} ([${say('citation.open')}](<${address}>))` : `[${title}](<${address}>)`;
}

/**
 * Returns the publisher's day in one form for all answers, such as `14 March 2022`; `undefined` if the calendar has no
 * such month. Not a Discord timestamp, which would be another day for some readers.
 */
export function plainDay(published: string, { language }: Say): string | undefined {
  const { year, month, day } = PUBLISHED_FORM.exec(published)?.groups ?? {};
  const number = Number(month);
  return number >= 1 && number <= 12 ? dayIn(language, Number(year), number, Number(day)) : undefined;
}

/** Returns title, outlet and date, as far as they are known. The title is linked if there is an address. */
export function titleLine(article: CitationSource, say: Say): string {
  return titleOver(article, undefined, say);
}

/** Returns the same, linked to the `quoted` words. */
export function titleOver(article: CitationSource, quoted: string | undefined, say: Say): string {
  const parts = [
    linkedTitle(article, quoted, say),
    article.titleIsDescriptive ? say('citation.descriptive') : undefined,
    inline(article.outlet ?? '', LONGEST_OUTLET),
    dayOf(article, say),
    article.isFromFeed === true ? say('citation.from-feed') : undefined,
    article.updated ? say('citation.updated') : undefined,
  ];
  return joined(parts, ' · ');
}

/** Returns who wrote an article, in small print. */
export function bylineOf({ byline = '' }: Pick<Metadata, 'byline'>): string {
  return small(inline(byline, LONGEST_BYLINE));
}

function dayOf({ published, isChangeDate }: CitationSource, say: Say): string | undefined {
  const day = published === undefined ? undefined : plainDay(published, say);
  return day !== undefined && isChangeDate === true ? say('citation.updated-on', { day }) : day;
}

/** Returns the article and paragraph of quoted words, in small print. */
export function citation(article: Article, paragraph: number, quoted: Span, say: Say): string {
  return small(`${titleOver(article, slice(article.text, quoted), say)} · ¶${paragraph}`);
}

/** Returns a title for a list of choices, where nothing can be formatted. */
export function plainTitle(article: CitationSource & Pick<Article, 'id'>, most: number): string {
  return clip(plain(article.title) || article.id, most);
}

const MOST_ALSO = 3;

/** Returns a line on which other articles have the same words; none if there are none. */
export function alsoLines(also: readonly AttributedArticle[], say: Say): readonly string[] {
  const titles = also.slice(0, MOST_ALSO).map(({ article }) => inline(plainTitle(article, 80), 80));
  return titles.length === 0 ? [] : [small(say('asking.also', { titles: listIn(say.language, 'and', titles) }))];
}
