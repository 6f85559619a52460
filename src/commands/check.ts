import { isQuestion } from '../answering/question.ts';
import { denialOf } from '../attribution/denials.ts';
import { check as checkOne, type PassageSearch } from '../checking/check.ts';
import { isHearsay } from '../checking/credit.ts';
import type { DifferencePart } from '../checking/difference.ts';
import type { QuotedPassage } from '../checking/quoted-passages.ts';
import { isSeveralWords, type Quote, type Quotes, readQuotes } from '../checking/read-quotes.ts';
import type { Reversal } from '../checking/reversals.ts';
import { type CheckResult, mayHaveRemark } from '../checking/verdict.ts';
import { extent, overlaps, type Span, slice } from '../news/span.ts';
import { passageCode } from '../replies/custom-id.ts';
import { ROOM, WEIGHT_OF_DISPLAY, weight } from '../replies/limits.ts';
import { shareEntry } from '../replies/message-buttons.ts';
import { type CitationSource, citation, titleLine } from '../replies/parts/citation.ts';
import { showExcerpt } from '../replies/parts/excerpt.ts';
import { bold, clip, escapeMarkdown, inline, small } from '../replies/parts/markdown.ts';
import { accentOf, deniedLine, disputeLine, speakerInline } from '../replies/parts/speaker.ts';
import { ACCENTS, type Audience, arrange, mention, notice, type Reply, reply } from '../replies/reply.ts';
import { excerptControls } from '../replies/views/excerpts.ts';
import { whoSaidView } from '../replies/views/who-said.ts';
import { isUnread } from '../search/passages.ts';
import { listIn } from '../wording/languages.ts';
import type { Say } from '../wording/say.ts';
import type { Command, Context, Options } from './command.ts';
import { complete } from './complete.ts';
import { titledWith } from './lookup.ts';
import { messageCommand, privateOption, slashCommand, textOf, textOption } from './options.ts';

/** Maximum weight of all quotations of an answer together: about a phone's screen. */
const ROOM_FOR_ALL = 900;
const LONGEST_NAME = 80;
const MOST_REVERSALS = 3;
/** Of the words that a paraphrase quotes. */
const MOST_QUOTED = 3;
const LONGEST_MISSING = 160;
/** Maximum number of characters shown at either end of a long unchanged stretch. */
const LONGEST_SAME = 90;
/** Above this many results, the articles' words aren't shown. */
const MOST_SHOWN_WHOLE = 2;

/** How much is shown of each result. */
interface Detail {
  /** Maximum weight of the article's words; 0 for none of them. */
  readonly room: number;
  readonly places: number;
  readonly linked: boolean;
}

const MOST_PLACES = 3;

/** The first that fits is used, since names, titles and links may be long. */
const DETAIL_LEVELS: readonly Omit<Detail, 'room'>[] = [
  { places: MOST_PLACES, linked: true },
  { places: MOST_PLACES, linked: false },
  { places: 1, linked: false },
];

/** Returns a difference as one line of Markdown. Long unchanged stretches are shortened in the middle. */
function showDifference(difference: readonly DifferencePart[]): string {
  const shown = difference.map(({ kind, text }) => {
    if (kind === 'added') return bold(escapeMarkdown(oneLine(text, LONGEST_MISSING)));
    if (kind === 'missing') return `~~${escapeMarkdown(oneLine(text, LONGEST_MISSING))}~~`;
    const line = oneLine(text, Number.POSITIVE_INFINITY);
    const ends = `${clip(line, LONGEST_SAME)} ${line
      .slice(-LONGEST_SAME)
      .replace(/^\S*\s/v, '')
      .replace(/^[\udc00-\udfff]/v, '')}`;
    return escapeMarkdown(line.length > 2 * LONGEST_SAME ? ends : line);
  });
  return clipMarkdown(shown, ROOM_FOR_ALL / 2).join(' ');
}

function oneLine(text: string, most: number): string {
  return clip(text.replaceAll(/\s+/gv, ' ').trim(), Math.min(most, 4_000));
}

/** Returns as many pieces as fit, and `…` if some don't. */
function clipMarkdown(pieces: readonly string[], most: number): string[] {
  let left = most;
  const fitting = pieces.filter(piece => {
    left -= piece.length + 1;
    return left >= 0;
  });
  return fitting.length === pieces.length ? fitting : [...pieces.slice(0, Math.max(fitting.length, 1)), '…'];
}

/** Returns a note if the article doesn't credit the person the quote is credited to, or if no name could be read. */
function creditLine(place: QuotedPassage, { credited, unread }: Quote, say: Say): string[] {
  if (credited === undefined)
    return unread === undefined ? [] : [small(say('checks.credit-unread', { name: inline(unread, LONGEST_NAME) }))];
  if (place.credit === 'same' || place.credit === 'unnamed') return [];
  // The line below says who denies it, or that nobody is found.
  if (place.denial !== undefined || isUnread(place.from)) return [];
  const name = bold(inline(credited, LONGEST_NAME));
  if (place.attribution === undefined) return [small(say('checks.credits-nobody', { name }))];
  if (place.isDoubtful) return [small(say('checks.credits-doubtful', { name }))];
  const disputed = place.attribution.speaker === undefined ? disputeLine(place.attribution, say) : undefined;
  if (disputed !== undefined) return [small(disputed)];
  if (place.credit !== 'other') {
    const isReported = isHearsay(place.from, place.attribution);
    return [small(say(isReported ? 'checks.credits-reported' : 'checks.credits-unsettled', { name }))];
  }
  const speaker = speakerInline(place.from.article, place.attribution, say);
  return [small(say('checks.credits-other', { name, speaker }))];
}

function creditedLine(place: QuotedPassage, say: Say): string {
  const { from, attribution, inMarks, isDoubtful } = place;
  if (isUnread(place.from)) return say('voices.unread');
  const denied = deniedLine(from.article, attribution, say);
  if (denied !== undefined) return denied;
  if (attribution === undefined && inMarks) return say('checks.by-unknown');
  const speaker = speakerInline(from.article, attribution && { ...attribution, doubtful: false }, say);
  const credit = say(attribution?.type === 'indirect' ? 'checks.by-indirect' : 'checks.by', { speaker });
  return isDoubtful ? say('speaker.inline.perhaps', { speaker: credit }) : credit;
}

/** Returns who says it, the article's own words and the citation. */
function showQuotedPassage(
  place: QuotedPassage,
  { room, linked }: Omit<Detail, 'places'>,
  plain: boolean,
  say: Say,
): string {
  const { from, paragraph, excerpt, matches } = place;
  const words = { article: from.article, paragraph, span: excerpt, matches: plain ? [] : withCue(place) };
  return [
    creditedLine(place, say),
    ...(room > 0 ? [showExcerpt(words, room, say)] : []),
    citation(
      linked ? from.article : { ...from.article, url: undefined },
      paragraph.number,
      matches.length === 0 ? excerpt : extent(matches),
      say,
    ),
  ].join('\n');
}

/** Adds the cue of a denial to the matches. */
function withCue({ matches, denial }: QuotedPassage): readonly Span[] {
  const cue = denial?.cue;
  if (cue === undefined || matches.some(match => overlaps(match, cue))) return matches;
  return [...matches, cue].sort((one, other) => one.start - other.start);
}

/** A result with the article whose title has a quote that wasn't found in any text. */
type CheckedQuote = CheckResult & { readonly titled?: CitationSource | undefined };

function showNotFound(result: CheckedQuote & { verdict: 'not found' }, detail: Detail, say: Say): string[] {
  const { nearest, titled } = result;
  if (titled !== undefined) return [say('checks.in headline'), titleLine(titled, say)];
  const line = say('checks.not found');
  if (nearest === undefined || detail.room === 0) return [line];
  const denial = denialOf(nearest.from, nearest.attribution);
  const isDoubtful = nearest.attribution?.doubtful ?? false;
  const unjudged = { verbatim: [], isParaphrase: false, isDoubtful, credit: 'unnamed' } as const;
  const place = { ...nearest, inMarks: nearest.attribution !== undefined, denial, ...unjudged };
  const short = { ...detail, room: Math.min(detail.room, 400) };
  return [line, `${small(say('checks.nearest'))}\n${showQuotedPassage(place, short, true, say)}`];
}

/** Returns how a change makes the quote say something else. */
function reversalLine({ kind, quoted, found }: Reversal, say: Say): string {
  return say(`checks.turned.${kind}`, {
    quoted: escapeMarkdown(oneLine(quoted, LONGEST_NAME)),
    found: escapeMarkdown(oneLine(found, LONGEST_NAME)),
  });
}

function showResult(result: CheckedQuote, heading: string, detail: Detail, say: Say): string[] {
  if (result.verdict === 'not found') {
    const [line = '', ...more] = showNotFound(result, detail, say);
    return [`${heading}\n${line}`, ...more];
  }
  const { verdict, quote, passages, deciding, isStitched, difference, reversals } = result;
  const shown = passages.slice(0, detail.places);
  const isApart = isStitched && shown.length > 1;
  const head = [
    heading,
    ...verdictLines(result, say),
    ...(difference.length > 0 ? [showDifference(difference)] : []),
    ...reversals.slice(0, MOST_REVERSALS).map(each => reversalLine(each, say)),
    ...(verdict === 'altered' && isStitched ? [say('checks.not-together')] : []),
    ...(isApart ? [] : creditLine(deciding, quote, say)),
  ];
  const each = { ...detail, room: Math.floor(detail.room / shown.length) };
  const places = shown.flatMap(place => [
    ...(isApart && quote.credited !== undefined ? creditLine(place, quote, say) : []),
    showQuotedPassage(place, each, difference.length > 0, say),
  ]);
  return [head.join('\n'), places.join('\n')];
}

/** Returns what the verdict means; for a paraphrase, with the words that the article does quote. */
function verdictLines(result: CheckResult & { readonly deciding: QuotedPassage }, say: Say): string[] {
  const line = say(`checks.${shownVerdict(result)}`);
  if (result.verdict !== 'paraphrase') return [line];
  const quoted = result.deciding.verbatim.slice(0, MOST_QUOTED).map(span => {
    const words = inline(slice(result.deciding.from.article.text, span), LONGEST_NAME);
    return say('quotation.marks', { words });
  });
  return quoted.length === 0
    ? [line]
    : [line, say('checks.only-quoted', { words: listIn(say.language, 'and', quoted) })];
}

/** Returns the verdict to show. If nobody can be found to speak, it doesn't say whose the words are. */
function shownVerdict(result: CheckedQuote): CheckResult['verdict'] | 'in headline' {
  if (result.titled !== undefined) return 'in headline';
  if (result.verdict !== 'own voice' || !isUnread(result.passages[0].from)) return result.verdict;
  return result.quote.credited === undefined ? 'exact' : 'name open';
}

const ACCENTS_BY_VERDICT: Readonly<Record<Exclude<CheckResult['verdict'], 'exact'>, number>> = {
  altered: ACCENTS.likely,
  cut: ACCENTS.likely,
  stitched: ACCENTS.likely,
  denied: ACCENTS.likely,
  'wrong name': ACCENTS.likely,
  'name open': ACCENTS.unclear,
  paraphrase: ACCENTS.likely,
  'own voice': ACCENTS.article,
  'not found': ACCENTS.unclear,
};

function accentOfResult(result: CheckResult): number {
  if (result.verdict !== 'exact') return ACCENTS_BY_VERDICT[result.verdict];
  return accentOf(result.deciding.from.article, result.deciding.attribution);
}

/** Returns the texts of the first `count` results, or of as many as fit, and how many more there are. */
function textsOf(results: readonly CheckedQuote[], count: number, left: number, say: Say): readonly string[] {
  const isOne = results.length === 1;
  const room = results.length > MOST_SHOWN_WHOLE ? 0 : Math.floor(ROOM_FOR_ALL / results.length);
  const more = left + results.length - count;
  const rest = more > 0 ? [small(say('checks.left', { left: more }))] : [];
  for (const detail of DETAIL_LEVELS) {
    const texts = results.slice(0, count).flatMap((result, at) => {
      // Shows what was compared if remarks were left out, or what was looked for if nothing in marks says what is meant.
      const isUnclear = result.verdict === 'not found' && result.quote.isUnmarked === true;
      const isTold = !isOne || isUnclear || result.quote.remarks !== undefined;
      const words = isTold ? [say('quotation.marks', { words: inline(result.quote.words, 80) })] : [];
      const number = isOne ? '' : `${at + 1}. `;
      const heading = [`### ${number}${say(`checks.heading.${shownVerdict(result)}`)}`, ...words].join('\n');
      const shown = showResult(result, heading, { ...detail, room }, say);
      return isOne ? shown : [shown.join('\n')];
    });
    const all = [...texts, ...rest];
    if (all.reduce((sum, text) => sum + weight(text) + WEIGHT_OF_DISPLAY, 0) <= ROOM) return all;
  }
  return textsOf(results, count - 1, left, say);
}

/** Returns the passages of the only result, or the one that decided each of several. */
function passagesOf(results: readonly CheckResult[]): readonly (QuotedPassage | undefined)[] {
  const [first, ...more] = results.map(each => (each.verdict === 'not found' ? undefined : each));
  return more.length === 0
    ? (first?.passages.slice(0, MOST_PLACES) ?? [])
    : [first, ...more].map(each => each?.deciding);
}

/** Returns what was found for each quote of a message. `left` more weren't checked. */
export function checkReply(
  results: readonly [CheckedQuote, ...CheckedQuote[]],
  left: number,
  { say, isPrivate }: Audience,
): Reply {
  const [first, ...more] = results;
  const controls = excerptControls(passagesOf(results), say);
  const aboutOf = (passage: QuotedPassage) =>
    whoSaidView.encode('turn', { page: 0, passages: [passageCode(passage)], words: '' });
  const share = isPrivate ? [shareEntry(say)] : [];
  return reply({
    accent: more.length === 0 ? accentOfResult(first) : ACCENTS.article,
    texts: textsOf(results, results.length, left, say),
    ...arrange([], { ...controls, more: [...controls.more, ...share] }, say),
    private: isPrivate,
    about: first.verdict === 'not found' ? undefined : aboutOf(first.deciding),
  });
}

/** True for a question about a quote, unless an article has these words: what somebody said may be a question. */
async function isJustAsked({ words, isUnmarked }: Quote, search: PassageSearch): Promise<boolean> {
  if (isUnmarked !== true || !isQuestion(words)) return false;
  return mayHaveRemark(await checkOne({ words, credited: undefined }, search));
}

const LONGEST_QUOTE = 2_000;
const LONGEST_CREDIT = 100;

async function answer({ quotes, left }: Quotes, context: Context): Promise<Reply> {
  const { search, say } = context;
  const [only] = quotes;
  if (only !== undefined && (await isJustAsked(only, search))) {
    return notice(say('checks.question', { ask: mention('ask', context.commandIds) }));
  }
  const results: CheckedQuote[] = [];
  for (const quote of quotes) {
    const result = await checkOne(quote, search);
    const isMissing = result.verdict === 'not found' && isSeveralWords(quote.words);
    results.push(isMissing ? { ...result, titled: await titledWith(result.quote.words, search) } : result);
  }
  const [first, ...more] = results;
  if (first === undefined) return notice(say('checks.nothing'));
  return results.some(({ quote }) => isSeveralWords(quote.words))
    ? checkReply([first, ...more], left, context)
    : notice(say('checks.too-short'));
}

/** Checks what a message quotes, or all of it. */
export async function checkText(text: string, context: Context): Promise<Reply> {
  return await answer(readQuotes(text), context);
}

/** `/check`: words that somebody types. */
export const check: Command = {
  builder: slashCommand('check')
    .addStringOption(
      textOption('option.words', {
        maxLength: LONGEST_QUOTE,
        isRequired: true,
        isCompleted: true,
        does: 'option.words.checked',
      }),
    )
    .addStringOption(
      textOption('option.speaker', { maxLength: LONGEST_CREDIT, isCompleted: true, does: 'option.speaker.credited' }),
    )
    .addBooleanOption(privateOption),
  advice: [{ path: 'check', group: 'check', example: [['words', 'I guess it depends on how you define success']] }],
  // The speaker doesn't filter the words, which may be somebody else's: that is what the check is for.
  autocomplete: (option, typed, options, context) =>
    complete(option, typed, option === 'words' ? { ...options, texts: {} } : options, context),
  run: async (options, context) => {
    const { quotes, left } = readQuotes(textOf(options, 'words') ?? '');
    const speaker = textOf(options, 'speaker');
    const credit = (quote: Quote): Quote =>
      speaker === undefined
        ? quote
        : { ...quote, credited: speaker, asWritten: quote.asWritten && credit(quote.asWritten) };
    return await answer({ quotes: quotes.map(credit), left }, context);
  },
};

/** Checks what a message quotes. */
export const checkQuote: Command = {
  builder: messageCommand('check quote'),
  advice: [],
  // Nobody should be corrected in public.
  isPrivate: () => true,
  run: async ({ target }: Options, context) => await checkText(target?.text ?? '', context),
};
