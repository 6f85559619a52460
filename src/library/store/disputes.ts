import type { Anchor, AttributedArticle, Attribution, Dispute, Speaker } from '../../attribution/attribution.ts';
import { isSameSpan, lengthOf, overlaps, type Span, sharedLength, slice } from '../../news/span.ts';
import { digestOf } from './keys.ts';

// Disputed attributions. Derived data is stored as if nobody disputed it. Disputes are applied wherever an article is
// read or indexed, so that they survive a new version of the code that derives it again.

export function anchorOf(text: string, { start, end }: Span): Anchor {
  return { start, end, digest: digestOf(text.slice(start, end)) };
}

/** Returns the text from the beginning of an attribution's content to its end. */
export function outerOf({ content }: Pick<Attribution, 'content'>): Span {
  return { start: content[0].start, end: content.at(-1)?.end ?? content[0].end };
}

/** Returns the item whose span has the words of an anchor, the nearest to where they were. */
function nearest<Item>(text: string, anchor: Anchor, items: readonly Item[], spanOf: (item: Item) => Span) {
  const length = anchor.end - anchor.start;
  const same = items.filter(item => {
    const span = spanOf(item);
    return span.end - span.start === length && digestOf(slice(text, span)) === anchor.digest;
  });
  const distance = (item: Item) => Math.abs(spanOf(item).start - anchor.start);
  return same.toSorted((one, other) => distance(one) - distance(other))[0];
}

function isUnmoved(text: string, anchor: Anchor): boolean {
  return anchor.end <= text.length && digestOf(slice(text, anchor)) === anchor.digest;
}

/** The least overlap that makes two contents the same, if another version of the code finds other boundaries. */
const LEAST_SHARE = 0.5;

function shareOf(one: Span, other: Span): number {
  const common = sharedLength(one, other);
  return common / (lengthOf([one, other]) - common);
}

/** Returns the attribution that a dispute is about; `undefined` if the article no longer has it. */
function disputedIn({ article: { text }, attributions }: AttributedArticle, content: Anchor): Attribution | undefined {
  const same = nearest(text, content, attributions, outerOf);
  if (same !== undefined || !isUnmoved(text, content)) return same;
  const share = (each: Attribution) => shareOf(outerOf(each), content);
  const alike = attributions.filter(each => share(each) >= LEAST_SHARE);
  return alike.toSorted((one, other) => share(other) - share(one))[0];
}

/** Returns the speaker with this name; `undefined` if the article no longer has them. */
function speakerNamed({ article: { text }, speakers }: AttributedArticle, name: Anchor): Speaker | undefined {
  const same = nearest(text, name, speakers, speaker => speaker.name);
  if (same !== undefined || !isUnmoved(text, name)) return same;
  return speakers.find(({ aliases, mentions }) => [...aliases, ...mentions].some(span => overlaps(span, name)));
}

/** Returns an attribution as the dispute leaves it. */
function settled(from: AttributedArticle, attribution: Attribution, dispute: Dispute): Attribution {
  const name = dispute.decision?.speaker;
  const speaker = name && speakerNamed(from, name);
  if (speaker === undefined) return { ...attribution, speaker, certainty: 'unclear', dispute };
  const isStated = attribution.speaker === speaker && attribution.certainty === 'stated';
  return { ...attribution, speaker, certainty: isStated ? 'stated' : 'inferred', doubtful: false, dispute };
}

/** Returns the article with disputed attributions unclear, or as they were decided. */
export function applyDisputes(from: AttributedArticle, disputes: readonly Dispute[]): AttributedArticle {
  if (disputes.length === 0) return from;
  const disputed = new Map(disputes.map(dispute => [disputedIn(from, dispute.content), dispute]));
  const changed = new Map<Attribution, Attribution>();
  const attributions = from.attributions.map(each => {
    const dispute = disputed.get(each);
    const reportedBy = each.reportedBy && (changed.get(each.reportedBy) ?? each.reportedBy);
    if (dispute === undefined && reportedBy === each.reportedBy) return each;
    const told = { ...each, reportedBy };
    const now = dispute === undefined ? told : settled(from, { ...told, speaker: each.speaker }, dispute);
    changed.set(each, now);
    return now;
  });
  return { ...from, attributions };
}

/**
 * Returns an article's disputes with one more; `undefined` if it is disputed already, or nobody was named. `content` is
 * the outer span of an attribution.
 */
export function withDispute(
  from: AttributedArticle,
  disputes: readonly Dispute[],
  content: Span,
  { reporter, since }: Pick<Dispute, 'reporter' | 'since'>,
): readonly Dispute[] | undefined {
  const { text } = from.article;
  const attribution = applyDisputes(from, disputes).attributions.find(each => isSameSpan(outerOf(each), content));
  const speaker = attribution?.certainty === 'unclear' ? undefined : attribution?.speaker;
  if (speaker === undefined || attribution?.dispute !== undefined) return undefined;
  const took = anchorOf(text, speaker.name);
  // One that is still there had other words in its place.
  const others = disputes.filter(each => !isSameSpan(each.content, content));
  return [...others, { content: anchorOf(text, content), took, reporter, since, decision: undefined }];
}

/** Whom a dispute was decided for, by the place of their name; `undefined` if nobody can be named. */
export interface DecidedSpan {
  readonly content: Span;
  readonly speaker: Span | undefined;
}

/**
 * Returns the disputes with one decided; `undefined` if there is no such dispute or speaker, or if it has been decided and
 * `isAgain` is false.
 */
export function withDecision(
  from: AttributedArticle,
  disputes: readonly Dispute[],
  { content, speaker }: DecidedSpan,
  isAgain: boolean,
): readonly Dispute[] | undefined {
  const isThere = disputes.some(each => isSameSpan(each.content, content) && (isAgain || each.decision === undefined));
  const isNamed = speaker === undefined || from.speakers.some(({ name }) => isSameSpan(name, speaker));
  if (!isThere || !isNamed) return undefined;
  const decision = { speaker: speaker && anchorOf(from.article.text, speaker) };
  return disputes.map(each => (isSameSpan(each.content, content) ? { ...each, decision } : each));
}

/**
 * Returns the disputes with what was decided elsewhere; `undefined` if all of that is decided here already. Of several
 * decisions about the same content, the last one counts.
 */
export function withImported(
  { article: { text } }: AttributedArticle,
  disputes: readonly Dispute[],
  imported: readonly DecidedSpan[],
  since: number,
): readonly Dispute[] | undefined {
  const isDecided = ({ content }: DecidedSpan) =>
    disputes.some(each => isSameSpan(each.content, content) && each.decision !== undefined);
  const added = imported
    .filter(({ content }, at) => !imported.slice(at + 1).some(later => isSameSpan(later.content, content)))
    .filter(each => each.content.end <= text.length && !isDecided(each))
    .map(({ content, speaker }) => ({
      content: anchorOf(text, content),
      took: undefined,
      reporter: '',
      since,
      decision: { speaker: speaker && anchorOf(text, speaker) },
    }));
  if (added.length === 0) return undefined;
  return [...disputes.filter(each => !added.some(({ content }) => isSameSpan(content, each.content))), ...added];
}

/** Returns what was decided, for an export. */
export function decidedSpans(disputes: readonly Dispute[]): readonly DecidedSpan[] {
  const spanOf = ({ start, end }: Span) => ({ start, end });
  return disputes.flatMap(({ content, decision }) =>
    decision === undefined ? [] : [{ content: spanOf(content), speaker: decision.speaker && spanOf(decision.speaker) }],
  );
}
