import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Article } from '../news/article.ts';
import type { SummarySentence } from '../summary/summarize.ts';
import type { Say } from '../wording/say.ts';
import { titleLine } from './parts/citation.ts';
import { showExcerpt } from './parts/excerpt.ts';
import { small } from './parts/markdown.ts';
import { speakersInline } from './parts/speaker.ts';
import { voicesText } from './parts/voices.ts';
import { accents, type Reply, reply, room, weight } from './reply.ts';
import { buttonsOf, paginate } from './views/pager.ts';
import type { View } from './views/view.ts';

const roomForSentence = 700;
const roomForSpeakers = 1200;

function sentenceText(article: Article, summed: SummarySentence, say: Say): string {
  const { sentence, paragraph } = summed;
  return [
    small([`¶${paragraph.number}`, ...speakersInline(article, summed.attributions, say)].join(' · ')),
    showExcerpt({ article, paragraph, span: sentence, matches: [] }, roomForSentence, say),
  ].join('\n');
}

/** Sentences that stand for an article, as they stand in it, and who speaks there. */
export function summaryReply(
  from: AttributedArticle,
  sentences: readonly SummarySentence[],
  view: View & { kind: 'summary' },
  isPrivate: boolean,
  say: Say,
): Reply {
  const { article } = from;
  const title = `### ${say('summary.title')}\n${titleLine(article, say)}`;
  const body = sentences.map(sentence => sentenceText(article, sentence, say));
  const speakers = voicesText(from, roomForSpeakers, say);
  const pages = paginate(body, room - weight(title) - weight(speakers) - 20, 12);
  const page = Math.max(Math.min(view.page, pages.length - 1), 0);
  return reply({
    accent: accents.article,
    texts: [title, (pages[page] ?? []).join('\n'), speakers].filter(text => text !== ''),
    buttons: buttonsOf({ ...view, page }, pages.length, isPrivate, say),
    private: isPrivate,
  });
}
