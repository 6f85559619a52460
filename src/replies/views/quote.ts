import { contains, type Span } from '../../news/span.ts';
import type { Say } from '../../wording/say.ts';
import { citation } from '../parts/citation.ts';
import { showExcerpt } from '../parts/excerpt.ts';
import { small } from '../parts/markdown.ts';
import { accentOf, speakerInline, speakerLines, speakersInline } from '../parts/speaker.ts';
import { type Found, type OwnVoice, ownVoiceOf } from '../parts/statement.ts';
import { accents, type Reply, reply, room, weight, weightOfDisplay } from '../reply.ts';
import { buttonsOf } from './pager.ts';
import type { View } from './view.ts';

/** Whose the words are that were found: a heading with small lines below. */
export function voiceLines(found: Found, say: Say): string {
  const { article } = found.from;
  if (found.attribution !== undefined) return speakerLines(article, found.attribution, say);
  const voice = ownVoiceOf(found);
  if (voice.kind === 'naming') {
    return `${small(say('speaker.naming'))}\n${speakerLines(article, voice.attribution, say)}`;
  }
  if (voice.kind === 'unread') return `### ${say('speaker.unread')}\n${small(say('voices.unread'))}`;
  return `### ${say('speaker.article')}\n${small(tellOwnVoice(found, voice, say))}`;
}

/** That the article says it itself, and whom it quotes beside it. */
function tellOwnVoice(found: Found, voice: OwnVoice, say: Say): string {
  if (voice.kind !== 'beside') return say('speaker.own-voice');
  const speakers = speakersInline(found.from.article, voice.attributions, say).join(say('list.item'));
  return say('speaker.beside', { speakers });
}

/** The colour that says how sure it is who spoke. */
export function accentOfFound(found: Found): number {
  const isUnread = found.attribution === undefined && ownVoiceOf(found).kind === 'unread';
  return isUnread ? accents.unclear : accentOf(found.attribution);
}

/** The same in a few words, for a line in a list. */
export function voiceInline(found: Found, say: Say): string {
  const { article } = found.from;
  if (found.attribution !== undefined) return speakerInline(article, found.attribution, say);
  const voice = ownVoiceOf(found);
  if (voice.kind === 'unread') return say('voices.unread');
  if (voice.kind !== 'naming') return say('speaker.inline.article');
  return say('speaker.inline.naming', { speaker: speakerInline(article, voice.attribution, say) });
}

const roomForQuote = 1500;

interface Around {
  readonly number: number;
  readonly part: Span;
}

/** What the article says just before and after: the rest of the paragraph, and the neighbours. */
function around({ from, paragraph, excerpt }: Found): { before: Around[]; after: Around[] } {
  const { paragraphs, text } = from.article;
  const neighbour = (number: number) =>
    paragraphs
      .filter(each => each.number === number)
      .map(each => ({ number, part: { start: each.start, end: each.end } }));
  const here = (start: number, end: number): Around[] => {
    const words = text.slice(start, end);
    const from = start + words.length - words.trimStart().length;
    return words.trim() === ''
      ? []
      : [{ number: paragraph.number, part: { start: from, end: from + words.trim().length } }];
  };
  return {
    before: [...neighbour(paragraph.number - 1), ...here(paragraph.start, excerpt.start)],
    after: [...here(excerpt.end, paragraph.end), ...neighbour(paragraph.number + 1)],
  };
}

function showAround(
  { from }: Found,
  parts: readonly Around[],
  label: 'quote.before' | 'quote.after',
  space: number,
  say: Say,
): string[] {
  const shown = parts.flatMap(({ number, part }) => {
    const paragraph = from.article.paragraphs.find(each => contains(each, part));
    const head = small(say(label, { paragraph: `${number}` }));
    if (paragraph === undefined) return [];
    return [
      `${head}\n${showExcerpt({ article: from.article, paragraph, span: part, matches: [] }, space - weight(head), say)}`,
    ];
  });
  return shown.length === 0 ? [] : [shown.join('\n')];
}

/** One passage: who said it, the words, and where they stand. */
export function showFound(found: Found, space: number, say: Say): string {
  const head = voiceLines(found, say);
  const foot = citation(found.from.article, found.paragraph.number, found.excerpt, say);
  const left = Math.min(roomForQuote, space - weight(head) - weight(foot));
  const excerpt = { ...found, article: found.from.article, span: found.excerpt };
  return [head, showExcerpt(excerpt, left, say), foot].join('\n');
}

/** A page of `/quote`: one passage, and what stands around it where that was asked for. */
export function quoteReply(found: Found, view: View & { kind: 'quote' }, isPrivate: boolean, say: Say): Reply {
  const { before, after } = view.context ? around(found) : { before: [], after: [] };
  const main = showFound(found, room - 3 * weightOfDisplay, say);
  const left = room - weight(main) - 3 * weightOfDisplay;
  const each = Math.floor(left / (before.length + after.length)) - 2;
  return reply({
    accent: accentOfFound(found),
    texts: [
      ...showAround(found, before, 'quote.before', each, say),
      main,
      ...showAround(found, after, 'quote.after', each, say),
    ],
    buttons: buttonsOf(view, view.found.length, isPrivate, say),
    private: isPrivate,
  });
}
