import { times } from './lexicon/grammar.ts';
import { organisationWords } from './lexicon/organisations.ts';
import { femaleNames, groupHeads, maleNames, titles } from './lexicon/people.ts';
import { places } from './lexicon/places.ts';
import { ABBREVIATION } from './mentions.ts';
import { isTitle } from './names.ts';
import { nicknameAt } from './nicknames.ts';
import type { Item } from './statements.ts';
import { isCapital, isFunctionWord } from './words.ts';

const NAME_PARTICLES = new Set(
  'de van von bin ibn al der la du da di el del dos den ten ter le ben abu y st.'.split(' '),
);

const ORGANISATION_LINKS = new Set(['of', 'for', 'and', 'on', 'in', '&']);

/** "Council on Foreign Relations", "Institute in Science"; but not "New York City on". */
const MAY_HAVE_SUBJECT = new Set([
  'council',
  'committee',
  'commission',
  'institute',
  'center',
  'centre',
  'conference',
  'panel',
]);

const OPENING = new Set(
  'the he she it they we you his her their our but when this that these those there if'.split(' '),
);

const LONGEST_NAME = 14;

/** "R-TX", "D-Calif.": a member’s party and state. */
const PARTY_AND_STATE = /^[RDI]-\p{Lu}/v;

const NAMES_AND_MONTHS = new Set(['jan', 'jun', 'may', 'april', 'june', 'august', 'mar', 'summer', 'autumn']);

export function opensName(items: readonly Item[], at: number, starts: ReadonlySet<number>): boolean {
  const item = items[at];
  if (item === undefined || !/^\p{Lu}/v.test(item.text)) return false;
  if (isFunctionWord(item.lower) && !ABBREVIATION.test(item.text)) return false;
  if (isTime(items, at) || PARTY_AND_STATE.test(item.text)) return false;
  const first = at === 0 || starts.has(item.start);
  // "Officials said", "People say": a capital only because the sentence begins.
  if (!first || isCapital(items[at + 1]) || maleNames.has(item.lower)) return true;
  return !item.lower.endsWith('s') && (item.lower === 'police' || !groupHeads.has(item.lower));
}

/** A month or day; "April Ryan" and "Jun Sato" are people. */
function isTime(items: readonly Item[], at: number): boolean {
  const lower = items[at]?.lower ?? '';
  if (!times.has(lower)) return false;
  const next = items[at + 1];
  return !(
    NAMES_AND_MONTHS.has(lower) &&
    next !== undefined &&
    /^\p{Lu}\p{Ll}/v.test(next.text) &&
    !times.has(next.lower)
  );
}

export function nameEnd(items: readonly Item[], from: number): number {
  let at = from + 1;
  while (at < items.length && at - from < LONGEST_NAME) {
    const item = items[at];
    if (item === undefined) break;
    if (endsName(items, at)) break;
    if (/^\p{Lu}/v.test(item.text) && (!isTime(items, at) || personLike(items, from, at))) {
      at += 1;
      continue;
    }
    const nickname = nicknameAt(items, from, at);
    const link = nickname === undefined ? linkLength(items, from, at) : nickname.to - nickname.from;
    if (link === 0) break;
    at += link;
  }
  return at;
}

/** "in D.C. The", "Ann Lee Image:": a capital that begins something else. */
function endsName(items: readonly Item[], at: number): boolean {
  const { lower = '', text = '' } = items[at] ?? {};
  if (/^(?:image|photo|picture|video|credit)$/v.test(lower)) return items[at + 1]?.text === ':';
  return /^\p{Lu}(?:\p{Ll}|$)/v.test(text) && OPENING.has(lower);
}

/** "April Ryan": a month or day that is somebody's name, inside one. */
function personLike(items: readonly Item[], from: number, at: number): boolean {
  return at === from + 1 && (femaleNames.has(items[from]?.lower ?? '') || maleNames.has(items[from]?.lower ?? ''));
}

/** How many items join the name so far to its next capital: "de", "of", "of the". */
function linkLength(items: readonly Item[], from: number, at: number): number {
  const lower = items[at]?.lower ?? '';
  if (NAME_PARTICLES.has(lower)) {
    if (/^\p{Lu}/v.test(items[at + 1]?.text ?? '')) return 1;
    return NAME_PARTICLES.has(items[at + 1]?.lower ?? '') && isCapital(items[at + 2]) ? 2 : 0;
  }
  if (!(ORGANISATION_LINKS.has(lower) && mayBeLinked(items, from, at))) return 0;
  const next = items[at + 1];
  if (isCapital(next) && !isTime(items, at + 1) && !titles.has(next?.lower ?? '')) return 1;
  return next?.lower === 'the' && isCapital(items[at + 2]) && lower !== 'and' ? 2 : 0;
}

/** Whether a name may go on after "of", "and": an organisation's, or an office's: "Secretary of State". */
function mayBeLinked(items: readonly Item[], from: number, at: number): boolean {
  const lower = items[at]?.lower ?? '';
  const before = items[at - 1]?.lower ?? '';
  if (lower === 'on' || lower === 'in') return MAY_HAVE_SUBJECT.has(before);
  if (isTitle(before) && (lower === 'of' || lower === 'for')) return true;
  // "the Food and Drug Administration"
  if (lower === 'and' && items[from - 1]?.lower === 'the' && organisationWords.has(items[at + 2]?.lower ?? ''))
    return true;
  const words = items.slice(from, at).map(item => item.lower);
  return words.some(word => organisationWords.has(word)) && !places.has(words.join(' '));
}
