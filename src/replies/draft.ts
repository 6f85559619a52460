import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Article } from '../news/article.ts';
import type { Say } from '../wording/say.ts';
import { button, rowsOf } from './buttons.ts';
import { titleLine } from './citation.ts';
import { encodeDeed } from './deed.ts';
import { showExcerpt } from './excerpt.ts';
import { weight } from './limits.ts';
import { measures } from './list.ts';
import { inline, small } from './markdown.ts';
import { accents, type Reply, reply } from './reply.ts';
import { voicesText } from './voices.ts';

const roomForOpening = 700;
const roomForVoices = 900;
const roomForTold = 1000;

/** An article that was read and is not kept yet, with what to say of it. */
export interface DraftView {
  readonly id: string;
  readonly from: AttributedArticle;
  /** Which of how many that were given together, from 1. */
  readonly place: number;
  readonly total: number;
  /** What came of those before it: a line each, Markdown. */
  readonly told: readonly string[];
}

function missing({ outlet, published, url }: Article): string[] {
  const unknown = [outlet ? '' : 'outlet', published ? '' : 'date', url ? '' : 'link'].filter(name => name !== '');
  return unknown.length === 0 ? [] : [small(`Not found: ${unknown.join(', ')}.`)];
}

function opening({ article }: AttributedArticle, say: Say): string {
  const [paragraph] = article.paragraphs;
  return paragraph === undefined
    ? ''
    : showExcerpt({ article, paragraph, span: paragraph, matches: [] }, roomForOpening, say);
}

/** The latest lines, as many as fit: what was just done matters most. */
function fitting(told: readonly string[]): string {
  const kept: string[] = [];
  for (const line of told.toReversed()) {
    if (weight([line, ...kept].join('\n')) > roomForTold) break;
    kept.unshift(line);
  }
  return kept.join('\n');
}

/** What was read, with Keep and Discard. */
export function draftReply({ id, from, place, total, told }: DraftView, say: Say): Reply {
  const { article } = from;
  const head = total === 1 ? '### Keep this article?' : `### Keep this article? (${place} of ${total})`;
  const byline = article.byline === undefined ? [] : [small(inline(article.byline, 160))];
  const what = [titleLine(article, say), ...byline, small(measures(from, say)), ...missing(article)].join('\n');
  const foot = small('Nothing is kept yet. I remember it for 15 minutes.');
  return reply({
    accent: accents.article,
    texts: [
      fitting(told),
      [head, what].join('\n'),
      opening(from, say),
      voicesText(from, roomForVoices, say),
      foot,
    ].filter(text => text !== ''),
    buttons: rowsOf([
      button('Keep', encodeDeed({ kind: 'keep', id }), 'main'),
      button('Discard', encodeDeed({ kind: 'discard', id })),
    ]),
    private: true,
  });
}
