/** What comes right before a report. */
import type { Span } from '../../news/span.ts';
import type { Report } from '../attribution.ts';
import { firstFrom, NEAR, type Party, paragraphAt, type Story } from './story.ts';

const ASKS = /\bask(?:s|ed|ing)?\b/iv;

/** Start of a report: its content or source, whichever comes first. */
export function startOf(report: Report): number {
  return Math.min(report.content[0].start, report.source?.start ?? report.content[0].start);
}

/** The speaker of the previous report, if no sentence comes between. */
export function adjacentSpeaker(story: Story, report: Report): Party | undefined {
  const previous = story.past.at(-1);
  if (previous === undefined) return undefined;
  const { content, source } = previous.report;
  const { paragraphs } = story.article;
  const end = Math.max(...[...content.slice(-NEAR), source ?? content[0]].map(span => span.end));
  const from = paragraphAt(story.article, end);
  const to = paragraphAt(story.article, startOf(report));
  if (to - from > 1) return undefined;
  const rest = holdsSentence(paragraphs[from]?.sentences ?? [], {
    start: end,
    end: from === to ? startOf(report) : Number.POSITIVE_INFINITY,
  });
  const lead = from !== to && holdsSentence(paragraphs[to]?.sentences ?? [], { start: 0, end: startOf(report) });
  return rest || lead ? undefined : previous.candidate;
}

/** Returns whoever asked a question in the previous paragraph, since they aren't the one who answers. */
export function askerBefore(story: Story, report: Report): Party | undefined {
  const { report: previous, candidate } = story.past.at(-1) ?? {};
  const { text } = story.article;
  if (previous?.cue === undefined || !ASKS.test(text.slice(previous.cue.start, previous.cue.end))) return undefined;
  const isBefore = paragraphAt(story.article, previous.cue.start) + 1 === paragraphAt(story.article, startOf(report));
  return isBefore ? candidate : undefined;
}

function holdsSentence(sentences: readonly Span[], stretch: Span): boolean {
  const next = sentences[firstFrom(sentences, stretch.start)];
  return next !== undefined && next.end <= stretch.end;
}
