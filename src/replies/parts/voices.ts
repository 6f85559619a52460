import type { AttributedArticle, Attribution, Certainty } from '../../attribution/attribution.ts';
import type { Article } from '../../news/article.ts';
import { overlaps } from '../../news/span.ts';
import type { Say } from '../../wording/say.ts';
import { weight } from '../limits.ts';
import { bold } from './markdown.ts';
import { isUnread } from './passage.ts';
import { nameOf, speakerInline } from './speaker.ts';

const mostPlaces = 9;

type Hedge = Certainty | 'told';

/** A list says where a place is not certainly theirs, or that somebody else there says that they said so. */
const order = ['stated', 'inferred', 'unclear', 'told'] as const;

/** Somebody who speaks, and where: surely, most likely, perhaps, or only as others report. */
interface Voice extends Readonly<Record<Hedge, Set<number>>> {
  readonly who: string;
}

function paragraphNumber(article: Article, { content: [first] }: Attribution): number {
  return article.paragraphs.find(each => overlaps(each, first))?.number ?? 0;
}

/** Speakers each once; two officials stay two, though the article should call both "an official". */
function voicesOf({ article, attributions }: AttributedArticle, say: Say): readonly Voice[] {
  const voices = new Map<string, Voice>();
  for (const attribution of attributions) {
    const { speaker, doubtful } = attribution;
    const who =
      speaker === undefined
        ? speakerInline(article, { ...attribution, doubtful: false }, say)
        : bold(nameOf(article, speaker));
    const key = speaker === undefined ? `words ${who}` : `id ${speaker.id}`;
    const voice = voices.get(key) ?? {
      who,
      stated: new Set(),
      inferred: new Set(),
      unclear: new Set(),
      told: new Set(),
    };
    voice[doubtful ? 'unclear' : hedgeOf(attribution)].add(paragraphNumber(article, attribution));
    voices.set(key, voice);
  }
  return [...voices.values()];
}

/** Words without a speaker already say who reports them. */
function hedgeOf({ speaker, certainty, reportedBy }: Attribution): Hedge {
  if (speaker === undefined) return 'stated';
  return reportedBy === undefined || certainty === 'unclear' ? certainty : 'told';
}

function hedged(hedge: Hedge, places: string, say: Say): string {
  return hedge === 'stated' ? places : say(`voices.${hedge}`, { places });
}

function placesOf(voice: Voice, say: Say): string {
  return order
    .filter(hedge => voice[hedge].size > 0)
    .map(hedge => hedged(hedge, `¶${[...voice[hedge]].slice(0, mostPlaces).join(`${say('list.item')}¶`)}`, say))
    .join(say('list.clause'));
}

/** Who speaks in the article and where, one a line, as many as weigh at most `room`. */
export function voicesText(from: AttributedArticle, room: number, say: Say): string {
  const lines = voicesOf(from, say).map(voice => `- ${voice.who} ${placesOf(voice, say)}`);
  if (lines.length === 0) return say(isUnread(from) ? 'voices.unread' : 'voices.nobody');
  let taken = 0;
  const shown = lines.filter(line => {
    taken += weight(line) + 1;
    return taken < room - 60;
  });
  const count = lines.length - shown.length;
  const rest = count > 0 ? [`- ${say('voices.more', { count })}`] : [];
  return [bold(say('voices.title')), ...shown, ...rest].join('\n');
}
