import type { AttributedArticle, Attribution, Speaker } from '../attribution/attribution.ts';
import { AUXILIARIES } from '../attribution/lexicon/grammar.ts';
import {
  FEMALE_NAMES,
  HONORIFICS,
  MALE_NAMES,
  POST_NOMINALS,
  TITLES,
  UNISEX_NAMES,
} from '../attribution/lexicon/people.ts';
import { genderCalled, genderOf, gendersCalled, mayAgree, suffixOf } from '../attribution/speakers/names.ts';
import { membersOf } from '../attribution/tallies.ts';
import { wordSet } from '../news/lexicon/word-lists.ts';
import { type Span, slice } from '../news/span.ts';
import { foldSign, termsOf } from '../words/words.ts';
import { isNounForPeople, isPerson, namesNobody } from './read-credit.ts';

/**
 * Whether the article credits the person that a quote is credited to. `open`: it might, or the attribution isn't
 * certain. `unnamed`: the quote is credited to nobody.
 */
export type CreditMatch = 'same' | 'other' | 'open' | 'unnamed';

const HAN = /\p{sc=Han}/gv;
const UNIMPORTANT = wordSet('the a an of and for to another some former then jr sr');

/** The name that a quote is credited to. */
interface Credit {
  readonly text: string;
  /** Without articles, "Mr" and the like. */
  readonly terms: readonly string[];
}

/** What an article calls a speaker: the terms of each form of the name. */
type SpeakerNames = readonly (readonly string[])[];

/**
 * Compares a credit with an attribution. Words of the name must match, not just look alike. An attribution that isn't
 * certain never makes it `other`.
 */
export function compareCredit(
  credited: string | undefined,
  from: AttributedArticle,
  attribution: Attribution,
): CreditMatch {
  if (credited === undefined) return 'unnamed';
  const asked = { text: credited, terms: coreTerms(credited) };
  const matches = withReporting(attribution).map(each => compareWith(asked, from, each));
  if (matches[0] === 'same') return 'same';
  // "Bo Cho and Al Ray": either may have said it.
  const people = credited.split(/\s(?:and|or|&)\s/iv);
  const isOne = people.length > 1 && people.some(each => compareCredit(each, from, attribution) !== 'other');
  // Of what Lee says that Cho said, crediting Lee isn't wrong.
  return isOne || matches.some(match => match !== 'other') ? 'open' : 'other';
}

/** Returns an attribution and those that report it. */
export function withReporting(attribution: Attribution): Attribution[] {
  const { reportedBy } = attribution;
  return reportedBy === undefined ? [attribution] : [attribution, ...withReporting(reportedBy)];
}

/** True if somebody reports words as somebody else's: "Lee said that Cho had said", but not "I said that I had said". */
export function isHearsay({ article }: Pick<AttributedArticle, 'article'>, said: Attribution): boolean {
  const { reportedBy, speaker, source } = said;
  if (reportedBy === undefined || (speaker !== undefined && speaker.id === reportedBy.speaker?.id)) return false;
  return source === undefined || !/^(?:I|we)$/iv.test(slice(article.text, source));
}

function coreTerms(name: string): string[] {
  const terms = termsOf(name).map(term => term.replace(/'s?$/v, ''));
  const core = terms.filter(term => !UNIMPORTANT.has(term) && !HONORIFICS.has(term));
  return core.length > 0 ? core : terms;
}

function compareWith(credited: Credit, from: AttributedArticle, attribution: Attribution): CreditMatch {
  const { speaker, source, certainty, doubtful, dispute } = attribution;
  const cut = (span: Span) => slice(from.article.text, span);
  const phrase = source === undefined ? '' : cut(source);
  const role = speaker?.role && cut(speaker.role);
  // What the article calls the speaker is what somebody disputed.
  const isPhrase = dispute === undefined && phrase !== '' && coreTerms(phrase).join(' ') === credited.terms.join(' ');
  if (speaker === undefined || certainty === 'unclear') return isPhrase ? 'same' : 'open';
  const forms = [speaker.name, ...speaker.aliases, ...(speaker.named ? speaker.mentions : [])].map(cut);
  // A doubtful attribution neither confirms a name nor makes it wrong.
  if (doubtful) return 'open';
  if (!isPhrase && speaker.kind === 'person' && isBeside(credited, forms)) return 'open';
  const namesake = speaker.named && speaker.kind === 'person' && compareNamesake(credited, from, speaker, forms);
  if (namesake) return namesake;
  if (isPhrase || isNamed(credited, speaker, forms, [role, phrase]) || isOneOf(credited, from, attribution))
    return 'same';
  const around = [...forms, role ?? '', phrase, speaker.named ? '' : betweenSourceAndCue(from, attribution)];
  if (
    isDescription(credited.terms) ||
    namesNobody(credited.text) ||
    isWithin(credited.terms, around.flatMap(coreTerms))
  )
    return 'open';
  return mayBeSame(credited, from, speaker, forms) ? 'open' : 'other';
}

/** True for two people who say something together, and for each of them. */
function isOneOf(credited: Credit, from: AttributedArticle, said: Attribution): boolean {
  const members = membersOf(from, said.speaker).map(speaker => ({ ...said, speaker, source: said.speaker?.name }));
  return members.some(each => compareWith(credited, from, each) === 'same');
}

/** Returns ", who gave her name only as Jean," of "A resident, who gave her name only as Jean, said". */
function betweenSourceAndCue({ article }: AttributedArticle, { source, cue }: Attribution): string {
  return source === undefined || cue === undefined ? '' : article.text.slice(source.end, cue.start);
}

/**
 * Returns `other` for "Mr Lee" if an article calls Ann Lee "she", and for "Lee Sr." if it is the son; `open` if only
 * her first name says so; `undefined` if nothing tells them apart.
 */
function compareNamesake(
  { text }: Credit,
  from: AttributedArticle,
  speaker: Speaker,
  forms: readonly string[],
): CreditMatch | undefined {
  const terms = termsOf(text);
  const suffix = suffixOf(terms);
  const suffixes = forms.flatMap(form => suffixOf(termsOf(form)) ?? []);
  if (suffix !== undefined && suffixes.length > 0 && !suffixes.includes(suffix)) return 'other';
  const gender = genderCalled(terms);
  const told = gendersCalled(from, speaker);
  if (gender !== undefined && told.length > 0) return told.includes(gender) ? undefined : 'other';
  const isLikely = forms.every(form => mayAgree(gender, genderOf([], [], coreTerms(form))));
  return isLikely ? undefined : 'open';
}

/** Words that join a name to somebody else: "a spokesman for Ann Lee". */
const JOINS = wordSet('of for to and with');

/** True if somebody beside the speaker may be credited: "son of Ann Lee", "Bob Ray and Ann Lee", "Mary Ann Lee". */
function isBeside({ text, terms }: Credit, forms: readonly string[]): boolean {
  const written = termsOf(text.replaceAll('&', ' and ')).filter(term => !HONORIFICS.has(term));
  const names = forms.map(coreTerms);
  if (names.some(name => name.join(' ') === terms.join(' '))) return false;
  return [...names, ...names.map(name => name.slice(-1))].some(name => {
    if (name.join(' ') !== terms.slice(-name.length).join(' ')) return false;
    const before = written.at(-name.length - 1) ?? '';
    const isOtherName = name.length > 1 && isFirstName(before) && !names.some(each => each.includes(before));
    return JOINS.has(before) || isOtherName;
  });
}

/** Whether a credit doesn't clearly name somebody else: only then is a name wrong. */
function mayBeSame(
  { terms, text }: Credit,
  from: AttributedArticle,
  speaker: Speaker,
  forms: readonly string[],
): boolean {
  if (text.search(HAN) >= 0) return false;
  // "Ann Lee" may be one of the "US officials", or the researcher who is quoted, unless the article names her beside.
  if (!speaker.named && speaker.kind === 'group') return true;
  if (!speaker.named) return !from.speakers.some(other => other.named && isCalled(terms, from, other));
  // "Milo Banks" for Milo, and for the Bankses.
  const family = ['s', 'es'].map(ending => `${terms.at(-1)}${ending}`);
  const isShort = (form: string) => form === terms[0] || family.includes(form);
  if (terms.length > 1 && forms.every(form => coreTerms(form).every(isShort))) return true;
  const known = forms.flatMap(coreTerms);
  if (speaker.kind !== 'person') return terms.some(term => known.includes(term));
  // "Skater Banks" for Milo Banks.
  const [role = '', surname, more] = terms;
  if (more !== undefined || !isPerson(role) || isFirstName(role)) return false;
  return forms.some(form => coreTerms(form).at(-1) === surname);
}

/** In words: "Mayor Ann Lee", "Ann Lee’s office". */
const LONGEST_SUBJECT = 3;

/** True if words end with a credited name, or with somebody who speaks for them: "Mayor Ann Lee did", "Lee’s office". */
export function endsWithName(words: string, credited: string): boolean {
  const named = coreTerms(words).filter(term => !AUXILIARIES.has(term));
  return isWithin(coreTerms(credited), named.slice(-LONGEST_SUBJECT));
}

function isCalled(terms: readonly string[], { article }: AttributedArticle, { name, aliases }: Speaker): boolean {
  return isName(
    terms,
    [name, ...aliases].map(span => coreTerms(slice(article.text, span))),
  );
}

function isFirstName(term: string): boolean {
  return MALE_NAMES.has(term) || FEMALE_NAMES.has(term) || UNISEX_NAMES.has(term);
}

function isNamed(
  credited: Credit,
  speaker: Speaker,
  forms: readonly string[],
  said: readonly (string | undefined)[],
): boolean {
  if (credited.text.search(HAN) >= 0) return forms.some(form => sharesCharacters(credited.text, form));
  const names = forms.map(coreTerms);
  const around = said.flatMap(each => (each === undefined ? [] : coreTerms(each)));
  const { terms } = credited;
  if (!speaker.named) return isDescribed(terms, new Set([...names.flat(), ...around]));
  // "Ann Lee of the union".
  const [own = ''] = credited.text.split(/\s(?:of|at|from|with)\s/v);
  if (isName(terms, names) || (speaker.kind === 'person' && isName(coreTerms(own), names))) return true;
  // "The national security adviser", if the article says that's what they are.
  return isAcronym(terms, names) || (isDescription(terms) && isWithin(terms, around));
}

/** True if a credit ends with a form of the name, after parts of other forms, or what the person is. */
function isName(terms: readonly string[], names: SpeakerNames): boolean {
  const last = terms.at(-1) ?? '';
  // "Ann Lee MP".
  if (terms.length > 1 && POST_NOMINALS.has(last)) return isName(terms.slice(0, -1), names);
  const named = new Set(names.flat());
  if (!names.some(form => form.at(-1) === last || form.join(' ') === terms.join(' '))) return false;
  // "Campaigner Beth Nolan": whatever comes before a whole name says what they are.
  if (names.some(form => form.length > 1 && form.join(' ') === terms.slice(-form.length).join(' '))) return true;
  const surnameOnly = names.every(form => form.filter(term => !TITLES.has(term)).length <= 1);
  // "State Senator Per Dahl": so do the words up to a title.
  const given = terms.slice(terms.findLastIndex((term, at) => at < terms.length - 1 && TITLES.has(term)) + 1, -1);
  const rest = given.filter(term => !named.has(term) && !isInitial(term, given, named));
  return rest.length === 0 || (surnameOnly && rest.length === 1);
}

/** True for "J" in "J. Sullivan" for Jake, or in "Donald J. Trump", where the first name is enough. */
function isInitial(term: string, given: readonly string[], named: ReadonlySet<string>): boolean {
  if (!/^\p{L}$/v.test(term)) return false;
  return [...named].some(name => name.startsWith(term)) || given.some(name => name.length > 1 && named.has(name));
}

function isAcronym(terms: readonly string[], names: SpeakerNames): boolean {
  const [only] = terms;
  if (only === undefined || terms.length !== 1)
    return names.some(form => form.length === 1 && form[0] === initials(terms));
  return only.length >= 2 && names.some(form => form.length > 1 && initials(form) === only);
}

function initials(terms: readonly string[]): string {
  return terms.map(term => term.charAt(0)).join('');
}

/** True if an unnamed speaker is described with the same words, singular or plural. */
function isDescribed(terms: readonly string[], described: ReadonlySet<string>): boolean {
  const forms = (term: string) => [term, `${term}s`, term.replace(/s$/v, '')];
  return isDescription(terms) && terms.every(term => forms(term).some(form => described.has(form)));
}

function isDescription(terms: readonly string[]): boolean {
  return isNounForPeople(terms.at(-1) ?? '');
}

function isWithin(terms: readonly string[], held: readonly string[]): boolean {
  const all = new Set(held);
  return terms.length > 0 && terms.every(term => all.has(term));
}

/** Compares Chinese names by their characters, traditional or simplified. */
function sharesCharacters(one: string, other: string): boolean {
  const [asked = '', known = ''] = [one, other].map(name => Array.from(name.match(HAN) ?? [], foldSign).join(''));
  return asked.length > 1 && known.length > 1 && (known.includes(asked) || asked.includes(known));
}
