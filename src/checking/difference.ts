import type { Span } from '../news/span.ts';
import type { Change } from './changes.ts';
import type { Piece } from './finding.ts';
import type { Placement } from './placement.ts';

type Run = { readonly kind: Piece['kind']; span: Span };

/** A claim's words with those that it added and, between them, those of the article that it misses. */
export function differenceOf(claim: string, placement: Placement, changes: readonly Change[]): Piece[] {
  const { article } = placement.window.from;
  const runs = changes.flatMap(change => runsOf(placement, change));
  const joined: Run[] = [];
  for (const run of grouped(runs)) {
    const last = joined.at(-1);
    if (last?.kind === run.kind) last.span = { start: last.span.start, end: run.span.end };
    else joined.push({ ...run });
  }
  return joined.map(({ kind, span }) => ({
    kind,
    text: withBrackets(kind === 'missing' ? article.text : claim, span),
  }));
}

function runsOf({ quote, window: { words } }: Placement, { kind, step }: Change): Run[] {
  const quoted = spanOf(quote.slice(step.quote.start, step.quote.end));
  const missed = spanOf(words.slice(step.article.start, step.article.end));
  const misses = kind === 'cut' || kind === 'altered';
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
