import { compare, withReported } from '../../bench/agreement.ts';
import { judge } from '../../bench/certainty.ts';
import { attribute } from '../../src/attribution/attribute.ts';
import { fMeasure } from '../../src/attribution/network/chain.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { articleRecord, type QuoteRecord } from '../../src/terminal/explain.ts';
import type { GoldArticle, GoldQuote } from './articles.ts';

interface Outcome {
  readonly expected: GoldQuote;
  /** The words of the source mention. */
  readonly source: string;
  readonly found: QuoteRecord | undefined;
  readonly right: boolean;
}

/** Measures `attribute` on gold articles, in percent over all of them together. */
export async function measure(golds: readonly GoldArticle[]) {
  const compared = await Promise.all(
    golds.map(async gold => {
      const quotes = await attributed(gold);
      const sure = quotes.filter(({ certainty, doubtful }) => certainty !== 'unclear' && !doubtful);
      return { gold, ...compare(gold.text, gold.quotes, quotes), verdicts: judge(gold.text, gold.quotes, sure) };
    }),
  );
  const verdicts = compared.flatMap(each => each.verdicts);
  const certainAndRight = verdicts.filter(verdict => verdict === 'right').length;
  const outcomes = compared.flatMap(({ gold, expected }) =>
    expected.map(({ quote, match }): Outcome => {
      const right = match !== undefined && match.f >= 0.8 && match.sameSource;
      const source = quote.speaker?.map(([start, end]) => gold.text.slice(start, end)).join(' ') ?? '';
      return { expected: quote, source, found: match?.found, right };
    }),
  );
  const found = compared.reduce((count, each) => count + each.found.length, 0);
  const isMet = (outcome: Outcome): boolean => outcome.right;
  return {
    /** As in bench/agreement.ts. */
    agreement: 100 * fMeasure(outcomes.filter(isMet).length, found, outcomes.length),
    /** The share of what is shown as certain whose words and person are right, and how much of the gold that is. */
    certainRight: (100 * certainAndRight) / verdicts.length,
    certainOfAll: (100 * certainAndRight) / outcomes.length,
    directRecall: percent(
      outcomes.filter(outcome => outcome.expected.type === 'direct'),
      isMet,
    ),
    /** The share of stated or inferred speakers who are the right person. */
    namesRight: percent(outcomes.filter(isGivenForSure), each => namesTheSpeaker(each) || namesNobodyElse(each)),
    /**
     * The share of sources known by another name (she, the minister, Ms. Lee) that get that name as stated or inferred.
     */
    namesGiven: percent(outcomes.filter(isResolvable), each => isGivenForSure(each) && namesTheSpeaker(each)),
  };
}

async function attributed({ id, text }: GoldArticle): Promise<readonly QuoteRecord[]> {
  return withReported(joined(text, articleRecord(await attribute(toArticle(id, UNKNOWN_METADATA, text))).quotes));
}

/**
 * “A,” she said. “B.” is one attribution here, two in other gold standards. The network has learned from both kinds, so
 * a quotation that goes on in the same paragraph counts as part of the one before.
 */
function joined(text: string, quotes: readonly QuoteRecord[]): readonly QuoteRecord[] {
  const kept: QuoteRecord[] = [];
  for (const quote of quotes) {
    const last = kept.at(-1);
    const [from, to] = [last?.content.at(-1)?.[1] ?? 0, quote.content[0]?.[0] ?? 0];
    const goesOn = quote.cue === null && quote.speaker === null && !text.slice(from, to).includes('\n');
    if (last === undefined || !goesOn || from > to) kept.push(quote);
    else kept[kept.length - 1] = { ...last, content: [...last.content, ...quote.content] };
  }
  return kept;
}

function percent(outcomes: readonly Outcome[], isMet: (outcome: Outcome) => boolean): number {
  return (100 * outcomes.filter(isMet).length) / outcomes.length;
}

function isGivenForSure({ found }: Outcome): boolean {
  return found !== undefined && found.name !== null && found.certainty !== 'unclear';
}

function isResolvable({ expected, source }: Outcome): boolean {
  if (expected.speaker_name === null || expected.certainty === 'unclear') return false;
  return !folded(source).includes(folded(expected.speaker_name));
}

/** A name given as certain also counts as wrong if the article leaves open who is meant. */
function namesTheSpeaker({ expected, found }: Outcome): boolean {
  if (expected.certainty === 'unclear' || expected.speaker_name === null) return false;
  const [ours, theirs] = [folded(found?.name ?? ''), folded(expected.speaker_name)];
  return ours.includes(theirs) || theirs.includes(ours);
}

/** "The company said": the article's own phrase says less than a reader knows, but names nobody wrong. */
function namesNobodyElse({ expected, found }: Outcome): boolean {
  return expected.certainty !== 'unclear' && found?.name === found?.speaker_text;
}

function folded(name: string): string {
  const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gv) ?? [];
  return ` ${words.filter(word => word !== 'the').join(' ')} `;
}
