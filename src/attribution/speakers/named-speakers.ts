import { contains, type Span, slice } from '../../news/span.ts';
import { ORGANISATION_WORDS } from '../lexicon/organisations.ts';
import { NATIONALITIES } from '../lexicon/places.ts';
import type { Mention } from './mentions.ts';
import { type Gender, initials, isFirstName, mayAgree, mayBeSomebody } from './names.ts';
import { isHead } from './sources.ts';
import { mentionsIn } from './story.ts';

/** Whether a name of several words is a form of this person's name. */
function isSameName(named: NamedParty, mention: Mention): boolean {
  const one = named.longest.words;
  const other = mention.words;
  if (named.kind === 'organisation' || mention.kind === 'organisation') {
    return bodyName(one) === bodyName(other) || named.abbreviations.has(other.join(' '));
  }
  if (isRelative(named, mention)) return false;
  const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one];
  if (PATRONYMIC.test(longer[shorter.length] ?? '') && shorter.every((word, at) => word === longer[at])) return true;
  return shorter.at(-1) === longer.at(-1) && (isSubsequence(shorter, longer) || isByNickname(named, mention));
}

/** After "Abu Bakar", which may stand for the whole name. */
const PATRONYMIC = /^(?:bin|binti|ibn)$/v;

/** "Lee Jr." and "Lee Sr." */
function isRelative({ mentions }: NamedParty, { suffix }: Mention): boolean {
  const known = mentions.find(mention => mention.suffix !== undefined)?.suffix;
  return suffix !== undefined && known !== undefined && suffix !== known;
}

/** "Frankie Dole" of Frank “Frankie” Dole, whichever comes first. */
function isByNickname(named: NamedParty, { words, nickname }: Mention): boolean {
  const [first = ''] = words;
  return named.nicknames.has(first) || (nickname !== undefined && named.longest.words[0] === nickname.word);
}

/** Whether a name is a fuller form than another; of equal length, the one with a nickname. */
function isLonger(one: Mention, other: Mention): boolean {
  const more = one.words.length - other.words.length;
  return more > 0 || (more === 0 && one.nickname !== undefined && other.nickname === undefined);
}

/** "US State Department" is the State Department; "Korean Central News Agency" stays as it is. */
function bodyName(words: readonly string[]): string {
  return (words.length > 2 && NATIONALITIES.has(words[0] ?? '') ? words.slice(1) : words).join(' ');
}

function isSubsequence(shorter: readonly string[], longer: readonly string[]): boolean {
  let at = 0;
  for (const word of longer) if (word === shorter[at]) at += 1;
  return at === shorter.length;
}

/** "the Times" of "The New York Times", or "CDC", but not the town a school is named after. */
function isShortForm(named: NamedParty, word: string): boolean {
  return named.longest.words.length === 1 || named.abbreviations.has(word) || ORGANISATION_WORDS.has(word);
}

/** "Lula" of "Luiz Inácio Lula da Silva": middle words that aren't known first names. */
function middleNames(words: readonly string[]): readonly string[] {
  return words.slice(1, -1).filter(word => word.length > 2 && !isFirstName(word));
}

/** A named speaker, while their mentions are collected. */
export interface NamedParty {
  readonly kind: 'person' | 'organisation';
  /** The longest form, by words. */
  longest: Mention;
  gender: Gender | undefined;
  role: Span | undefined;
  readonly mentions: Mention[];
  /** Lower case: "cdc". */
  readonly abbreviations: Set<string>;
  /** Lower case: "frankie". */
  readonly nicknames: Set<string>;
}

/** All named speakers, and whom each mention refers to. */
export interface SpeakerIndex {
  /** In text order. */
  readonly mentions: readonly Mention[];
  /** In the order of first mention. */
  readonly all: readonly NamedParty[];
  /**
   * Who a mention may refer to: one party if certain, several if the name fits several, none for places and the like.
   */
  readonly referents: ReadonlyMap<Mention, readonly NamedParty[]>;
}

/**
 * Groups mentions into speakers: a name of several words covers its longer forms; a short one refers to the only person
 * with that name. Unknown names count only inside a source, or if a report's pointer points at them.
 */
export function groupMentions(
  text: string,
  found: readonly Mention[],
  sources: readonly Span[],
  pointedAt: readonly Mention[] = [],
): SpeakerIndex {
  const mentions = withoutTitles(text, found, sources);
  const heads = sources.flatMap(source =>
    mentionsIn(mentions, source).filter(mention => isHead(text, source, mention)),
  );
  const speaking = new Set([...heads, ...pointedAt]);
  /** Called by title: "Mr. Lee". */
  const titled = new Set(mentions.flatMap(({ words, gender }) => (words.length === 1 && gender ? words : [])));
  const spoken = spokenAlone(mentions, speaking);
  const surnames = new Set(mentions.flatMap(({ kind, words }) => (kind === 'person' ? words.slice(1).slice(-1) : [])));
  const labels = [...new Set(sources.filter(source => isLabel(text, source)).map(source => bare(slice(text, source))))];
  const byName = new Map<string, NamedParty[]>();
  const referents = new Map<Mention, readonly NamedParty[]>();
  const refer = (mention: Mention, bearers: readonly NamedParty[]) => {
    const [only, another] = bearers;
    if (only === undefined) return;
    referents.set(mention, bearers);
    if (another === undefined) addMention(text, byName, only, mention);
  };
  const isFull = (mention: Mention) => mention.words.length > 1 || mention.kind === 'organisation';
  for (const mention of mentions.filter(isFull)) {
    const isSomebody =
      speaking.has(mention) ||
      isCalledShort(mention, titled, spoken) ||
      mayBeKin(mention, surnames) ||
      labels.some(label => isInitialled(mention, label));
    refer(mention, sameName(byName, mention, isSomebody));
  }
  for (const mention of mentions.filter(one => !isFull(one))) {
    const labelled = isLabel(text, mention) ? calledByInitials([...byName.values()].flat(), text, mention) : [];
    const fitting = labelled.length > 0 ? labelled : fittingShort(byName, mention);
    // "Mr. Lee", "CNN", or anybody quoted, is somebody by one name.
    const isSomebody = (mention.kind === 'person' || speaking.has(mention)) && (mention.words[0] ?? '').length > 1;
    const isNew = fitting.length === 0 && isSomebody;
    refer(mention, isNew ? [make(mention)] : fitting);
  }
  const all = [...new Set([...byName.values()].flat())];
  for (const named of all) named.mentions.sort((one, other) => one.start - other.start);
  all.sort((one, other) => firstStart(one) - firstStart(other));
  return { mentions, all, referents };
}

/** Before the rest of a name: "Ir" of "Ir. Marijke van Oss". */
const BEFORE_NAME = /^\.\s\p{Lu}/v;
/** In letters. */
const LONGEST_TITLE = 5;

/** Leaves out abbreviated titles. No list has them all, but a source doesn't go on after the end of a sentence. */
function withoutTitles(text: string, mentions: readonly Mention[], sources: readonly Span[]): readonly Mention[] {
  const isShort = ({ words, end }: Mention) =>
    (words.at(-1)?.length ?? 0) <= LONGEST_TITLE && BEFORE_NAME.test(text.slice(end, end + 3));
  const short = mentions.filter(isShort);
  const within = short.filter(mention =>
    sources.some(source => contains(source, mention) && mention.end + 2 < source.end),
  );
  const titles = new Set(within.map(({ words }) => words.at(-1)));
  return titles.size === 0
    ? mentions
    : mentions.filter(mention => !(isShort(mention) && titles.has(mention.words.at(-1))));
}

/** Returns one-word names that are quoted and aren't part of anybody's longer name. */
function spokenAlone(mentions: readonly Mention[], speaking: ReadonlySet<Mention>): ReadonlySet<string> {
  const borne = new Set(mentions.flatMap(({ kind, words }) => (kind === 'person' && words.length > 1 ? words : [])));
  const alone = [...speaking].flatMap(({ words, kind }) => (words.length === 1 && kind === 'unknown' ? words : []));
  return new Set(alone.filter(word => !borne.has(word)));
}

function isInitialled({ kind, words }: Mention, label: string): boolean {
  if (kind === 'organisation' || kind === 'place' || words.length < 2) return false;
  return [partsOf(words), words.map(bare)].some(parts => fitsInitials(label, parts));
}

/** "Li Qiang", if the text continues with "Mr. Qiang" or "Mr. Li", or Li speaks. */
function isCalledShort({ kind, words }: Mention, titled: ReadonlySet<string>, spoken: ReadonlySet<string>): boolean {
  const [first = ''] = words;
  const last = words.at(-1) ?? '';
  if (titled.has(last)) return true;
  const isShort = [first, last].some(word => titled.has(word) || spoken.has(word));
  return kind === 'unknown' && isShort;
}

/** "Quorra Lee", if the article names another Lee: otherwise "Lee" would surely be that one. */
function mayBeKin(mention: Mention, surnames: ReadonlySet<string>): boolean {
  const [, last = '', more] = mention.words;
  return more === undefined && surnames.has(last) && mayBeSomebody(mention) && /^\p{L}/v.test(mention.follows);
}

function firstStart(named: NamedParty): number {
  return named.mentions[0]?.start ?? 0;
}

function make(mention: Mention): NamedParty {
  const isBody =
    mention.kind === 'organisation' ||
    mention.kind === 'place' ||
    (mention.kind === 'unknown' && (mention.follows === 'the' || mention.isCapitals)) ||
    ORGANISATION_WORDS.has(mention.words.at(-1) ?? '');
  const kind = isBody ? 'organisation' : 'person';
  const { gender, role } = mention;
  return { kind, longest: mention, gender, role, mentions: [], abbreviations: new Set(), nicknames: new Set() };
}

/** Returns the speaker with this name of several words, somebody new if nobody has it, or none. */
function sameName(byName: ReadonlyMap<string, NamedParty[]>, mention: Mention, speaks: boolean): readonly NamedParty[] {
  const bearers = mention.words.flatMap((word, at, { length }) =>
    at === length - 1 || PATRONYMIC.test(mention.words[at + 1] ?? '') ? (byName.get(word) ?? []) : [],
  );
  const known = [...new Set(bearers)].filter(named => isSameName(named, mention));
  if (known.length === 1) return known;
  return speaks || mention.kind === 'person' || mention.kind === 'organisation' ? [make(mention)] : [];
}

/** Returns the speakers a one-word name fits: by surname, or else by first name, nickname or middle name. */
function fittingShort(byName: ReadonlyMap<string, NamedParty[]>, mention: Mention): readonly NamedParty[] {
  const [word = ''] = mention.words;
  const fits = (named: NamedParty) =>
    mention.kind !== 'place' && mayAgree(mention.gender, named.gender) && !isRelative(named, mention);
  const bearers = (byName.get(word) ?? []).filter(fits);
  const bySurname = bearers.filter(named => named.longest.words.at(-1) === word || named.abbreviations.has(word));
  if (bySurname.length > 0) return bySurname.filter(named => named.kind === 'person' || isShortForm(named, word));
  return bearers.filter(named => named.kind === 'person');
}

/** Whether a label may be a name’s initials, each word’s first letter included: "SJ" or "GHS", "CGL" of Chen Guoliang. */
function fitsInitials(label: string, [word, ...others]: readonly string[]): boolean {
  if (word === undefined) return label === '';
  if (label === '' || label[0] !== word[0]) return false;
  let from = 0;
  for (let length = 1; length <= label.length; length += 1) {
    from = word.indexOf(label[length - 1] ?? '', from) + 1;
    if (from === 0) return false;
    if (fitsInitials(label.slice(length), others)) return true;
  }
  return false;
}

const NOT_LETTERS = /\P{L}/gv;

/** A word’s letters, in lower case and without accents: "amle" of "A.-M.L.É.", "o" of "Ó". */
function bare(word: string): string {
  return word.normalize('NFD').replaceAll(NOT_LETTERS, '').toLowerCase();
}

/** The words of a name, cut at hyphens. */
function partsOf(words: readonly string[]): readonly string[] {
  return words.flatMap(word => word.split('-').map(bare));
}

/** In an interview or transcript, without points and hyphens: "JW: …", "SzG: …". */
const LABEL = /^\p{Lu}\p{L}{0,4}\p{L}$/v;
const CAPITALS = /\p{Lu}/gv;
const BETWEEN_INITIALS = /[.\-]/gv;

export function isLabel(text: string, span: Span): boolean {
  const label = slice(text, span).replaceAll(BETWEEN_INITIALS, '');
  return text[span.end] === ':' && LABEL.test(label) && (label.match(CAPITALS)?.length ?? 0) > 1;
}

/** Returns those introduced with a label, or else those named before it whose initials it may be. */
export function calledByInitials(all: readonly NamedParty[], text: string, span: Span): readonly NamedParty[] {
  const label = bare(slice(text, span));
  const people = [...new Set(all)].filter(({ kind, longest }) => kind === 'person' && longest.words.length > 1);
  const introduced = people.filter(named => named.abbreviations.has(label));
  if (introduced.length > 0) return introduced;
  return people.filter(
    ({ abbreviations, mentions, longest }) =>
      abbreviations.size === 0 && mentions.some(({ end }) => end < span.start) && isInitialled(longest, label),
  );
}

function addMention(text: string, byName: Map<string, NamedParty[]>, named: NamedParty, mention: Mention): void {
  named.mentions.push(mention);
  named.gender ??= mention.gender;
  named.role ??= mention.role;
  if (isLonger(mention, named.longest)) named.longest = mention;
  if (mention.nickname !== undefined) named.nicknames.add(mention.nickname.word);
  const last = mention.words.at(-1) ?? '';
  const first = mention.words[0] ?? '';
  const bracketed = mention.bracketed === undefined ? [] : [slice(text, mention.bracketed).toLowerCase()];
  const abbreviation = named.kind === 'organisation' ? [...bracketed, ...initials(mention.words)] : bracketed;
  for (const form of abbreviation) named.abbreviations.add(form);
  const keys =
    named.kind === 'person'
      ? [last, first, ...middleNames(mention.words), ...named.nicknames]
      : [last, mention.words.join(' '), ...abbreviation];
  for (const key of keys) {
    const bearers = byName.get(key);
    if (bearers === undefined) byName.set(key, [named]);
    else if (!bearers.includes(named)) bearers.push(named);
  }
}

/** Returns a speaker's aliases: each other form once, and names in brackets or nicknames. */
export function aliasesOf(text: string, named: NamedParty): readonly Span[] {
  const forms = named.mentions.flatMap((mention): readonly Span[] =>
    [mention, mention.bracketed, mention.nickname].filter(form => form !== undefined),
  );
  const byWords = Map.groupBy(forms, form => slice(text, form));
  byWords.delete(slice(text, named.longest));
  return [...byWords.values()].flatMap(same => same.slice(0, 1)).map(({ start, end }) => ({ start, end }));
}
