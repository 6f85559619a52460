import type { Paragraph } from '../../news/article.ts';
import type { Candidate } from './candidates.ts';

const THAT = /(?:^|\s)that\s*$/iv;
const STARTS_WITH_THAT = /^that\b/iv;
const AND_THAT = /^,?\s+(?:and|but|or|nor)\s+(?:also\s+|further\s+|therefore\s+)?that\s/iv;
/** Longest sentence that is read for it, in UTF-16 units. */
const REACH = 400;

/**
 * "She said that A, and also that B": the second clause is hers as well, up to the sentence's end or to what follows
 * that belongs to another find.
 */
export function extendOverThat(
  text: string,
  paragraph: Paragraph,
  find: Candidate,
  others: readonly Candidate[],
): Candidate {
  const last = find.content.at(-1);
  if (last === undefined || !opensWithThat(text, last.start, last.end)) return find;
  if (!AND_THAT.test(text.slice(last.end, last.end + 40))) return find;
  const sentence = paragraph.sentences.find(({ start, end }) => last.end > start && last.end <= end);
  const end = Math.min(sentence?.end ?? last.end, last.end + REACH);
  const taken = others.some(other => other.cue.start >= last.end && other.cue.start < end);
  if (taken || (find.source?.start ?? 0) >= last.end) return find;
  return { ...find, content: [...find.content.slice(0, -1), { start: last.start, end: withoutPoint(text, end) }] };
}

function opensWithThat(text: string, start: number, end: number): boolean {
  return STARTS_WITH_THAT.test(text.slice(start, end)) || THAT.test(text.slice(Math.max(0, start - 8), start));
}

function withoutPoint(text: string, end: number): number {
  return /[.?!]/v.test(text.charAt(end - 1)) ? end - 1 : end;
}
