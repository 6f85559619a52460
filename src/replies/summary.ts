import type { AttributedArticle, Attribution } from '../attribution/attribution.ts';
import type { Article } from '../news/article.ts';
import { overlaps } from '../news/span.ts';
import type { SummarySentence } from '../summary/summarize.ts';
import { titleLine } from './citation.ts';
import type { View } from './custom-id.ts';
import { showExcerpt } from './excerpt.ts';
import { room, weight } from './limits.ts';
import { bold, small } from './markdown.ts';
import { buttonsOf, paginate } from './pager.ts';
import { accents, type Reply, reply } from './reply.ts';
import { speakerInline } from './speaker.ts';

const roomForSentence = 700;
const roomForSpeakers = 1200;
const mostVoices = 3;

function sentenceText(article: Article, { sentence, paragraph, attributions }: SummarySentence): string {
  const voices = attributions.slice(0, mostVoices).map(attribution => speakerInline(article, attribution));
  return [
    small([`¶${paragraph.number}`, ...new Set(voices)].join(' · ')),
    showExcerpt({ article, paragraph, span: sentence, matches: [] }, roomForSentence),
  ].join('\n');
}

function paragraphNumber(article: Article, { content: [first] }: Attribution): number {
  return article.paragraphs.find(each => overlaps(each, first))?.number ?? 0;
}

/** Who speaks in the article and where, each once; as many as fit. */
function speakersText({ article, attributions }: AttributedArticle): string {
  const places = new Map<string, number[]>();
  for (const attribution of attributions) {
    const who = speakerInline(article, attribution);
    places.set(who, [...(places.get(who) ?? []), paragraphNumber(article, attribution)]);
  }
  if (places.size === 0) return 'Nobody is quoted in this article.';
  const all = [...places].map(([who, numbers]) => `${who} ¶${[...new Set(numbers)].slice(0, 9).join(', ¶')}`);
  let shown = 0;
  let taken = 0;
  while (shown < all.length && taken + weight(all[shown] ?? '') < roomForSpeakers) {
    taken += weight(all[shown] ?? '') + 3;
    shown += 1;
  }
  const rest = all.length > shown ? `, and ${all.length - shown} more` : '';
  return `${bold('Who speaks:')} ${all.slice(0, shown).join('; ')}${rest}`;
}

/** Sentences that stand for an article, as they stand in it, and who speaks there. */
export function summaryReply(
  from: AttributedArticle,
  sentences: readonly SummarySentence[],
  view: View & { kind: 'summary' },
  isPrivate: boolean,
): Reply {
  const { article } = from;
  const title = `### In the article’s own sentences\n${titleLine(article)}`;
  const body = sentences.map(sentence => sentenceText(article, sentence));
  const speakers = speakersText(from);
  const pages = paginate(body, room - weight(title) - weight(speakers) - 20, 12);
  const page = Math.max(Math.min(view.page, pages.length - 1), 0);
  return reply({
    accent: accents.article,
    texts: [title, (pages[page] ?? []).join('\n'), speakers].filter(text => text !== ''),
    buttons: buttonsOf({ ...view, page }, pages.length, isPrivate),
    private: isPrivate,
  });
}
