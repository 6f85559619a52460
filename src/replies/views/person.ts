import { isUncertain } from '../../attribution/tallies.ts';
import type { Article, Paragraph } from '../../news/article.ts';
import { extent, overlaps, type Span, slice, unite } from '../../news/span.ts';
import { withoutCopies } from '../../search/copies.ts';
import { isUnread } from '../../search/passages.ts';
import type { Appearance } from '../../search/people.ts';
import type { Say } from '../../wording/say.ts';
import {
  type PassageCode,
  type Person,
  type PersonCode,
  passageCode,
  personWithin,
  placeOfSpeaker,
} from '../custom-id.ts';
import { ROOM, weight } from '../limits.ts';
import { citation, titleLine } from '../parts/citation.ts';
import { descriptionOf } from '../parts/description.ts';
import { inline, joined, small } from '../parts/markdown.ts';
import { articleOfPlace, citationOf, passageOfStatement, type ShownPassage, showWords } from '../parts/passage.ts';
import { nameWithin, speakerName } from '../parts/speaker.ts';
import { statement } from '../parts/statement.ts';
import { ACCENTS, type Audience, type Reply, reply } from '../reply.ts';
import { excerptControls, PERSON_ID, type PersonState } from './excerpts.ts';
import { controlsOf, defineView, paginate, type View, type ViewContext } from './view.ts';

/** Who somebody is and what they say. */
export const personView: View<PersonState> = defineView({
  ...PERSON_ID,
  async show(state, context) {
    const all = await Promise.all(state.people.map(code => findPerson(code, state.within, context)));
    const people = all.filter(person => person !== undefined);
    return people.length < all.length ? undefined : personReply(people, state, context);
  },
});

async function findPerson(
  code: PersonCode,
  within: PersonState['within'],
  context: ViewContext,
): Promise<Person | undefined> {
  const from = await articleOfPlace(code, context);
  if (from === undefined) return undefined;
  return within === 'article'
    ? personWithin(code, from)
    : await context.search.person(from, placeOfSpeaker(code, from));
}

const MOST_ALIASES = 6;
const MOST_PARAGRAPHS = 12;
const MOST_ROLES = 3;
const MOST_NAMINGS = 3;
/** More would take long to render, and nobody turns a hundred pages. */
const MOST_STATEMENTS = 400;
const ROOM_FOR_NAMING = 600;
const TEXTS_ON_PAGE = 4;
/** For a note on who else may be meant. */
const ROOM_FOR_NOTE = 900;

/** Returns the paragraphs that have some of the spans, in one pass: there may be many of both. */
function naming({ paragraphs }: Article, spans: readonly Span[]): readonly Paragraph[] {
  const ordered = unite(spans);
  let at = 0;
  return paragraphs.filter(each => {
    while ((ordered[at]?.end ?? each.end) <= each.start) at += 1;
    return ordered.slice(at, at + 1).some(span => overlaps(each, span));
  });
}

function listed(some: readonly Paragraph[], say: Say): string {
  const numbers = some.map(({ number }) => `¶${number}`);
  const paragraphs = numbers.slice(0, MOST_PARAGRAPHS).join(say('list.item'));
  const count = numbers.length - MOST_PARAGRAPHS;
  return count > 0 ? say('person.more-paragraphs', { paragraphs, count }) : paragraphs;
}

/** Returns the paragraphs where somebody is named, as `¶2, ¶12`. */
function paragraphsOf(article: Article, spans: readonly Span[], say: Say): string {
  return listed(naming(article, spans), say);
}

/** True if `words` has the phrase as whole words. */
function holds(words: string, phrase: string): boolean {
  const inWord = /^[\p{L}\p{N}][\p{L}\p{N}]$/v;
  for (let at = words.indexOf(phrase); at >= 0; at = words.indexOf(phrase, at + phrase.length)) {
    const end = at + phrase.length;
    if (!inWord.test(words.slice(Math.max(at - 1, 0), at + 1)) && !inWord.test(words.slice(end - 1, end + 1)))
      return true;
  }
  return false;
}

/**
 * Returns where else the article uses the phrase for an unnamed speaker. Those may be others, so they aren't merged.
 */
function phraseElsewhere({ from: { article }, speaker: { name, named, mentions } }: Appearance, say: Say): string {
  if (named) return '';
  const phrase = slice(article.text, name);
  const known = new Set(naming(article, mentions));
  const where = listed(
    article.paragraphs.filter(each => !known.has(each) && holds(slice(article.text, each), phrase)),
    say,
  );
  return where && small(say('person.phrase-elsewhere', { phrase: inline(phrase, 160), where }));
}

function aliasesOf({ from: { article }, speaker }: Appearance, say: Say): string {
  const name = speakerName(article, speaker);
  const spans = [...speaker.aliases, ...speaker.mentions];
  const forms = new Set(spans.map(span => inline(slice(article.text, span), 80)));
  // "Lee" is no other name of Ann Lee.
  const shown = [...forms]
    .filter(form => !holds(name, form))
    .slice(0, MOST_ALIASES)
    .map(words => say('quotation.marks', { words }));
  return shown.length === 0 ? '' : small(say('person.aliases', { forms: shown.join(say('list.item')) }));
}

function silence(appearance: Appearance, where: string, say: Say): string {
  const { kind } = appearance.speaker;
  const name = nameWithin(appearance.from.article, appearance.speaker);
  if (isUnread(appearance.from)) return where === '' ? say('voices.unread') : say('person.unread', { name, where });
  if (where === '') return say('person.silent', { name });
  return say(kind === 'group' ? 'group.mentioned-only' : 'person.mentioned-only', { name, where });
}

/** `count` is of what is clearly theirs. */
function speech(count: number, where: string, say: Say): string {
  return where === '' ? say('person.says', { count }) : say('person.says-mentioned', { count, where });
}

/** Returns the head of a person in one article. */
function headWithin(appearance: Appearance, say: Say): string {
  const { article } = appearance.from;
  const { mentions } = appearance.speaker;
  const role = descriptionOf(appearance.from, appearance.speaker);
  const where = paragraphsOf(article, mentions, say);
  const isSilent = appearance.attributions.length === 0;
  const count = appearance.attributions.filter(each => !isUncertain(each)).length;
  return joined([
    `### ${speakerName(article, appearance.speaker)}`,
    role && say('quotation.marks', { words: inline(slice(article.text, role), 240) }),
    aliasesOf(appearance, say),
    isSilent ? silence(appearance, where, say) : speech(count, where, say),
    phraseElsewhere(appearance, say),
    // Sentences that follow are cited with the title.
    isSilent && where !== '' ? '' : small(titleLine(article, say)),
  ]);
}

/** Sorts articles by date. They come in the order in which they were added, and the last one added may be old. */
function newestFirst(appearances: readonly Appearance[]): readonly Appearance[] {
  const dateOf = ({ from: { article } }: Appearance) => article.published ?? '';
  return appearances.toSorted(
    (one, other) => Number(dateOf(other) > dateOf(one)) - Number(dateOf(one) > dateOf(other)),
  );
}

/** Returns how articles describe somebody: each description once with its citation, the newest first. */
function rolesOf(appearances: readonly Appearance[], say: Say): string[] {
  const roles = new Map<string, string>();
  for (const { from, speaker } of appearances) {
    const span = descriptionOf(from, speaker);
    const role = span && inline(slice(from.article.text, span), 240);
    const at = from.article.paragraphs.find(each => span && overlaps(each, span));
    if (role === undefined || span === undefined || at === undefined || roles.has(role)) continue;
    roles.set(role, `${say('quotation.marks', { words: role })}\n${citation(from.article, at.number, span, say)}`);
  }
  return [...roles.values()].slice(0, MOST_ROLES);
}

/** Returns the head of a person in several articles. */
function headAcross({ articles, said, appearances }: Person, sorted: readonly Appearance[], say: Say): string {
  const [last] = appearances;
  const name = speakerName(last.from.article, last.speaker);
  const sum =
    said === 0 ? say('person.silent-across', { articles }) : say('person.says-across', { count: said, articles });
  const count = appearances.length;
  const left = articles > count ? [small(say('person.shown', { count }))] : [];
  return [`### ${name}`, ...rolesOf(sorted, say), sum, ...left].join('\n');
}

/** Returns the articles that mention somebody and don't quote them, as many as fit. */
function mentionsOf(appearances: readonly Appearance[], say: Say): string[] {
  const lines = [say('person.mentioned-in')];
  for (const { from, speaker, attributions } of appearances) {
    if (attributions.length > 0) continue;
    const where = paragraphsOf(from.article, speaker.mentions, say);
    const line = `- ${titleLine(from.article, say)}${where === '' ? '' : ` · ${where}`}`;
    if (weight([...lines, line].join('\n')) < ROOM / 2) lines.push(line);
  }
  return lines.length === 1 ? [] : [lines.join('\n')];
}

/** Returns the first sentences of an article that name somebody it doesn't quote. */
function namingsOf({ from, speaker, attributions }: Appearance, say: Say): string[] {
  if (attributions.length > 0) return [];
  return naming(from.article, speaker.mentions)
    .slice(0, MOST_NAMINGS)
    .map(paragraph => {
      const matches = speaker.mentions.filter(each => overlaps(each, paragraph));
      const [first] = matches;
      const around = paragraph.sentences.filter(each => first !== undefined && overlaps(first, each));
      const passage = { from, paragraph, excerpt: extent([first, ...around]), matches, attribution: undefined };
      return `${showWords(passage, ROOM_FOR_NAMING, say)}\n${citationOf(passage, say)}`;
    });
}

interface PersonText {
  readonly text: string;
  /** What they say, if that is what the text shows. */
  readonly passage?: ShownPassage | undefined;
}

function textsOf(person: Person, say: Say): PersonText[] {
  const [first, ...others] = person.appearances;
  const sorted = newestFirst(person.appearances);
  const statements = sorted.flatMap(({ from, attributions }) =>
    attributions.map(attribution => ({ from, attribution })),
  );
  const shown = withoutCopies(statements.slice(0, MOST_STATEMENTS), passageOfStatement).flatMap((each): PersonText[] =>
    statement(each, say).map(text => ({ text, passage: passageOfStatement(each) })),
  );
  const count = statements.length - MOST_STATEMENTS;
  const said = count > 0 ? [...shown, { text: say('voices.more', { count }) }] : shown;
  if (others.length === 0)
    return [{ text: headWithin(first, say) }, ...said, ...namingsOf(first, say).map(text => ({ text }))];
  return [{ text: headAcross(person, sorted, say) }, ...said, ...mentionsOf(sorted, say).map(text => ({ text }))];
}

/** Returns the texts of each page, at least one. */
function pagesOf(people: readonly Person[], say: Say): readonly (readonly PersonText[])[] {
  const all = people.flatMap(person => textsOf(person, say));
  const texts = all.map(({ text }) => text);
  let before = 0;
  return paginate(texts, ROOM - ROOM_FOR_NOTE, TEXTS_ON_PAGE).map(({ length }) => {
    before += length;
    return all.slice(before - length, before);
  });
}

/** Returns somebody's first page with something they say that isn't among these passages, or else the first page. */
export async function pageBeside(
  passages: readonly PassageCode[],
  code: PersonCode,
  context: ViewContext,
): Promise<number> {
  const person = await findPerson(code, 'library', context);
  const isShown = ({ article, attribution }: PassageCode) =>
    passages.some(each => each.article === article && each.attribution === attribution);
  const pages = person === undefined ? [] : pagesOf([person], context.say);
  const page = pages.findIndex(texts => texts.some(({ passage }) => passage && !isShown(passageCode(passage))));
  return Math.max(page, 0);
}

/** Returns a page of `/who is`: who that is in the articles' own words, then what they say. */
export function personReply(people: readonly Person[], state: PersonState, audience: Audience, note = ''): Reply {
  const { say } = audience;
  const pages = pagesOf(people, say);
  const page = Math.min(state.page, pages.length - 1);
  const texts = pages[page] ?? [];
  const shown = texts.flatMap(({ passage }) => passage ?? []);
  return reply({
    accent: ACCENTS.article,
    texts: [small(note), ...texts.map(({ text }) => text)],
    ...controlsOf(personView, { ...state, page }, pages.length, audience, excerptControls(shown, say)),
  });
}
