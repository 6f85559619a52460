import { overlaps, type Span } from '../news/span.ts';
import type { Change } from './changes.ts';
import type { Piece } from './finding.ts';
import type { Placement } from './placement.ts';

type Run = { readonly kind: Piece['kind']; span: Span };

const inBrackets = /\[[^\[\]\n]{1,200}\]/gv;

/** The brackets of both texts: what differs in part of one differs in all of it, so that none is shown by half. */
interface Brackets {
  readonly claim: readonly Span[];
  readonly article: readonly Span[];
}

/** A claim's words with those that it added and, between them, those of the article that it misses. */
export function differenceOf(claim: string, placement: Placement, changes: readonly Change[]): Piece[] {
  const { article } = placement.window.from;
  const brackets = { claim: bracketsIn(claim), article: bracketsIn(article.text) };
  const told = widened(placement, changes, brackets);
  const runs = told.flatMap((change, at) => {
    const each = runsOf(placement, change);
    return isBeyond(placement, told, at) ? each.filter(({ kind }) => kind !== 'missing') : each;
  });
  const joined: Run[] = [];
  for (const run of grouped(runs)) {
    const last = joined.at(-1);
    if (last?.kind === run.kind) last.span = { start: last.span.start, end: run.span.end };
    else joined.push({ ...run });
  }
  return joined.map(({ kind, span }) => {
    const isMissing = kind === 'missing';
    const [text, around] = isMissing ? [article.text, brackets.article] : [claim, brackets.claim];
    const whole = kind === 'same' ? span : around.filter(each => overlaps(each, span)).reduce(union, span);
    return { kind, text: withBrackets(text, whole) };
  });
}

/** Before the first word that both have, and after the last: what the article has there in another voice is not missing. */
function isBeyond({ window: { from, words } }: Placement, changes: readonly Change[], at: number): boolean {
  const isSame = ({ step }: Change) => step.kind === 'same';
  const [first, last] = [changes.findIndex(isSame), changes.findLastIndex(isSame)];
  if (changes[at]?.step.kind !== 'changed' || (at > first && at < last)) return false;
  const word = words[changes[at].step.article.start];
  const near = words[changes[at < first ? first : last]?.step.article.start ?? 0];
  if (word === undefined || near === undefined) return false;
  const between = from.article.text.slice(Math.min(word.end, near.end), Math.max(word.start, near.start));
  return (near.said && !word.said) || between.includes('\n');
}

function bracketsIn(text: string): Span[] {
  return [...text.matchAll(inBrackets)].map(({ index, 0: whole }) => ({ start: index, end: index + whole.length }));
}

/** With whatever stands in one bracket with what differs, and with brackets that made way for it. */
function widened({ quote, window: { words } }: Placement, changes: readonly Change[], brackets: Brackets): Change[] {
  const held = changes.map(({ step }) => {
    const quoted = spanOf(quote.slice(step.quote.start, step.quote.end));
    const found = spanOf(words.slice(step.article.start, step.article.end));
    return [
      ...brackets.claim.filter(each => quoted !== undefined && overlaps(each, quoted)),
      ...brackets.article.filter(each => found !== undefined && overlaps(each, found)),
    ];
  });
  const told = changes.map((change, at) => {
    const makesWay = change.kind === 'none' && change.step.kind === 'skipped';
    const beside = makesWay ? [changes[at - 1], changes[at + 1]] : [];
    return differs(change) || beside.some(each => each?.step.kind === 'added' && differs(each));
  });
  const differing = new Set<Span>();
  for (let size = -1; size < differing.size; ) {
    size = differing.size;
    for (const [at, spans] of held.entries()) {
      if (told[at] !== true && !spans.some(each => differing.has(each))) continue;
      told[at] = true;
      for (const each of spans) differing.add(each);
    }
  }
  return changes.map((change, at) => (told[at] === true && !differs(change) ? { ...change, kind: 'altered' } : change));
}

function differs({ kind }: Change): boolean {
  return kind === 'cut' || kind === 'altered';
}

function union(one: Span, other: Span): Span {
  return { start: Math.min(one.start, other.start), end: Math.max(one.end, other.end) };
}

function runsOf({ quote, window: { words } }: Placement, change: Change): Run[] {
  const { step } = change;
  const quoted = spanOf(quote.slice(step.quote.start, step.quote.end));
  const missed = spanOf(words.slice(step.article.start, step.article.end));
  const misses = differs(change);
  const missing = misses && missed !== undefined ? [{ kind: 'missing', span: missed } as const] : [];
  if (quoted === undefined) return missing;
  return [...missing, { kind: misses ? 'added' : 'same', span: quoted }];
}

/** Of neighbouring changes, what is missing comes first: "~~they will~~ **we shall**". */
function grouped(runs: readonly Run[]): Run[] {
  const ordered: Run[] = [];
  let changed: Run[] = [];
  const flush = () => {
    ordered.push(
      ...changed.filter(({ kind }) => kind === 'missing'),
      ...changed.filter(({ kind }) => kind === 'added'),
    );
    changed = [];
  };
  for (const run of runs) {
    if (run.kind !== 'same') {
      changed.push(run);
      continue;
    }
    flush();
    ordered.push(run);
  }
  flush();
  return ordered;
}

/** A bracket that opens or closes beside the words belongs to them. */
function withBrackets(text: string, { start, end }: Span): string {
  const from = text.charAt(start - 1) === '[' ? start - 1 : start;
  return text.slice(from, text.charAt(end) === ']' ? end + 1 : end);
}

function spanOf(words: readonly Span[]): Span | undefined {
  const [first, last] = [words[0], words.at(-1)];
  return first && last && { start: first.start, end: last.end };
}
