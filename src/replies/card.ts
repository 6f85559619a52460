import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import { type Card, mostCharacters, type Part, type Shape, type Theme } from '../cards/card.ts';
import { lettersWithoutFont } from '../cards/typefaces.ts';
import type { Article } from '../news/article.ts';
import { overlaps, type Span, slice } from '../news/span.ts';
import type { Say } from '../wording/say.ts';
import { plainDay } from './citation.ts';
import type { Found } from './found.ts';
import { plain } from './markdown.ts';

/** How somebody wants a card to look. */
export interface Look {
  readonly theme: Theme;
  readonly shape: Shape;
}

/** A card, or why there is none: Markdown that contains no stranger's words. */
export type CardOutcome =
  | { readonly kind: 'card'; readonly card: Card }
  | { readonly kind: 'none'; readonly reason: string };

/** Speech longer than this, in UTF-16 units, is shown as far as it was found: a card is read at a glance. */
const mostWhole = 320;

const reasons = {
  nobody: 'Nobody is quoted there: the article says it in its own voice. A card needs somebody who said it.',
  unclear:
    'The article does not tell who said that, so I make no card of it: it would put words in somebody’s mouth. `/quote` shows the passage.',
  doubtful:
    'I may have misread who says what there, so I make no card of it. `/quote` shows the passage for you to judge.',
  long: `That sentence is too long for a card: at most ${mostCharacters} characters fit. \`/quote\` shows it.`,
  letters: 'Some of its letters are in none of my typefaces, so a card would show boxes. `/quote` shows the passage.',
} as const;

function none(reason: keyof typeof reasons): CardOutcome {
  return { kind: 'none', reason: reasons[reason] };
}

function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { start, end }) => sum + end - start, 0);
}

function within(spans: readonly Span[], outer: Span): readonly Span[] {
  return spans
    .filter(span => overlaps(span, outer))
    .map(({ start, end }) => ({ start: Math.max(start, outer.start), end: Math.min(end, outer.end) }));
}

/** The speaker's own words; of a long speech those that were found. */
function spoken({ excerpt }: Found, { content }: Attribution): readonly Span[] {
  return lengthOf(content) <= mostWhole ? content : within(content, excerpt);
}

/** The article's sentences in which it reports the words: in those alone they are its own. */
function reported({ paragraph, excerpt }: Found, { content }: Attribution): readonly Span[] {
  const sentences = paragraph.sentences.filter(
    sentence => overlaps(sentence, excerpt) && content.some(span => overlaps(span, sentence)),
  );
  const [first, last] = [sentences[0], sentences.at(-1)];
  return first === undefined || last === undefined ? [] : [{ start: first.start, end: last.end }];
}

function partsOf(text: string, spans: readonly Span[]): readonly Part[] {
  return spans
    .map((span, at) => {
      const between = text.slice(spans[at - 1]?.end ?? span.start, span.start);
      return { text: plain(slice(text, span)), afterOmission: /[\p{L}\p{N}]/v.test(between) };
    })
    .filter(part => part.text !== '');
}

function phraseOf({ text }: Article, { source }: Attribution): string | undefined {
  return source && plain(slice(text, source));
}

/** Whoever the article quotes as telling it. */
function tellerOf(article: Article, teller: Attribution): string {
  const name =
    teller.speaker && teller.certainty !== 'unclear' ? plain(slice(article.text, teller.speaker.name)) : undefined;
  if (name !== undefined) return teller.certainty === 'inferred' ? `most likely ${name}` : name;
  const phrase = phraseOf(article, teller);
  return phrase === undefined ? 'somebody whom the article does not name' : `“${phrase}”`;
}

/** What must be known with the name: that it is inferred, from which words, who tells it, and whose wording it is. */
function notesOf(article: Article, attribution: Attribution, shown: string, isShortened: boolean): readonly string[] {
  const { certainty, type, reportedBy } = attribution;
  const phrase = phraseOf(article, attribution);
  const inferred = phrase === undefined ? 'Speaker inferred' : `Speaker inferred: the article says “${phrase}”`;
  const stated = phrase === undefined || shown.includes(phrase) ? undefined : `In the article: “${phrase}”`;
  const notes = [
    certainty === 'inferred' ? inferred : stated,
    reportedBy === undefined ? undefined : `As reported by ${tellerOf(article, reportedBy)}`,
    type === 'indirect' ? 'In the article’s wording, not quoted' : undefined,
    type === 'mixed' ? 'Partly in the article’s wording' : undefined,
    isShortened ? 'From a longer statement' : undefined,
  ];
  return notes.filter(note => note !== undefined);
}

function sourceOf({ outlet, title, published }: Article, paragraph: number, say: Say): readonly string[] {
  const day = published === undefined ? undefined : plainDay(published, say);
  return [plain(outlet || title), day ?? '', `¶${paragraph}`].filter(each => each !== '');
}

/** The address without what nobody reads aloud. */
function shortLink(url: string): string | undefined {
  const address = URL.parse(url);
  return address === null ? undefined : `${address.host}${address.pathname}`.replace(/^www\.|\/$/gv, '');
}

/** The number of the paragraph in which the card's words begin: speech may have begun before the sentence that was found. */
function paragraphAt({ article }: AttributedArticle, first: Span): number | undefined {
  return article.paragraphs.find(paragraph => overlaps(paragraph, first))?.number;
}

/** The card of what was found: the very words, and nobody's name but one that the article gives them. */
export function cardOf(found: Found, look: Look, say: Say): CardOutcome {
  const { from, attribution } = found;
  if (attribution === undefined) return none('nobody');
  const { speaker, certainty, type, doubtful, reportedBy } = attribution;
  if (speaker === undefined || certainty === 'unclear') return none('unclear');
  if (doubtful || reportedBy?.doubtful) return none('doubtful');
  const { article } = from;
  const isQuotation = type === 'direct';
  const spans = isQuotation ? spoken(found, attribution) : reported(found, attribution);
  const [first] = spans;
  if (first === undefined) return none('unclear');
  if (lengthOf(spans) > mostCharacters) return none('long');
  const name = plain(slice(article.text, speaker.name));
  const role = speaker.role && plain(slice(article.text, speaker.role));
  const shownRole = role === undefined || name.includes(role) ? undefined : role;
  const isShortened = isQuotation && lengthOf(spans) < lengthOf(attribution.content);
  const card: Card = {
    ...look,
    isQuotation,
    parts: partsOf(article.text, spans),
    speaker: name,
    role: shownRole,
    notes: notesOf(article, attribution, `${shownRole} ${name} ${shownRole}`, isShortened),
    source: sourceOf(article, paragraphAt(from, first) ?? found.paragraph.number, say),
    link: article.url && shortLink(article.url),
  };
  return lettersWithoutFont(textsOf(card)).length === 0 ? { kind: 'card', card } : none('letters');
}

function textsOf({ parts, speaker, role, notes, source, link }: Card): readonly string[] {
  return [...parts.map(({ text }) => text), speaker, role ?? '', ...notes, ...source, link ?? ''];
}
