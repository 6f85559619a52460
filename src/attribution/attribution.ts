import type { Article } from '../news/article.ts';
import { type Span, slice } from '../news/span.ts';

/**
 * Version of the code that finds attributions, speakers, paragraphs and sentences. Increase it with every change to its
 * output: libraries then attribute their articles again.
 */
export const ATTRIBUTION_VERSION = 34;

/** The person or body that sources in one article refer to. */
export interface Speaker {
  /** Unique within the article. */
  readonly id: string;
  /** The fullest form of the name in the article. */
  readonly name: Span;
  readonly kind: 'person' | 'group' | 'organisation' | 'document';
  /**
   * False for "a senior US official". An unnamed speaker is never merged with another one described in similar words.
   */
  readonly named: boolean;
  /** How the article describes them ("US National Security Adviser"). */
  readonly role: Span | undefined;
  /** Other names in the article: short forms, abbreviations, Chinese names in brackets. */
  readonly aliases: readonly Span[];
  /** Every place that names them, in text order, pronouns excluded. */
  readonly mentions: readonly Span[];
}

/** How certain a speaker is: the article names them, only one reading makes sense, or several do. */
export type Certainty = 'stated' | 'inferred' | 'unclear';

/** Words attributed to somebody, before the source is resolved to a speaker. */
export interface Report {
  readonly type: 'direct' | 'indirect' | 'mixed';
  /** What was said, without the outer quotation marks; several spans if the cue interrupts it. */
  readonly content: readonly [Span, ...Span[]];
  readonly cue: Span | undefined;
  /** The article's words for who said it: "another US official familiar with the discussions". */
  readonly source: Span | undefined;
  /** Where the article names whom the layout means: the interviewee, for answers without a name. */
  readonly named?: Span | undefined;
  /** Where the article quotes the same words with their source, which a pull quote repeats. */
  readonly repeats?: Span | undefined;
  /** Which rule or model found it, for explaining and measuring. */
  readonly rule: string;
}

/** A report that was kept, with the probability that content and source are right. */
export interface WeighedReport extends Report {
  /** 0 to 1: the probability that content and source are right; 1 if layout decides. */
  readonly score: number;
  /** True if reports like it are wrong too often to be shown without a hedge. */
  readonly doubtful: boolean;
  /** Left out once its speaker is resolved. */
  readonly pointer?: Pointer | undefined;
}

/** Where an article may name whoever a source means. */
export interface Pointer {
  /** Words that may mean the same person or body, in text order. The shares are probabilities. */
  readonly words: readonly (Span & { readonly share: number })[];
  /** The probability that no other words do. */
  readonly nowhere: number;
}

/** A stretch of an article's text, with a digest by which it is found again if the text before it changes. */
export interface Anchor extends Span {
  readonly digest: string;
}

/** Somebody's objection that this isn't who said it, and what the library's managers decided. */
export interface Dispute {
  /** From the beginning of the content to its end. */
  readonly content: Anchor;
  /** The name of the speaker whom it was attributed to; `undefined` if that was unclear. */
  readonly took: Anchor | undefined;
  /** The user id of whoever objected; empty if it was imported. */
  readonly reporter: string;
  /** In milliseconds since 1970. */
  readonly since: number;
  /** `undefined` until somebody decides. */
  readonly decision: Ruling | undefined;
}

interface Ruling {
  /** The speaker's name; `undefined` if nobody can be named. */
  readonly speaker: Anchor | undefined;
}

/** A report with its speaker resolved. */
export interface Attribution extends WeighedReport {
  readonly speaker: Speaker | undefined;
  readonly certainty: Certainty;
  /**
   * The attribution whose content contains this one ("Lee said that Cho had said …"): its speaker, not the article,
   * reports this.
   */
  readonly reportedBy: Attribution | undefined;
  /** Until it is decided, the speaker is unclear. */
  readonly dispute?: Dispute | undefined;
}

/** An article with everything derived from it. Made again from `article.text` whenever the code changes. */
export interface AttributedArticle {
  readonly article: Article;
  /** Ordered by content; if two start together, the enclosing one comes first. */
  readonly attributions: readonly Attribution[];
  /** Everyone the article names, quoted or not, in order of first mention. */
  readonly speakers: readonly Speaker[];
}

/**
 * Returns how certain an answer may be of who speaks, which whoever manages the library may have decided. If the article
 * only says “his solicitor” twice, both are probably the same, but it doesn't say who that is.
 */
export function certaintyOf(
  { text }: Pick<Article, 'text'>,
  { speaker, certainty, source, dispute }: Attribution,
): Certainty {
  if (speaker === undefined || certainty === 'unclear') return 'unclear';
  if (certainty === 'stated' || dispute?.decision !== undefined) return 'stated';
  const isSamePhrase =
    source !== undefined && slice(text, source).toLowerCase() === slice(text, speaker.name).toLowerCase();
  return isSamePhrase ? 'unclear' : 'inferred';
}
