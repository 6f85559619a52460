import type { Article } from '../news/article.ts';
import { femaleWords, maleWords } from './lexicon/people.ts';
import type { Mention } from './mentions.ts';
import type { Named, NamedSpeakers } from './named-speakers.ts';
import type { Gender } from './names.ts';

const QUOTED = /[“«][^“«”»]*[”»]|"[^"]*"/gv;

const WORD = /\p{L}+/gv;

const PRONOUNS: ReadonlyMap<string, Gender> = new Map([
  ['he', 'male'],
  ['his', 'male'],
  ['him', 'male'],
  ['himself', 'male'],
  ['she', 'female'],
  ['her', 'female'],
  ['hers', 'female'],
  ['herself', 'female'],
]);

/**
 * Learns the gender of those whose name does not tell it: a paragraph that names one person only, and goes on with "he" or
 * "she" only. Where paragraphs contradict each other, nothing is learned.
 */
export function learnGenders(
  article: Article,
  { meant, mentions }: NamedSpeakers & { readonly mentions: readonly Mention[] },
): void {
  const votes = new Map<Named, Set<Gender>>();
  const byParagraph = Map.groupBy(mentions, mention => mention.paragraph);
  for (const { number, start, end } of article.paragraphs) {
    const here = (byParagraph.get(number) ?? []).filter(mention =>
      (meant.get(mention) ?? []).some(named => named.kind === 'person'),
    );
    const [first] = here;
    const named = new Set(here.flatMap(mention => meant.get(mention) ?? []));
    const [only] = named;
    if (first === undefined || only === undefined || named.size !== 1 || only.gender !== undefined) continue;
    const gender = genderTold(article.text.slice(start, first.start), article.text.slice(first.end, end));
    if (gender !== undefined) votes.set(only, (votes.get(only) ?? new Set()).add(gender));
  }
  for (const [named, genders] of votes) {
    const [gender] = genders;
    if (genders.size === 1) named.gender = gender;
  }
}

function genderTold(before: string, after: string): Gender | undefined {
  const words = wordsOf(after);
  if ([...wordsOf(before), ...words].some(word => maleWords.has(word) || femaleWords.has(word))) return undefined;
  if (wordsOf(before).some(word => PRONOUNS.has(word))) return undefined;
  const genders = new Set(words.flatMap(word => PRONOUNS.get(word) ?? []));
  const [gender] = genders;
  return genders.size === 1 ? gender : undefined;
}

function wordsOf(text: string): readonly string[] {
  return text.replaceAll(QUOTED, ' ').toLowerCase().match(WORD) ?? [];
}
