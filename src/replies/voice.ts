import type { Say } from '../wording/say.ts';
import type { Found } from './found.ts';
import { small } from './markdown.ts';
import { type OwnVoice, ownVoiceOf } from './own-voice.ts';
import { accents } from './reply.ts';
import { accentOf, speakerInline, speakerLines, speakersInline } from './speaker.ts';

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
