import type { Attribution } from '../attribution/attribution.ts';
import type { Article, Paragraph } from '../news/article.ts';
import { contains, overlaps, type Span, slice } from '../news/span.ts';
import { citation, titleLine } from './citation.ts';
import type { View } from './custom-id.ts';
import { showExcerpt } from './excerpt.ts';
import type { Person } from './found.ts';
import { room } from './limits.ts';
import { inline, small } from './markdown.ts';
import { buttonsOf, paginate } from './pager.ts';
import { accents, type Reply, reply } from './reply.ts';
import { nameOf, speakerInline } from './speaker.ts';

const mostAliases = 6;
const mostParagraphs = 12;
const roomForStatement = 900;
const textsOnPage = 4;

/** The paragraphs where somebody is named, as `¶2, ¶12`. */
function paragraphsOf(article: Article, spans: readonly Span[]): string {
  const numbers = article.paragraphs
    .filter(each => spans.some(span => overlaps(each, span)))
    .map(each => `¶${each.number}`);
  const shown = numbers.slice(0, mostParagraphs).join(', ');
  return numbers.length > mostParagraphs ? `${shown} and ${numbers.length - mostParagraphs} more` : shown;
}

function aliasesOf(article: Article, { speaker }: Person): string[] {
  const name = nameOf(article, speaker);
  const spans = [...speaker.aliases, ...speaker.mentions];
  const forms = new Set(spans.map(span => inline(slice(article.text, span), 80)));
  forms.delete(name);
  const shown = [...forms].slice(0, mostAliases).map(form => `“${form}”`);
  return shown.length === 0 ? [] : [small(`The article also writes ${shown.join(', ')}.`)];
}

/** What somebody says in an article, in its order. */
function saidBy({ from, speaker }: Person): readonly Attribution[] {
  return from.attributions.filter(attribution => attribution.speaker?.id === speaker.id);
}

function silence(article: Article, { speaker }: Person): string {
  const name = nameOf(article, speaker);
  const them = speaker.kind === 'person' || speaker.kind === 'group' ? 'them' : 'it';
  const where = paragraphsOf(article, speaker.mentions);
  return where === ''
    ? `The article quotes nothing by ${name}.`
    : `The article quotes nothing by ${name}; it mentions ${them} in ${where}.`;
}

function card(person: Person): string {
  const { article } = person.from;
  const { role, mentions } = person.speaker;
  const where = paragraphsOf(article, mentions);
  const said = saidBy(person).length;
  return [
    `### ${nameOf(article, person.speaker)}`,
    ...(role === undefined ? [] : [`“${inline(slice(article.text, role), 240)}”`]),
    ...aliasesOf(article, person),
    said === 0
      ? silence(article, person)
      : `Says ${said === 1 ? 'one thing' : `${said} things`} here${where === '' ? '.' : `; mentioned in ${where}.`}`,
    small(titleLine(article)),
  ].join('\n');
}

/** The whole sentences of one paragraph that hold what was said, and the words that say who. */
function sentencesAround(paragraph: Paragraph, { content, cue, source }: Attribution): Span {
  const parts = [...content, cue, source].filter(span => span !== undefined);
  const inside = paragraph.sentences.filter(sentence => parts.some(part => overlaps(sentence, part)));
  return { start: inside[0]?.start ?? paragraph.start, end: inside.at(-1)?.end ?? paragraph.end };
}

function statement(article: Article, attribution: Attribution): string[] {
  const [first] = attribution.content;
  const paragraph = article.paragraphs.find(each => contains(each, { start: first.start, end: first.start }));
  if (paragraph === undefined) return [];
  const span = sentencesAround(paragraph, attribution);
  const last = article.paragraphs.findLast(each => attribution.content.some(part => overlaps(each, part)));
  const onward = last !== undefined && last.number > paragraph.number ? [small(`Goes on to ¶${last.number}.`)] : [];
  const how = attribution.type === 'indirect' ? ' · in the article’s wording' : '';
  const lines = [
    `${speakerInline(article, attribution)}${how}`,
    showExcerpt({ article, paragraph, span, matches: [] }, roomForStatement),
    ...onward,
    citation(article, paragraph.number, span),
  ];
  return [lines.join('\n')];
}

/** A page of `/who is`: who that is in the article's own words, then everything they say. */
export function personReply(people: readonly Person[], view: View & { kind: 'person' }, isPrivate: boolean): Reply {
  const texts = people.flatMap(person => [
    card(person),
    ...saidBy(person).flatMap(attribution => statement(person.from.article, attribution)),
  ]);
  const pages = paginate(texts, room, textsOnPage);
  const page = Math.min(view.page, pages.length - 1);
  return reply({
    accent: accents.article,
    texts: pages[page] ?? [],
    buttons: buttonsOf({ ...view, page }, pages.length, isPrivate),
    private: isPrivate,
  });
}
