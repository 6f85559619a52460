import type { Article } from '../news/article.ts';
import { contains, extent, slice } from '../news/span.ts';
import { isEnglish } from '../words/english.ts';
import type { AttributedArticle, Report, WeighedReport } from './attribution.ts';
import { findNestedReports, type ReportLayers } from './nested-reports.ts';
import { findReports } from './network/find-reports.ts';
import { resolveSpeakers } from './speakers/resolve.ts';

/** How far around a report to look for a film or novel, in UTF-16 units. Set by hand. */
const REACH = 120;
const WORKS = '(?:film|movie|novel|play|sitcom|drama|scene|opera|musical|comic|cartoon|fable|fairy tale|short story)';
const IN_A_WORK = new RegExp(
  `\\b[Ii]n (?:the|a|an|one|this|his|her|its|their)\\b[^.!?\\n“”"]{0,40}?\\b${WORKS}\\b(?!-)`,
  'v',
);
/** A capital other than the first of a sentence. */
const NAMED = /^(?!(?:The|An?|One|Her|His)\b)\p{Lu}|.\p{Lu}/v;
const QUESTION_END = /\?["”’']?\s*$/v;
const SENTENCE_END = /[.!?\n][”"’']?\s/v;

/**
 * Whether a quotation is dialogue from a work of fiction: "In the film’s last scene, the hero says, “…”". Only for
 * unnamed sources; a named one may be speaking as themselves.
 */
function isDialogue(text: string, { type, source, content, cue }: Report): boolean {
  if (type === 'indirect' || source === undefined || NAMED.test(slice(text, source))) return false;
  const { start, end } = extent([source, ...content, cue]);
  const before =
    text
      .slice(Math.max(0, start - REACH), start)
      .split(SENTENCE_END)
      .at(-1) ?? '';
  const after = text.slice(end, end + REACH).split(SENTENCE_END)[0] ?? '';
  return IN_A_WORK.test(before) || IN_A_WORK.test(after);
}

/** Before a source: "if Lee had said …", "Had Lee said …". */
const SUPPOSING = /(?:\b[Ii]f|\b[Uu]nless|\b[Ww]hether|\b[Ss]uppose|(?:^|[.!?\n]\s*)Had)\s+$/v;
/** Between a source and its cue: "Lee would have said", "Lee might say". */
const ONLY_POSSIBLE =
  /\b(?:(?:would|could|should|might|may)\s+(?:\p{L}+ly\s+)?have|might|were\s+to)\s+(?:\p{L}+ly\s+)?$/v;
/** Between a source and its cue, if the sentence goes on with a condition: "Lee would say so if asked". */
const WOULD = /\b(?:would|could|might|may)\s+(?:\p{L}+ly\s+)?$/v;
const CONDITION = /\b(?:if|unless)\b/v;
/** Before a source, in a question: "Did Lee say …?" */
const ASKING = /\b(?:did|does|do|has|have|had|would|could|will|can|should|might)\s+$/iv;

/** Whether speech is only supposed or asked about: "If Lee had said …", "Did Lee really say …?" */
function isSupposed({ text, paragraphs }: Article, { source, cue }: Report): boolean {
  if (source === undefined || cue === undefined || cue.start < source.end) return false;
  const before = text.slice(Math.max(0, source.start - REACH), source.start);
  const between = text.slice(source.end, cue.start);
  if (SUPPOSING.test(before) || ONLY_POSSIBLE.test(between)) return true;
  const [isAsked, wouldBe] = [ASKING.test(before), WOULD.test(between)];
  if (!(isAsked || wouldBe)) return false;
  const sentence = paragraphs.flatMap(({ sentences }) => sentences).find(each => contains(each, cue)) ?? cue;
  return (isAsked && QUESTION_END.test(slice(text, sentence))) || (wouldBe && CONDITION.test(slice(text, sentence)));
}

/** Returns the reports of what was said, not of dialogue in a work of fiction. */
function keepSpeech(article: Article, reports: readonly WeighedReport[]): readonly WeighedReport[] {
  return reports.filter(report => !(isDialogue(article.text, report) || isSupposed(article, report)));
}

/** Finds what somebody said, before whom each source means is known: nothing in languages that can't be read. */
export async function findSpeech(article: Article): Promise<ReportLayers> {
  if (!isEnglish(article.text)) return { outer: [], nested: [] };
  return findNestedReports(article, keepSpeech(article, await findReports(article)));
}

/** Finds who said what in an article. Is deterministic, and takes linear time for ordinary text. */
export async function attribute(article: Article): Promise<AttributedArticle> {
  const { outer, nested } = await findSpeech(article);
  return resolveSpeakers(article, outer, nested);
}

/**
 * Like `attribute`, without what speakers report of their own earlier words ("I told the council that …"): libraries already
 * have it in what they say around it.
 */
export async function attributeForLibrary(article: Article): Promise<AttributedArticle> {
  const { outer, nested } = await findSpeech(article);
  return resolveSpeakers(article, outer, nested, undefined, false);
}
