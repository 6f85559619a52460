import {
  ATTRIBUTION_VERSION,
  type AttributedArticle,
  type Attribution,
  type Dispute,
  type Report,
  type Speaker,
} from '../../attribution/attribution.ts';
import { INDEX_VERSION, indexArticle } from '../../indexing/index-article.ts';
import type { Article, Paragraph } from '../../news/article.ts';
import type { Span } from '../../news/span.ts';
import { applyDisputes } from './disputes.ts';
import { atOnce, mapInPieces } from './in-pieces.ts';
import type { Derivation, Versions } from './store.ts';

/** An article before anything is derived from it. */
export type ArticleText = Omit<Article, 'paragraphs'>;

type Range = readonly [start: number, end: number];

interface StoredSpeaker extends Pick<Speaker, 'id' | 'kind' | 'named'> {
  readonly name: Range;
  readonly role: Range | null;
  readonly aliases: readonly Range[];
  readonly mentions: readonly Range[];
}

interface StoredAttribution extends Pick<Attribution, 'type' | 'rule' | 'certainty' | 'score' | 'doubtful'> {
  readonly content: readonly [Range, ...Range[]];
  readonly cue: Range | null;
  readonly source: Range | null;
  /** An index in the list of speakers. */
  readonly speaker: number | null;
  /** An index in the list of attributions, before this one. Rows of version 1 don't have it. */
  readonly reportedBy: number | null | undefined;
}

/** Everything derived from a text, as offsets into it. Changing its shape needs a migration. */
interface Stored {
  readonly paragraphs: readonly (readonly [number: number, span: Range, ...sentences: Range[]])[];
  readonly speakers: readonly StoredSpeaker[];
  readonly attributions: readonly StoredAttribution[];
}

/** Encodes what was derived from an article as one line of JSON, without a word of its text. */
export function encodeDerived({ article, attributions, speakers }: AttributedArticle): string {
  const places = new Map(speakers.map((speaker, place) => [speaker.id, place]));
  const order = new Map(attributions.map((each, place) => [each, place]));
  const stored: Stored = {
    paragraphs: article.paragraphs.map(each => [each.number, rangeOf(each), ...each.sentences.map(rangeOf)]),
    speakers: speakers.map(storeSpeaker),
    attributions: attributions.map(each => storeAttribution(each, places, order)),
  };
  return JSON.stringify(stored);
}

/** How much was derived, for lists. */
export interface DerivedCounts {
  readonly paragraphs: number;
  readonly attributions: number;
  /** The speakers of attributions. */
  readonly speakers: number;
}

/** Counts what `encodeDerived` encoded. */
export function countDerived(derived: string): DerivedCounts {
  const { paragraphs, attributions }: Stored = JSON.parse(derived);
  const speakers = new Set(attributions.flatMap(({ speaker }) => (speaker === null ? [] : [speaker])));
  return { paragraphs: paragraphs.length, attributions: attributions.length, speakers: speakers.size };
}

/** Decodes what `encodeDerived` encoded. The caller has verified the line's checksum. */
export function decodeDerived(text: ArticleText, derived: string): AttributedArticle {
  return atOnce(readingDerived(text, derived));
}

/** Like `decodeDerived`, but in batches: 2 MB of text takes 100 ms. */
export function* readingDerived(text: ArticleText, derived: string): Generator<void, AttributedArticle> {
  const stored: Stored = JSON.parse(derived);
  yield;
  const speakers = yield* mapInPieces(stored.speakers, toSpeaker);
  const attributions: Attribution[] = [];
  yield* mapInPieces(stored.attributions, each => attributions.push(toAttribution(each, speakers, attributions)));
  const paragraphs = yield* mapInPieces(stored.paragraphs, toParagraph);
  return { article: toArticle(text, paragraphs), attributions, speakers };
}

function toArticle({ id, updated, text, ...metadata }: ArticleText, paragraphs: readonly Paragraph[]): Article {
  return { id, ...metadata, updated, text, paragraphs };
}

function storeSpeaker({ id, kind, named, name, role, aliases, mentions }: Speaker): StoredSpeaker {
  const spans = { aliases: aliases.map(rangeOf), mentions: mentions.map(rangeOf) };
  return { id, kind, named, name: rangeOf(name), role: orNull(role), ...spans };
}

function storeAttribution(
  attribution: Attribution,
  places: ReadonlyMap<string, number>,
  order: ReadonlyMap<Attribution, number>,
): StoredAttribution {
  const { type, rule, certainty, score, doubtful, content, cue, source, speaker, reportedBy } = attribution;
  const [first, ...others] = content;
  const spans = { cue: orNull(cue), source: orNull(source) };
  const place = speaker === undefined ? null : (places.get(speaker.id) ?? null);
  const told = { type, rule, certainty, score, doubtful };
  const around = reportedBy === undefined ? null : (order.get(reportedBy) ?? null);
  return { ...told, content: [rangeOf(first), ...others.map(rangeOf)], ...spans, speaker: place, reportedBy: around };
}

function toParagraph([number, span, ...sentences]: Stored['paragraphs'][number]): Paragraph {
  return { ...toSpan(span), number, sentences: sentences.map(toSpan) };
}

function toSpeaker({ id, kind, named, name, role, aliases, mentions }: StoredSpeaker): Speaker {
  const spans = { aliases: aliases.map(toSpan), mentions: mentions.map(toSpan) };
  return { id, kind, named, name: toSpan(name), role: orUndefined(role), ...spans };
}

function toAttribution(
  stored: StoredAttribution,
  speakers: readonly Speaker[],
  before: readonly Attribution[],
): Attribution {
  const { type, rule, certainty, score, doubtful, content, cue, source, speaker, reportedBy } = stored;
  const [first, ...others] = content;
  const spans: Pick<Report, 'content' | 'cue' | 'source'> = {
    content: [toSpan(first), ...others.map(toSpan)],
    cue: orUndefined(cue),
    source: orUndefined(source),
  };
  const told = { type, rule, certainty, score, doubtful };
  const around = typeof reportedBy === 'number' ? before[reportedBy] : undefined;
  return { ...told, ...spans, speaker: speaker === null ? undefined : speakers[speaker], reportedBy: around };
}

function rangeOf({ start, end }: Span): Range {
  return [start, end];
}

function toSpan([start, end]: Range): Span {
  return { start, end };
}

function orNull(span: Span | undefined): Range | null {
  return span === undefined ? null : rangeOf(span);
}

function orUndefined(range: Range | null): Span | undefined {
  return range === null ? undefined : toSpan(range);
}

/** The versions of the running code. */
export const VERSIONS: Versions = { attribution: ATTRIBUTION_VERSION, index: INDEX_VERSION };

/**
 * Returns what an article is stored with. `from` is as if nobody disputed it. `attribution` is the version that made its
 * attributions.
 */
export function derivationOf(
  from: AttributedArticle,
  disputes: readonly Dispute[] = [],
  attribution = VERSIONS.attribution,
): Derivation {
  const settled = applyDisputes(from, disputes);
  const derived = encodeDerived(from);
  const speakers = new Set(settled.attributions.flatMap(({ speaker }) => speaker ?? [])).size;
  const counts = { paragraphs: from.article.paragraphs.length, attributions: from.attributions.length, speakers };
  return { derived, indexed: indexArticle(settled), counts, madeBy: { ...VERSIONS, attribution } };
}
