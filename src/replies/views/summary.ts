import * as z from 'zod/mini';
import type { AttributedArticle } from '../../attribution/attribution.ts';
import { codeOf } from '../../library/store/keys.ts';
import type { ArticleSummary } from '../../library/store/stored.ts';
import type { Article } from '../../news/article.ts';
import { type SummarySentence, summarize } from '../../summary/summarize.ts';
import type { Say } from '../../wording/say.ts';
import { oneOf, parts } from '../custom-id.ts';
import { LIMITS, ROOM, weight } from '../limits.ts';
import { plainTitle, titleLine } from '../parts/citation.ts';
import { showExcerpt } from '../parts/excerpt.ts';
import { small } from '../parts/markdown.ts';
import { speakersInline } from '../parts/speaker.ts';
import { speakerList } from '../parts/speaker-list.ts';
import { ACCENTS, type Audience, entry, menuOf, type Reply, reply } from '../reply.ts';
import { askEntry } from './excerpts.ts';
import { controlsOf, defineView, pageWithin, paginate, type View } from './view.ts';

export const LENGTHS = ['short', 'medium', 'long'] as const;

/** A summary: sentences cut from the article. */
const shape = z.object({ page: parts.page, length: oneOf(LENGTHS), article: parts.article });
type SummaryState = z.infer<typeof shape>;

export const summaryView: View<SummaryState> = defineView({
  name: 'summary',
  letter: 's',
  form: /^s(?<length>[012])(?<article>[\w\-]{6})$/v,
  state: shape,
  async show(state, context) {
    const from = await context.library.articleOfCode(state.article);
    return from && summaryReply(from, summarize(from, state.length), state, context);
  },
});

const ROOM_FOR_SENTENCE = 700;
const ROOM_FOR_SPEAKERS = 1200;

function sentenceText(article: Article, summed: SummarySentence, say: Say): string {
  const { sentence, paragraph } = summed;
  return [
    small([`¶${paragraph.number}`, ...speakersInline(article, summed.attributions, say)].join(' · ')),
    showExcerpt({ article, paragraph, span: sentence, matches: [] }, ROOM_FOR_SENTENCE, say),
  ].join('\n');
}

function summaryTexts(from: AttributedArticle, sentences: readonly SummarySentence[], foot: string, say: Say) {
  const { article } = from;
  const title = `### ${say('summary.title')}\n${titleLine(article, say)}`;
  const body = sentences.map(sentence => sentenceText(article, sentence, say));
  const speakers = speakerList(from, ROOM_FOR_SPEAKERS, say);
  const room = ROOM - weight(title) - weight(speakers) - weight(foot) - 20;
  return { title, pages: paginate(body, room, 12), speakers };
}

/** Returns the summary of an article that is in no library: for the user alone, with nothing to press. */
export function previewReply(from: AttributedArticle, sentences: readonly SummarySentence[], say: Say): Reply {
  const foot = small(say('linked.not-kept'));
  const { title, pages, speakers } = summaryTexts(from, sentences, foot, say);
  const texts = [title, (pages[0] ?? []).join('\n'), speakers, foot];
  return reply({ accent: ACCENTS.article, texts, private: true });
}

/** Returns the articles that somebody may mean, with a menu that shows the summary of one. The title is Markdown. */
export function whichSummaryReply(
  title: string,
  articles: readonly ArticleSummary[],
  { say, isPrivate }: Audience,
): Reply {
  const lines = articles.map(article => `- ${titleLine(article, say)}`);
  const entries = articles.map(article => {
    const state = { page: 0, length: 'medium', article: codeOf(article.id) } as const;
    return entry(plainTitle(article, LIMITS.menuEntry), summaryView.encode('turn', state));
  });
  return reply({
    accent: ACCENTS.article,
    texts: [[say('summary.which', { title }), ...lines].join('\n')],
    menu: menuOf(say('summary.which-menu'), entries),
    private: isPrivate,
  });
}

/** Returns a page of sentences cut from an article, each with who speaks in it, and all of its speakers. */
export function summaryReply(
  from: AttributedArticle,
  sentences: readonly SummarySentence[],
  state: SummaryState,
  audience: Audience,
): Reply {
  const { say } = audience;
  const { title, pages, speakers } = summaryTexts(from, sentences, '', say);
  const page = pageWithin(state.page, pages.length);
  return reply({
    accent: ACCENTS.article,
    texts: [title, (pages[page] ?? []).join('\n'), speakers],
    ...controlsOf(summaryView, { ...state, page }, pages.length, audience, {
      buttons: [askEntry(state.article, say)],
    }),
  });
}
