import type { Say } from '../wording/say.ts';
import type { Found } from './found.ts';
import { small } from './markdown.ts';
import { ownVoiceOf } from './own-voice.ts';
import { speakerInline, speakerLines, speakersInline } from './speaker.ts';

/** Whose the words are that were found: a heading with small lines below. */
export function voiceLines(found: Found, say: Say): string {
  const { article } = found.from;
  if (found.attribution !== undefined) return speakerLines(article, found.attribution, say);
  const voice = ownVoiceOf(found);
  if (voice.kind === 'naming') {
    return `${small(say('speaker.naming'))}\n${speakerLines(article, voice.attribution, say)}`;
  }
  return [`### ${say('speaker.article')}`, small(tellOwnVoice(found, say))].join('\n');
}

/** That the article says it itself, and whom it quotes beside it. */
function tellOwnVoice(found: Found, say: Say): string {
  const voice = ownVoiceOf(found);
  if (voice.kind !== 'beside') return say('speaker.own-voice');
  const speakers = speakersInline(found.from.article, voice.attributions, say).join(say('list.item'));
  return say('speaker.beside', { speakers });
}

/** The same in a few words, for a line in a list. */
export function voiceInline(found: Found, say: Say): string {
  const { article } = found.from;
  if (found.attribution !== undefined) return speakerInline(article, found.attribution, say);
  const voice = ownVoiceOf(found);
  if (voice.kind !== 'naming') return say('speaker.inline.article');
  return say('speaker.inline.naming', { speaker: speakerInline(article, voice.attribution, say) });
}
