import type { Article } from '../news/article.ts';
import type { Span } from '../news/span.ts';
import type { AttributedArticle, Attribution, Report, Speaker, WeighedReport } from './attribution.ts';
import { learnGenders } from './genders.ts';
import { findMentions } from './mentions.ts';
import { groupMentions } from './named-speakers.ts';
import type { NestedReport } from './nested-reports.ts';
import { type PlacedReport, type Resolved, resolveSources } from './resolve-sources.ts';
import { toSpeakers } from './speaker-list.ts';
import type { Party } from './story.ts';

/** Finds everyone whom the article names, and whom each report's source means. The reports may come from rules or a model. */
export function findSpeakers(
  article: Article,
  reports: readonly WeighedReport[],
  nested: readonly NestedReport[],
): AttributedArticle {
  const { text, paragraphs } = article;
  const mentions = findMentions(text, paragraphs);
  const placed = place(reports, nested);
  const sources = placed.flatMap(({ report: { source } }): readonly Span[] => (source === undefined ? [] : [source]));
  const named = groupMentions(text, mentions, sources);
  learnGenders(article, { mentions, ...named });
  const resolved = resolveSources(article, placed, { mentions, ...named });
  const { speakers, speakerOf } = toSpeakers(
    text,
    named.all,
    resolved.flatMap(({ decision, isLeftOut }) => (isLeftOut ? [] : [decision])),
  );
  return { article, attributions: relate(placed, resolved, speakerOf), speakers };
}

/** Attributions, each with the one around it; a report that is left out hands on to what is around it. */
function relate(
  placed: readonly PlacedReport[],
  resolved: readonly Resolved[],
  speakerOf: ReadonlyMap<Party, Speaker>,
): readonly Attribution[] {
  const made = new Map<Report, Attribution | undefined>();
  return placed.flatMap(({ report, within }, index): readonly Attribution[] => {
    const found = resolved[index];
    const around = within === undefined ? undefined : made.get(within);
    if (found === undefined || found.isLeftOut) {
      made.set(report, around);
      return [];
    }
    const { decision, isTold } = found;
    const speaker = decision.candidate === undefined ? undefined : speakerOf.get(decision.candidate);
    const rule = `${report.rule}; ${decision.rule}`;
    const attribution: Attribution = {
      ...report,
      speaker,
      certainty: decision.certainty,
      rule,
      reportedBy: isTold ? around : undefined,
    };
    made.set(report, attribution);
    return [attribution];
  });
}

/** All reports in the order of their contents, outer ones first. */
function place(reports: readonly WeighedReport[], nested: readonly NestedReport[]): readonly PlacedReport[] {
  const known = new Set(reports);
  const around = new Map(nested.map(({ report, within }) => [report, within]));
  const added = nested.map(({ report }) => report).filter(report => !known.has(report));
  return [...reports, ...added]
    .sort((one, other) => one.content[0].start - other.content[0].start)
    .map(report => ({ report, within: around.get(report), isNested: !known.has(report) }));
}
