import type { Paragraph } from '../../news/article.ts';
import type { Quotation } from '../../news/quotations.ts';
import type { Span } from '../../news/span.ts';
import { coverage } from './accept.ts';
import type { Candidate } from './candidates.ts';
import { isSpeechLike } from './speech-like.ts';

/** What a paragraph reports: finds of the model, and quotations that nobody near is named for. */
export interface Reported {
  readonly finds: readonly Candidate[];
  readonly alone: readonly Quotation[];
}

/** What may stand between a find and a quotation that is still its own: the rest of the find's sentence. */
const GAP = /^[^.?!]{0,160}[.?!:]?['"”’»\)\]]*\s*$/v;
const NEXT = /^[\s\p{P}]*$/v;
const ENDS_SENTENCE = /[.?!:…]['"”’»\)\]]*\s*$/v;
const OPENS_SENTENCE = /^\s*(?:$|['"“‘«\(\[]?\p{Lu})/v;

/**
 * Gives quotations that no find claims to the find right before or after them (`“We won,” she said. “It was time.”`);
 * one that stands as sentences of its own with nobody near is kept without a source.
 */
export function claimQuotations(
  text: string,
  paragraph: Paragraph,
  quotations: readonly Quotation[],
  finds: readonly Candidate[],
): Reported {
  let claimed = finds;
  const alone: Quotation[] = [];
  for (const quotation of quotations) {
    if (quotation.depth > 0 || claimed.some(find => coverage(find.content, quotation) > 0.3)) continue;
    if (!isSpeechLike(text, quotation) || !standsAlone(text, paragraph, quotation)) continue;
    const neighbour = neighbourOf(text, claimed, quotation);
    if (neighbour === undefined) alone.push(quotation);
    else claimed = claimed.map(find => (find === neighbour ? withQuotation(find, quotation) : find));
  }
  return { finds: claimed, alone };
}

/** Whether the quotation is not part of a longer sentence. */
function standsAlone(text: string, paragraph: Span, quotation: Quotation): boolean {
  const before = text.slice(Math.max(paragraph.start, quotation.start - 8), quotation.start);
  const after = text.slice(quotation.end, Math.min(paragraph.end, quotation.end + 8));
  const starts = quotation.start === paragraph.start || ENDS_SENTENCE.test(before);
  const inner = text.slice(Math.max(quotation.start, quotation.inner.end - 2), quotation.inner.end);
  const ends = quotation.end === paragraph.end || (OPENS_SENTENCE.test(after) && ENDS_SENTENCE.test(inner));
  return starts && ends;
}

function neighbourOf(text: string, finds: readonly Candidate[], quotation: Span): Candidate | undefined {
  const before = finds.findLast(find => {
    const end = extentOf(find).end;
    return end <= quotation.start && GAP.test(text.slice(end, quotation.start));
  });
  if (before !== undefined) return before;
  return finds.find(find => {
    const start = find.content[0]?.start ?? 0;
    return start >= quotation.end && NEXT.test(text.slice(quotation.end, start));
  });
}

function extentOf({ content, cue, source }: Candidate): Span {
  const spans = [...content, cue, ...(source === undefined ? [] : [source])];
  return {
    start: Math.min(...spans.map(span => span.start)),
    end: Math.max(...spans.map(span => span.end)),
  };
}

function withQuotation(find: Candidate, { start, end }: Quotation): Candidate {
  return { ...find, content: [...find.content, { start, end }].sort((one, other) => one.start - other.start) };
}
