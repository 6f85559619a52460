import * as z from 'zod/mini';
import { SHAPES, THEMES } from '../../cards/card.ts';
import { codeOf } from '../../library/store/keys.ts';
import { slice } from '../../news/span.ts';
import type { Say } from '../../wording/say.ts';
import { actionId, oneOf, PERSON, part, parts, passageCode, speakerCode, writePassages } from '../custom-id.ts';
import { clip, plain } from '../parts/markdown.ts';
import type { ShownPassage } from '../parts/passage.ts';
import { cardOf } from '../parts/passage-card.ts';
import { type Controls, type Entry, entry } from '../reply.ts';
import { encodeView, type Mode, type ViewId } from './view.ts';

// What can be done with the excerpts of an answer. Several views offer it, and lead to each other.

const quoteShape = z.object({
  page: parts.page,
  /** True if the text before and after is shown too. */
  context: part(
    letter => letter === 'c',
    (context: boolean) => (context ? 'c' : 'q'),
  ),
  passages: parts.passages,
  words: parts.words,
});
export type QuoteState = z.infer<typeof quoteShape>;

export const QUOTE_ID: ViewId<QuoteState> = {
  name: 'quote',
  letter: '',
  form: /^(?<context>[qc])(?<passages>[^~]*~)(?<words>.*)$/sv,
  state: quoteShape,
};

const likeShape = z.object({ page: parts.page, passage: parts.passage });
export type LikeState = z.infer<typeof likeShape>;

export const LIKE_ID: ViewId<LikeState> = {
  name: 'like',
  letter: 'm',
  form: /^m(?<passage>[\w\-!]{13,16})$/v,
  state: likeShape,
};

const cardShape = z.object({
  page: parts.page,
  theme: oneOf(THEMES),
  shape: oneOf(SHAPES),
  passage: parts.passage,
});
export type CardState = z.infer<typeof cardShape>;

export const CARD_ID: ViewId<CardState> = {
  name: 'card',
  letter: 'k',
  form: /^k(?<theme>[012])(?<shape>[01])(?<passage>[\w\-!]{13,16})$/v,
  state: cardShape,
};

const personShape = z.object({
  page: parts.page,
  /** Whether they are shown from that one article or from the whole library. */
  within: part(
    letter => (letter === 'i' ? 'article' : 'library'),
    (within: 'article' | 'library') => (within === 'article' ? 'i' : 'w'),
  ),
  /** Several if a name may mean any of them. */
  people: parts.people,
});
export type PersonState = z.infer<typeof personShape>;

export const PERSON_ID: ViewId<PersonState> = {
  name: 'person',
  letter: '',
  form: new RegExp(`^(?<within>[iw])(?<people>(?:${PERSON})+)$`, 'v'),
  state: personShape,
};

interface ExcerptOptions {
  /** The words that were searched for, which the context marks. */
  readonly words?: string;
  /** `peek` below posts, which nobody asked for: what is opened is shown to the user alone. */
  readonly mode?: 'open' | 'peek';
  /** Shows or hides the context in the same message, instead of opening another. */
  readonly context?: Entry;
}

/** Returns the entry that asks for a question about the article with this code. */
export function askEntry(article: string, say: Say): Entry {
  return entry(say('button.ask-article'), actionId('ask', article));
}

/** Returns the entry that makes a card of what somebody said. None if it would be refused. */
function cardEntries(passage: ShownPassage, say: Say): Entry[] {
  const look = { theme: THEMES[0], shape: SHAPES[0] };
  if (passage.attribution === undefined || cardOf(passage, look, say).kind === 'none') return [];
  return [entry(say('button.card'), encodeView(CARD_ID, 'open', { page: 0, passage: passageCode(passage), ...look }))];
}

/** Returns the entry that shows who said it and what else. None if that is unclear. */
function personEntries({ from, attribution }: ShownPassage, mode: Mode, say: Say): Entry[] {
  const speaker = attribution?.certainty === 'unclear' ? undefined : attribution?.speaker;
  if (speaker === undefined) return [];
  const name = clip(plain(slice(from.article.text, speaker.name)), LONGEST_NAME);
  const value = encodeView(PERSON_ID, mode, { page: 0, within: 'library', people: [speakerCode(from, speaker)] });
  return [entry(say('button.more-by', { name }), value)];
}

/** A menu's entry has at most 100 characters. */
const LONGEST_NAME = 60;
/** One line on a phone. */
const LONGEST_DETAIL = 40;

/** Returns the entry that disputes who said it. None if nobody is named, unless somebody decided that. */
function disputeEntries(passage: ShownPassage, say: Say): Entry[] {
  const { attribution } = passage;
  const isNamed = attribution?.speaker !== undefined && attribution.certainty !== 'unclear';
  if (!isNamed && attribution?.dispute === undefined) return [];
  return [entry(say('button.wrong-speaker'), actionId('dispute', writePassages([passageCode(passage)])))];
}

function entriesOf(passage: ShownPassage, say: Say, { words = '', mode = 'open', context }: ExcerptOptions) {
  const code = passageCode(passage);
  const around = encodeView(QUOTE_ID, mode, { page: 0, context: true, passages: [code], words });
  const like = encodeView(LIKE_ID, mode, { page: 0, passage: code });
  return {
    context: context ?? entry(say('button.context'), around),
    card: cardEntries(passage, say),
    like: passage.attribution === undefined ? [] : [entry(say('button.like'), like)],
    person: personEntries(passage, mode, say),
    dispute: disputeEntries(passage, say),
  };
}

/** With more excerpts than this, only the first has all entries: a menu holds 25. */
const MOST_IN_FULL = 3;

/**
 * Returns what can be done with the excerpts of an answer. If there are several, each entry says which one it is for. An
 * excerpt without a passage only takes up its number.
 */
export function excerptControls(
  passages: readonly (ShownPassage | undefined)[],
  say: Say,
  options: ExcerptOptions = {},
): Controls {
  const shown = passages.filter(passage => passage !== undefined);
  const [first] = shown;
  if (first === undefined) return { buttons: [], more: [] };
  const isOneArticle = shown.every(({ from }) => from.article.id === first.from.article.id);
  const ask = isOneArticle ? [askEntry(codeOf(first.from.article.id), say)] : [];
  if (passages.length === 1) {
    const { context, card, like, person, dispute } = entriesOf(first, say, options);
    return { buttons: [context, ...card, ...like], more: [...person, ...ask, ...dispute] };
  }
  const entries = passages.flatMap((passage, at) => {
    if (passage === undefined) return [];
    const { context, card, person, dispute } = entriesOf(passage, say, options);
    const isShort = at > 0 && passages.length > MOST_IN_FULL;
    const detail = clip(plain(slice(passage.from.article.text, passage.excerpt)), LONGEST_DETAIL);
    const all = [context, ...(isShort ? [] : [...card, ...person]), ...dispute];
    return all.map(({ label, value }) => entry(`${at + 1}. ${label}`, value, detail));
  });
  return { buttons: [], more: [...entries, ...ask] };
}
