import { prepositions } from './lexicon/grammar.ts';
import { organisationWords } from './lexicon/organisations.ts';
import { femaleNames, maleNames } from './lexicon/people.ts';
import { nationalities } from './lexicon/places.ts';
import type { Mention } from './mentions.ts';
import type { Named } from './named-speakers.ts';

/** Whether a name of several words is a form of somebody's. */
export function isSameName(named: Named, mention: Mention): boolean {
  const one = named.longest.words;
  const other = mention.words;
  if (named.kind === 'organisation' || mention.kind === 'organisation') {
    return bodyName(one) === bodyName(other) || named.abbreviations.has(other.join(' '));
  }
  const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one];
  return shorter.at(-1) === longer.at(-1) && (isSubsequence(shorter, longer) || isByNickname(named, mention));
}

/** "Frankie Dole" of Frank “Frankie” Dole, whichever of the two comes first. */
function isByNickname(named: Named, { words, nickname }: Mention): boolean {
  const [first = ''] = words;
  return named.nicknames.has(first) || (nickname !== undefined && named.longest.words[0] === nickname.word);
}

/** Whether a name is a fuller form than another: of as many words, the one that gives a nickname besides. */
export function isLonger(one: Mention, other: Mention): boolean {
  const more = one.words.length - other.words.length;
  return more > 0 || (more === 0 && one.nickname !== undefined && other.nickname === undefined);
}

/** "US State Department" is the State Department; "Korean Central News Agency" stays what it is beside any other. */
function bodyName(words: readonly string[]): string {
  return (words.length > 2 && nationalities.has(words[0] ?? '') ? words.slice(1) : words).join(' ');
}

/** "kcna" of "Korean Central News Agency", "un" of "United Nations". */
export function initials(words: readonly string[]): readonly string[] {
  const letters = words
    .filter(word => !prepositions.has(word) && word !== 'and' && word !== 'the')
    .map(([letter]) => letter);
  return letters.length > 1 ? [letters.join('')] : [];
}

function isSubsequence(shorter: readonly string[], longer: readonly string[]): boolean {
  let at = 0;
  for (const word of longer) if (word === shorter[at]) at += 1;
  return at === shorter.length;
}

/** "the Times" of "The New York Times", "CDC"; but not the town that a school is named after. */
export function isShortForm(named: Named, word: string): boolean {
  return named.longest.words.length === 1 || named.abbreviations.has(word) || organisationWords.has(word);
}

/** "Yang" of "Yang Jiechi": a first word that is no first name we know. */
export function isSurnameFirst(named: Named, word: string): boolean {
  const { words } = named.longest;
  return (
    named.kind === 'person' && words.length > 1 && words[0] === word && !maleNames.has(word) && !femaleNames.has(word)
  );
}

/** "Lula" of "Luiz Inácio Lula da Silva": words within a name that are no first names we know. */
export function middleNames(words: readonly string[]): readonly string[] {
  return words.slice(1, -1).filter(word => word.length > 2 && !maleNames.has(word) && !femaleNames.has(word));
}
