import type { AttributedArticle, Attribution, Certainty, Report } from '../attribution/attribution.ts';
import { type Span, slice } from '../news/span.ts';

type Range = readonly [number, number];

/** By the attribution that reports them; under `undefined`, what the article reports. */
type Inner = ReadonlyMap<Attribution | undefined, readonly Attribution[]>;

/** One attribution as one JSON object; offsets are UTF-16, half-open, into the article's text. */
export interface QuoteRecord {
  readonly content: readonly Range[];
  readonly cue: readonly Range[] | null;
  /** The source mention: the words in the text, `speaker_text` being what they are. */
  readonly speaker: readonly Range[] | null;
  readonly speaker_text: string | null;
  /** Whom the source means, in the article's own fullest form. */
  readonly name: string | null;
  readonly type: Report['type'];
  readonly certainty: Certainty;
  readonly rule: string;
  /** How likely content and source are right, 0 to 1; below what is shown as certain, `doubtful`. */
  readonly score: number;
  readonly doubtful: boolean;
  /** What its content reports in turn: "Lee said that Cho had said …". These stand nowhere else in the record. */
  readonly reported: readonly QuoteRecord[];
}

/** One line of `npm run attribute`. */
export interface ArticleRecord {
  readonly id: string;
  /** What the article itself reports; what somebody in it reports stands in that one's `reported`. */
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

/** The attributions of one article in the form that `npm run score` reads. */
export function articleRecord({ article, attributions }: AttributedArticle): ArticleRecord {
  const inner = Map.groupBy(attributions, ({ reportedBy }) => reportedBy);
  return { id: article.id, quotes: (inner.get(undefined) ?? []).map(each => quoteRecord(article.text, each, inner)) };
}
