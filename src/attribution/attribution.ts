import type { Article } from '../news/article.ts';
import type { Span } from '../news/span.ts';

/**
 * Of the code that makes attributions, speakers, paragraphs and sentences. Count it up with every change to what they say:
 * libraries then read their articles again.
 */
export const attributionVersion = 3;

/** Whom a source means, within one article. */
export interface Speaker {
  /** Unique within the article. */
  readonly id: string;
  /** The fullest form in which the article names them: its words. Never made up. */
  readonly name: Span;
  readonly kind: 'person' | 'group' | 'organisation' | 'document';
  /** False for "a senior US official": such a speaker is never taken for another of like words. */
  readonly named: boolean;
  /** What the article says they are ("US National Security Adviser"). */
  readonly role: Span | undefined;
  /** Other names that the article gives them: short forms, abbreviations, Chinese names in brackets. */
  readonly aliases: readonly Span[];
  /** Every place that names them, in the text's order; pronouns are not among them. */
  readonly mentions: readonly Span[];
}

/** How sure it is whom a source means: the article names them, one reading makes sense, or it leaves room for another. */
export type Certainty = 'stated' | 'inferred' | 'unclear';

/** Words that the article reports of somebody, before it is settled whom the source means. */
export interface Report {
  readonly type: 'direct' | 'indirect' | 'mixed';
  /** What was said, without the outer quotation marks; several spans where the cue interrupts it. */
  readonly content: readonly [Span, ...Span[]];
  readonly cue: Span | undefined;
  /** The words that name who, as they stand in the text: "another US official familiar with the discussions". */
  readonly source: Span | undefined;
  /** Which rule or model decided: a name to explain and to measure by. */
  readonly rule: string;
}

/** A report that was kept, and how likely it is right: content and source as a reader would mark them. */
export interface WeighedReport extends Report {
  /** 0 to 1: the share of reports like it that were right in held-back articles. */
  readonly score: number;
  /** Kept, but too often wrong among its like to be shown without saying so. */
  readonly doubtful: boolean;
}

/** A report and whom its source means. */
export interface Attribution extends WeighedReport {
  readonly speaker: Speaker | undefined;
  readonly certainty: Certainty;
  /**
   * The article's attribution in whose content this one stands: "Lee said that Cho had said …". Not the article but that
   * one's speaker tells that this was said.
   */
  readonly reportedBy: Attribution | undefined;
}

/** An article with all that was read out of it. Derived: made again from `article.text` whenever the code changes. */
export interface AttributedArticle {
  readonly article: Article;
  /** In the order of their contents; of two that begin together, the one that holds the other is first. */
  readonly attributions: readonly Attribution[];
  /** Everyone whom the article names, those who say nothing included, in the order of first mention. */
  readonly speakers: readonly Speaker[];
}
