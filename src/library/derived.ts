import type { AttributedArticle, Attribution, Report, Speaker } from '../attribution/attribution.ts';
import type { Article, Masthead, Paragraph } from '../news/article.ts';
import type { Span } from '../news/span.ts';

/** What an article is before anything is read out of it. */
export interface Text extends Masthead {
  readonly id: string;
  readonly updated: boolean;
  readonly text: string;
}

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
  /** A place in the list of speakers. */
  readonly speaker: number | null;
}

/** All that is derived from a text, as numbers into it. Another shape needs a migration. */
interface Stored {
  readonly paragraphs: readonly (readonly [number: number, span: Range, ...sentences: Range[]])[];
  readonly speakers: readonly StoredSpeaker[];
  readonly attributions: readonly StoredAttribution[];
}

/** What was read out of an article, as one line of JSON without a word of its text. */
export function writeDerived({ article, attributions, speakers }: AttributedArticle): string {
  const places = new Map(speakers.map((speaker, place) => [speaker.id, place]));
  const stored: Stored = {
    paragraphs: article.paragraphs.map(each => [each.number, rangeOf(each), ...each.sentences.map(rangeOf)]),
    speakers: speakers.map(storeSpeaker),
    attributions: attributions.map(each => storeAttribution(each, places)),
  };
  return JSON.stringify(stored);
}

/** Puts what `writeDerived` wrote on its text again. Nobody but this program writes such lines: their checksum is checked before. */
export function readDerived(text: Text, derived: string): AttributedArticle {
  const stored: Stored = JSON.parse(derived);
  const speakers = stored.speakers.map(toSpeaker);
  const attributions = stored.attributions.map(each => toAttribution(each, speakers));
  return { article: toArticle(text, stored.paragraphs.map(toParagraph)), attributions, speakers };
}

function toArticle({ id, updated, text, ...masthead }: Text, paragraphs: readonly Paragraph[]): Article {
  return { id, ...masthead, updated, text, paragraphs };
}

function storeSpeaker({ id, kind, named, name, role, aliases, mentions }: Speaker): StoredSpeaker {
  const spans = { aliases: aliases.map(rangeOf), mentions: mentions.map(rangeOf) };
  return { id, kind, named, name: rangeOf(name), role: orNull(role), ...spans };
}

function storeAttribution(attribution: Attribution, places: ReadonlyMap<string, number>): StoredAttribution {
  const { type, rule, certainty, score, doubtful, content, cue, source, speaker } = attribution;
  const [first, ...others] = content;
  const spans = { cue: orNull(cue), source: orNull(source) };
  const place = speaker === undefined ? null : (places.get(speaker.id) ?? null);
  const told = { type, rule, certainty, score, doubtful };
  return { ...told, content: [rangeOf(first), ...others.map(rangeOf)], ...spans, speaker: place };
}

function toParagraph([number, span, ...sentences]: Stored['paragraphs'][number]): Paragraph {
  return { ...toSpan(span), number, sentences: sentences.map(toSpan) };
}

function toSpeaker({ id, kind, named, name, role, aliases, mentions }: StoredSpeaker): Speaker {
  const spans = { aliases: aliases.map(toSpan), mentions: mentions.map(toSpan) };
  return { id, kind, named, name: toSpan(name), role: orUndefined(role), ...spans };
}

function toAttribution(stored: StoredAttribution, speakers: readonly Speaker[]): Attribution {
  const { type, rule, certainty, score, doubtful, content, cue, source, speaker } = stored;
  const [first, ...others] = content;
  const spans: Pick<Report, 'content' | 'cue' | 'source'> = {
    content: [toSpan(first), ...others.map(toSpan)],
    cue: orUndefined(cue),
    source: orUndefined(source),
  };
  const told = { type, rule, certainty, score, doubtful };
  return { ...told, ...spans, speaker: speaker === null ? undefined : speakers[speaker] };
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
