import type { AttributedArticle, Attribution } from '../../attribution/attribution.ts';
import { codeOf } from '../../library/store/keys.ts';
import type { Article, Paragraph } from '../../news/article.ts';
import { isChinese } from '../../news/chinese.ts';
import { contains, lengthOf, overlaps, type Span } from '../../news/span.ts';
import type { Passage } from '../../search/passages.ts';
import type { PersonMatch } from '../../search/people.ts';
import type { Statement } from '../../search/statements.ts';
import type { Say } from '../../wording/say.ts';
import type { FoundCode, PersonCode } from '../custom-id.ts';
import { weight } from '../reply.ts';
import { citation, titleLine } from './citation.ts';
import { showExcerpt } from './excerpt.ts';
import { small } from './markdown.ts';
import { speakerInline } from './speaker.ts';

/** The whole sentences of one paragraph that hold what was said, and the words that say who. */
function sentencesAround(paragraph: Paragraph, { content, cue, source }: Attribution): Span {
  const parts = [...content, cue, source].filter(span => span !== undefined);
  const inside = paragraph.sentences.filter(sentence => parts.some(part => overlaps(sentence, part)));
  return { start: inside[0]?.start ?? paragraph.start, end: inside.at(-1)?.end ?? paragraph.end };
}

/** How much of the words is shown, and whether with a link to them. */
interface Rendering {
  readonly room: number;
  readonly isLinked: boolean;
}

const usual: Rendering = { room: 900, isLinked: true };
/** Ever shorter ones. */
const shorter: readonly Rendering[] = [
  usual,
  { ...usual, room: 500 },
  { ...usual, room: 280 },
  { room: 280, isLinked: false },
];

function render(
  article: Article,
  attribution: Attribution,
  { room, isLinked }: Rendering,
  say: Say,
): string | undefined {
  const [first] = attribution.content;
  const paragraph = article.paragraphs.find(each => contains(each, { start: first.start, end: first.start }));
  if (paragraph === undefined) return undefined;
  const span = sentencesAround(paragraph, attribution);
  const last = article.paragraphs.findLast(each => attribution.content.some(part => overlaps(each, part)));
  const onward =
    last !== undefined && last.number > paragraph.number
      ? [small(say('statement.goes-on', { paragraph: `${last.number}` }))]
      : [];
  const how = attribution.type === 'indirect' ? ` · ${say('statement.indirect')}` : '';
  const lines = [
    `${speakerInline(article, attribution, say)}${how}`,
    showExcerpt({ article, paragraph, span, matches: [] }, room, say),
    ...onward,
    citation(isLinked ? article : { ...article, url: undefined }, paragraph.number, span, say),
  ];
  return lines.join('\n');
}

/** One thing that somebody says: how surely it is they, the words, and where they stand. Nothing where it is in no paragraph. */
export function statement(article: Article, attribution: Attribution, say: Say): string[] {
  const text = render(article, attribution, usual, say);
  return text === undefined ? [] : [text];
}

/** The same weighing at most `most`, of 500 or more: shortened at need, in the end to where it stands. */
export function statementWithin(article: Article, attribution: Attribution, most: number, say: Say): string {
  for (const rendering of shorter) {
    const text = render(article, attribution, rendering, say);
    if (text !== undefined && weight(text) <= most) return text;
  }
  return `${say('statement.too-long')}\n${small(titleLine({ ...article, url: undefined }, say))}`;
}

/** Where words were found, and whose they are. */
export type Found = Pick<Passage, 'from' | 'paragraph' | 'excerpt' | 'matches' | 'attribution'>;

/** Somebody, with the articles that name them and what these attribute to them. */
export type Person = Pick<PersonMatch, 'appearances' | 'articles' | 'said'>;

interface PlacedSentence {
  readonly paragraph: Paragraph;
  readonly sentence: Span;
}

function places(from: AttributedArticle): readonly PlacedSentence[] {
  return from.article.paragraphs.flatMap(paragraph => paragraph.sentences.map(sentence => ({ paragraph, sentence })));
}

export function codeOfFound({ from, excerpt, attribution }: Found): FoundCode {
  const all = places(from);
  const first = all.findIndex(({ sentence }) => overlaps(sentence, excerpt));
  const last = all.findLastIndex(({ sentence }) => overlaps(sentence, excerpt));
  return {
    article: codeOf(from.article.id),
    sentence: Math.max(first, 0),
    sentences: Math.max(last - first + 1, 1),
    attribution: attribution && from.attributions.indexOf(attribution),
  };
}

/** Whole sentences with something that somebody says; `undefined` where it stands in no paragraph. */
export function foundOfStatement({ from, attribution }: Statement): Found | undefined {
  const { paragraphs } = from.article;
  const [{ start }] = attribution.content;
  const paragraph = paragraphs.find(each => contains(each, { start, end: start }));
  return paragraph && { from, paragraph, excerpt: sentencesAround(paragraph, attribution), matches: [], attribution };
}

/** The attribution, if words of it stand in the excerpt: a forged code must not put words in anybody's mouth. */
function attributionAt(from: AttributedArticle, at: number, excerpt: Span): Attribution | undefined {
  const attribution = from.attributions[at];
  return attribution?.content.some(span => overlaps(span, excerpt)) ? attribution : undefined;
}

/** Where a code leads in its article; `undefined` where that was never so. */
export function foundOfCode(code: FoundCode, from: AttributedArticle): Omit<Found, 'matches'> | undefined {
  const shown = places(from).slice(code.sentence, code.sentence + code.sentences);
  const [first, last] = [shown[0], shown.at(-1)];
  if (first === undefined || last === undefined || first.paragraph !== last.paragraph) return undefined;
  const excerpt = { start: first.sentence.start, end: last.sentence.end };
  const attribution = code.attribution === undefined ? undefined : attributionAt(from, code.attribution, excerpt);
  if (code.attribution !== undefined && attribution === undefined) return undefined;
  return { from, paragraph: first.paragraph, excerpt, attribution };
}

export function codeOfPerson({ appearances: [{ from, speaker }] }: Person): PersonCode {
  return { article: codeOf(from.article.id), speaker: from.speakers.findIndex(each => each.id === speaker.id) };
}

/** The person whom a code means, as its article alone has them; `undefined` where it has nobody of that place. */
export function personWithin({ speaker: place }: PersonCode, from: AttributedArticle): Person | undefined {
  const speaker = from.speakers[place];
  if (speaker === undefined) return undefined;
  const attributions = from.attributions.filter(attribution => attribution.speaker?.id === speaker.id);
  return { appearances: [{ from, speaker, attributions }], articles: 1, said: attributions.length };
}

/** What words are that stand in nobody's content. */
export type OwnVoice =
  /** They name who speaks there, or tell that somebody does. */
  | { readonly kind: 'naming'; readonly attribution: Attribution }
  /** The article's, in sentences that hold somebody's words as well. */
  | { readonly kind: 'beside'; readonly attributions: readonly Attribution[] }
  /** Of an article in Chinese: what reads who speaks reads English. */
  | { readonly kind: 'unread' }
  | { readonly kind: 'alone' };

type Place = Pick<Found, 'from' | 'excerpt' | 'matches'>;

/** How much of what was found names this speaker or tells that they speak. */
function framedIn({ source, cue }: Attribution, matches: readonly Span[]): number {
  return lengthOf(matches.filter(match => [source, cue].some(span => span !== undefined && contains(span, match))));
}

/** Whether nobody is known to speak in an article because it is in Chinese. */
export function isUnread({ article, attributions }: AttributedArticle): boolean {
  return attributions.length === 0 && isChinese(article.text);
}

/** Of sentences shown for words that nobody is known to say: whether somebody else's words stand in them, and whose. */
export function ownVoiceOf({ from, excerpt, matches }: Place): OwnVoice {
  const shown = from.attributions.filter(({ content }) => content.some(span => overlaps(span, excerpt)));
  if (shown.length === 0) return { kind: isChinese(from.article.text) ? 'unread' : 'alone' };
  const framing = shown.map(attribution => ({ attribution, framed: framedIn(attribution, matches) }));
  const [best] = framing.sort((one, other) => other.framed - one.framed);
  const isNaming = best !== undefined && best.framed > 0 && 2 * best.framed >= lengthOf(matches);
  return isNaming ? { kind: 'naming', attribution: best.attribution } : { kind: 'beside', attributions: shown };
}
