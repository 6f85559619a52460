import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import type { Paragraph } from '../news/article.ts';
import { contains, overlaps, type Span } from '../news/span.ts';
import { tokenize } from '../news/tokens.ts';
import { leadingConnectives, leadingPhrases, leadingPronouns } from './lexicon/leading-words.ts';
import { stopWords } from './lexicon/stop-words.ts';

/** A sentence that a summary may take. */
export interface Sentence {
  readonly sentence: Span;
  readonly paragraph: Paragraph;
  /** What is said in it, in the article's order. */
  readonly attributions: readonly Attribution[];
  /** Its place in the article, from 0. */
  readonly place: number;
  readonly terms: readonly string[];
  readonly words: number;
  /** It says "he", "however" or "the official" of something that stands before it. */
  readonly dependent: boolean;
  readonly opensWithPronoun: boolean;
}

const leadingMarks = /^[\s\p{P}\p{S}]+/v;
const letter = /[\p{L}\p{N}]/v;

/** All sentences of an article, in order. */
export function readSentences({ article, attributions }: AttributedArticle): Sentence[] {
  const spans = article.paragraphs.flatMap(paragraph => paragraph.sentences.map(sentence => ({ sentence, paragraph })));
  const said = shareOut(
    spans.map(({ sentence }) => sentence),
    attributions,
  );
  return spans.map(({ sentence, paragraph }, place) => {
    const words = tokenize(article.text, sentence)
      .map(token => token.text.toLowerCase())
      .filter(word => letter.test(word));
    const held = said[place] ?? [];
    const pronoun = leadingPronouns.has(words[0] ?? '');
    const dependent =
      place > 0 && (pronoun || goesOn(article.text, sentence, words) || held.some(refersBack(sentence)));
    const terms = words.filter(word => !stopWords.has(word));
    return {
      sentence,
      paragraph,
      attributions: held,
      place,
      terms,
      words: words.length,
      dependent,
      opensWithPronoun: pronoun,
    };
  });
}

/** Each attribution to the sentences that hold some of its content: one walk, as both are in the text's order. */
function shareOut(sentences: readonly Span[], attributions: readonly Attribution[]): Attribution[][] {
  const shares: Attribution[][] = sentences.map(() => []);
  let first = 0;
  for (const attribution of attributions) {
    const start = attribution.content[0].start;
    const end = Math.max(...attribution.content.map(piece => piece.end));
    while (first < sentences.length && (sentences[first]?.end ?? 0) <= start) first += 1;
    for (let at = first; at < sentences.length && (sentences[at]?.start ?? end) < end; at += 1) {
      const sentence = sentences[at];
      if (sentence !== undefined && attribution.content.some(piece => overlaps(piece, sentence))) {
        shares[at]?.push(attribution);
      }
    }
  }
  return shares;
}

function goesOn(text: string, sentence: Span, words: readonly string[]): boolean {
  if (leadingConnectives.has(words[0] ?? '')) return true;
  const opening = text.slice(sentence.start, Math.min(sentence.end, sentence.start + 60));
  const lower = opening.replace(leadingMarks, '').toLowerCase();
  return leadingPhrases.some(phrase => lower.startsWith(`${phrase} `) || lower.startsWith(`${phrase},`));
}

/** Who speaks is named outside of the sentence, or in it by words that point back: "the official". */
function refersBack(sentence: Span): (attribution: Attribution) => boolean {
  return ({ source, certainty }) => source === undefined || certainty !== 'stated' || !contains(sentence, source);
}
