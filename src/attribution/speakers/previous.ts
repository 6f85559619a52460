/** What comes right before a report. */
import { extent } from '../../news/span.ts';
import type { Report } from '../attribution.ts';
import { firstFrom, NEAR, type Party, paragraphAt, type Story } from './story.ts';

const ASKS = /\bask(?:s|ed|ing)?\b/iv;

/** Start of a report: its content or source, whichever comes first. */
export function startOf(report: Report): number {
  return Math.min(report.content[0].start, report.source?.start ?? report.content[0].start);
}

/** The speaker of the previous report, if no sentence comes between. */
export function adjacentSpeaker({ past, article }: Story, report: Report): Party | undefined {
  const previous = past.at(-1);
  if (previous === undefined) return undefined;
  const { content, source } = previous.report;
  const { end } = extent([...content.slice(-NEAR), source]);
  const start = startOf(report);
  const [from, to] = [paragraphAt(article, end), paragraphAt(article, start)];
  if (to - from > 1) return undefined;
  const isSentenceBetween = article.paragraphs
    .slice(from, to + 1)
    .some(({ sentences }) => (sentences[firstFrom(sentences, end)]?.end ?? start + 1) <= start);
  return isSentenceBetween ? undefined : previous.candidate;
}

/** Returns whoever asked a question in the previous paragraph, since they aren't the one who answers. */
export function askerBefore(story: Story, report: Report): Party | undefined {
  const { report: previous, candidate } = story.past.at(-1) ?? {};
  const { text } = story.article;
  if (previous?.cue === undefined || !ASKS.test(text.slice(previous.cue.start, previous.cue.end))) return undefined;
  const isBefore = paragraphAt(story.article, previous.cue.start) + 1 === paragraphAt(story.article, startOf(report));
  return isBefore ? candidate : undefined;
}
