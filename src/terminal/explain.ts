import { styleText } from 'node:util';
import type { AttributedArticle, Attribution, Certainty, Report } from '../attribution/attribution.ts';
import type { Paragraph } from '../news/article.ts';
import { overlaps, type Span, slice } from '../news/span.ts';

type Role = 'content' | 'cue' | 'source';

const COLOURS = { content: 'green', cue: 'yellow', source: 'cyan' } as const;

interface Painted extends Span {
  readonly role: Role;
}

function paintedSpans(attributions: readonly Attribution[]): Painted[] {
  const spans = attributions.flatMap(({ content, cue, source }) => [
    ...content.map(span => ({ ...span, role: 'content' as const })),
    ...(cue === undefined ? [] : [{ ...cue, role: 'cue' as const }]),
    ...(source === undefined ? [] : [{ ...source, role: 'source' as const }]),
  ]);
  return spans.sort((one, other) => one.start - other.start || one.end - other.end);
}

/** Returns a paragraph's text with attributed spans coloured. Of overlapping spans, the first keeps its colour. */
function paint(text: string, paragraph: Span, spans: readonly Painted[]): string {
  let at = paragraph.start;
  let painted = '';
  for (const span of spans) {
    const start = Math.max(at, span.start);
    const end = Math.min(paragraph.end, span.end);
    if (start >= end) continue;
    painted += text.slice(at, start) + styleText(COLOURS[span.role], text.slice(start, end));
    at = end;
  }
  return painted + text.slice(at, paragraph.end);
}

function phraseOf(text: string, { source }: Attribution): string {
  return source === undefined ? 'no source' : `“${slice(text, source)}”`;
}

function describe(text: string, attribution: Attribution): string {
  const { speaker, type, rule, reportedBy } = attribution;
  const certainty = attribution.doubtful ? `${attribution.certainty}, doubtful` : attribution.certainty;
  const who = speaker === undefined ? 'nobody named in the article' : slice(text, speaker.name);
  const phrase = phraseOf(text, attribution);
  const teller = reportedBy === undefined ? '' : `, as reported by ${phraseOf(text, reportedBy)}`;
  return styleText(
    'dim',
    `     ${phrase} → ${who}${teller} (${certainty}; ${type}; ${rule}; ${attribution.score.toFixed(2)})`,
  );
}

function explainParagraph({ article, attributions }: AttributedArticle, paragraph: Paragraph): string {
  const here = attributions.filter(each => each.content.some(span => overlaps(span, paragraph)));
  const starting = here.filter(each => each.content[0].start >= paragraph.start);
  const spans = paintedSpans(attributions).filter(span => overlaps(span, paragraph));
  return [
    `${`¶${paragraph.number}`.padEnd(5)}${paint(article.text, paragraph, spans)}`,
    ...starting.map(each => describe(article.text, each)),
  ].join('\n');
}

/**
 * Returns an article to read: its paragraphs, coloured, each followed by its attributions' speaker, certainty and rule.
 */
export function explain({ article, ...rest }: AttributedArticle): string {
  const { id, title, text, paragraphs } = article;
  // An article could control the terminal. Spans stay right, since one character replaces another.
  const printable = (words: string) => words.replaceAll(/[\p{Cc}--[\t\n]]/gv, '\uFFFD');
  const shown = { ...rest, article: { ...article, text: printable(text) } };
  const head = styleText('bold', printable(title === '' ? id : title));
  return [head, ...paragraphs.map(paragraph => explainParagraph(shown, paragraph)), ''].join('\n\n');
}

type Range = readonly [number, number];

/** Attributions by the one that reports them; under undefined, those of the article itself. */
type Inner = ReadonlyMap<Attribution | undefined, readonly Attribution[]>;

/** An attribution as JSON. Offsets are half-open UTF-16 ranges of the article's text. */
export interface QuoteRecord {
  readonly content: readonly Range[];
  readonly cue: readonly Range[] | null;
  /** The source mention; `speaker_text` is its text. */
  readonly speaker: readonly Range[] | null;
  readonly speaker_text: string | null;
  /** Whom the source refers to, in the article's fullest form. */
  readonly name: string | null;
  readonly type: Report['type'];
  readonly certainty: Certainty;
  readonly rule: string;
  /** The probability that content and source are right, 0 to 1; `doubtful` if below the threshold. */
  readonly score: number;
  readonly doubtful: boolean;
  /** Attributions within its content (“Lee said that Cho had said …”), which appear nowhere else in the record. */
  readonly reported: readonly QuoteRecord[];
}

/** A line of `npm run attribute`. */
interface ArticleRecord {
  readonly id: string;
  /** The article's own attributions; nested ones are in their `reported`. */
  readonly quotes: readonly QuoteRecord[];
}

function rangeOf(span: Span): Range {
  return [span.start, span.end];
}

function quoteRecord(text: string, attribution: Attribution, inner: Inner): QuoteRecord {
  const { cue, source, speaker } = attribution;
  return {
    content: attribution.content.map(rangeOf),
    cue: cue === undefined ? null : [rangeOf(cue)],
    speaker: source === undefined ? null : [rangeOf(source)],
    speaker_text: source === undefined ? null : slice(text, source),
    name: speaker === undefined ? null : slice(text, speaker.name),
    type: attribution.type,
    certainty: attribution.certainty,
    rule: attribution.rule,
    score: Number(attribution.score.toFixed(3)),
    doubtful: attribution.doubtful,
    reported: (inner.get(attribution) ?? []).map(each => quoteRecord(text, each, inner)),
  };
}

/** Returns an article's attributions in the form that `npm run score` reads. */
export function articleRecord({ article, attributions }: AttributedArticle): ArticleRecord {
  const inner = Map.groupBy(attributions, ({ reportedBy }) => reportedBy);
  return { id: article.id, quotes: (inner.get(undefined) ?? []).map(each => quoteRecord(article.text, each, inner)) };
}
