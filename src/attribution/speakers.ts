import type { Article } from '../news/article.ts';
import type { Span } from '../news/span.ts';
import type { AttributedArticle, Attribution, Speaker, WeighedReport } from './attribution.ts';
import { learnGenders } from './genders.ts';
import { findMentions } from './mentions.ts';
import { groupMentions } from './named-speakers.ts';
import { resolveSources } from './resolve-sources.ts';
import { toSpeakers } from './speaker-list.ts';

/** Finds everyone whom the article names, and whom each report's source means. The reports may come from rules or a model. */
export function findSpeakers(article: Article, reports: readonly WeighedReport[]): AttributedArticle {
  const { text, paragraphs } = article;
  const mentions = findMentions(text, paragraphs);
  const sources = reports.flatMap((report): readonly Span[] => (report.source === undefined ? [] : [report.source]));
  const named = groupMentions(text, mentions, sources);
  learnGenders(article, { mentions, ...named });
  const resolved = resolveSources(article, reports, { mentions, ...named });
  const { speakers, speakerOf } = toSpeakers(text, named.all, resolved);
  const attributions = reports.map((report, index): Attribution => {
    const decision = resolved[index];
    const speaker: Speaker | undefined =
      decision?.candidate === undefined ? undefined : speakerOf.get(decision.candidate);
    const rule = decision === undefined ? report.rule : `${report.rule}; ${decision.rule}`;
    return { ...report, speaker, certainty: decision?.certainty ?? 'unclear', rule };
  });
  return { article, attributions, speakers };
}
