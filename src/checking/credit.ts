import type { AttributedArticle, Attribution, Speaker } from '../attribution/attribution.ts';
import { honorifics, titles } from '../attribution/lexicon/people.ts';
import { foldSign, termsOf } from '../indexing/words.ts';
import { wordSet } from '../news/lexicon/word-lists.ts';
import { type Span, slice } from '../news/span.ts';
import { isPersonNoun } from './read-credit.ts';

/**
 * Whether the article credits the person that a quote is credited to. `open`: it might, or the attribution isn't
 * certain. `unnamed`: the quote is credited to nobody.
 */
export type CreditMatch = 'same' | 'other' | 'open' | 'unnamed';

const han = /\p{sc=Han}/gv;
const unimportant = wordSet('the a an of and for to another some former then jr sr');

/** The name that a quote is credited to. */
interface Credited {
  readonly text: string;
  /** Without articles, "Mr" and the like. */
  readonly terms: readonly string[];
}

/** What an article calls a speaker, in terms. */
interface Known {
  /** One list for each form of the name. */
  readonly names: readonly (readonly string[])[];
  /** What the article says they are. */
  readonly around: ReadonlySet<string>;
}

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
  if (matches.includes('same')) return 'same';
  return matches.includes('open') ? 'open' : 'other';
}

/** Includes the attributions that report this one: of what Lee says that Cho said, crediting Lee is right too. */
function withReporting(attribution: Attribution): Attribution[] {
  const { reportedBy } = attribution;
  return reportedBy === undefined ? [attribution] : [attribution, ...withReporting(reportedBy)];
}

function coreTerms(name: string): string[] {
  const terms = termsOf(name).map(term => term.replace(/'s?$/v, ''));
  const core = terms.filter(term => !unimportant.has(term) && !honorifics.has(term));
  return core.length > 0 ? core : terms;
}

function compareWith(credited: Credited, from: AttributedArticle, attribution: Attribution): CreditMatch {
  const { speaker, source, certainty, doubtful } = attribution;
  const cut = (span: Span) => slice(from.article.text, span);
  const phrase = source === undefined ? '' : cut(source);
  const isPhrase = phrase !== '' && coreTerms(phrase).join(' ') === credited.terms.join(' ');
  if (speaker === undefined || certainty === 'unclear') return isPhrase ? 'same' : 'open';
  const forms = [speaker.name, ...speaker.aliases, ...(speaker.named ? speaker.mentions : [])].map(cut);
  // A doubtful attribution neither confirms a name nor makes it wrong.
  if (doubtful) return 'open';
  if (isPhrase || isNamed(credited, speaker, forms, [speaker.role && cut(speaker.role), phrase])) return 'same';
  if (isDescription(credited.terms) || isWithin(credited.terms, termsOf(`${forms.join(' ')} ${phrase}`))) return 'open';
  return 'other';
}

function isNamed(
  credited: Credited,
  speaker: Speaker,
  forms: readonly string[],
  said: readonly (string | undefined)[],
): boolean {
  if (credited.text.search(han) >= 0) return forms.some(form => sharesCharacters(credited.text, form));
  const known = {
    names: forms.map(coreTerms),
    around: new Set(said.flatMap(each => (each === undefined ? [] : coreTerms(each)))),
  };
  if (!speaker.named) return isDescribed(credited.terms, new Set([...known.names.flat(), ...known.around]));
  return isName(credited.terms, known) || isAcronym(credited.terms, known) || isRole(credited.terms, known);
}

/** True if a credit ends with a form of the name, after parts of other forms, or what the person is. */
function isName(terms: readonly string[], { names, around }: Known): boolean {
  const named = new Set(names.flat());
  const last = terms.at(-1) ?? '';
  if (!names.some(form => form.at(-1) === last || form.join(' ') === terms.join(' '))) return false;
  const surnameOnly = names.every(form => form.filter(term => !titles.has(term)).length <= 1);
  const given = terms.slice(0, -1);
  const rest = given.filter(term => !named.has(term) && !isInitial(term, given, named) && !titles.has(term));
  if (rest.length === 0) return true;
  const role = terms.slice(0, -1).some(term => titles.has(term)) && rest.every(term => around.has(term));
  return role || (surnameOnly && rest.length === 1);
}

/** True for "J" in "J. Sullivan" for Jake, or in "Donald J. Trump", where the first name is enough. */
function isInitial(term: string, given: readonly string[], named: ReadonlySet<string>): boolean {
  if (!/^\p{L}$/v.test(term)) return false;
  return [...named].some(name => name.startsWith(term)) || given.some(name => name.length > 1 && named.has(name));
}

function isAcronym(terms: readonly string[], { names }: Known): boolean {
  const [only] = terms;
  if (only === undefined || terms.length !== 1)
    return names.some(form => form.length === 1 && form[0] === initials(terms));
  return only.length >= 2 && names.some(form => form.length > 1 && initials(form) === only);
}

function initials(terms: readonly string[]): string {
  return terms.map(term => term.charAt(0)).join('');
}

/** True for "the national security adviser" if the article says that's what they are. */
function isRole(terms: readonly string[], { around }: Known): boolean {
  return isDescription(terms) && isWithin(terms, [...around]);
}

/** True if an unnamed speaker is described with the same words, singular or plural. */
function isDescribed(terms: readonly string[], described: ReadonlySet<string>): boolean {
  const forms = (term: string) => [term, `${term}s`, term.replace(/s$/v, '')];
  return isDescription(terms) && terms.every(term => forms(term).some(form => described.has(form)));
}

function isDescription(terms: readonly string[]): boolean {
  return isPersonNoun(terms.at(-1) ?? '');
}

function isWithin(terms: readonly string[], held: readonly string[]): boolean {
  const all = new Set(held);
  return terms.length > 0 && terms.every(term => all.has(term));
}

/** Compares Chinese names by their characters, traditional or simplified. */
function sharesCharacters(one: string, other: string): boolean {
  const [asked = '', known = ''] = [one, other].map(name => Array.from(name.match(han) ?? [], foldSign).join(''));
  return asked.length > 1 && known.length > 1 && (known.includes(asked) || asked.includes(known));
}
