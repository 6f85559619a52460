import type { AttributedArticle, Attribution, Speaker } from '../attribution/attribution.ts';
import { groupHeads, honorifics, personHeads, titles } from '../attribution/lexicon/people.ts';
import { foldSign } from '../indexing/fold.ts';
import { termsOf } from '../indexing/words.ts';
import { type Span, slice } from '../news/span.ts';
import type { Credit } from './finding.ts';

const han = /\p{sc=Han}/v;
const small: ReadonlySet<string> = new Set([
  'the',
  'a',
  'an',
  'of',
  'and',
  'for',
  'to',
  'another',
  'some',
  'former',
  'then',
  'jr',
  'sr',
]);

/** Whom a name in a claim means, as its words say it. */
interface Credited {
  readonly text: string;
  /** Without articles, "Mr" and the like. */
  readonly terms: readonly string[];
}

/** How an article names a speaker, in terms. */
interface Known {
  /** One list for each form of the name. */
  readonly names: readonly (readonly string[])[];
  /** What the article says they are. */
  readonly around: ReadonlySet<string>;
}

/**
 * Whether an attribution is to whom a claim credits: the words of the name decide, never a likeness of letters. An
 * attribution that is not sure never makes it `other`.
 */
export function compareCredit(credited: string | undefined, from: AttributedArticle, attribution: Attribution): Credit {
  if (credited === undefined) return 'unnamed';
  const asked = { text: credited, terms: coreTerms(credited) };
  const told = around(attribution).map(each => compareWith(asked, from, each));
  if (told.includes('same')) return 'same';
  return told.includes('open') ? 'open' : 'other';
}

/** An attribution and those in whose content it stands: crediting Lee for what Lee says that Cho said is right too. */
function around(attribution: Attribution): Attribution[] {
  const { reportedBy } = attribution;
  return reportedBy === undefined ? [attribution] : [attribution, ...around(reportedBy)];
}

function coreTerms(name: string): string[] {
  const terms = termsOf(name).map(term => term.replace(/'s?$/v, ''));
  const core = terms.filter(term => !small.has(term) && !honorifics.has(term));
  return core.length > 0 ? core : terms;
}

function compareWith(credited: Credited, from: AttributedArticle, attribution: Attribution): Credit {
  const { speaker, source, certainty, doubtful } = attribution;
  const cut = (span: Span) => slice(from.article.text, span);
  const phrase = source === undefined ? '' : cut(source);
  const isPhrase = phrase !== '' && coreTerms(phrase).join(' ') === credited.terms.join(' ');
  if (speaker === undefined || certainty === 'unclear') return isPhrase ? 'same' : 'open';
  const forms = [speaker.name, ...speaker.aliases, ...(speaker.named ? speaker.mentions : [])].map(cut);
  // What may be misread bears no name out, and makes none wrong.
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
  if (han.test(credited.text)) return forms.some(form => sharesSigns(credited.text, form));
  const known = {
    names: forms.map(coreTerms),
    around: new Set(said.flatMap(each => (each === undefined ? [] : coreTerms(each)))),
  };
  if (!speaker.named) return isDescribed(credited.terms, new Set([...known.names.flat(), ...known.around]));
  return isName(credited.terms, known) || isAcronym(credited.terms, known) || isRole(credited.terms, known);
}

/** The words end with a form of the name; what stands before it is part of another form, or what they are. */
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

/** "J" in "J. Sullivan" for Jake, or in "Donald J. Trump", whom the first name tells already. */
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

/** "the national security adviser", where the article says that this is what they are. */
function isRole(terms: readonly string[], { around }: Known): boolean {
  return isDescription(terms) && isWithin(terms, [...around]);
}

/** Somebody unnamed is described alike, in the singular or plural. */
function isDescribed(terms: readonly string[], described: ReadonlySet<string>): boolean {
  const forms = (term: string) => [term, `${term}s`, term.replace(/s$/v, '')];
  return isDescription(terms) && terms.every(term => forms(term).some(form => described.has(form)));
}

function isDescription(terms: readonly string[]): boolean {
  const last = terms.at(-1) ?? '';
  return personHeads.has(last) || groupHeads.has(last) || titles.has(last);
}

function isWithin(terms: readonly string[], held: readonly string[]): boolean {
  const all = new Set(held);
  return terms.length > 0 && terms.every(term => all.has(term));
}

/** Chinese names are compared by their signs, traditional or simplified. */
function sharesSigns(one: string, other: string): boolean {
  const [asked, known] = [one, other].map(name =>
    [...name]
      .filter(sign => han.test(sign))
      .map(foldSign)
      .join(''),
  );
  return (
    asked !== undefined &&
    known !== undefined &&
    asked.length > 1 &&
    known.length > 1 &&
    (known.includes(asked) || asked.includes(known))
  );
}
