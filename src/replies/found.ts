import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import { codeOf } from '../library/store/keys.ts';
import type { Paragraph } from '../news/article.ts';
import { contains, overlaps, type Span } from '../news/span.ts';
import type { Statement } from '../search/find-statements.ts';
import type { Passage } from '../search/passage.ts';
import type { PersonMatch } from '../search/people.ts';
import type { FoundCode, PersonCode } from './codes.ts';
import { sentencesAround } from './sentences-around.ts';

/** Where words were found, and whose they are. */
export type Found = Pick<Passage, 'from' | 'paragraph' | 'excerpt' | 'matches' | 'attribution'>;

/** Somebody, with the articles that name them and what these attribute to them. */
export type Person = Pick<PersonMatch, 'appearances' | 'articles' | 'said'>;

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
