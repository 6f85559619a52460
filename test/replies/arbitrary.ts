import type { AttributedArticle, Attribution, Speaker } from '../../src/attribution/attribution.ts';
import type { Article, Paragraph } from '../../src/news/article.ts';
import type { Span } from '../../src/news/span.ts';
import { LANGUAGES } from '../../src/wording/languages.ts';
import { type Say, sayIn } from '../../src/wording/say.ts';
import { fc } from '../fast-check.ts';

/** Answers must be valid in every language of the bot. */
export const anySay: fc.Arbitrary<Say> = fc.constantFrom(...LANGUAGES).map(sayIn);

/**
 * Text that tends to break things: Markdown, mentions, links, timestamps, Chinese, emoji, invisible characters, half a
 * character.
 */
const hurtful = fc.constantFrom(
  '# ',
  '-# ',
  '> ',
  '1. ',
  '- ',
  '**',
  '__',
  '~~',
  '||',
  '`',
  '```',
  '\\',
  '[a](https://x.y)',
  '<@1>',
  '@everyone',
  '<t:0:R>',
  '<a:b:1>',
  'https://a.b/c?d',
  '</quote:1>',
  '\u202e',
  '\u200b',
  '⟦',
  '⟧',
  '\ud83d',
  '😀',
  '習近平',
  '习近平表示，「不」。',
  '“no,”',
  ' ',
  '\t',
);
const word = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 9 }) },
  { weight: 2, arbitrary: hurtful },
);

function line(maxWords: number): fc.Arbitrary<string> {
  return fc
    .array(word, { minLength: 1, maxLength: maxWords })
    .map(words => words.join(' ').replaceAll(/[\n\r]/g, ' '))
    .filter(words => words.trim() !== '');
}

/** Short lines, and sometimes one far longer than a message. */
const anyLine = fc.oneof(
  { weight: 4, arbitrary: line(40) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(line(8), fc.integer({ min: 1, max: 900 }))
      .map(([words, times]) => `${words} `.repeat(times).trim()),
  },
);

function spanWithin({ start, end }: Span): fc.Arbitrary<Span> {
  return fc
    .tuple(fc.integer({ min: start, max: end - 1 }), fc.integer({ min: 1, max: end - start }))
    .map(([from, length]) => ({ start: from, end: Math.min(from + length, end) }));
}

function sentencesOf(paragraph: Span, cuts: readonly number[]): Span[] {
  const inside = cuts.map(cut => paragraph.start + (cut % (paragraph.end - paragraph.start)));
  const edges = [...new Set([paragraph.start, ...inside, paragraph.end])].sort((one, other) => one - other);
  return edges.slice(1).map((end, at) => ({ start: edges[at] ?? paragraph.start, end }));
}

const metadata = fc.record({
  title: fc.oneof(line(12), fc.constant('長'.repeat(600)), fc.constant('[x](y) '.repeat(80))),
  titleIsDescriptive: fc.boolean(),
  outlet: fc.option(anyLine, { nil: undefined }),
  byline: fc.option(anyLine, { nil: undefined }),
  published: fc.constantFrom(undefined, '2022-03-14', '2022-03-14T10:00:00Z'),
  url: fc.constantFrom(
    undefined,
    'https://news.example/a_(b)?c=<d>#e',
    `https://news.example/${'x'.repeat(1990)}`,
    'https://news.example/習近平',
  ),
});

const anyArticle: fc.Arbitrary<Article> = fc
  .tuple(metadata, fc.array(fc.tuple(anyLine, fc.array(fc.nat(), { maxLength: 6 })), { minLength: 1, maxLength: 5 }))
  .map(([head, lines]) => {
    const paragraphs: Paragraph[] = [];
    let start = 0;
    for (const [words, cuts] of lines) {
      const span = { start, end: start + words.length };
      paragraphs.push({ ...span, number: paragraphs.length + 1, sentences: sentencesOf(span, cuts) });
      start = span.end + 1;
    }
    return { ...head, id: head.title, updated: false, text: lines.map(([words]) => words).join('\n'), paragraphs };
  });

function speakersIn(article: Article): fc.Arbitrary<readonly Speaker[]> {
  const span = fc.constantFrom(...article.paragraphs).chain(spanWithin);
  const speaker = fc.record({
    name: span,
    kind: fc.constantFrom('person', 'group', 'organisation', 'document'),
    named: fc.boolean(),
    role: fc.option(span, { nil: undefined }),
    aliases: fc.array(span, { maxLength: 8 }),
    mentions: fc.array(span, { maxLength: 30 }),
  });
  return fc
    .array(speaker, { minLength: 1, maxLength: 4 })
    .map(speakers => speakers.map((each, at) => ({ ...each, id: `${at}` })));
}

function attributionsIn(article: Article, speakers: readonly Speaker[]): fc.Arbitrary<readonly Attribution[]> {
  const span = fc.constantFrom(...article.paragraphs).chain(spanWithin);
  const attribution = fc.record({
    type: fc.constantFrom('direct', 'indirect', 'mixed'),
    content: fc.tuple(span),
    cue: fc.option(span, { nil: undefined }),
    source: fc.option(span, { nil: undefined }),
    speaker: fc.option(fc.constantFrom(...speakers), { nil: undefined }),
    certainty: fc.constantFrom('stated', 'inferred', 'unclear'),
    rule: fc.constant('any'),
    score: fc.constantFrom(0.5, 1),
    doubtful: fc.boolean(),
    reportedBy: fc.constant(undefined),
  });
  return fc
    .tuple(fc.array(attribution, { maxLength: 6 }), fc.boolean())
    .map(([[first, ...others], nested]) =>
      first === undefined ? [] : [first, ...others.map(each => ({ ...each, reportedBy: nested ? first : undefined }))],
    );
}

/** Any article, with speakers and attributions that make no sense: answers must be valid all the same. */
export const anyAttributed: fc.Arbitrary<AttributedArticle> = anyArticle.chain(article =>
  speakersIn(article).chain(speakers =>
    attributionsIn(article, speakers).map(attributions => ({ article, speakers, attributions })),
  ),
);

/** Spans within a paragraph, like matches. */
export function anyMatches(paragraph: Span): fc.Arbitrary<readonly Span[]> {
  return fc.array(spanWithin(paragraph), { maxLength: 5 });
}
