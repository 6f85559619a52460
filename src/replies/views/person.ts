import type { Article, Paragraph } from '../../news/article.ts';
import { overlaps, type Span, slice } from '../../news/span.ts';
import type { Appearance } from '../../search/people.ts';
import type { Say } from '../../wording/say.ts';
import { citation, titleLine } from '../parts/citation.ts';
import { inline, small } from '../parts/markdown.ts';
import { nameOf } from '../parts/speaker.ts';
import { isUnread, type Person, statement } from '../parts/statement.ts';
import { accents, type Reply, reply, room, weight } from '../reply.ts';
import { buttonsOf, paginate } from './pager.ts';
import type { View } from './view.ts';

const mostAliases = 6;
const mostParagraphs = 12;
const mostRoles = 3;
const textsOnPage = 4;
/** Who else may be meant. */
const roomForNote = 900;

function naming({ paragraphs }: Article, spans: readonly Span[]): readonly Paragraph[] {
  return paragraphs.filter(each => spans.some(span => overlaps(each, span)));
}

function listed(some: readonly Paragraph[], say: Say): string {
  const numbers = some.map(({ number }) => `¶${number}`);
  const paragraphs = numbers.slice(0, mostParagraphs).join(say('list.item'));
  const count = numbers.length - mostParagraphs;
  return count > 0 ? say('person.more-paragraphs', { paragraphs, count }) : paragraphs;
}

/** The paragraphs where somebody is named, as `¶2, ¶12`. */
function paragraphsOf(article: Article, spans: readonly Span[], say: Say): string {
  return listed(naming(article, spans), say);
}

/** Whether words stand there as words of their own, and not as a part of longer ones. */
function holds(words: string, phrase: string): boolean {
  const inWord = /^[\p{L}\p{N}][\p{L}\p{N}]$/v;
  for (let at = words.indexOf(phrase); at >= 0; at = words.indexOf(phrase, at + phrase.length)) {
    const end = at + phrase.length;
    if (!inWord.test(words.slice(Math.max(at - 1, 0), at + 1)) && !inWord.test(words.slice(end - 1, end + 1)))
      return true;
  }
  return false;
}

/** Where else the phrase stands by which an article calls somebody without a name: it may be others there, and is not said to be them. */
function phraseElsewhere({ from: { article }, speaker: { name, named, mentions } }: Appearance, say: Say): string[] {
  if (named) return [];
  const phrase = slice(article.text, name);
  const known = new Set(naming(article, mentions));
  const where = listed(
    article.paragraphs.filter(each => !known.has(each) && holds(slice(article.text, each), phrase)),
    say,
  );
  return where === '' ? [] : [small(say('person.phrase-elsewhere', { phrase: inline(phrase, 160), where }))];
}

function aliasesOf({ from: { article }, speaker }: Appearance, say: Say): string[] {
  const name = nameOf(article, speaker);
  const spans = [...speaker.aliases, ...speaker.mentions];
  const forms = new Set(spans.map(span => inline(slice(article.text, span), 80)));
  forms.delete(name);
  const shown = [...forms].slice(0, mostAliases).map(phrase => say('speaker.phrase', { phrase }));
  return shown.length === 0 ? [] : [small(say('person.aliases', { forms: shown.join(say('list.item')) }))];
}

/** Whether a language may call them “them”, or “it”. */
function somebodyOrThing({ speaker: { kind } }: Appearance): 'person' | 'thing' {
  return kind === 'person' || kind === 'group' ? 'person' : 'thing';
}

function silence(appearance: Appearance, where: string, say: Say): string {
  const name = nameOf(appearance.from.article, appearance.speaker);
  if (isUnread(appearance.from)) return where === '' ? say('voices.unread') : say('person.unread', { name, where });
  return where === ''
    ? say('person.silent', { name })
    : say(`${somebodyOrThing(appearance)}.mentioned-only`, { name, where });
}

function speech(count: number, where: string, say: Say): string {
  return where === '' ? say('person.says', { count }) : say('person.says-mentioned', { count, where });
}

/** Somebody of one article, as that article has them. */
function cardWithin(appearance: Appearance, say: Say): string {
  const { article } = appearance.from;
  const { role, mentions } = appearance.speaker;
  const where = paragraphsOf(article, mentions, say);
  const count = appearance.attributions.length;
  return [
    `### ${nameOf(article, appearance.speaker)}`,
    ...(role === undefined ? [] : [say('speaker.phrase', { phrase: inline(slice(article.text, role), 240) })]),
    ...aliasesOf(appearance, say),
    count === 0 ? silence(appearance, where, say) : speech(count, where, say),
    ...phraseElsewhere(appearance, say),
    small(titleLine(article, say)),
  ].join('\n');
}

/** What articles say that somebody is: each description once, the newest first, and where it stands. */
function rolesOf({ appearances }: Person, say: Say): string[] {
  const roles = new Map<string, string>();
  for (const { from, speaker } of appearances) {
    const role = speaker.role && inline(slice(from.article.text, speaker.role), 240);
    const at = from.article.paragraphs.find(each => speaker.role && overlaps(each, speaker.role));
    if (role === undefined || speaker.role === undefined || at === undefined || roles.has(role)) continue;
    roles.set(
      role,
      `${say('speaker.phrase', { phrase: role })}\n${citation(from.article, at.number, speaker.role, say)}`,
    );
  }
  return [...roles.values()].slice(0, mostRoles);
}

/** Somebody of several articles. */
function cardAcross(person: Person, say: Say): string {
  const [newest] = person.appearances;
  const name = nameOf(newest.from.article, newest.speaker);
  const { articles, said, appearances } = person;
  const sum =
    said === 0
      ? say(`${somebodyOrThing(newest)}.silent-across`, { articles })
      : say('person.says-across', { count: said, articles });
  const count = appearances.length;
  const left = articles > count ? [small(say('person.shown', { count }))] : [];
  return [`### ${name}`, ...rolesOf(person, say), sum, ...left].join('\n');
}

/** Articles that mention somebody and quote nothing by them, as many as one text has room for. */
function mentionsOf({ appearances }: Person, say: Say): string[] {
  const lines = [say('person.mentioned-in')];
  for (const { from, speaker, attributions } of appearances) {
    if (attributions.length > 0) continue;
    const where = paragraphsOf(from.article, speaker.mentions, say);
    const line = `- ${titleLine(from.article, say)}${where === '' ? '' : ` · ${where}`}`;
    if (weight([...lines, line].join('\n')) < room / 2) lines.push(line);
  }
  return lines.length === 1 ? [] : [lines.join('\n')];
}

function textsOf(person: Person, say: Say): string[] {
  const [first, ...others] = person.appearances;
  const said = person.appearances.flatMap(({ from, attributions }) =>
    attributions.flatMap(attribution => statement(from.article, attribution, say)),
  );
  return others.length === 0
    ? [cardWithin(first, say), ...said]
    : [cardAcross(person, say), ...said, ...mentionsOf(person, say)];
}

/** A page of `/who is`: who that is in the articles' own words, then what they say. */
export function personReply(
  people: readonly Person[],
  view: View & { kind: 'person' },
  isPrivate: boolean,
  say: Say,
  note = '',
): Reply {
  const pages = paginate(
    people.flatMap(person => textsOf(person, say)),
    room - roomForNote,
    textsOnPage,
  );
  const page = Math.min(view.page, pages.length - 1);
  return reply({
    accent: accents.article,
    texts: [...(note === '' ? [] : [small(note)]), ...(pages[page] ?? [])],
    buttons: buttonsOf({ ...view, page }, pages.length, isPrivate, say),
    private: isPrivate,
  });
}
