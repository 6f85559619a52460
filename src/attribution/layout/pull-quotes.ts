import type { Article } from '../../news/article.ts';
import { contains, slice } from '../../news/span.ts';
import { type Quotations, type Settled, settledBy, wholeQuotation } from './settled.ts';

const ENDS_SENTENCE = /[.!?…,:;]$/v;
/** Shortest and longest pull quote, in UTF-16 units, and how many are looked up. */
const SHORTEST = 15;
const LONGEST = 250;
const MOST = 20;

/** Paragraphs that only repeat words that the article quotes elsewhere, with or without marks. They have no source. */
export function findPullQuotes({ text, paragraphs }: Article, quotations: Quotations): readonly Settled[] {
  const all = [...quotations.values()].flat();
  const candidates = paragraphs.flatMap(paragraph => {
    const { start, end, number } = paragraph;
    if (end - start < SHORTEST || end - start > LONGEST) return [];
    const whole = wholeQuotation(text, paragraph, quotations);
    if (whole === undefined && (number === 1 || quotations.has(number) || ENDS_SENTENCE.test(slice(text, paragraph))))
      return [];
    return [{ paragraph, content: whole?.inner ?? { start, end } }];
  });
  return candidates.slice(0, MOST).flatMap(({ paragraph, content }): readonly Settled[] => {
    const words = slice(text, content).replace(ENDS_SENTENCE, '');
    const before = text.indexOf(words);
    const at = before === content.start ? text.indexOf(words, content.end) : before;
    const place = { start: at, end: at + words.length };
    const isQuoted =
      at >= 0 &&
      words.includes(' ') &&
      all.some(quotation => contains(quotation, place) && !contains(paragraph, quotation));
    return isQuoted ? settledBy([paragraph], [content], { repeats: place, rule: 'pull quote' }) : [];
  });
}
