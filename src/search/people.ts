import type { AttributedArticle, Attribution, Speaker } from '../attribution/attribution.ts';
import { saidBy } from '../attribution/tallies.ts';
import {
  coreOf,
  headOf,
  isNameLike,
  isSameName,
  isSameWord,
  isTitled,
  isWholeRole,
  mayBeCalled,
  mentionsOthers,
  readTypedPerson,
  readWholeName,
  type TypedPerson,
} from '../indexing/names.ts';
import { peopleOf } from '../indexing/people.ts';
import type { Library } from '../library/library.ts';
import {
  type Appearances,
  type Filter,
  NO_FILTER,
  type QuoteCounts,
  type SpeakerFilter,
  type SpeakerRow,
} from '../library/store/library-index.ts';
import { findNamedSpeakers } from '../library/store/names.ts';
import { readAppearances, readQuoteCounts, readTopSpeakers } from '../library/store/people.ts';
import type { Run } from '../library/store/script.ts';
import { slice } from '../news/span.ts';
import { compareForms, compareSpelling, LIKENESS } from '../words/likeness.ts';
import { foldPhrase, termsOf } from '../words/words.ts';
import { findSpellings, toSuggestions } from './names.ts';
import { type Closeness, readArticles } from './passages.ts';

/** Somebody in one article, with everything the article attributes to them, alone or together with somebody else. */
export interface Appearance {
  readonly from: AttributedArticle;
  readonly speaker: Speaker;
  /** In the text's order; empty if they are only mentioned. */
  readonly attributions: readonly Attribution[];
}

/** One person across all articles in which their full or Chinese names agree; otherwise a speaker of one article. */
export interface PersonMatch {
  /** At most 12: the newest articles first, those in which they are quoted before the others. */
  readonly appearances: readonly [Appearance, ...Appearance[]];
  /** How many articles name them, and how many attributions are theirs, under the filter. */
  readonly articles: number;
  readonly said: number;
  readonly closeness: Closeness;
  /** 0 to 1; only for ordering. */
  readonly score: number;
}

/** Somebody whom a name may mean. */
export interface NamedPerson extends PersonMatch {
  /** Finds their words, in all articles. */
  readonly speakers: SpeakerFilter;
  /** True if what was typed is their name, a part of it, or the whole of what they are: it fits all of these equally. */
  readonly isCalledSo: boolean;
}

/** A speaker of one article whose name matches. */
interface SpeakerMatch {
  readonly row: SpeakerRow;
  readonly closeness: Closeness;
  readonly score: number;
  /** True if what was typed is their whole name. */
  readonly isName: boolean;
  /** True if it is so only in short: "Ali Grey" for Alison Grey. */
  readonly isShort: boolean;
  readonly isCalledSo: boolean;
}

/** The best match of one person. */
interface FoundPerson extends SpeakerMatch {
  /** The rows that were found; the library may have more of the same person. */
  readonly rows: readonly SpeakerRow[];
  readonly speakers: SpeakerFilter;
}

/** Once somebody's whole name was typed, nobody below `LEAST_BESIDE_WHOLE` matches any more. */
const WHOLE_NAME = 0.92;
const LEAST_BESIDE_WHOLE = 0.8;
const MOST_ROWS = 400;

/** Returns everyone a name may mean, best match first; ties by how often they are quoted. */
async function findByName(name: string, read: Run, filter: Filter, open: boolean): Promise<FoundPerson[]> {
  const spellings = await findSpellings(name, read, open);
  if (spellings.size === 0) return [];
  const typed = open ? undefined : readTypedPerson(name);
  const best = new Map<number, SpeakerMatch>();
  for (const { spelling, weight, ...row } of await read(findNamedSpeakers, [...spellings.keys()], filter, MOST_ROWS)) {
    const found = spellings.get(spelling);
    if (found === undefined) continue;
    const isName = typed !== undefined && isTheirName(typed, found.terms, row);
    const isShort = isName && !isTheirName(typed, found.terms, row, isSameWord);
    const isOther = typed !== undefined && !isName && isOnlyMentioned(typed, found.terms, row);
    const closeness = isName ? 'match' : isOther ? 'near' : found.closeness;
    const known = best.get(row.number);
    const isRole = typed !== undefined && isPerson(row) && isWholeRole(typed, found.terms);
    const isCalledSo = (isName && !isTitled(typed)) || isRole || known?.isCalledSo === true;
    const match = { row, closeness, score: found.score * weight, isName, isShort, isCalledSo } as const;
    const better = isBetter(match, known) ? match : known;
    if (better !== undefined) best.set(row.number, { ...better, isCalledSo });
  }
  return merge(rankMatches([...best.values()]));
}

function isBetter(match: SpeakerMatch, known: SpeakerMatch | undefined): boolean {
  if (known === undefined || match.isName !== known.isName) return known === undefined || match.isName;
  if (match.closeness !== known.closeness) return match.closeness === 'match';
  return match.score > known.score;
}

const isPerson = ({ keys }: SpeakerRow) => !keys.some(key => key.startsWith('organisation '));

/** True if what was typed is somebody's whole name. */
function isTheirName(
  typed: TypedPerson,
  spelling: readonly string[],
  row: SpeakerRow,
  isFirst?: typeof isSameWord,
): boolean {
  if (row.keys.length === 0 && !isNameLike(termsOf(row.shown))) return false;
  const isSpelt = isNameLike(spelling) && typed.terms.map(({ term }) => term).join(' ') === spelling.join(' ');
  return isSpelt || isSameName(typed, readWholeName(row.shown), isPerson(row), isFirst);
}

/** True if what was typed is only part of a name or description: "Jordan Lee" of "Jordan Lee's lawyer". */
function isOnlyMentioned(typed: TypedPerson, spelling: readonly string[], row: SpeakerRow): boolean {
  const shown = termsOf(row.shown);
  const isDescription = (row.keys.length === 0 && !isNameLike(shown)) || mentionsOthers(spelling);
  // "US" finds "US officials", whom it tells more about.
  if (isDescription && (typed.words.length > 1 || mentionsOthers(spelling))) {
    const core = coreOf(spelling);
    // "Acme" of "Acme Electric of Hull"
    const telling = !isPerson(row) && isNameLike(core) ? core : [headOf(spelling)];
    return !typed.terms.some(word => telling.some(term => compareSpelling(word, term) > 0));
  }
  // "Tom William" may be Tom Williams, misspelt.
  const hasAll = typed.terms.every(word => shown.some(term => compareForms(word, term) > LIKENESS.inflected));
  return row.keys.length > 0 && typed.words.length > 1 && hasAll;
}

/** Returns the best first. If the library has somebody with the whole name, nobody else is meant. */
function rankMatches(matches: readonly SpeakerMatch[]): readonly SpeakerMatch[] {
  const isWhole = matches.some(({ isName, isShort }) => isName && !isShort);
  const found = matches.map(each => (isWhole && each.isShort ? { ...each, isName: false, isCalledSo: false } : each));
  const named = found.filter(({ isName }) => isName);
  const keys = new Set(named.flatMap(({ row }) => row.keys));
  const isMeant = ({ isName, row }: SpeakerMatch) =>
    named.length === 0 || isName || row.keys.some(key => keys.has(key));
  const least = found.some(({ score }) => score >= WHOLE_NAME) ? LEAST_BESIDE_WHOLE : 0;
  return found
    .map(each => (isMeant(each) && each.score >= least ? each : { ...each, closeness: 'near' as const }))
    .sort((one, other) => other.score - one.score || other.row.said - one.row.said);
}

/** Returns everyone a name may mean, or `undefined` if nobody has it. */
export async function findSpeakerFilter(
  library: Library,
  name: string,
  filter: Filter,
): Promise<SpeakerFilter | undefined> {
  const isMatch = ({ closeness }: Pick<NamedPerson, 'closeness'>) => closeness === 'match';
  const named = (await findByName(name, library.read, filter, false)).filter(isMatch);
  const isTitled = readTypedPerson(name).gender !== undefined;
  // Whether a title is theirs, only their articles tell.
  const meant = isTitled ? (await readPeople(library, name, named, filter)).filter(isMatch) : named;
  return meant.length === 0 ? undefined : uniteSpeakers(meant);
}

/** Returns a filter by any of several people. */
export function uniteSpeakers(people: readonly Pick<NamedPerson, 'speakers'>[]): SpeakerFilter {
  const keys = new Set(people.flatMap(({ speakers }) => speakers.keys));
  return { keys: [...keys], rows: people.flatMap(({ speakers }) => speakers.rows) };
}

/** Merges speakers that share a key. A surname or a description alone is nobody's key. */
function merge(found: readonly SpeakerMatch[]): FoundPerson[] {
  const people: { best: SpeakerMatch; rows: SpeakerRow[]; keys: Set<string> }[] = [];
  for (const match of found) {
    const { keys } = match.row;
    const same = people.filter(person => keys.some(key => person.keys.has(key)));
    const [known, ...others] = same;
    if (known === undefined) {
      people.push({ best: match, rows: [match.row], keys: new Set(keys) });
      continue;
    }
    known.rows.push(match.row, ...others.flatMap(({ rows }) => rows));
    known.keys = new Set([...keys, ...same.flatMap(person => [...person.keys])]);
    for (const other of others) people.splice(people.indexOf(other), 1);
  }
  return people.map(({ best, rows, keys }) => {
    const unnamed = rows.filter(row => row.keys.length === 0);
    return { ...best, rows, speakers: { keys: [...keys], rows: unnamed } };
  });
}

const MOST_PEOPLE = 25;
/** Articles to read of the best match, of other matches, of people who are only near, and of each of many. */
const MOST_READ = { best: 12, match: 4, near: 1, ranked: 4 };

/** Returns at most 25 people a name may mean, the best first. Those of another gender than its title are only near. */
export async function findPeople(library: Library, name: string, filter: Filter): Promise<NamedPerson[]> {
  const people = (await findByName(name, library.read, filter, false)).slice(0, MOST_PEOPLE);
  return await readPeople(library, name, people, filter);
}

async function readPeople(
  library: Library,
  name: string,
  people: readonly FoundPerson[],
  filter: Filter,
): Promise<NamedPerson[]> {
  const found = people.map(async (person, at) => {
    const { closeness, score, isCalledSo, rows, speakers } = person;
    const most = at === 0 ? MOST_READ.best : MOST_READ[closeness];
    const appearances = await appearancesOf(speakers.keys, rows, library.read, filter, most);
    return { ...appearances, closeness, score, isCalledSo, speakers };
  });
  const typed = readTypedPerson(name);
  const matches = await readMatches(library, await Promise.all(found));
  const fits = Map.groupBy(matches, each => mayBeCalled(typed, each.appearances));
  const others = (fits.get(false) ?? []).map(each => ({ ...each, closeness: 'near' as const, isCalledSo: false }));
  return [...(fits.get(true) ?? []), ...others];
}

const SURE = { closeness: 'match', score: 1 } as const;

/** Returns the person that a speaker of an article is, with their other articles. */
export async function findPerson(
  library: Library,
  from: AttributedArticle,
  place: number,
): Promise<PersonMatch | undefined> {
  const person = peopleOf(from).find(each => each.place === place);
  if (person === undefined) return undefined;
  if (person.keys.length > 0) {
    const appearances = await library.read(readAppearances, person.keys, NO_FILTER, 0, MOST_READ.best);
    const [match] = await readMatches(library, [{ ...appearances, ...SURE }]);
    if (match !== undefined) return match;
  }
  const [only] = appearanceIn(new Map([[from.article.id, from]]), { article: from.article.id, place });
  return only === undefined ? undefined : { appearances: [only], articles: 1, said: person.said, ...SURE };
}

type PersonRows = Appearances & Pick<PersonMatch, 'closeness' | 'score'>;

/** Reads people's articles. Leaves out anybody whose articles have all changed since. */
async function readMatches<Found extends PersonRows>(
  library: Library,
  found: readonly Found[],
): Promise<(Omit<Found, 'rows'> & Pick<PersonMatch, 'appearances'>)[]> {
  const articles = await readArticles(
    library,
    found.flatMap(({ rows }) => rows),
  );
  return found.flatMap(({ rows, ...match }) => {
    const [newest, ...others] = rows.flatMap(row => appearanceIn(articles, row));
    return newest === undefined ? [] : [{ ...match, appearances: [newest, ...others] }];
  });
}

/** Returns names as the articles write them; if nothing is typed, the most quoted first. */
export async function completeSpeakers(typed: string, read: Run, filter: Filter): Promise<string[]> {
  const rows =
    termsOf(typed).length > 0
      ? (await findByName(typed, read, filter, true)).map(({ row }) => row)
      : await read(readTopSpeakers, filter, MOST_LISTED);
  return toSuggestions(rows.map(row => row.shown));
}

/** Twice as many as Discord shows, since some share a name. */
const MOST_LISTED = 50;

async function appearancesOf(
  keys: readonly string[],
  rows: readonly SpeakerRow[],
  read: Run,
  filter: Filter,
  most: number,
): Promise<Appearances> {
  if (keys.length > 0) return await read(readAppearances, keys, filter, 0, most);
  return { rows: rows.slice(0, most), articles: rows.length, said: rows.reduce((sum, { said }) => sum + said, 0) };
}

/** Returns nothing if the article has changed since the row was read. */
export function appearanceIn(
  articles: ReadonlyMap<string, AttributedArticle>,
  { article, place }: Pick<SpeakerRow, 'article' | 'place'>,
): Appearance[] {
  const from = articles.get(article);
  const speaker = from?.speakers[place];
  if (from === undefined || speaker === undefined) return [];
  return [{ from, speaker, attributions: saidBy(from, speaker) }];
}

/** Somebody in a library, and how often they are quoted. */
export type TopSpeaker = PersonMatch & QuoteCounts;

/** A page of the people who are quoted most. */
export interface TopSpeakers {
  readonly people: readonly TopSpeaker[];
  /** How many there are on all pages. */
  readonly total: number;
  /** True if the library may have more than are listed. */
  readonly isCut: boolean;
}

const MOST_RANKED = 40;

/**
 * Returns at most `most` people from the place `from` in the order of how often they are quoted. Reads only their
 * newest articles.
 */
export async function findTopSpeakers(library: Library, from: number, most: number): Promise<TopSpeakers> {
  const { read } = library;
  const rows = await read(readTopSpeakers, NO_FILTER, MOST_RANKED + 1);
  const counted = await Promise.all(
    rows.slice(0, MOST_RANKED).map(async row => ({
      ...(await appearancesOf(row.keys, [row], read, NO_FILTER, MOST_READ.ranked)),
      ...(await read(readQuoteCounts, row)),
    })),
  );
  const ranked = counted
    .filter(({ clear, uncertain }) => clear + uncertain > 0)
    .sort((one, other) => other.clear - one.clear || other.uncertain - one.uncertain);
  const shown = ranked.slice(from, from + most);
  const people = await readMatches(
    library,
    shown.map(each => ({ ...each, ...SURE })),
  );
  return { people, total: ranked.length, isCut: rows.length > MOST_RANKED && ranked.length === MOST_RANKED };
}

/** How certain it is that a phrase means somebody in the articles that use it. */
interface PhraseMeaning {
  /** The articles name them so; otherwise it was inferred. */
  readonly isStated: boolean;
  /** Who else the phrase means there. */
  readonly others: readonly Appearance[];
}

/** Returns what a phrase means: "the official" may be one official in one paragraph and another in the next. */
export function meaningOf(phrase: string, { appearances }: PersonMatch): PhraseMeaning {
  const folded = foldPhrase(phrase);
  const others = new Map<string, Appearance>();
  let isInferred = false;
  for (const { from, speaker } of appearances) {
    const isCalled = ({ source }: Attribution) =>
      source !== undefined && foldPhrase(slice(from.article.text, source)) === folded;
    for (const { speaker: meant, certainty } of from.attributions.filter(isCalled)) {
      if (meant === speaker && certainty !== 'stated') isInferred = true;
      if (meant === undefined || meant === speaker) continue;
      const attributions = from.attributions.filter(each => each.speaker === meant);
      others.set(`${from.article.id} ${meant.id}`, { from, speaker: meant, attributions });
    }
  }
  return { isStated: !isInferred && others.size === 0, others: [...others.values()] };
}
