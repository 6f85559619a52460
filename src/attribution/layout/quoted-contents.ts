import type { Quotation } from '../../news/quotations.ts';
import type { Span } from '../../news/span.ts';
import type { Item, Statement } from '../rules/statements.ts';
import { isCapital, isNickname, isWord } from '../rules/words.ts';

/** What the quotations of an article are. */
export interface Speeches {
  /** Whether somebody may have spoken these words: no title, nickname or word in scare quotes. */
  isSpeech(quotation: Quotation): boolean;
  /** The words between the marks, with those of the paragraphs in which the same speech goes on. */
  spans(quotation: Quotation): readonly Span[];
  /** Whether it ends as a sentence or a clause does: "…,” she said". */
  endsSentence(quotation: Quotation): boolean;
  /** Whether the quotation goes on with a speech that an earlier paragraph began. */
  isContinuation(quotation: Quotation): boolean;
}

const TITLE_CASE_EXEMPT = /^(?:a|an|the|of|in|on|at|to|for|and|or|but|by|with|from|as|is|vs)$/v;

const ENDS_LIKE_SPEECH = /[,.?!…\u2014\u2013\-]$/v;

const WORDS = /[\p{L}\p{N}]+(?:['’\-][\p{L}\p{N}]+)*/gv;

/** Fewer words than this are a phrase unless they end like a sentence. */
const SHORTEST_SPEECH = 5;

/** Tells speech from titles, nicknames and scare quotes, and joins a speech that runs over paragraphs. */
export function findSpeeches(text: string, statements: readonly Statement[]): Speeches {
  const speech = new Set<Quotation>();
  const chains = new Map<Quotation, readonly Span[]>();
  const continuations = new Set<Quotation>();
  let chain: Span[] | undefined;
  for (const { items } of statements) {
    for (const [at, item] of items.entries()) {
      const { quotation } = item;
      if (quotation === undefined) continue;
      if (looksLikeSpeech(text, items, at, quotation)) speech.add(quotation);
      if (chain === undefined) chain = [];
      else continuations.add(quotation);
      chain.push(quotation.inner);
      chains.set(quotation, chain);
      if (!quotation.continues) chain = undefined;
    }
  }
  return {
    isSpeech: quotation => speech.has(quotation) || quotation.continues || continuations.has(quotation),
    spans: quotation =>
      continuations.has(quotation) ? [quotation.inner] : (chains.get(quotation) ?? [quotation.inner]),
    endsSentence: ({ inner }) => ENDS_LIKE_SPEECH.test(text.slice(inner.end - 1, inner.end)),
    isContinuation: quotation => continuations.has(quotation),
  };
}

function looksLikeSpeech(text: string, items: readonly Item[], at: number, quotation: Quotation): boolean {
  if (isNickname(items, at)) return false;
  // Longer than any title; not read in full.
  if (quotation.inner.end - quotation.inner.start > 200) return true;
  const inner = text.slice(quotation.inner.start, quotation.inner.end);
  const words = inner.match(WORDS) ?? [];
  const alone = items.every(item => item.quotation !== undefined || !isWord(item));
  if (words.length === 0) return false;
  if (alone) return true;
  const introduced = items[at - 1]?.text === ':' || (items[at - 1]?.text === ',' && !isCapital(items[at - 2]));
  if (isTitle(words) && !introduced && !/[,?!]$/v.test(inner)) return false;
  return words.length >= SHORTEST_SPEECH || ENDS_LIKE_SPEECH.test(inner) || introduced;
}

function isTitle(words: readonly string[]): boolean {
  return words.length > 1 && words.every(word => TITLE_CASE_EXEMPT.test(word) || /^[\p{Lu}\p{N}]/v.test(word));
}
