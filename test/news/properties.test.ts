import { describe, expect, test } from 'vitest';
import { type Article, toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { parseArticle } from '../../src/news/parse.ts';
import { pairQuotations, type Quotation } from '../../src/news/quotations.ts';
import { contains, type Span, slice } from '../../src/news/span.ts';
import { times } from '../depth.ts';
import { anyCodePoint, fc } from '../fast-check.ts';

const MARKS = [...'"\'“”‘’„‟‚‛«»‹›「」『』`', "''", '``', '’’', '‘‘'];
const STOPS = ['. ', '! ', '? ', '… ', '... ', '。', '！', ' . . . ', '.” ', '?’ ', '.) ', '.[1] '];
const BREAKS = ['\n', '\r\n', '\r', '\u2028', '\u2029', '\n\n', ' ', '\t', '\u00a0'];
const WORDS = [
  'Mr',
  'U.S',
  'the',
  'The',
  'We',
  'said',
  'don’t',
  'officials',
  '5',
  '3.5',
  '習近平',
  '他说',
  'J',
  'p.m',
  'Yahoo',
  "6'2",
];
const ODD = [
  '\u202e',
  '\u2066',
  '\u200b',
  '\ufeff',
  '\ud83d',
  '\ude00',
  '😀',
  '\0',
  'é',
  'e\u0301',
  '—',
  '(',
  ')',
  '[',
  ']',
  '&',
];

/**
 * Text that tends to break things: many quotation marks, full stops, line breaks, scripts, and halves of characters.
 */
const text = fc.oneof(
  fc
    .array(fc.constantFrom(...MARKS, ...STOPS, ...BREAKS, ...WORDS, ...ODD), { maxLength: 60 })
    .map(pieces => pieces.join('')),
  fc.array(fc.constantFrom(...MARKS, 'a', ' ', '. '), { maxLength: 60 }).map(pieces => pieces.join('')),
  fc.string({ unit: anyCodePoint, maxLength: 80 }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map(units => String.fromCharCode(...units)),
);

const RUNS = { numRuns: times(300, 10_000) };

function build(content: string): Article {
  return toArticle('x', UNKNOWN_METADATA, content);
}

function expectInOrder(spans: readonly Span[], whole: Span): void {
  let at = whole.start;
  for (const span of spans) {
    expect(span.start).toBeGreaterThanOrEqual(at);
    expect(span.end).toBeGreaterThan(span.start);
    at = span.end;
  }
  expect(at).toBeLessThanOrEqual(whole.end);
}

/** Returns the white space between and around spans. */
function gaps(spans: readonly Span[], whole: Span, content: string): string {
  const edges = [whole.start, ...spans.flatMap(({ start, end }) => [start, end]), whole.end];
  return edges.reduce((gap, edge, index) => (index % 2 === 1 ? gap + content.slice(edges[index - 1], edge) : gap), '');
}

describe('any text', () => {
  test('has paragraphs that are trimmed, in order, and hold every word', () => {
    fc.assert(
      fc.property(text, content => {
        const { paragraphs } = build(content);
        expectInOrder(paragraphs, { start: 0, end: content.length });
        expect(paragraphs.map(({ number }) => number)).toEqual(paragraphs.map((_, index) => index + 1));
        for (const paragraph of paragraphs) {
          expect(slice(content, paragraph)).toMatch(/^\S(?:.*\S)?$/v);
        }
        expect(gaps(paragraphs, { start: 0, end: content.length }, content)).not.toMatch(/[\p{L}\p{N}]/v);
      }),
      RUNS,
    );
  });

  test('has sentences that cover their paragraph except white space', () => {
    fc.assert(
      fc.property(text, content => {
        for (const paragraph of build(content).paragraphs) {
          expectInOrder(paragraph.sentences, paragraph);
          expect(gaps(paragraph.sentences, paragraph, content)).toMatch(/^\s*$/v);
          expect(paragraph.sentences.map(sentence => slice(content, sentence))).toEqual(
            paragraph.sentences.map(sentence => slice(content, sentence).trim()),
          );
        }
      }),
      RUNS,
    );
  });

  test('has quotations that lie in their paragraph, are nested or separate, and hold words between marks', () => {
    fc.assert(
      fc.property(text, content => {
        const { paragraphs } = build(content);
        const quotations = pairQuotations(content, paragraphs);
        expect(quotations.map(({ start }) => start)).toEqual(
          quotations.map(({ start }) => start).sort((a, b) => a - b),
        );
        for (const quotation of quotations) {
          expect(contains(quotation, quotation.inner)).toBe(true);
          expect(slice(content, quotation.inner)).toMatch(/^\S/v);
          expect(paragraphs.some(whole => whole.number === quotation.paragraph && contains(whole, quotation))).toBe(
            true,
          );
          expect(quotation.depth).toBe(quotations.filter(other => isAround(other, quotation)).length);
        }
        expect(pairQuotations(content, paragraphs)).toEqual(quotations);
      }),
      RUNS,
    );
  });

  test('as bytes, becomes an article whose text ends the file, or problems', () => {
    const header = fc.constantFrom(
      '',
      'title: A\n\n',
      'Title: [A]\r\n\r\n',
      'a: b\n\n',
      'url: x\n\n',
      '\uFEFFoutlet: B\r\r',
    );
    fc.assert(
      fc.property(header, text, (start, content) => {
        const bytes = new TextEncoder().encode(start + content);
        const parsed = parseArticle({ name: 'x.txt', bytes });
        const decoded = new TextDecoder().decode(bytes);
        expect(parsed.kind === 'problems' ? parsed.problems.length > 0 : decoded.endsWith(parsed.article.text)).toBe(
          true,
        );
      }),
      RUNS,
    );
  });

  test('as any bytes, becomes an article or problems', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.string(), (bytes, name) => {
        const parsed = parseArticle({ name, bytes });
        expect(parsed.kind === 'article' || parsed.problems.every(({ file }) => file === name)).toBe(true);
      }),
      RUNS,
    );
  });
});

function isAround(other: Quotation, quotation: Quotation): boolean {
  return other !== quotation && contains(other, quotation);
}
