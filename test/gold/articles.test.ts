import { describe, expect, test } from 'vitest';
import { unmark } from '../attribution/marked.ts';
import { goldArticles } from './articles.ts';
import { measure } from './measure.ts';
import { readMarked } from './read-marked.ts';

const golds = goldArticles();
const reached = new Map(Object.entries(await measure(golds)));

/**
 * In percent, over all articles: about a point below what is reached (83.6, 91.9, 99.3, 83.1, 96.3, 73.0), since one
 * report is worth up to .8 of a point, and another rounding of the weights flips two or three. Raise them after an
 * improvement. Rules that were written with these articles in view had reached 88.1, 95.9, 99.0 and 83.4 for the first
 * four (docs/decisions/0026-an-encoder-reads-reports.md).
 */
const FLOORS = {
  agreement: 82.5,
  directRecall: 90.8,
  namesRight: 98.3,
  namesGiven: 82,
  certainRight: 95.9,
  certainOfAll: 72,
};

describe('the gold articles', () => {
  test('are of at least sixteen kinds and as long as news is', () => {
    expect(new Set(golds.map(gold => gold.kind)).size).toBeGreaterThanOrEqual(16);
    const lengths = golds.map(gold => gold.text.split(/\s+/v).length);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(240);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(600);
  });

  test.each(golds.map(gold => [gold.id, gold] as const))(
    '%s has no mark left over and no mark that splits a word',
    (_, gold) => {
      const { text, quotes } = gold;
      expect(text).not.toMatch(/[\{\}]|(?:content|source|cue)\d/v);
      const marked = quotes.flatMap(({ content, cue, speaker }) => [...content, ...(cue ?? []), ...(speaker ?? [])]);
      const cut = marked.filter(
        ([start, end]) =>
          isWithinWord(text, start) || isWithinWord(text, end) || /^\s|\s$|^$/v.test(text.slice(start, end)),
      );
      expect(cut.map(([start, end]) => text.slice(start, end))).toEqual([]);
      expect(quotes.map(quote => quote.speaker_name ?? '').filter(name => !text.includes(name))).toEqual([]);
    },
  );

  test('are read the same way as marked sentences, and marks may be nested in a content', () => {
    const marked = '“{content1:direct We will,}” {source1 she = Ann Lee} {cue1 said}. {source2 A cook} {cue2 left}.';
    expect(readMarked(marked).text).toBe(unmark(marked));
    const nested = readMarked(
      '{source1 A} {cue1 said} {content1:indirect {source2 B == Bo} {cue2 said} {content2:direct no}}.',
    );
    expect(nested.text).toBe('A said B said no.');
    expect(nested.attributions.map(each => [each.content, each.speaker, each.certainty])).toEqual([
      [[{ start: 7, end: 16 }], undefined, 'stated'],
      [[{ start: 14, end: 16 }], 'Bo', 'stated'],
    ]);
    expect(() => readMarked('{source1 A} {cue1 said} {content1:indirect no.')).toThrow('never closes');
  });
});

describe('attribution of the gold articles', () => {
  test.each(Object.entries(FLOORS))('%s does not fall below %d', (figure, floor) => {
    expect(reached.get(figure)).toBeGreaterThanOrEqual(floor);
  });
});

function isWithinWord(text: string, at: number): boolean {
  return /^[\p{L}\p{N}]{2}$/v.test(text.slice(Math.max(0, at - 1), at + 1));
}
