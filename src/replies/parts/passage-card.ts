import { type AttributedArticle, type Attribution, certaintyOf } from '../../attribution/attribution.ts';
import { denialOf } from '../../attribution/denials.ts';
import { type Card, type CardPart, MOST_CHARACTERS, type Shape, type Theme, textsOfCard } from '../../cards/card.ts';
import { lettersWithoutFont } from '../../cards/typefaces.ts';
import { isRetold } from '../../checking/quoted-passages.ts';
import type { Article } from '../../news/article.ts';
import { clippedTo, extent, lengthOf, overlaps, type Span, slice } from '../../news/span.ts';
import type { Say } from '../../wording/say.ts';
import { LIMITS } from '../limits.ts';
import { plainDay } from './citation.ts';
import { roleOf } from './description.ts';
import { capitalized, clip, joined, plain } from './markdown.ts';
import { ownVoiceOf, type ShownPassage } from './passage.ts';
import { withinSentence } from './speaker.ts';

/** How a card looks. */
export interface Look {
  readonly theme: Theme;
  readonly shape: Shape;
}

/** A card, or why there is none, in Markdown without user input. */
type CardOutcome = { readonly kind: 'card'; readonly card: Card } | { readonly kind: 'none'; readonly reason: string };

/** Longer speech, in UTF-16 units, is shortened to the sentences that were found. */
const MOST_WHOLE = 320;
const CLOSING_COMMA = /\s*[,，、]\s*$/v;

function none(reason: string): CardOutcome {
  return { kind: 'none', reason };
}

/** Returns the speaker's own words; of long speech those that were found. */
function spoken({ excerpt }: ShownPassage, { content }: Attribution): readonly Span[] {
  return lengthOf(content) <= MOST_WHOLE ? content : clippedTo(content, excerpt);
}

/** Returns the sentences in which the article reports the words in its own. */
function reported({ paragraph, excerpt }: ShownPassage, { content }: Attribution): readonly Span[] {
  const sentences = paragraph.sentences.filter(
    sentence => overlaps(sentence, excerpt) && content.some(span => overlaps(span, sentence)),
  );
  return merged(sentences);
}

/** Returns neighbouring sentences as one span. */
function merged(sentences: readonly Span[]): readonly Span[] {
  return sentences.length === 0 ? [] : [extent(sentences)];
}

/** Drops a comma at the end, which led to a quotation mark and cue that aren't shown. */
function withoutClosingComma(text: string, spans: readonly Span[]): readonly Span[] {
  return spans.map((span, at) => {
    if (at < spans.length - 1) return span;
    const comma = slice(text, span).match(CLOSING_COMMA)?.[0].length ?? 0;
    return { start: span.start, end: span.end - comma };
  });
}

function partsOf(text: string, spans: readonly Span[]): readonly CardPart[] {
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

/** Returns whom the article quotes as saying so; `undefined` if it names nobody. */
function tellerOf(article: Article, teller: Attribution, say: Say): string | undefined {
  const certainty = certaintyOf(article, teller);
  const name =
    teller.speaker && certainty !== 'unclear'
      ? withinSentence(plain(slice(article.text, teller.speaker.name)), article, teller.speaker)
      : undefined;
  if (name !== undefined) return certainty === 'inferred' ? say('speaker.inline.likely', { name }) : name;
  const phrase = phraseOf(article, teller);
  return phrase && say('quotation.marks', { words: phrase });
}

function tellingNote(article: Article, { reportedBy }: Attribution, say: Say): string | undefined {
  if (reportedBy === undefined) return undefined;
  const teller = tellerOf(article, reportedBy, say);
  return teller === undefined ? say('card.reported-by-nobody') : say('card.reported-by', { teller });
}

/** Returns that the speaker is inferred, or the article's phrase for them if the card doesn't show it. */
function phraseNote(article: Article, attribution: Attribution, shown: string, say: Say): string | undefined {
  const phrase = phraseOf(article, attribution);
  if (certaintyOf(article, attribution) === 'inferred') {
    return phrase === undefined ? say('card.inferred') : say('card.inferred-from', { phrase });
  }
  return phrase === undefined || shown.includes(phrase)
    ? undefined
    : capitalized(say('speaker.in-article', { phrase }));
}

const WORDINGS = { direct: undefined, indirect: 'card.indirect', mixed: 'card.mixed' } as const;

/**
 * Returns what must be known with the name: that it is inferred, from which words, that it was checked, who says so, and
 * whose wording it is.
 */
function notesOf(
  article: Article,
  attribution: Attribution,
  shown: string,
  isShortened: boolean,
  say: Say,
): readonly string[] {
  const wording = WORDINGS[attribution.type];
  const notes = [
    phraseNote(article, attribution, shown, say),
    attribution.dispute && say('card.decided'),
    tellingNote(article, attribution, say),
    wording && say(wording),
    isShortened ? say('card.longer') : undefined,
  ];
  return notes.filter(note => note !== undefined);
}

function sourceOf({ outlet, title, published }: Article, paragraph: number, say: Say): readonly string[] {
  const day = published === undefined ? undefined : plainDay(published, say);
  return [plain(outlet || title), day ?? '', `¶${paragraph}`].filter(each => each !== '');
}

/** Returns the address without scheme, `www.` and query. */
function shortLink(url: string): string | undefined {
  const address = URL.parse(url);
  return address === null ? undefined : `${address.host}${address.pathname}`.replace(/^www\.|\/$/gv, '');
}

/** Returns the number of the paragraph in which the words begin, which may be before the sentence that was found. */
function paragraphAt({ article }: AttributedArticle, first: Span): number | undefined {
  return article.paragraphs.find(paragraph => overlaps(paragraph, first))?.number;
}

const REASONS = {
  naming: 'card.naming',
  beside: 'card.beside',
  alone: 'card.nobody',
} as const;

/** Returns why nobody's name belongs under the words; `undefined` if somebody's does. */
function reasonAgainst(from: AttributedArticle, attribution: Attribution) {
  const { doubtful, reportedBy, dispute } = attribution;
  if (denialOf(from, attribution) !== undefined) return 'card.denied';
  if (certaintyOf(from.article, attribution) === 'unclear')
    return dispute === undefined ? 'card.unclear' : 'card.disputed';
  return doubtful || reportedBy?.doubtful ? 'card.doubtful' : undefined;
}

/** Returns the card of a passage: words cut from the article, and a name only if the article gives it. */
export function cardOf(passage: ShownPassage, look: Look, say: Say): CardOutcome {
  const { from, attribution } = passage;
  if (attribution === undefined) {
    const { kind } = ownVoiceOf(passage);
    return kind === 'unread' ? unreadCard(passage, look, say) : none(say(REASONS[kind]));
  }
  const { article } = from;
  const { speaker, type } = attribution;
  const reason = reasonAgainst(from, attribution);
  if (speaker === undefined || reason !== undefined) return none(say(reason ?? 'card.unclear'));
  const isQuotation = type === 'direct';
  const spans = isQuotation ? spoken(passage, attribution) : reported(passage, attribution);
  const [first] = spans;
  if (first === undefined) return none(say('card.unclear'));
  if (isQuotation && isRetold(from, attribution, spans, passage.paragraph)) return none(say('card.doubtful'));
  if (lengthOf(spans) > MOST_CHARACTERS) return none(say('card.long', { most: MOST_CHARACTERS }));
  const name = plain(slice(article.text, speaker.name));
  const span = roleOf(article, speaker);
  const role = span && plain(slice(article.text, span));
  const shownRole = role === undefined || name.includes(role) ? undefined : role;
  const isShortened = isQuotation && lengthOf(spans) < lengthOf(attribution.content);
  const card: Card = {
    ...look,
    isQuotation,
    parts: partsOf(article.text, isQuotation ? withoutClosingComma(article.text, spans) : spans),
    speaker: name,
    role: shownRole,
    notes: notesOf(article, attribution, `${shownRole} ${name} ${shownRole}`, isShortened, say),
    source: sourceOf(article, paragraphAt(from, first) ?? passage.paragraph.number, say),
    link: article.url && shortLink(article.url),
  };
  return drawable(card, say);
}

/** Returns the card of sentences in an article whose speakers nobody can tell: without a name, which it says. */
function unreadCard(passage: ShownPassage, look: Look, say: Say): CardOutcome {
  const { paragraph, excerpt } = passage;
  const { article } = passage.from;
  const spans = merged(paragraph.sentences.filter(sentence => overlaps(sentence, excerpt)));
  if (lengthOf(spans) > MOST_CHARACTERS) return none(say('card.long', { most: MOST_CHARACTERS }));
  return drawable(
    {
      ...look,
      isQuotation: false,
      parts: partsOf(article.text, spans),
      speaker: undefined,
      role: undefined,
      notes: [say('card.unread')],
      source: sourceOf(article, paragraph.number, say),
      link: article.url && shortLink(article.url),
    },
    say,
  );
}

function drawable(card: Card, say: Say): CardOutcome {
  return lettersWithoutFont(textsOfCard(card)).length === 0 ? { kind: 'card', card } : none(say('card.letters'));
}

/** Returns all that the card shows, the words first and in full. */
export function altTextOf({ parts, isQuotation, speaker, role, notes, source, link }: Card, say: Say): string {
  const words = parts.map(({ text, afterOmission }) => (afterOmission ? `[…] ${text}` : text)).join(' ');
  const clause = say('list.clause');
  const who = joined([speaker, role], clause);
  const credit = joined([who, ...notes, source.join(clause), link], say('list.sentence'));
  return clip(say(isQuotation ? 'card.described-quotation' : 'card.described', { words, credit }), LIMITS.description);
}
