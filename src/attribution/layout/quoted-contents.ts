import type { Quotation } from '../../news/quotations.ts';
import type { Span } from '../../news/span.ts';
import type { Item, Statement } from '../rules/statements.ts';
import { isCapital, isNickname, isWord } from '../rules/words.ts';

/** Answers questions about an article's quotations. */
export interface Speeches {
  /** Whether these may be somebody's spoken words, rather than a title, nickname or scare quotes. */
  isSpeech(quotation: Quotation): boolean;
  /** The words between the marks, including the following paragraphs of the same speech. */
  spans(quotation: Quotation): readonly Span[];
  /** Whether it ends like a sentence or clause: "…,” she said". */
  endsSentence(quotation: Quotation): boolean;
  /** Whether it continues a speech from an earlier paragraph. */
  isContinuation(quotation: Quotation): boolean;
}

const TITLE_CASE_EXEMPT = /^(?:a|an|the|of|in|on|at|to|for|and|or|but|by|with|from|as|is|vs)$/v;

const ENDS_LIKE_SPEECH = /[,.?!…\u2014\u2013\-]$/v;

const WORDS = /[\p{L}\p{N}]+(?:['’\-][\p{L}\p{N}]+)*/gv;

/** A quotation of fewer words is a phrase unless it ends like a sentence. */
const SHORTEST_SPEECH = 5;

/** Separates speech from titles, nicknames and scare quotes, and joins speech over several paragraphs. */
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
  // Longer than any title, so no need to read it.
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
