import type { Attribution } from '../attribution/attribution.ts';
import type { Part } from './places.ts';

/** Words of the article's own voice may be taken along with what is quoted beside them. */
const leastOfVoice = 3;
/** In UTF-16 units, between two parts that the article has in one place. */
const mostBetween = 400;

/** Parts that come from one place taken together; more than one where a quotation is stitched. */
export function stitchesOf(parts: readonly Part[]): readonly (readonly Part[])[] {
  const stitches: Part[][] = [];
  for (const part of parts) {
    const last = stitches.at(-1)?.at(-1);
    if (last !== undefined && isOnePlace(last, part)) stitches.at(-1)?.push(part);
    else stitches.push([part]);
  }
  return stitches;
}

/** Whether a reporter could have quoted both together: one speech, or neighbouring words of one speaker. */
function isOnePlace(one: Part, other: Part): boolean {
  if (one.from !== other.from) return false;
  if (one.attribution !== undefined && one.attribution === other.attribution) return true;
  const start = one.matches.at(-1)?.end ?? 0;
  const between = (other.matches[0]?.start ?? 0) - start;
  const isNear = between >= 0 && between <= mostBetween && Math.abs(one.paragraph.number - other.paragraph.number) <= 1;
  return isNear && isOneVoice(one, other);
}

function isOneVoice(one: Part, other: Part): boolean {
  if (one.attribution === undefined && other.attribution === undefined) return true;
  if (one.attribution !== undefined && other.attribution !== undefined)
    return isOneSpeaker(one.attribution, other.attribution, one, other);
  const voice = one.attribution === undefined ? one : other;
  return voice.matches.length < leastOfVoice || isOneSentence(one, other);
}

/** Two whom the article does not tell apart, in one paragraph, are taken for one: no stitch is better than a wrong one. */
function isOneSpeaker(some: Attribution, others: Attribution, one: Part, other: Part): boolean {
  const [first, second] = [some.speaker, others.speaker];
  if (first !== undefined && second !== undefined)
    return first.id === second.id || tells(some, others) || tells(others, some);
  return one.paragraph === other.paragraph;
}

function tells(some: Attribution, others: Attribution): boolean {
  return others.reportedBy === some || (others.reportedBy !== undefined && tells(some, others.reportedBy));
}

function isOneSentence({ paragraph, matches }: Part, other: Part): boolean {
  const end = matches.at(-1)?.end ?? 0;
  const start = other.matches[0]?.start ?? 0;
  return (
    paragraph === other.paragraph && paragraph.sentences.some(sentence => sentence.start < end && sentence.end > start)
  );
}
