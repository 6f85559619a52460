import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Already } from '../library/library.ts';
import type { Article } from '../news/article.ts';
import type { Say } from '../wording/say.ts';
import { actionId } from './custom-id.ts';
import { weight } from './limits.ts';
import { titleLine } from './parts/citation.ts';
import { showExcerpt } from './parts/excerpt.ts';
import { inline, small } from './parts/markdown.ts';
import { speakerList } from './parts/speaker-list.ts';
import { accents, button, type Reply, reply, rowsOf } from './reply.ts';
import { measures } from './views/library.ts';

const roomForOpening = 700;
const roomForSpeakers = 900;
const roomForTold = 1000;

/** An article that was read but isn't kept yet. */
export interface DraftPreview {
  readonly id: string;
  readonly from: AttributedArticle;
  /** Number among those given together, from 1. */
  readonly place: number;
  readonly total: number;
  readonly already: Already | undefined;
  /** What became of those before it, one Markdown line each. */
  readonly lines: readonly string[];
}

function missing({ outlet, published, url }: Article, say: Say): string[] {
  const unknown = [
    outlet ? '' : say('adding.outlet'),
    published ? '' : say('adding.date'),
    url ? '' : say('adding.link'),
  ].filter(name => name !== '');
  if (unknown.length === 0) return [];
  const all = unknown.reduce((before, one) => say('adding.one-more-unknown', { unknown: before, one }));
  return [small(say('adding.not-found', { unknown: all }))];
}

function opening({ article }: AttributedArticle, say: Say): string {
  const [paragraph] = article.paragraphs;
  return paragraph === undefined
    ? ''
    : showExcerpt({ article, paragraph, span: paragraph, matches: [] }, roomForOpening, say);
}

/** Returns what Keep would change in the library. */
function effect(already: Already | undefined, say: Say): string[] {
  if (already === undefined) return [];
  return [say(`adding.already-${already.kind}`, { title: titleLine(already.listed, say) })];
}

/** Returns the latest lines that fit. */
function fitting(lines: readonly string[]): string {
  const kept: string[] = [];
  for (const line of lines.toReversed()) {
    if (weight([line, ...kept].join('\n')) > roomForTold) break;
    kept.unshift(line);
  }
  return kept.join('\n');
}

/** Returns a draft with the buttons Keep and Discard. */
export function draftReply({ id, from, place, total, already, lines }: DraftPreview, say: Say): Reply {
  const { article } = from;
  const head = `### ${total === 1 ? say('adding.keep') : say('adding.keep-of', { place, total })}`;
  const byline = article.byline === undefined ? [] : [small(inline(article.byline, 160))];
  const what = [titleLine(article, say), ...byline, small(measures(from, say)), ...missing(article, say)].join('\n');
  const foot = small(say('adding.not-kept'));
  return reply({
    accent: accents.article,
    texts: [
      fitting(lines),
      [head, what].join('\n'),
      ...effect(already, say),
      opening(from, say),
      speakerList(from, roomForSpeakers, say),
      foot,
    ].filter(text => text !== ''),
    buttons: rowsOf([
      button(say('adding.button-keep'), actionId('keep', id), 'main'),
      button(say('adding.button-edit'), actionId('edit', id)),
      button(say('adding.button-discard'), actionId('discard', id)),
    ]),
    private: true,
  });
}
