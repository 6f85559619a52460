import { describe, expect, test } from 'vitest';
import { check } from '../../src/checking/check.ts';
import { readQuotes } from '../../src/checking/read-quotes.ts';
import { slice } from '../../src/news/span.ts';
import { comparedWords } from '../../src/words/quote-words.ts';
import { times } from '../depth.ts';
import { anyCodePoint, fc } from '../fast-check.ts';
import { anyAttributed } from '../replies/arbitrary.ts';
import { buildSeed } from '../search/build-article.ts';
import { candidatesIn } from './candidates.ts';

const seed = buildSeed();
const { text } = seed.article;
const search = candidatesIn([seed]);

/** Some or all of what somebody says in the seed. */
const anyQuote = fc
  .constantFrom(...seed.attributions.flatMap(({ content }) => content.map(span => slice(text, span))))
  .chain(words => {
    const all = words.split(' ');
    const start = fc.nat({ max: Math.max(all.length - 6, 0) });
    return fc
      .tuple(start, fc.integer({ min: 6, max: 60 }))
      .map(([from, count]) => all.slice(from, from + count).join(' '));
  });

const termsIn = (words: string) => comparedWords(words).map(({ term }) => term);
const spaced = (words: string) => ` ${termsIn(words).join(' ')} `;

const anyWord = fc.oneof(
  fc.constantFrom(...new Set(termsIn(text))),
  fc.constantFrom('not', 'never', 'Russia', 'two', '7', '$5', 'drones', 'the', 'is', 'don’t', '不'),
  fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'), minLength: 1, maxLength: 9 }),
);

/**
 * A person's speech without the "she said" in between: leaving that out is no change, and neither is leaving out
 * brackets.
 */
const speeches = seed.attributions.map(({ speaker }, at, all) => {
  const other = all.findIndex((each, order) => order > at && each.speaker?.id !== speaker?.id);
  const contents = all.slice(at, other < 0 ? all.length : other).flatMap(({ content }) => content);
  return contents.map(span => slice(text, span)).join(' ');
});
const withoutBrackets = (words: string) => words.replaceAll(/\[[^\]]*\]|\([^\)]*\)/gv, '');
const wholes = [text, ...speeches].flatMap(words => [spaced(words), spaced(withoutBrackets(words))]);
const stands = (words: string) => wholes.some(whole => whole.includes(spaced(words)));

/** Changes of style, which don't count as changes. */
const anyStyle = fc.constantFrom(
  (words: string) => words,
  (words: string) => words.toUpperCase(),
  (words: string) => words.toLowerCase(),
  (words: string) => words.replaceAll(/[’‘]/gv, "'"),
  (words: string) => words.replaceAll(' ', '  '),
  (words: string) => words.replaceAll(/,(?!\d)/gv, ''),
  (words: string) => words.replaceAll(/[\-‑]/gv, '‐'),
  (words: string) => `…${words}…`,
  (words: string) => words.replace(' ', ' [sic] '),
  (words: string) => words.replace(/[.,]$/v, '!'),
);
const anyMarks = fc.constantFrom(['“', '”'], ['"', '"'], ['‘', '’'], ['«', '»'], ['„', '“'], ['「', '」'], ['> ', '']);

/** The verdicts on words that are the article's, depending on its quotation marks. */
const unchanged = ['exact', 'paraphrase'];

describe('any quote', () => {
  test('is neither Exact nor a paraphrase with a changed word', async () => {
    const property = fc.asyncProperty(anyQuote, fc.nat(), anyWord, fc.boolean(), async (quote, at, word, isAdded) => {
      const words = quote.split(' ');
      const changed = words.toSpliced(at % words.length, isAdded ? 0 : 1, word).join(' ');
      // Brackets mark an addition by the person quoting.
      fc.pre(!quote.includes('[') && !stands(changed));
      expect(unchanged).not.toContain((await check({ words: changed, credited: undefined }, search)).verdict);
    });
    await fc.assert(property, { numRuns: times(60, 2000) });
  });

  test('is neither with words silently left out, unless the article has them in brackets', async () => {
    const property = fc.asyncProperty(anyQuote, fc.nat(), fc.integer({ min: 1, max: 4 }), async (quote, at, count) => {
      const words = quote.split(' ');
      const changed = words.toSpliced(1 + (at % (words.length - 2)), count).join(' ');
      fc.pre(!/[\[\(]/v.test(quote) && !stands(changed) && termsIn(changed).join(' ') !== termsIn(quote).join(' '));
      expect(unchanged).not.toContain((await check({ words: changed, credited: undefined }, search)).verdict);
    });
    await fc.assert(property, { numRuns: times(60, 2000) });
  });

  test('keeps its verdict if only its style changes', async () => {
    const property = fc.asyncProperty(anyQuote, anyStyle, anyMarks, async (quote, restyle, [open, close]) => {
      const [claim] = readQuotes(`${open}${restyle(quote)}${close}`).quotes;
      if (claim === undefined) throw new Error('There are words');
      const { verdict } = await check({ words: quote, credited: undefined }, search);
      expect(unchanged).toContain(verdict);
      expect((await check(claim, search)).verdict).toBe(verdict);
    });
    await fc.assert(property, { numRuns: times(60, 2000) });
  });

  test('is never Exact under another name', async () => {
    const property = fc.asyncProperty(
      anyQuote,
      fc.constantFrom('Joe Biden', 'Donald Sullivan', 'Yang Biden', '王小明'),
      async (words, credited) => {
        expect(['wrong name', 'name open']).toContain((await check({ words, credited }, search)).verdict);
      },
    );
    await fc.assert(property, { numRuns: times(30, 1000) });
  });

  test('gets a verdict, whatever the article', async () => {
    const property = fc.asyncProperty(
      anyAttributed,
      fc.string({ unit: anyCodePoint }),
      fc.string(),
      fc.nat(),
      async (from, words, credited, at) => {
        const near = from.article.text.slice(at % from.article.text.length).slice(0, 300);
        for (const each of [words, near, `${near} … [${words}] ${near}`]) {
          const finding = await check({ words: each, credited }, candidatesIn([from]));
          if (finding.verdict === 'not found') continue;
          for (const place of finding.passages) expect(place.matches.length).toBeGreaterThan(0);
        }
      },
    );
    await fc.assert(property, { numRuns: times(5, 150) });
  });
});
