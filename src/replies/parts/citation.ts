import type { Article, Metadata } from '../../news/article.ts';
import { type Span, slice } from '../../news/span.ts';
import { dayIn } from '../../wording/languages.ts';
import type { Say } from '../../wording/say.ts';
import { clip, inline, small } from './markdown.ts';

/** What a line about an article needs to know of it. */
export type Titled = Metadata & Pick<Article, 'id' | 'updated'>;

const longestTitle = 160;
const longestOutlet = 80;
const longestLink = 500;
const longestFragment = 300;
const wordsAtEachEnd = 5;

const words = new Intl.Segmenter('en', { granularity: 'word' });
const publishedForm = /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})/v;

function percent(text: string): string {
  const strict = encodeURIComponent(text.toWellFormed());
  return strict.replaceAll(/[\-!'\(\)*~_.]/gv, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * The part of a link that makes a browser scroll to the very words (WICG, "URL Fragment Text Directives"); for more than
 * a few words the first and last ones do.
 */
function textFragment(quoted: string): string {
  const found = [...words.segment(quoted)].filter(segment => segment.isWordLike);
  const ends = found.map(segment => segment.index + segment.segment.length);
  const at = (index: number) => found.at(index)?.index ?? 0;
  const last = ends.at(-1) ?? 0;
  if (last === 0) return '';
  if (found.length <= 2 * wordsAtEachEnd) return `:~:text=${percent(quoted.slice(at(0), last))}`;
  const first = quoted.slice(at(0), ends[wordsAtEachEnd - 1]);
  return `:~:text=${percent(first)},${percent(quoted.slice(at(-wordsAtEachEnd), last))}`;
}

/** The article's address, if it can stand in Markdown: with a text fragment where that does not make it too long. */
function link(url: string, quoted: string | undefined): string | undefined {
  const address = URL.parse(url);
  if (address === null || !/^https?:$/.test(address.protocol)) return undefined;
  const plain = address.href.replaceAll(/[<>\(\)\\'"\s]/gv, sign =>
    encodeURIComponent(sign) === sign ? percent(sign) : encodeURIComponent(sign),
  );
  const fragment = quoted === undefined ? '' : textFragment(quoted);
  const exact =
    fragment === '' || fragment.length > longestFragment
      ? plain
      : `${plain}${plain.includes('#') ? '' : '#'}${fragment}`;
  return [exact, plain].find(each => each.length <= longestLink);
}

/** The title, linked where there is an address; signs that could break the link get one of its own beside it. */
function linkedTitle(article: Titled, quoted: string | undefined, say: Say): string {
  const shown = inline(article.title, longestTitle) || say('citation.untitled');
  const title = article.titleIsDescriptive ? `*${shown}*` : shown;
  const address = article.url === undefined ? undefined : link(article.url, quoted);
  if (address === undefined) return title;
  return /[\[\]\/⟦]/v.test(shown) ? `${title} ([${say('citation.open')}](<${address}>))` : `[${title}](<${address}>)`;
}

/**
 * The day as the publisher wrote it, in one form for all answers: `14 March 2022`. Of an instant it is the day at the publisher's: that
 * of each reader would be another for some, in a form of its own. `undefined` where the calendar has no such month.
 */
export function plainDay(published: string, { language }: Say): string | undefined {
  const { year, month, day } = publishedForm.exec(published)?.groups ?? {};
  const number = Number(month);
  return number >= 1 && number <= 12 ? dayIn(language, Number(year), number, Number(day)) : undefined;
}

/** What is known of an article: its title, linked where there is an address, outlet and date. What is not known is left out. */
export function titleLine(article: Titled, say: Say): string {
  return titleOver(article, undefined, say);
}

/** The same, linked to the words `quoted` from it. */
export function titleOver(article: Titled, quoted: string | undefined, say: Say): string {
  const parts = [
    linkedTitle(article, quoted, say),
    article.titleIsDescriptive ? say('citation.descriptive') : undefined,
    article.outlet === undefined ? undefined : inline(article.outlet, longestOutlet),
    article.published === undefined ? undefined : plainDay(article.published, say),
    article.updated ? say('citation.updated') : undefined,
  ];
  return parts.filter(part => part !== undefined && part !== '').join(' · ');
}

/** Where quoted words stand: the article and its paragraph. */
export function citation(article: Article, paragraph: number, quoted: Span, say: Say): string {
  return small(`${titleOver(article, slice(article.text, quoted), say)} · ¶${paragraph}`);
}

/** An article's title where nothing can be formatted, as in a list of choices. */
export function plainTitle(article: Titled, most: number): string {
  return clip(
    article.title
      .toWellFormed()
      .replaceAll(/[\s\p{C}]+/gv, ' ')
      .trim() || article.id,
    most,
  );
}
