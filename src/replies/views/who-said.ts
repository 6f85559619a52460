import * as z from 'zod/mini';
import { isUnread } from '../../search/passages.ts';
import type { Say } from '../../wording/say.ts';
import { parts } from '../custom-id.ts';
import { citation } from '../parts/citation.ts';
import { capitalized, inline, joined, small } from '../parts/markdown.ts';
import {
  accentOfPassage,
  citationOf,
  findAllPassages,
  ownVoiceOf,
  passageSpeakerInline,
  type ShownPassage,
  showPassage,
  showWords,
  withCopies,
} from '../parts/passage.ts';
import { ACCENTS, type Audience, type Reply, reply, typed } from '../reply.ts';
import { excerptControls } from './excerpts.ts';
import { controlsOf, defineView, firstPage, type View } from './view.ts';

/** Candidate passages, on one page. */
const shape = z.object({ page: parts.page, passages: parts.passages, words: parts.words });
type WhoSaidState = z.infer<typeof shape>;

export const whoSaidView: View<WhoSaidState> = defineView({
  name: 'said',
  letter: 'f',
  form: /^f(?<passages>[^~]*~)(?<words>.*)$/sv,
  state: shape,
  async show(state, context) {
    const [best, ...others] = (await findAllPassages(state, context)) ?? [];
    return best && whoSaidReply([await withCopies(best, context), ...others], state, context);
  },
});

const MOST_SHOWN = 5;
const ROOM_FOR_BEST = 2600;
const ROOM_FOR_OTHER = 600;

/** Returns one of several passages in brief: who, the words and the citation, below a heading unless that is empty. */
export function brief(passage: ShownPassage, heading: string, say: Say): string {
  const who = capitalized(passageSpeakerInline(passage, say));
  return joined([heading, who, showWords(passage, ROOM_FOR_OTHER, say), citationOf(passage, say)]);
}

/** True if the article says it itself, and quotes nobody in those sentences. */
function isNarration(passage: ShownPassage): boolean {
  return passage.attribution === undefined && ownVoiceOf(passage).kind === 'alone';
}

function narration(passage: ShownPassage, all: readonly ShownPassage[], say: Say): string {
  const told = all.filter(isNarration).flatMap(({ from, also = [] }) => [from, ...also]);
  const articles = new Set(told.map(from => from.article.id)).size;
  return [
    say('said.own-voice', { articles }),
    showWords(passage, ROOM_FOR_BEST / 2, say),
    citationOf(passage, say),
  ].join('\n');
}

/** Returns who said the words: the best passage in full, the others in brief below. The note is Markdown on one line. */
export function whoSaidReply(
  passages: readonly [ShownPassage, ...ShownPassage[]],
  state: WhoSaidState,
  audience: Audience,
  note = '',
): Reply {
  const { say } = audience;
  const [best, ...others] = passages;
  const shown = isNarration(best) ? narration(best, passages, say) : showPassage(best, ROOM_FOR_BEST, say);
  const first = joined([small(note), shown]);
  const texts = others
    .slice(0, MOST_SHOWN - 1)
    .map((other, at) => brief(other, at === 0 ? small(say('said.also')) : '', say));
  const page = firstPage([first, ...texts], MOST_SHOWN);
  const controls = excerptControls(passages.slice(0, page.length), say, { words: state.words });
  return reply({
    accent: accentOfPassage(best),
    texts: page,
    ...controlsOf(whoSaidView, state, 1, audience, controls),
  });
}

/** Returns where articles name somebody who isn't quoted. */
export function namedOnlyReply(name: string, named: readonly ShownPassage[], { say, isPrivate }: Audience): Reply {
  const key = named.some(({ from }) => isUnread(from)) ? 'person.named-unread' : 'person.named-only';
  const head = say(key, { name: typed(name, say) });
  const lines = named.slice(0, MOST_SHOWN).map(passage => {
    const { article } = passage.from;
    const words = showWords(passage, ROOM_FOR_OTHER, say);
    return `${words}\n${citation(article, passage.paragraph.number, passage.excerpt, say)}`;
  });
  return reply({
    accent: ACCENTS.article,
    texts: firstPage([head, ...lines], MOST_SHOWN + 1),
    private: isPrivate,
  });
}

/** Returns passages that are only similar to the words. */
export function didYouMeanReply(words: string, near: readonly ShownPassage[], say: Say): Reply {
  const head = say('said.did-you-mean', { words: inline(words, 120) });
  const texts = near.slice(0, MOST_SHOWN).map(each => brief(each, '', say));
  return reply({
    accent: ACCENTS.unclear,
    texts: firstPage([head, ...texts], MOST_SHOWN + 1),
    private: true,
  });
}
