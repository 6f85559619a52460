import {
  type AttributedArticle,
  type Attribution,
  type Certainty,
  certaintyOf,
} from '../../attribution/attribution.ts';
import type { Article } from '../../news/article.ts';
import { overlaps } from '../../news/span.ts';
import { isUnread } from '../../search/passages.ts';
import type { Say } from '../../wording/say.ts';
import { weight } from '../limits.ts';
import { bold } from './markdown.ts';
import { nameWithin, speakerInline } from './speaker.ts';

const MOST_PARAGRAPHS = 9;

/** How surely somebody speaks in a paragraph; `told` if somebody else there says that they do. */
type Hedge = Certainty | 'told';
const HEDGES = ['stated', 'inferred', 'unclear', 'told'] as const;

/** A speaker, with the numbers of the paragraphs in which they speak. */
interface SpeakerEntry {
  readonly who: string;
  readonly paragraphs: Readonly<Record<Hedge, Set<number>>>;
}

/** Lists speakers, each once. Two officials stay two, even if the article calls both "an official". */
function listSpeakers({ article, attributions }: AttributedArticle, say: Say): readonly SpeakerEntry[] {
  const speakers = new Map<string, SpeakerEntry>();
  let place = 0;
  for (const attribution of attributions) {
    const { speaker, doubtful, content } = attribution;
    // Both are in the text's order.
    while ((article.paragraphs[place]?.end ?? content[0].end) <= content[0].start) place += 1;
    const who =
      speaker === undefined
        ? speakerInline(article, { ...attribution, doubtful: false }, say)
        : bold(nameWithin(article, speaker));
    const key = speaker === undefined ? `words ${who}` : `id ${speaker.id}`;
    const known = speakers.get(key) ?? {
      who,
      paragraphs: { stated: new Set(), inferred: new Set(), unclear: new Set(), told: new Set() },
    };
    known.paragraphs[doubtful ? 'unclear' : hedgeOf(article, attribution)].add(article.paragraphs[place]?.number ?? 0);
    speakers.set(key, known);
  }
  return [...speakers.values()];
}

/** Without a speaker, the words shown already say who reports them. */
function hedgeOf(article: Article, attribution: Attribution): Hedge {
  const { speaker, source } = attribution;
  if (speaker === undefined) return 'stated';
  // What "two people who were there" say is theirs, even if it isn't clear who they are.
  const isOwn = !speaker.named && source !== undefined && overlaps(source, speaker.name);
  const certainty = isOwn ? 'stated' : certaintyOf(article, attribution);
  return attribution.reportedBy === undefined || certainty === 'unclear' ? certainty : 'told';
}

function showParagraphs({ paragraphs }: SpeakerEntry, say: Say): string {
  return HEDGES.filter(hedge => paragraphs[hedge].size > 0)
    .map(hedge => {
      const places = `¶${[...paragraphs[hedge]].slice(0, MOST_PARAGRAPHS).join(`${say('list.item')}¶`)}`;
      return hedge === 'stated' ? places : say(`voices.${hedge}`, { places });
    })
    .join(say('list.clause'));
}

/** Weight of the line that says how many more there are, in any language. */
const ROOM_FOR_REST = 60;

/** Returns the first lines, as many as weigh at most `room` together, and how many people more there are. */
export function linesWithin(lines: readonly string[], room: number, say: Say): readonly string[] {
  let taken = ROOM_FOR_REST;
  const shown = lines.filter(line => {
    taken += weight(line) + 1;
    return taken < room;
  });
  const count = lines.length - shown.length;
  return count === 0 ? shown : [...shown, `- ${say('voices.more', { count })}`];
}

/** Returns who speaks in the article and where, one a line, as many as weigh at most `room`. */
export function speakerList(from: AttributedArticle, room: number, say: Say): string {
  const lines = listSpeakers(from, say).map(speaker => `- ${speaker.who} ${showParagraphs(speaker, say)}`);
  if (lines.length === 0) return say(isUnread(from) ? 'voices.unread' : 'voices.nobody');
  return [bold(say('voices.title')), ...linesWithin(lines, room, say)].join('\n');
}
