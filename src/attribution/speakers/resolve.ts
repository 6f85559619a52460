import type { Article } from '../../news/article.ts';
import { contains, type Span, slice, unite } from '../../news/span.ts';
import type { AttributedArticle, Attribution, Report, Speaker, WeighedReport } from '../attribution.ts';
import { type NestedReport, resolveNested } from '../nested-reports.ts';
import { findCollectives } from './collectives.ts';
import { decide, doubtOpen, NAMES_NOBODY } from './decide.ts';
import { findUnnamed } from './descriptions.ts';
import { chooseSpeaker } from './linker.ts';
import { findMentions, type Mention } from './mentions.ts';
import { aliasesOf, groupMentions, type NamedParty, type SpeakerIndex } from './named-speakers.ts';
import { learnGenders, settleByGender } from './names.ts';
import { namesPointedAt } from './pointed.ts';
import {
  agesOf,
  type Decision,
  fullestOf,
  indexBy,
  inferred,
  isNamed,
  NEAR,
  type Party,
  roleWords,
  type Story,
} from './story.ts';

/** A report at its position: in the article, or inside the content of an earlier one. */
interface PlacedReport {
  readonly report: WeighedReport;
  /** The one around it. Nothing outside refers back to what is only reported. */
  readonly within: Report | undefined;
}

/** A report with whom it is from. */
interface ResolvedReport extends PlacedReport {
  readonly decision: Decision;
  /** Whether the speaker of the enclosing report is somebody else, who thus reports it. */
  readonly isTold: boolean;
  readonly doubtful: boolean;
}

/** Returns what becomes of a decision by rules. */
type Consideration = (story: Story, report: WeighedReport, decision: Decision) => Decision;

/** Decides each report's speaker in text order: by rules, then by `consider`, which may overrule them. */
function resolveSources(
  article: Article,
  placed: readonly PlacedReport[],
  named: SpeakerIndex,
  consider: Consideration,
): readonly ResolvedReport[] {
  const collectives = findCollectives(article, named);
  const roles = new Map(named.all.map(one => [one, roleWords(article.text, one)]));
  const story: Story = {
    ...named,
    article,
    sentences: article.paragraphs.flatMap(({ sentences }) => sentences),
    people: named.all.filter(({ kind }) => kind === 'person').length,
    bodies: named.mentions.filter(mention => mayBeBody(article.text, mention, named.referents)).length,
    roles,
    byRole: indexBy(named.all, one => roles.get(one) ?? []),
    byAge: indexBy(named.all, one => agesOf(article.text, one)),
    byOrganisationWord: indexBy(named.all, one => (one.kind === 'organisation' ? one.longest.words : [])),
    unnamed: findUnnamed(article.text),
    spoken: new Set(),
    collectives,
    bySort: Map.groupBy(collectives, ({ sort }) => sort),
    // One of several is unclear, however many there are.
    groups: collectives.filter(({ head }) => head === '').slice(0, NEAR),
    collectiveAt: new Map(
      collectives.flatMap(one =>
        one.mentions.flatMap(({ start, end }) => [[start, one] as const, [end, one] as const]),
      ),
    ),
    past: [],
    sources: [],
    decisions: new Map(),
    tellers: new Map(),
  };
  const resolved = placed.map(one => resolveSource(story, one, consider));
  return resolved.map(one => repeatOf(one, resolved));
}

function resolveSource(story: Story, { report, within }: PlacedReport, consider: Consideration): ResolvedReport {
  const decision = decide(story, report);
  const teller = within && story.decisions.get(within);
  if (teller !== undefined) story.tellers.set(report, teller);
  const resolved =
    within === undefined || teller === undefined
      ? { decision: goingOn(story, report, consider(story, report, doubtOpen(decision))), isTold: false }
      : resolveNested(story.article.text, report, decision, within, teller, told => consider(story, report, told));
  remember(story, report, resolved.decision);
  // The decision may come from an earlier entry, and still have its report.
  if (within === undefined && report.repeats === undefined) story.past.push({ ...resolved.decision, report });
  return { report, within, doubtful: report.doubtful, ...resolved };
}

/** At most the rest of a sentence, before a quotation in the same paragraph. */
const REST_OF_SENTENCE = /^[^.!?\n]*[.!?]? *["'“‘]?$/v;

/** “We won,” said Lee. “It was time”: if nothing is told in between, what follows is as surely from the same speaker. */
function goingOn({ article, past }: Story, { source, type, content }: Report, decision: Decision): Decision {
  const last = past.at(-1);
  if (source !== undefined || type !== 'direct' || last?.report.type !== 'direct') return decision;
  const { report, candidate, certainty } = last;
  const end = Math.max(...[...report.content, report.source, report.cue].map(span => span?.end ?? 0));
  const isSame = candidate === decision.candidate && REST_OF_SENTENCE.test(article.text.slice(end, content[0].start));
  return isSame && decision.certainty === 'inferred' && certainty === 'stated' ? { ...decision, certainty } : decision;
}

/** Notes who spoke: later sources may refer to them. */
function remember(story: Story, report: Report, decision: Decision): void {
  const { candidate } = decision;
  story.decisions.set(report, decision);
  if (candidate === undefined) return;
  story.spoken.add(candidate);
  if (report.source !== undefined) story.sources.push({ source: report.source, party: candidate });
}

/** A pull quote is from whoever said the words that it repeats, and as doubtful. */
function repeatOf(pulled: ResolvedReport, resolved: readonly ResolvedReport[]): ResolvedReport {
  const words = pulled.report.repeats;
  if (words === undefined) return pulled;
  const said = resolved.find(other => other !== pulled && other.report.content.some(span => contains(span, words)));
  if (said === undefined) return pulled;
  const decision = inferred(said.decision, 'said the same words');
  return { ...pulled, decision, doubtful: pulled.doubtful || said.doubtful };
}

/** Whether a name may be an organisation’s, and isn't an agency’s in a dateline: "OSLO (AP)". */
function mayBeBody(text: string, mention: Mention, referents: SpeakerIndex['referents']): boolean {
  const [one] = referents.get(mention) ?? [];
  return text[mention.start - 1] !== '(' && (one?.kind ?? mention.kind) !== 'person' && mention.kind !== 'place';
}

const NOT_LETTERS = /[^\p{L}\p{N}]+/gv;
const LONGEST_ID = 40;

/** Returns the speaker made from each party that is named or quoted, in order of first mention. */
function toSpeakers(
  text: string,
  named: readonly NamedParty[],
  decisions: readonly Decision[],
): ReadonlyMap<Party, Speaker> {
  const quoted = decisions.flatMap(({ candidate }) => candidate ?? []);
  const parties = [...new Set<Party>([...named, ...quoted])].filter(party => party.mentions.length > 0);
  parties.sort((one, other) => (one.mentions[0]?.start ?? 0) - (other.mentions[0]?.start ?? 0));
  const taken = new Map<string, number>();
  return new Map(parties.map(party => [party, toSpeaker(text, party, taken)]));
}

function toSpeaker(text: string, party: Party, taken: Map<string, number>): Speaker {
  const name = fullestOf(party);
  const shared = { id: identify(slice(text, name), taken), name, kind: party.kind };
  // One phrase may be the source of several reports.
  if (!isNamed(party))
    return { ...shared, named: false, role: undefined, aliases: [], mentions: unite(party.mentions) };
  const mentions = party.mentions.map(({ start, end }): Span => ({ start, end }));
  return { ...shared, named: true, role: party.role, aliases: aliasesOf(text, party), mentions };
}

/** "jake-sullivan"; the second one with the same name is "jake-sullivan-2". */
function identify(name: string, taken: Map<string, number>): string {
  const words = name.slice(0, LONGEST_ID).toLowerCase().replaceAll(NOT_LETTERS, '-').replaceAll(/^-|-$/gv, '');
  const count = (taken.get(words) ?? 0) + 1;
  taken.set(words, count);
  return count === 1 && words !== '' ? words : `${words}-${count}`;
}

/**
 * Finds everyone the article names, and the speaker of each report. What speakers say of their own earlier words may be left
 * out.
 */
export function resolveSpeakers(
  article: Article,
  reports: readonly WeighedReport[],
  nested: readonly NestedReport[],
  consider: Consideration = chooseSpeaker,
  keepsOwnWords = true,
): AttributedArticle {
  const { text, paragraphs } = article;
  const placed = place(reports, nested);
  const sources = placed.flatMap(({ report: { source, named } }) => named ?? source ?? []);
  const mentions = findMentions(text, paragraphs);
  const pointedAt = namesPointedAt(
    mentions,
    placed.map(({ report }) => report),
  );
  const grouped = groupMentions(text, mentions, sources, pointedAt);
  learnGenders(article, grouped);
  const named = settleByGender(grouped);
  const resolved = resolveSources(article, placed, named, consider);
  const isKept = ({ within, isTold }: ResolvedReport) => keepsOwnWords || within === undefined || isTold;
  const speakerOf = toSpeakers(
    text,
    named.all,
    resolved.filter(isKept).map(({ decision }) => decision),
  );
  return { article, attributions: relate(resolved, speakerOf, isKept), speakers: [...speakerOf.values()] };
}

/** Links each attribution to the one around it. The children of one that isn't kept move up. */
function relate(
  resolved: readonly ResolvedReport[],
  speakerOf: ReadonlyMap<Party, Speaker>,
  isKept: (resolved: ResolvedReport) => boolean,
): readonly Attribution[] {
  const made = new Map<Report | undefined, Attribution | undefined>();
  return resolved.flatMap(one => {
    const around = made.get(one.within);
    const attribution = isKept(one) ? toAttribution(one, speakerOf, around) : undefined;
    made.set(one.report, attribution ?? around);
    return attribution ?? [];
  });
}

function toAttribution(
  { report, decision, doubtful, isTold }: ResolvedReport,
  speakerOf: ReadonlyMap<Party, Speaker>,
  around: Attribution | undefined,
): Attribution {
  const { candidate, certainty, rule } = decision;
  const { pointer, ...said } = report;
  return {
    ...said,
    // Neither "it", which was announced, nor whoever was told something is its source.
    source: rule === NAMES_NOBODY ? undefined : report.source,
    speaker: candidate && speakerOf.get(candidate),
    doubtful,
    certainty,
    rule: `${report.rule}; ${rule}`,
    reportedBy: isTold ? around : undefined,
  };
}

/** All reports ordered by content, outer ones first. */
function place(reports: readonly WeighedReport[], nested: readonly NestedReport[]): readonly PlacedReport[] {
  return [...reports.map(report => ({ report, within: undefined })), ...nested].sort(
    (one, other) => one.report.content[0].start - other.report.content[0].start,
  );
}
