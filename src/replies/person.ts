import type { Article } from '../news/article.ts';
import { overlaps, type Span, slice } from '../news/span.ts';
import type { Appearance } from '../search/people.ts';
import type { Say } from '../wording/say.ts';
import { citation, titleLine } from './citation.ts';
import type { View } from './custom-id.ts';
import type { Person } from './found.ts';
import { room, weight } from './limits.ts';
import { inline, small } from './markdown.ts';
import { buttonsOf, paginate } from './pager.ts';
import { accents, type Reply, reply } from './reply.ts';
import { nameOf } from './speaker.ts';
import { statement } from './statement.ts';

const mostAliases = 6;
const mostParagraphs = 12;
const mostRoles = 3;
const textsOnPage = 4;

/** The paragraphs where somebody is named, as `¶2, ¶12`. */
function paragraphsOf(article: Article, spans: readonly Span[]): string {
  const numbers = article.paragraphs
    .filter(each => spans.some(span => overlaps(each, span)))
    .map(each => `¶${each.number}`);
  const shown = numbers.slice(0, mostParagraphs).join(', ');
  return numbers.length > mostParagraphs ? `${shown} and ${numbers.length - mostParagraphs} more` : shown;
}

function aliasesOf({ from: { article }, speaker }: Appearance): string[] {
  const name = nameOf(article, speaker);
  const spans = [...speaker.aliases, ...speaker.mentions];
  const forms = new Set(spans.map(span => inline(slice(article.text, span), 80)));
  forms.delete(name);
  const shown = [...forms].slice(0, mostAliases).map(form => `“${form}”`);
  return shown.length === 0 ? [] : [small(`The article also writes ${shown.join(', ')}.`)];
}

function themOf({ speaker: { kind } }: Appearance): string {
  return kind === 'person' || kind === 'group' ? 'them' : 'it';
}

function silence(appearance: Appearance): string {
  const { article } = appearance.from;
  const name = nameOf(article, appearance.speaker);
  const where = paragraphsOf(article, appearance.speaker.mentions);
  return where === ''
    ? `The article quotes nothing by ${name}.`
    : `The article quotes nothing by ${name}; it mentions ${themOf(appearance)} in ${where}.`;
}

function things(number: number): string {
  return number === 1 ? 'one thing' : `${number.toLocaleString('en')} things`;
}

/** Somebody of one article, as that article has them. */
function cardWithin(appearance: Appearance, say: Say): string {
  const { article } = appearance.from;
  const { role, mentions } = appearance.speaker;
  const where = paragraphsOf(article, mentions);
  const said = appearance.attributions.length;
  return [
    `### ${nameOf(article, appearance.speaker)}`,
    ...(role === undefined ? [] : [`“${inline(slice(article.text, role), 240)}”`]),
    ...aliasesOf(appearance),
    said === 0 ? silence(appearance) : `Says ${things(said)} here${where === '' ? '.' : `; mentioned in ${where}.`}`,
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
    roles.set(role, `“${role}”\n${citation(from.article, at.number, speaker.role, say)}`);
  }
  return [...roles.values()].slice(0, mostRoles);
}

/** Somebody of several articles. */
function cardAcross(person: Person, say: Say): string {
  const [newest] = person.appearances;
  const name = nameOf(newest.from.article, newest.speaker);
  const articles = person.articles.toLocaleString('en');
  const sum =
    person.said === 0
      ? `In ${articles} articles, which quote nothing by ${themOf(newest)}.`
      : `Says ${things(person.said)} in ${articles} articles, the newest first.`;
  const { length } = person.appearances;
  const left = person.articles > length ? [small(`Shown here: ${length} of these articles.`)] : [];
  return [`### ${name}`, ...rolesOf(person, say), sum, ...left].join('\n');
}

/** Articles that mention somebody and quote nothing by them, as many as one text has room for. */
function mentionsOf({ appearances }: Person, say: Say): string[] {
  const lines = ['Mentioned in'];
  for (const { from, speaker, attributions } of appearances) {
    if (attributions.length > 0) continue;
    const where = paragraphsOf(from.article, speaker.mentions);
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
): Reply {
  const pages = paginate(
    people.flatMap(person => textsOf(person, say)),
    room,
    textsOnPage,
  );
  const page = Math.min(view.page, pages.length - 1);
  return reply({
    accent: accents.article,
    texts: pages[page] ?? [],
    buttons: buttonsOf({ ...view, page }, pages.length, isPrivate, say),
    private: isPrivate,
  });
}
