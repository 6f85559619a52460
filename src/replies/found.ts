import type { AttributedArticle, Attribution, Speaker } from '../attribution/attribution.ts';
import type { Paragraph } from '../news/article.ts';
import { overlaps, type Span } from '../news/span.ts';
import type { Passage } from '../search/passage.ts';
import { articleCode, type FoundCode, type PersonCode } from './custom-id.ts';

/** Where words were found, and whose they are. */
export type Found = Pick<Passage, 'from' | 'paragraph' | 'excerpt' | 'matches' | 'attribution'>;

/** Somebody in one article. Two articles' people are never taken for one. */
export interface Person {
  readonly from: AttributedArticle;
  readonly speaker: Speaker;
}

/** The article that a code stands for, among those that whoever pressed the button may see. */
export type ArticleOfCode = (code: string) => AttributedArticle | undefined;

interface Place {
  readonly paragraph: Paragraph;
  readonly sentence: Span;
}

function places(from: AttributedArticle): readonly Place[] {
  return from.article.paragraphs.flatMap(paragraph => paragraph.sentences.map(sentence => ({ paragraph, sentence })));
}

export function codeOfFound({ from, excerpt, attribution }: Found): FoundCode {
  const all = places(from);
  const first = all.findIndex(({ sentence }) => overlaps(sentence, excerpt));
  const last = all.findLastIndex(({ sentence }) => overlaps(sentence, excerpt));
  return {
    article: articleCode(from.article.id),
    sentence: Math.max(first, 0),
    sentences: Math.max(last - first + 1, 1),
    attribution: attribution && from.attributions.indexOf(attribution),
  };
}

/** The attribution, if words of it stand in the excerpt: a forged code must not put words in anybody's mouth. */
function attributionAt(from: AttributedArticle, at: number, excerpt: Span): Attribution | undefined {
  const attribution = from.attributions[at];
  return attribution?.content.some(span => overlaps(span, excerpt)) ? attribution : undefined;
}

/** Where a code leads; `undefined` where the article is gone, or was never so. */
export function foundOfCode(code: FoundCode, articleOf: ArticleOfCode): Omit<Found, 'matches'> | undefined {
  const from = articleOf(code.article);
  if (from === undefined) return undefined;
  const shown = places(from).slice(code.sentence, code.sentence + code.sentences);
  const [first, last] = [shown[0], shown.at(-1)];
  if (first === undefined || last === undefined || first.paragraph !== last.paragraph) return undefined;
  const excerpt = { start: first.sentence.start, end: last.sentence.end };
  const attribution = code.attribution === undefined ? undefined : attributionAt(from, code.attribution, excerpt);
  if (code.attribution !== undefined && attribution === undefined) return undefined;
  return { from, paragraph: first.paragraph, excerpt, attribution };
}

export function codeOfPerson({ from, speaker }: Person): PersonCode {
  return { article: articleCode(from.article.id), speaker: from.speakers.findIndex(each => each.id === speaker.id) };
}

export function personOfCode(code: PersonCode, articleOf: ArticleOfCode): Person | undefined {
  const from = articleOf(code.article);
  const speaker = from?.speakers[code.speaker];
  return from && speaker && { from, speaker };
}
