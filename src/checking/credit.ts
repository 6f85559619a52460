import type { AttributedArticle, Attribution, Speaker } from '../attribution/attribution.ts';
import { denialOf } from '../attribution/denials.ts';
import { groupHeads, honorifics, personHeads, titles } from '../attribution/lexicon/people.ts';
import { sentencesOf, touched } from '../indexing/units.ts';
import { foldSign, termsOf } from '../indexing/words.ts';
import type { Paragraph } from '../news/article.ts';
import { pairQuotations } from '../news/quotations.ts';
import { contains, lengthOf, overlaps, type Span, slice } from '../news/span.ts';
import type { Change } from './difference.ts';
import type { Placement } from './placement.ts';
import type { CreditMatch, QuotedPassage } from './verdict.ts';

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
export function compareCredit(
  credited: string | undefined,
  from: AttributedArticle,
  attribution: Attribution,
): CreditMatch {
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

function compareWith(credited: Credited, from: AttributedArticle, attribution: Attribution): CreditMatch {
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

/** Fewer words in another paragraph than most stand in are no place of their own. */
const leastOfPlace = 3;

/** Words of a quotation that stand together in the article, and whose they are. */
export interface Part {
  readonly from: AttributedArticle;
  /** In order, at least one. */
  readonly matches: readonly Span[];
  readonly paragraph: Paragraph;
  readonly attribution: Attribution | undefined;
}

/** The parts of a quotation between those places where it passes words of the article over. */
export function partsOf(placement: Placement, changes: readonly Change[]): Part[] {
  const { from, words } = placement.window;
  const groups: Span[][] = [[]];
  for (const { kind, step } of changes) {
    const passes = step.kind === 'skipped' && kind !== 'none';
    if (passes) groups.push([]);
    if (step.kind === 'same') groups.at(-1)?.push(...words.slice(step.article.start, step.article.end));
  }
  return groups.flatMap(matches => toPart(from, matches));
}

/** `undefined` where there are no words. */
function toPart(from: AttributedArticle, matches: readonly Span[]): Part[] {
  const paragraph = paragraphOf(from, matches);
  return paragraph === undefined ? [] : [{ from, matches, paragraph, attribution: ownerOf(from, matches) }];
}

/** The paragraph that holds most of the words. */
function paragraphOf({ article }: AttributedArticle, matches: readonly Span[]): Paragraph | undefined {
  const [first, last] = [matches[0], matches.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const held = touched(article.paragraphs, { start: first.start, end: last.end });
  const counted = article.paragraphs
    .slice(held.start, held.end)
    .map(paragraph => ({ paragraph, count: matches.filter(match => overlaps(match, paragraph)).length }));
  return counted.sort((one, other) => other.count - one.count)[0]?.paragraph;
}

/**
 * The attribution whose content holds most of the words, the innermost of several; none where the article's own voice has
 * more of them. Words of a source and cue count for neither.
 */
function ownerOf({ attributions }: AttributedArticle, matches: readonly Span[]): Attribution | undefined {
  const [first, last] = [matches[0], matches.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const around = { start: first.start, end: last.end };
  const near = attributions.filter(({ content }) => content.some(piece => overlaps(piece, around)));
  const within = ({ content }: Attribution) => matches.filter(match => content.some(piece => contains(piece, match)));
  const ranked = near
    .map(attribution => ({ attribution, held: within(attribution).length, length: lengthOf(attribution.content) }))
    .sort((one, other) => other.held - one.held || one.length - other.length);
  const [best] = ranked;
  if (best === undefined) return undefined;
  const framed = (match: Span) =>
    near.some(({ source, cue }) => [source, cue].some(span => span && contains(span, match)));
  const said = new Set(near.flatMap(within));
  const told = matches.filter(match => !said.has(match) && !framed(match)).length;
  return best.held > 0 && best.held >= told ? best.attribution : undefined;
}

/** Parts that belong together as they are shown, each paragraph by itself; of several parts in one, by the longest. */
export function placesOf(parts: readonly Part[], credited: string | undefined): QuotedPassage[] {
  const [first] = parts;
  if (first === undefined) return [];
  const main = parts.reduce(longer, first);
  const matches = parts.flatMap(part => part.matches);
  const held = touched(first.from.article.paragraphs, { start: matches[0]?.start ?? 0, end: matches.at(-1)?.end ?? 0 });
  return first.from.article.paragraphs.slice(held.start, held.end).flatMap(paragraph => {
    const inside = matches.filter(match => overlaps(match, paragraph));
    if (inside.length < leastOfPlace && paragraph !== main.paragraph) return [];
    const here = parts.filter(part => part.matches.some(match => overlaps(match, paragraph)));
    const owner = paragraph === main.paragraph ? main : here.reduce(longer, here[0] ?? main);
    return [placeOf({ ...owner, paragraph, matches: inside }, credited)];
  });
}

function longer(one: Part, other: Part): Part {
  return other.matches.length > one.matches.length ? other : one;
}

/** Words of one paragraph as they are shown, with whether they are credited rightly. */
function placeOf({ from, matches, paragraph, attribution }: Part, credited: string | undefined): QuotedPassage {
  const denial = denialOf(from, attribution);
  // Without its cue a denial reads like a statement.
  const cue = denial?.cue && overlaps(denial.cue, paragraph) ? [denial.cue] : [];
  const told = [...matches, ...cue].sort((one, other) => one.start - other.start);
  const [first = paragraph, last = paragraph] = [told[0], told.at(-1)];
  const sentences = sentencesOf(paragraph);
  const held = touched(sentences, { start: first.start, end: last.end });
  const excerpt = {
    start: Math.min(first.start, sentences[held.start]?.start ?? first.start),
    end: Math.max(last.end, sentences[held.end - 1]?.end ?? last.end),
  };
  const inMarks = attribution !== undefined || standsInMarks(from, matches);
  const unknown = credited === undefined ? 'unnamed' : 'open';
  const credit = attribution === undefined ? unknown : compareCredit(credited, from, attribution);
  return {
    from,
    paragraph,
    excerpt,
    matches: runsOf(from.article.text, matches),
    attribution,
    inMarks,
    denial,
    credit,
  };
}

/** Words with nothing but marks between them as one. */
function runsOf(text: string, words: readonly Span[]): Span[] {
  const runs: Span[] = [];
  for (const word of words) {
    const last = runs.at(-1);
    const joins = last !== undefined && !/[\p{L}\p{N}\n]/v.test(text.slice(last.end, word.start));
    if (joins) runs[runs.length - 1] = { start: last.start, end: word.end };
    else runs.push(word);
  }
  return runs;
}

/** Between quotation marks, most of the words are somebody's even where nobody was found who says them. */
function standsInMarks({ article }: AttributedArticle, matches: readonly Span[]): boolean {
  const marked = pairQuotations(article.text, article.paragraphs).filter(({ depth }) => depth === 0);
  const inside = matches.filter(match => marked.some(({ inner }) => contains(inner, match)));
  return inside.length > 2 && inside.length >= matches.length / 2;
}
