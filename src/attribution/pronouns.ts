import type { Span } from '../news/span.ts';
import type { Report } from './attribution.ts';
import type { Gender } from './names.ts';
import { type Decision, firstFrom, isNamed, type Party, paragraphAt, type Story } from './story.ts';

const GENDERS: Readonly<Record<string, Gender>> = { he: 'male', him: 'male', she: 'female', her: 'female' };

/** How many mentions back a pronoun may look. */
const NEAR = 40;

/** A subject stands this near to its sentence's start, in UTF-16 units. */
const SUBJECT_REACH = 80;

/** Whom a pronoun means: see the ladder's second step. */
export function resolvePronoun(story: Story, report: Report, pronoun: string): Decision {
  const gender = GENDERS[pronoun];
  if (gender !== undefined) return resolvePerson(story, report, gender);
  const previous = adjacentParty(story, report);
  const fits =
    (pronoun === 'they' && previous !== undefined && previous.kind !== 'person') ||
    (pronoun === 'it' && (previous?.kind === 'organisation' || previous?.kind === 'document'));
  if (fits) return { candidate: previous, certainty: 'inferred', rule: 'pronoun for the speaker before' };
  return { candidate: undefined, certainty: 'unclear', rule: 'pronoun' };
}

function resolvePerson(story: Story, report: Report, gender: Gender): Decision {
  const source = report.source ?? report.content[0];
  const fits = (party: Party | undefined) =>
    party !== undefined && party.kind === 'person' && (party.gender ?? gender) === gender;
  const paragraph = story.article.paragraphs[paragraphAt(story.article, source.start)];
  const here = partiesBetween(story, report, { start: paragraph?.start ?? 0, end: source.start }).filter(fits);
  const hints = [...new Set([adjacentParty(story, report), subjectBefore(story, report)].filter(fits))];
  const [inParagraph] = here;
  const [hint] = hints;
  if (here.length === 1) {
    const conflict = hints.some(other => other !== inParagraph);
    if (!conflict)
      return { candidate: inParagraph, certainty: 'inferred', rule: 'pronoun for the only one in the paragraph' };
    return { candidate: hint, certainty: 'unclear', rule: 'pronoun for one of two' };
  }
  if (hints.length === 1 && (here.length === 0 || here.some(party => party === hint))) {
    return { candidate: hint, certainty: 'inferred', rule: 'pronoun for the subject before' };
  }
  if (hint !== undefined) return { candidate: hint, certainty: 'unclear', rule: 'pronoun for one of two' };
  const before = story.article.paragraphs[paragraphAt(story.article, source.start) - 1];
  const both = partiesBetween(story, report, { start: before?.start ?? 0, end: source.start }).filter(fits);
  const [last] = both;
  if (both.length === 1) return { candidate: last, certainty: 'unclear', rule: 'pronoun for the only one near' };
  return { candidate: undefined, certainty: 'unclear', rule: 'pronoun' };
}

/** Whoever is named in a stretch of text, each once; what the report itself quotes is passed over. */
function partiesBetween(story: Story, report: Report, stretch: Span): readonly Party[] {
  const found = new Set<Party>();
  const to = firstFrom(story.mentions, stretch.end);
  for (let at = to - 1; at >= 0 && to - at < NEAR; at -= 1) {
    const mention = story.mentions[at];
    if (mention === undefined || mention.start < stretch.start) break;
    if (report.type === 'direct' && report.content.some(span => mention.start >= span.start && mention.end <= span.end))
      continue;
    const bearers = story.meant.get(mention) ?? [];
    const [only] = bearers;
    if (bearers.length === 1 && only !== undefined) found.add(only);
  }
  for (const { party } of story.past.slice(-8)) {
    const last = party?.mentions.at(-1);
    if (
      party !== undefined &&
      !isNamed(party) &&
      last !== undefined &&
      last.start >= stretch.start &&
      last.end <= stretch.end
    )
      found.add(party);
  }
  return [...found];
}

/** The speaker of the report before, when no sentence stands between. */
function adjacentParty(story: Story, report: Report): Party | undefined {
  const previous = story.past.at(-1);
  if (previous === undefined) return undefined;
  const end = Math.max(
    ...[...previous.report.content, previous.report.source ?? previous.report.content[0]]
      .slice(-NEAR)
      .map(span => span.end),
  );
  const { paragraphs } = story.article;
  const start = Math.min(report.content[0].start, report.source?.start ?? report.content[0].start);
  const from = paragraphAt(story.article, end);
  const to = paragraphAt(story.article, start);
  if (to - from > 1) return undefined;
  const rest = sentencesWithin(paragraphs[from]?.sentences ?? [], {
    start: end,
    end: from === to ? start : Number.POSITIVE_INFINITY,
  });
  const lead = from === to ? 0 : sentencesWithin(paragraphs[to]?.sentences ?? [], { start: 0, end: start });
  return rest + lead > 0 ? undefined : previous.party;
}

function sentencesWithin(sentences: readonly Span[], stretch: Span): number {
  const from = firstFrom(sentences, stretch.start);
  const next = sentences[from];
  return next !== undefined && next.end <= stretch.end ? 1 : 0;
}

/** Who stands first in the sentence before the report's, or in its own before the report: most often its subject. */
function subjectBefore(story: Story, report: Report): Party | undefined {
  const start = Math.min(report.content[0].start, report.source?.start ?? report.content[0].start);
  const paragraph = story.article.paragraphs[paragraphAt(story.article, start)];
  const own = firstFrom(paragraph?.sentences ?? [], start + 1) - 1;
  const inside = paragraph?.sentences[own];
  const previous = paragraph?.sentences[own - 1];
  return (
    (inside === undefined ? undefined : leading(story, inside, report)) ??
    (previous === undefined ? undefined : leading(story, previous, report))
  );
}

function leading(story: Story, sentence: Span, report: Report): Party | undefined {
  const mention = story.mentions[firstFrom(story.mentions, sentence.start)];
  if (mention === undefined || mention.start > sentence.start + SUBJECT_REACH || mention.end > sentence.end)
    return undefined;
  if (report.content.some(span => mention.start >= span.start && mention.end <= span.end)) return undefined;
  if (/^(?:’|'|’s|'s)/v.test(story.article.text.slice(mention.end, mention.end + 2))) return undefined;
  const bearers = story.meant.get(mention) ?? [];
  return bearers.length === 1 ? bearers[0] : undefined;
}
