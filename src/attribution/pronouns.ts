import { adjacentDecision, askerBefore, joined, partiesBetween, subjectsBefore } from './antecedents.ts';
import type { Report } from './attribution.ts';
import type { Gender } from './names.ts';
import { readDescription } from './sources.ts';
import { addUnnamed, type Decision, firstFrom, NEAR, type Party, paragraphAt, type Story } from './story.ts';
import type { Stranger } from './strangers.ts';

const GENDERS: Readonly<Record<string, Gender>> = { he: 'male', him: 'male', she: 'female', her: 'female' };

const UNKNOWN: Decision = { candidate: undefined, certainty: 'unclear', rule: 'pronoun' };

/** Whom a pronoun means: see the ladder's second step. */
export function resolvePronoun(story: Story, report: Report, pronoun: string): Decision {
  const gender = GENDERS[pronoun];
  if (gender !== undefined) return resolvePerson(story, report, gender);
  if (pronoun === 'who') return resolveRelative(story, report);
  const previous = adjacentDecision(story, report)?.candidate;
  const fits =
    (pronoun === 'they' && previous !== undefined && previous.kind !== 'person') ||
    (pronoun === 'it' && (previous?.kind === 'organisation' || previous?.kind === 'document'));
  if (fits) return { candidate: previous, certainty: 'inferred', rule: 'pronoun for the speaker before' };
  return UNKNOWN;
}

function resolvePerson(story: Story, report: Report, gender: Gender): Decision {
  const source = report.source ?? report.content[0];
  const fits = (party: Party | undefined): party is Party =>
    party?.kind === 'person' && (party.gender ?? gender) === gender;
  const at = paragraphAt(story.article, source.start);
  const paragraph = story.article.paragraphs[at];
  const here = partiesBetween(story, report, { start: paragraph?.start ?? 0, end: source.start }).filter(fits);
  const before = story.article.paragraphs[at - 1] ?? paragraph;
  const near = partiesBetween(story, report, { start: before?.start ?? 0, end: source.start }).filter(fits);
  const adjacent = adjacentDecision(story, report);
  const { parties: subjects, stranger } = subjectsBefore(story, report, gender === 'male' ? 'he' : 'she');
  const asker = askerBefore(story, report);
  const hints = [...new Set([adjacent?.candidate, ...subjects].filter(fits))].filter(party => party !== asker);
  const besides = stranger && afterStranger(story, stranger, gender, [...hints, ...near]);
  if (besides !== undefined) return besides;
  const [hint] = hints;
  const [only] = here;
  const isGuess = adjacent?.certainty === 'unclear' && subjects.length === 0;
  /** One whose gender the article does not tell is passed over as soon as somebody near has the right one. */
  const isOutdone = (party: Party) =>
    party.gender === undefined && near.some(other => other !== party && other.gender === gender);
  const sure = (party: Party, rule: string): Decision => ({
    candidate: party,
    certainty: isOutdone(party) || (isGuess && party === hint) ? 'unclear' : 'inferred',
    rule,
  });
  if (hints.length > 1 || (here.length === 1 && hint !== undefined && hint !== only))
    return { candidate: hint, certainty: 'unclear', rule: 'pronoun for one of two' };
  if (here.length === 1 && only !== undefined && hint === undefined && isOnlyOwner(story, only, at))
    return { candidate: only, certainty: 'unclear', rule: 'pronoun for one who only owns something' };
  if (here.length === 1 && only !== undefined) return sure(only, 'pronoun for the only one in the paragraph');
  if (hint !== undefined && (here.length === 0 || here.includes(hint)))
    return sure(hint, 'pronoun for the subject before');
  if (hint !== undefined) return { candidate: hint, certainty: 'unclear', rule: 'pronoun for one of two' };
  return near.length === 1
    ? { candidate: near[0], certainty: 'unclear', rule: 'pronoun for the only one near' }
    : UNKNOWN;
}

/** "Another shopkeeper was more hopeful. “…,” he said": not whoever was quoted before, if it may be the other one. */
function afterStranger(
  story: Story,
  stranger: Stranger,
  gender: Gender,
  others: readonly Party[],
): Decision | undefined {
  const description = readDescription(story.article.text, stranger);
  if ((description.gender ?? gender) !== gender) return undefined;
  const { party, start, end } = stranger;
  const isLikely = stranger.isSurelyPerson && (stranger.isOther || others.length === 0);
  return {
    candidate: party ?? (isLikely ? addUnnamed(story, { start, end }, { ...description, kind: 'person' }) : undefined),
    certainty: 'unclear',
    rule: 'pronoun after somebody without a name',
  };
}

/** "The senator dismissed Lee’s actions. He said": in this paragraph, nobody says what Lee does. */
function isOnlyOwner(story: Story, party: Party, paragraph: number): boolean {
  const { start = 0, end = 0 } = story.article.paragraphs[paragraph] ?? {};
  const from = firstFrom(party.mentions, start);
  const here = party.mentions.slice(from, from + NEAR).filter(mention => mention.start < end);
  return here.every(mention => /^[’']s?/v.test(story.article.text.slice(mention.end, mention.end + 2)));
}

/** "Lee, who says …": whoever is named right before, alone. */
function resolveRelative(story: Story, report: Report): Decision {
  const start = report.source?.start ?? 0;
  const at = firstFrom(story.mentions, start) - 1;
  const mention = story.mentions[at];
  if (mention === undefined || joined(story, at - 1).length > 0) return UNKNOWN;
  const { text } = story.article;
  const ends = [mention.end, mention.role?.end ?? mention.end, (mention.bracketed?.end ?? mention.end - 1) + 1];
  if (!ends.some(end => end < start && /^\)?,?\s$/v.test(text.slice(end, start).slice(0, 4)))) return UNKNOWN;
  const bearers = (story.meant.get(mention) ?? []).filter(named => named.kind === 'person');
  if (bearers.length !== 1) return UNKNOWN;
  return { candidate: bearers[0], certainty: 'inferred', rule: '“who” after a name' };
}
