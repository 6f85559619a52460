import type { AttributedArticle, Attribution, Dispute, Speaker } from '../attribution/attribution.ts';
import { codeOf } from '../library/store/keys.ts';
import { isSameSpan, overlaps, type Span, slice } from '../news/span.ts';
import type { Say } from '../wording/say.ts';
import { actionId, writeDispute } from './custom-id.ts';
import { LIMITS, ROOM, WEIGHT_OF_DISPLAY, weight } from './limits.ts';
import { titleLine } from './parts/citation.ts';
import { roleOf } from './parts/description.ts';
import { bold, inline, joined, relative, small } from './parts/markdown.ts';
import { accentOfPassage, passageOfStatement, showPassage } from './parts/passage.ts';
import { ACCENTS, button, type Entry, entry, menuOf, type Reply, reply } from './reply.ts';
import { passageTexts } from './views/quote.ts';
import { turning } from './views/view.ts';

/** A disputed attribution in its article. */
export interface DisputedStatement {
  readonly from: AttributedArticle;
  readonly dispute: Dispute;
  /** `undefined` if the article's text has changed since. */
  readonly attribution: Attribution | undefined;
}

function disputedAt({ attributions }: AttributedArticle, content: Span): Attribution | undefined {
  return attributions.find(({ dispute }) => dispute && isSameSpan(dispute.content, content));
}

export function disputedStatement(from: AttributedArticle, dispute: Dispute): DisputedStatement {
  return { from, dispute, attribution: disputedAt(from, dispute.content) };
}

/** Returns a disputed content of an article, unless somebody has decided. */
export function openDispute(from: AttributedArticle, content: Span): DisputedStatement | undefined {
  const attribution = disputedAt(from, content);
  const dispute = attribution?.dispute;
  return dispute && dispute.decision === undefined ? { from, dispute, attribution } : undefined;
}

const LONGEST_NAME = 160;

/** Returns whom the words were attributed to, if the article still has that name. */
function tookLine({ from, dispute: { took } }: DisputedStatement, say: Say): string {
  const name = took && slice(from.article.text, took);
  return name ? say('disputes.took', { name: bold(inline(name, LONGEST_NAME)) }) : '';
}

/** Returns how far from some words the article names a speaker, in UTF-16 units. */
function distance({ name, mentions }: Speaker, { start }: Span): number {
  return Math.min(...[name, ...mentions].map(each => Math.abs(each.start - start)));
}

/** One is for who it was attributed to, one for nobody. */
const MOST_SPEAKERS = LIMITS.menuEntries - 1;

/** Returns whom a dispute may be decided for: who it was attributed to, then those who are named nearest, then nobody. */
function decisions({ from, dispute }: DisputedStatement, say: Say): readonly Entry[] {
  const { article, speakers } = from;
  const { took, content } = dispute;
  const isDecided = dispute.decision !== undefined;
  const decide = (speaker: Span | undefined) =>
    actionId('decide', writeDispute({ article: codeOf(article.id), content, speaker, isDecided }));
  // Another version of the code may have found a longer or shorter name.
  const taken =
    took && (speakers.find(({ name }) => isSameSpan(name, took)) ?? speakers.find(({ name }) => overlaps(name, took)));
  const rank = (speaker: Speaker) => (speaker === taken ? -1 : distance(speaker, content));
  const named = speakers.toSorted((one, other) => rank(one) - rank(other)).slice(0, MOST_SPEAKERS);
  return [
    ...named.map(speaker => {
      const role = roleOf(article, speaker);
      const detail = speaker === taken ? say('disputes.as-before') : role && slice(article.text, role);
      return entry(slice(article.text, speaker.name), decide(speaker.name), detail);
    }),
    entry(say('disputes.nobody'), decide(undefined), say('disputes.what-nobody')),
  ];
}

/** A place in the list of disputes; `undefined` if one is shown that isn't in a list. */
export interface DisputePlace {
  readonly page: number;
  readonly pages: number;
}

/** Returns a dispute, with its context and a menu that decides it. The note is Markdown. */
export function disputeReply(
  disputed: DisputedStatement,
  place: DisputePlace | undefined,
  note: string,
  say: Say,
): Reply {
  const { from, dispute, attribution } = disputed;
  const reporter = dispute.reporter === '' ? '' : `<@${dispute.reporter}>`;
  const since = small(joined([relative(dispute.since), reporter], ' · '));
  const head = joined([note, `### ${say('disputes.head')}`, tookLine(disputed, say), since]);
  const passage = attribution && passageOfStatement({ from, attribution });
  const space = ROOM - weight(head) - 5 * WEIGHT_OF_DISPLAY;
  const shown = passage === undefined ? undefined : passageTexts(passage, true, space, say);
  const turn = (page: number) => actionId('reports', `${page}`);
  return reply({
    accent: ACCENTS.unclear,
    texts: [head, ...(shown ?? [`${titleLine(from.article, say)}\n${say('disputes.gone')}`])],
    menu: menuOf(say('disputes.menu'), decisions(disputed, say)),
    buttons: place === undefined ? [] : turning(turn, place.page, place.pages, say),
    private: true,
  });
}

/** The post for those who manage the library: the passage, whom it was attributed to, and a button to decide. */
export function disputePost(disputed: DisputedStatement, say: Say): Reply | undefined {
  const { from, dispute, attribution } = disputed;
  const passage = attribution && passageOfStatement({ from, attribution });
  if (passage === undefined) return undefined;
  const head = joined([`### ${say('disputes.head')}`, tookLine(disputed, say)]);
  const { content } = dispute;
  const id = writeDispute({ article: codeOf(from.article.id), content, speaker: undefined, isDecided: false });
  return reply({
    accent: accentOfPassage(passage),
    texts: [head, showPassage(passage, ROOM - weight(head) - 2 * WEIGHT_OF_DISPLAY, say)],
    buttons: [button(say('disputes.button-decide'), actionId('reports', id))],
    private: false,
  });
}
