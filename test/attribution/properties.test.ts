import { describe, expect, test } from 'vitest';
import { attribute } from '../../src/attribution/attribute.ts';
import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { contains, type Span } from '../../src/news/span.ts';
import { times } from '../depth.ts';
import { anyCodePoint, fc } from '../fast-check.ts';

const readAnew = (text: string): Promise<AttributedArticle> => attribute(toArticle('any', UNKNOWN_METADATA, text));

const known = new Map<string, Promise<AttributedArticle>>();

/** Attributes a text once: properties of any text are tried on the same ones. */
function read(text: string): Promise<AttributedArticle> {
  const attributed = known.get(text) ?? readAnew(text);
  known.set(text, attributed);
  return attributed;
}

/** Words and punctuation that the rules react to, in any order. */
const newsy = fc
  .array(
    fc.constantFrom(
      ...['“', '”', '"', '‘', '’', ',', '.', ':', '—', '(', ')', '[', ']', '\n', '?', '…', '’s', 'n’t', '«', '»'],
      ...[
        'said',
        'says',
        'told',
        'according',
        'to',
        'that',
        'adding',
        'said that Bo Cho had told her that',
        '“He told me, ‘Go home,’ and left,” said',
        'asked',
        'called',
        'was',
        'has',
        'by',
        'and',
        'who',
      ],
      ...['Ann', 'Lee', 'Mr.', 'President', 'CNN', 'US', 'officials', 'the official', 'another official', 'he', 'she'],
      ...[
        'the',
        'a',
        'bridge',
        'fell',
        'will',
        'on Monday',
        'in a statement',
        '習近平',
        '(CDC)',
        'LEE:',
        '😀',
        '\u200b',
      ],
    ),
    { maxLength: 80 },
  )
  .map(words => words.join(' '));

const anyText = fc.oneof(
  newsy,
  fc.string({ unit: anyCodePoint, maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
);

function spansOf({ attributions, speakers }: AttributedArticle): readonly Span[] {
  return [
    ...attributions.flatMap(({ content, cue, source }) => [...content, cue, source]),
    ...speakers.flatMap(({ name, role, aliases, mentions }) => [name, role, ...aliases, ...mentions]),
  ].filter(span => span !== undefined);
}

describe('any text', () => {
  test('has spans that lie inside it and aren’t empty', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async text => {
        for (const { start, end } of spansOf(await read(text))) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: times(100, 3000) },
    );
  });

  test('has contents in order that don’t overlap, attributions in the order of their contents, and mentions in text order', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async text => {
        const { attributions, speakers } = await read(text);
        const isOrdered = (spans: readonly Span[]) =>
          spans.every((span, at) => at === 0 || (spans[at - 1]?.end ?? 0) <= span.start);
        for (const { content } of attributions) expect(isOrdered(content)).toBe(true);
        const starts = attributions.map(({ content }) => content[0].start);
        expect(starts).toEqual(starts.toSorted((one, other) => one - other));
        for (const { mentions } of speakers) expect(isOrdered(mentions)).toBe(true);
        const firsts = speakers.map(({ mentions }) => mentions[0]?.start ?? -1);
        expect(firsts).toEqual(firsts.toSorted((one, other) => one - other));
      }),
      {
        numRuns: times(100, 3000),
        examples: [
          ['‘ “He told me, ‘Go home,’ and left,” said he'],
          ['the official in a statement “He told me, ‘Go home,’ and left,” said “ “ “'],
        ],
      },
    );
  });

  test('has speakers with unique ids, and every stated speaker is among them', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async text => {
        const { attributions, speakers } = await read(text);
        expect(new Set(speakers.map(({ id }) => id)).size).toBe(speakers.length);
        for (const { speaker, certainty } of attributions) {
          if (speaker !== undefined) expect(speakers).toContain(speaker);
          if (certainty !== 'unclear') expect(speaker).toBeDefined();
        }
      }),
      { numRuns: times(60, 2000) },
    );
  });

  test('has reporting attributions before the ones they report, enclosing their cue, source and content', async () => {
    await fc.assert(
      fc.asyncProperty(newsy, async text => {
        const { attributions } = await read(text);
        for (const [at, { reportedBy, content, cue, source }] of attributions.entries()) {
          if (reportedBy === undefined) continue;
          expect(attributions.indexOf(reportedBy)).toBeGreaterThanOrEqual(0);
          expect(attributions.indexOf(reportedBy)).toBeLessThan(at);
          const spans = [...content, cue, source].filter(span => span !== undefined);
          for (const span of spans) expect(reportedBy.content.some(outer => contains(outer, span))).toBe(true);
        }
      }),
      { numRuns: times(100, 3000) },
    );
  });

  test('is attributed the same way whatever was read before', async () => {
    await fc.assert(
      fc.asyncProperty(newsy, newsy, async (text, other) => {
        const first = await read(text);
        await readAnew(other);
        expect(await readAnew(text)).toEqual(first);
      }),
      { numRuns: times(30, 1000) },
    );
  });
});

describe('hostile texts are attributed completely and quickly', () => {
  const kinds = [
    ['opening marks', '“'],
    ['straight marks', '"'],
    ['one word', 'a'],
    ['one cue', 'said '],
    ['participles', ', saying that he'],
    ['commas', 'a, '],
    ['names', 'Ann Lee, '],
    ['one speaker', '“We will,” Ann Lee said. '],
    ['short paragraphs', '“A b c d e f,” he said.\n'],
    ['officials', '“Yes,” an official said. “No,” the official said.\n'],
    ['short quotations', '“Yes we can do that now.” '],
    ['turns', 'LEE: yes we can\n'],
    ['turns with initials', 'Ann Lee met Bo Cho. \nAL: yes we can\nand so can I\n'],
    ['questions', 'Will you?\nI will.\n'],
    ['introductions', 'Ann Lee, the mayor, wrote:\n'],
    ['letters', 'Ann Lee wrote:\nI am sorry.\n'],
    ['pull quotes', '“A bridge is a promise.”\n'],
    ['headings', 'Related\nAbout Ann Lee\n'],
    ['marks that never close', '“She said '],
    ['pronouns', 'He went to see her. She met him. '],
    ['brackets', '('],
    ['reports of reports', 'Ann Lee said that Bo Cho had said that '],
    ['quotations of quotations', '“He told me, ‘Go home, all of you,’ and left,” Ann Lee said. '],
  ] as const;
  const long = (piece: string, length: number) =>
    toArticle('long', UNKNOWN_METADATA, piece.repeat(Math.ceil(length / piece.length)));
  const isWhole = (attributed: AttributedArticle) =>
    spansOf(attributed).every(({ start, end }) => start >= 0 && end <= attributed.article.text.length);

  test.each(kinds)('%s', async (_, piece) => {
    expect(isWhole(await attribute(long(piece, times(2_000, 20_000))))).toBe(true);
  });

  // A quadratic search for the end of the content would take minutes.
  test('spaces in the middle of a content', async () => {
    const text = `Ann Lee said the bridge${' '.repeat(300_000)}would reopen.`;
    expect(isWhole(await attribute(toArticle('spaces', UNKNOWN_METADATA, text)))).toBe(true);
  });
});
