/** What becomes of the quotes that answers show as certain: whether the person, and the words, are right. */
import { overlapsOf, type Quote } from './agreement.ts';

interface Named {
  /** The speaker in the article's fullest form. */
  readonly name: string | null;
}

interface WithSpeaker extends Quote {
  /** The fullest name, `unnamed: …` or `unclear`, if the gold tells. */
  readonly who?: string | null;
  /** The same in golds that name only some speakers. */
  readonly speaker_name?: string | null;
}

export type Verdict = 'right' | 'somebody else' | 'a phrase that the article resolves' | 'nobody said it';

/** Finds that cover the words of two attributions about equally well may be either. */
const ALIKE = 0.1;
const TITLES = /^(?:mr|mrs|ms|dr|prof|professor|sir|the|an?|of|and|in|at|for|from|his|her|its|their|unnamed)$/v;

export function marksSpeakers(quotes: readonly WithSpeaker[]): boolean {
  return quotes.some(quote => typeof whoOf(quote) === 'string');
}

/** Judges each quote by the attribution whose words it shares, at F ≥ .5. */
export function judge<Found extends Quote & Named>(
  text: string,
  gold: readonly WithSpeaker[],
  found: readonly Found[],
): readonly Verdict[] {
  return found.map(quote => {
    const speakers = speakersOf(text, gold, quote);
    if (speakers.length === 0) return 'nobody said it';
    if (isOneOf(quote.name, speakers)) return 'right';
    return isName(quote.name) ? 'somebody else' : 'a phrase that the article resolves';
  });
}

/** Returns whom the gold credits with a quote’s words: nobody if it doesn’t have them, several if it may be one of several. */
export function speakersOf(
  text: string,
  gold: readonly WithSpeaker[],
  quote: Quote,
): readonly (string | null | undefined)[] {
  const said = overlapsOf(text, quote, gold).filter(({ f }) => f >= 0.5);
  const best = Math.max(...said.map(({ f }) => f));
  return said.filter(({ f }) => f >= best - ALIKE).map(({ quote: one }) => whoOf(one));
}

/** Whether a name is for one of the gold’s speakers. */
export function isOneOf(name: string | null, speakers: readonly (string | null | undefined)[]): boolean {
  return speakers.some(speaker => isSame(name, speaker));
}

function whoOf({ who, speaker_name }: WithSpeaker): string | null | undefined {
  return who ?? speaker_name;
}

/** Whether half of the shorter name's words are in the other one, the last word of one of them included. */
function isSame(found: string | null, expected: string | null | undefined): boolean {
  const [ours, theirs] = [wordsOf(found ?? ''), wordsOf(expected ?? '')];
  const shared = ours.filter(word => theirs.includes(word)).length;
  const last = theirs.includes(ours.at(-1) ?? '') || ours.includes(theirs.at(-1) ?? '');
  return last && shared >= Math.min(ours.length, theirs.length) / 2;
}

function wordsOf(name: string): readonly string[] {
  const words =
    name
      .toLowerCase()
      .replaceAll(/[’']s\b/gv, '')
      .match(/[\p{L}\p{N}]+/gv) ?? [];
  return words.filter(word => !TITLES.test(word));
}

/** "Ann Lee", "the Port Authority", but not "The report" or "Scientists at the port". */
function isName(found: string | null): boolean {
  const [first = '', ...others] = (found ?? '').split(/\s+/v);
  return others.length === 0 ? /^\p{Lu}/v.test(first) : others.some(word => /^\p{Lu}/v.test(word));
}
