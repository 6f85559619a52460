import type { AttributedArticle, Attribution } from '../../attribution/attribution.ts';
import type { Paragraph } from '../../news/article.ts';
import { contains, lengthOf, overlaps, type Span, within } from '../../news/span.ts';
import { markWords, worthMarking } from '../../search/mark.ts';
import { isUnread, type Passage } from '../../search/passages.ts';
import type { Statement } from '../../search/statements.ts';
import type { Say } from '../../wording/say.ts';
import { articleCodeIn, type PassageCode, passageOfCode, textCodeOf } from '../custom-id.ts';
import { weight } from '../limits.ts';
import { ACCENTS } from '../reply.ts';
import type { ViewContext } from '../views/view.ts';
import { alsoLines, citation } from './citation.ts';
import { showExcerpt } from './excerpt.ts';
import { capitalized, small } from './markdown.ts';
import { accentOf, saidByInline, saidByLines, speakerInline, speakerLines, speakersInline } from './speaker.ts';

/** Where words were found, and whose they are. */
export interface ShownPassage extends Pick<Passage, 'from' | 'paragraph' | 'excerpt' | 'matches' | 'attribution'> {
  /** Other articles that have it word for word, if these were looked for. */
  readonly also?: readonly AttributedArticle[];
  /** True if it was asked who did something: a speaker's name alone would be taken for the culprit's. */
  readonly isWhoDid?: boolean;
}

/** Returns the article in which a button remembers a place; `undefined` if it is gone, or has another text since. */
export async function articleOfPlace(
  { article }: { readonly article: string },
  { library }: Pick<ViewContext, 'library'>,
): Promise<AttributedArticle | undefined> {
  const from = await library.articleOfCode(articleCodeIn(article));
  return from !== undefined && textCodeOf(from.article) === article ? from : undefined;
}

/**
 * Returns the passage that a button remembers, with the words that were searched for marked; `undefined` if it is gone.
 */
export async function findPassage(
  code: PassageCode | undefined,
  words: string,
  context: ViewContext,
): Promise<ShownPassage | undefined> {
  const from = code && (await articleOfPlace(code, context));
  const passage = code && from && passageOfCode(code, from);
  if (passage === undefined) return undefined;
  const { text } = passage.from.article;
  return { ...passage, matches: markWords(text, passage.excerpt, words, passage.attribution?.content) };
}

/** Returns the passages that a button remembers; `undefined` if one is gone. */
export async function findAllPassages(
  { passages, words }: { readonly passages: readonly PassageCode[]; readonly words: string },
  context: ViewContext,
): Promise<readonly [ShownPassage, ...ShownPassage[]] | undefined> {
  const all = await Promise.all(passages.map(code => findPassage(code, words, context)));
  const [best, ...others] = all.filter(passage => passage !== undefined);
  return best && others.length + 1 === all.length ? [best, ...others] : undefined;
}

/** Returns the passage with the other articles that have it. */
export async function withCopies<Found extends ShownPassage>(
  passage: Found,
  { search }: Pick<ViewContext, 'search'>,
): Promise<Found & ShownPassage> {
  return { ...passage, also: await search.copies(passage) };
}

/** Returns the whole sentences of a paragraph that have what was said and who said it. */
function sentencesAround(paragraph: Paragraph, { content, cue, source }: Attribution): Span {
  const parts = [...content, cue, source].filter(span => span !== undefined);
  const inside = paragraph.sentences.filter(sentence => parts.some(part => overlaps(sentence, part)));
  return { start: inside[0]?.start ?? paragraph.start, end: inside.at(-1)?.end ?? paragraph.end };
}

/** Returns the whole sentences with a statement; `undefined` if it is outside all paragraphs. */
export function passageOfStatement({ from, attribution }: Statement): ShownPassage | undefined {
  const [{ start }] = attribution.content;
  const paragraph = from.article.paragraphs.find(each => contains(each, { start, end: start }));
  return paragraph && { from, paragraph, excerpt: sentencesAround(paragraph, attribution), matches: [], attribution };
}

/** What words of a passage are if they are in nobody's content. */
export type OwnVoice =
  /** They name a speaker, or are the words that say somebody speaks. */
  | { readonly kind: 'naming'; readonly attribution: Attribution }
  /** The article's own words, in sentences that also have somebody's content. */
  | { readonly kind: 'beside'; readonly attributions: readonly Attribution[] }
  /** Of an article that isn't in English: speakers can't be found in it. */
  | { readonly kind: 'unread' }
  | { readonly kind: 'alone' };

/** Returns how many matched characters name this speaker or are the cue. */
function framedIn({ source, cue }: Attribution, matches: readonly Span[]): number {
  return lengthOf(within([source, cue], matches));
}

/** Returns what the words of a passage without an attribution are. */
export function ownVoiceOf({ from, excerpt, matches }: Pick<ShownPassage, 'from' | 'excerpt' | 'matches'>): OwnVoice {
  const shown = from.attributions.filter(({ content }) => content.some(span => overlaps(span, excerpt)));
  if (shown.length === 0) return { kind: isUnread(from) ? 'unread' : 'alone' };
  const framing = shown.map(attribution => ({ attribution, framed: framedIn(attribution, matches) }));
  const [best] = framing.sort((one, other) => other.framed - one.framed);
  const isNaming = best !== undefined && best.framed > 0 && 2 * best.framed >= lengthOf(matches);
  return isNaming ? { kind: 'naming', attribution: best.attribution } : { kind: 'beside', attributions: shown };
}

/** Returns whose the words are: a heading with small lines below. */
export function speakerHeading(passage: ShownPassage, say: Say): string {
  const { article } = passage.from;
  const show = passage.isWhoDid ? saidByLines : speakerLines;
  if (passage.attribution !== undefined) return show(article, passage.attribution, say);
  const voice = ownVoiceOf(passage);
  if (voice.kind === 'naming') {
    return `${small(say('speaker.naming'))}\n${speakerLines(article, voice.attribution, say)}`;
  }
  if (voice.kind === 'unread') return `### ${say('speaker.unread')}\n${small(say('voices.unread'))}`;
  const key = passage.matches.length > 0 ? 'speaker.beside' : 'speaker.around';
  const note =
    voice.kind === 'alone'
      ? say('speaker.own-voice')
      : say(key, { speakers: speakersInline(article, voice.attributions, say).join(say('list.item')) });
  return `### ${capitalized(say('speaker.inline.article'))}\n${small(note)}`;
}

/** Returns the same in a few words, for a line in a list. */
export function passageSpeakerInline(passage: ShownPassage, say: Say): string {
  const { article } = passage.from;
  const show = passage.isWhoDid ? saidByInline : speakerInline;
  if (passage.attribution !== undefined) return show(article, passage.attribution, say);
  const voice = ownVoiceOf(passage);
  if (voice.kind === 'unread') return say('voices.unread');
  if (voice.kind !== 'naming') return say('speaker.inline.article');
  return say('speaker.inline.naming', { speaker: speakerInline(article, voice.attribution, say) });
}

/** Returns the colour that shows how sure it is who spoke. */
export function accentOfPassage(passage: ShownPassage): number {
  return isUnread(passage.from) ? ACCENTS.unclear : accentOf(passage.from.article, passage.attribution);
}

/** Returns the words of a passage in at most this weight. The significant search words are in bold. */
export function showWords(passage: ShownPassage, space: number, say: Say): string {
  const { article } = passage.from;
  const worth = worthMarking(article.text, passage.matches);
  // What is said of words next to a quote refers to those in bold.
  const isBeside = passage.attribution === undefined && ownVoiceOf(passage).kind !== 'alone';
  const matches = worth.length === 0 && isBeside ? passage.matches : worth;
  return showExcerpt({ article, paragraph: passage.paragraph, span: passage.excerpt, matches }, space, say);
}

/** Returns where a passage is from, and which other articles have it. */
export function citationOf({ from, paragraph, excerpt, also = [] }: ShownPassage, say: Say): string {
  return [citation(from.article, paragraph.number, excerpt, say), ...alsoLines(also, say)].join('\n');
}

const ROOM_FOR_QUOTE = 1500;

/** Returns one passage in at most this weight: who said it, the words, and the citation. */
export function showPassage(passage: ShownPassage, space: number, say: Say): string {
  const head = speakerHeading(passage, say);
  const foot = citationOf(passage, say);
  const left = Math.min(ROOM_FOR_QUOTE, space - weight(head) - weight(foot));
  return [head, showWords(passage, left, say), foot].join('\n');
}
