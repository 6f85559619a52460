import { wordSet } from './lexicon/word-lists.ts';
import type { Quotation } from './quotations.ts';
import type { Span } from './span.ts';

/**
 * Capitalised words that open a sentence after an abbreviation, because they are hardly ever part of a name or title.
 * ("Under", "No" and "First" are missing: U.S. Under Secretary, U.S. No. 1, U.S. First Lady.)
 */
const SENTENCE_OPENERS = wordSet(`
  The A An This That These Those He She It They We You I His Her Its Their Our My Your In On At By For From With To Of
  As But And Or So Nor If When While After Before Because Since Although Though Unless Until However Meanwhile
  Moreover Nevertheless Nonetheless Instead Therefore Thus Indeed Still Yet Also Even Once Again There Here What Who
  Why How Where Which Whose Not Yes Some Many Most Several Both Each Every Another Others Other More Such Now Then
  Later Earlier During Despite According Amid Among Asked About Across Through Without Within Between Given Having
  Being Is Are Was Were Do Does Did Has Have Had Can Could Would Should Will Let Please Never Perhaps Maybe Only Just
  Nobody Everyone Someone Nothing Everything Anyone Mr Mrs Ms Today Yesterday Last Officials Critics
`);

// Abbreviations that keep their point (case as in news text), grouped by what may follow them.

/** The next word belongs to them (a name, a number), so they never end a sentence. */
const NEVER_LAST = wordSet(
  `Mr Mrs Ms Mx Messrs Mme Mlle Dr Drs Prof Profs Rev Revs Fr Hon Sen Sens Rep Reps Gov Govs Lt Col Cols Maj Sgt Cpl Pvt
  Capt Cmdr Cdr Adm Brig Supt Insp Det Cllr Amb Atty Asst Gen Gens Pres Spc Msgr St Ste Mt Ft Sts vs v cf ca approx e.g i.e
  viz Ed Eds Sr Sra Srta Dir Del`,
);

/** The same before a number; ordinary words otherwise. */
const BEFORE_NUMBER = wordSet('No Nos no nos p pp Fig Figs fig Art Sec Vol vol Ch Chap Eq Op Pt Pp para Para');

/** They end a sentence only before one of `SENTENCE_OPENERS` or an opening quotation mark. */
const MAY_END = wordSet(
  `Inc Corp Co Cos Ltd Bros LLC Plc Jr Esq Dept Univ Assn Ave Blvd Rd Hwy Pkwy Bldg Intl Natl Govt Admin Est Mfg
  Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri
  Ala Ariz Ark Calif Colo Conn Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Penn Tenn
  Tex Vt Va Wash Wis Wyo Ont Que Alta PhD al`,
);

/** The sentence continues if a weekday, month, time zone or preposition of time follows. */
const TIMES = wordSet('a.m p.m am pm A.M P.M AM PM');

const AFTER_TIME = wordSet(
  `Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thurs Fri Sat Sun January February March
  April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Eastern
  Central Pacific Mountain Greenwich British Beijing Moscow EST EDT ET CST CDT CT MST MDT MT PST PDT PT GMT UTC BST CET
  CEST IST JST HKT AEST`,
);

/** Names that end with a stop: `Yahoo! Inc`. */
const NAMES_WITH_STOP = wordSet('Yahoo! Jeopardy! Oklahoma! Airplane! Mamma Mia! Kahoot! Joomla! Which? Guess? E! P!');

/** A possible sentence end: a stop, the closing marks after it, and its context. */
interface Stop {
  /** The text before the stop, back to the last space: `(R-Ky`, `U.S`. */
  readonly word: string;
  /** The stop: `.`, `?!`, `...`, `。`. */
  readonly sign: string;
  /** True if a space precedes the sign. */
  readonly apart: boolean;
  /** The closing marks and brackets after it. */
  readonly closers: string;
  readonly quotationEnds: boolean;
  /** True if a space follows it. */
  readonly blank: boolean;
  /** Opening marks and brackets before the next text. */
  readonly openers: string;
  /** The text that follows, about a line. */
  readonly next: string;
  /** The words of the sentence so far, if there are only a few. */
  readonly sentence: string;
}

interface Rule {
  readonly name: string;
  readonly decides: (stop: Stop) => boolean | undefined;
}

const CHINESE_STOP = /[。！？｡]/v;
const CHINESE_CUE = /^[^。！？，、：“「『]{0,12}?(?:说|說|道|问|問|称|稱|表示|指出|强调|強調|回应|回應)/v;
const FIRST_WORD = /^(?<word>\p{L}[\p{L}\p{M}]*)(?!-\p{L})/v;
const LOWER = /^\p{Ll}(?!\p{Lu})/v;
const PUNCTUATION = /^[,;:.!?\)\]\}%\&\/，、；：。！？）】」』\p{Pd}]/v;
const DIGIT = /^\p{Nd}/v;
const DASH = /^\p{Pd}/v;
const ELLIPSIS = /^(?:…+|\.(?: ?\.)+)$/v;
const ENUMERATION = /^[\(\[]?(?:\d{1,3}|\p{L}|[ivxIVX]{1,4})$/v;
const INITIAL = /^(?:\p{Lu}|\p{Lu}\p{Ll}?-\p{Lu})$/v;
/** `U.S`, `N.Y`, `Ph.D`: short pieces with points between them. */
const POINTED = /^(?:\p{L}{1,2}\.)+\p{L}{1,3}$/v;
const WORD_EDGE = /^(?:[\p{Ps}\p{Pi}\p{Pf}"'`]|\p{L}{1,2}\p{Pd}(?=\p{Lu}))+/v;
/** `“Stop!” Mr. Lee shouted`: a name and a cue. A capitalised pronoun opens a sentence instead. */
const NAME_AND_CUE =
  /^(?:(?:\p{Lu}[\p{L}\p{M}’'\-]*|\p{Lu})\.?\s){1,4}(?:said|says|asked|asks|shouted|cried|replied|wrote|tweeted|added|exclaimed|wondered|demanded|told|yelled|answered|recalled)(?![\p{L}\p{M}])/v;
const MASTER = /^M(?:r|rs|s)\./v;

function opensSentence(next: string): boolean {
  return SENTENCE_OPENERS.has(FIRST_WORD.exec(next)?.groups?.word ?? '');
}

function bare(word: string): string {
  return word.replace(WORD_EDGE, '');
}

/** The first rule that applies decides. */
const RULES: readonly Rule[] = [
  {
    name: 'Chinese cue after its quotation',
    decides: ({ sign, quotationEnds, next }) =>
      CHINESE_STOP.test(sign) && quotationEnds && CHINESE_CUE.test(next) ? false : undefined,
  },
  { name: 'a dash goes on', decides: ({ openers, next }) => (openers === '' && DASH.test(next) ? false : undefined) },
  { name: 'a comma goes on', decides: ({ next }) => (PUNCTUATION.test(next) ? false : undefined) },
  { name: 'Chinese stop', decides: ({ sign }) => (CHINESE_STOP.test(sign) ? true : undefined) },
  { name: 'no blank follows', decides: ({ blank }) => (blank ? undefined : false) },
  { name: 'a small letter goes on', decides: ({ next }) => (LOWER.test(next) ? false : undefined) },
  {
    name: 'name and cue after a quotation',
    decides: ({ sign, quotationEnds, openers, next }) => {
      if (!quotationEnds || openers !== '' || sign === '.') return undefined;
      return NAME_AND_CUE.test(next) && (MASTER.test(next) || !opensSentence(next)) ? false : undefined;
    },
  },
  {
    name: 'name with a stop',
    decides: ({ word, sign, next }) => (NAMES_WITH_STOP.has(bare(word) + sign) ? opensSentence(next) : undefined),
  },
  {
    name: 'ellipsis',
    decides: ({ sign, apart, closers, openers, next }) => {
      if (!ELLIPSIS.test(sign)) return undefined;
      if (sign === '....' || closers !== '' || openers !== '') return true;
      return apart ? opensSentence(next) && !/^I(?!\p{L})/v.test(next) : !/^I(?!\p{L})/v.test(next);
    },
  },
  { name: 'question or call', decides: ({ sign }) => (/[!?]/v.test(sign) ? true : undefined) },
  { name: 'enumeration', decides: ({ sentence }) => (ENUMERATION.test(sentence) ? false : undefined) },
  {
    name: 'bracketed or quoted whole',
    decides: ({ word, closers, openers }) =>
      closers !== '' && openers !== '' && !NEVER_LAST.has(bare(word)) ? true : undefined,
  },
  { name: 'title', decides: ({ word }) => (NEVER_LAST.has(bare(word)) ? false : undefined) },
  {
    name: 'before a number',
    decides: ({ word, next }) => (BEFORE_NUMBER.has(bare(word)) && DIGIT.test(next) ? false : undefined),
  },
  {
    name: 'time of day',
    decides: ({ word, next }) =>
      TIMES.has(bare(word))
        ? !AFTER_TIME.has(FIRST_WORD.exec(next)?.groups?.word ?? '') && !DIGIT.test(next)
        : undefined,
  },
  {
    name: 'abbreviation or initial',
    decides: ({ word, openers, next }) => {
      const plain = bare(word);
      if (!MAY_END.has(plain) && !INITIAL.test(plain) && !POINTED.test(plain)) return undefined;
      return opensSentence(next) || /["“‘'«「]/v.test(openers);
    },
  },
];

function endsSentence(stop: Stop): boolean {
  for (const rule of RULES) {
    const decision = rule.decides(stop);
    if (decision !== undefined) return decision;
  }
  return true;
}

const STOP = /\.(?: ?\.)*(?:[!?]+)?|[!?…][.!?…]*|[。！？｡][。！？｡…]*/gv;
const CLOSER = /^[\p{Pe}\p{Pf}"'“‘«＂`]$/v;
const REFERENCE = /\[\d{1,3}\]/vy;
const BLANKS = /\s*/vy;
const OPENERS = /[\p{Ps}\p{Pi}"'„‚»¿¡`]*/vy;
const WORD = /[\p{L}\p{N}]/gv;
const BLANK = /^\s$/v;
const LAST_WORD = /\S*$/v;
const PHRASE_PUNCTUATION = /[.,;:!?…。，！？\-–—]/v;
const LOWER_NEXT = /^\s*\p{Ll}/v;

/** How far rules look back and ahead, in UTF-16 units. */
const NEAR = 24;
const AHEAD = 80;

/** A quotation up to this length in mid-sentence is part of the sentence, even if it contains full stops. */
const SHORT_QUOTATION = 120;

/**
 * Splits a paragraph into sentences: in order, not empty, covering everything but white space. `quotations` are those
 * of the paragraph. Closing marks and brackets belong to the sentence they close. A quotation of several sentences is
 * split between them (`“A.` | `B,” he said.`), and the last one carries the cue. A quotation that is a phrase of the
 * surrounding sentence isn't split: a title (`“Stop! Go!” was a hit`), or a short one in mid-sentence.
 */
export function splitSentences(text: string, paragraph: Span, quotations: readonly Quotation[]): readonly Span[] {
  const marks = {
    opens: new Set(quotations.map(quotation => quotation.start)),
    ends: new Set(quotations.filter(({ closed }) => closed).map(quotation => quotation.end)),
  };
  const phrases = quotations.filter(quotation => isPhrase(text, quotation, paragraph)).values();
  let phrase = phrases.next().value;
  const sentences: Span[] = [];
  let { start } = paragraph;
  let firstWord = wordFrom(text, start, paragraph.end);
  for (const found of text.slice(paragraph.start, paragraph.end).matchAll(STOP)) {
    const at = paragraph.start + found.index;
    const after = { start: at, end: at + found[0].length };
    while (phrase !== undefined && phrase.end <= at) phrase = phrases.next().value;
    if (firstWord >= at) continue;
    const { end, ends, next, stop } = stopAt(text, after, { start, end: paragraph.end }, marks);
    const inPhrase = phrase !== undefined && at > phrase.start && end < phrase.end;
    if (next >= paragraph.end || inPhrase || !ends || !endsSentence(stop)) continue;
    sentences.push({ start, end });
    start = next;
    firstWord = wordFrom(text, start, paragraph.end);
  }
  const { end } = paragraph;
  return start < end ? [...sentences, { start, end }] : sentences;
}

interface Marks {
  readonly opens: ReadonlySet<number>;
  readonly ends: ReadonlySet<number>;
}

interface StopCandidate {
  readonly stop: Stop;
  /** End of the sentence, closing marks included. */
  readonly end: number;
  /** Start of the next one. */
  readonly next: number;
  /** False if nothing follows. */
  readonly ends: boolean;
}

function stopAt(text: string, sign: Span, sentence: Span, marks: Marks): StopCandidate {
  const end = skipClosers(text, sign.end, sentence.end, marks);
  const next = skip(BLANKS, text, end);
  const opened = Math.min(skip(OPENERS, text, next), sentence.end);
  const before = text.slice(Math.max(sentence.start, sign.start - NEAR), sign.start);
  const length = sign.start - sentence.start;
  const stop: Stop = {
    word: LAST_WORD.exec(before)?.[0] ?? '',
    sign: text.slice(sign.start, sign.end),
    apart: BLANK.test(text.charAt(sign.start - 1)),
    closers: text.slice(sign.end, end),
    quotationEnds: endsQuotation(sign.end, end, marks),
    blank: next > end,
    openers: text.slice(next, opened),
    next: text.slice(opened, Math.min(opened + AHEAD, sentence.end)),
    sentence: length < NEAR ? text.slice(sentence.start, sign.start) : '',
  };
  return { stop, end, next, ends: next > end || opened > next || stop.next !== '' };
}

function endsQuotation(from: number, to: number, marks: Marks): boolean {
  for (let at = from + 1; at <= Math.min(to, from + NEAR); at += 1) if (marks.ends.has(at)) return true;
  return false;
}

/** Skips closing marks, brackets and note numbers. A mark that opens a quotation closes nothing. */
function skipClosers(text: string, from: number, to: number, marks: Marks): number {
  let at = from;
  while (at < to) {
    const reference = skip(REFERENCE, text, at);
    const closes = CLOSER.test(text.charAt(at)) && !marks.opens.has(at);
    const closesApart = marks.ends.has(at + 2) && BLANK.test(text.charAt(at)) && !marks.opens.has(at + 1);
    if (reference === at && !closes && !closesApart) return at;
    at = Math.min(to, Math.max(reference, at + (closesApart ? 2 : closes ? 1 : 0)));
  }
  return at;
}

/** Whether a quotation is a phrase of its sentence rather than sentences of its own. */
function isPhrase(text: string, quotation: Quotation, paragraph: Span): boolean {
  if (quotation.depth > 0 || !quotation.closed) return false;
  const after = text.slice(quotation.end, Math.min(quotation.end + NEAR, paragraph.end));
  const goesOn = LOWER_NEXT.test(after);
  const isShort = quotation.end - quotation.start <= SHORT_QUOTATION;
  if (!goesOn || !isShort) return false;
  if (!PHRASE_PUNCTUATION.test(text.charAt(quotation.inner.end - 1))) return true;
  const before = text.slice(Math.max(paragraph.start, quotation.start - 2), quotation.start);
  return /[\p{L}\p{N}]\s$/v.test(before);
}

function wordFrom(text: string, from: number, to: number): number {
  WORD.lastIndex = from;
  return WORD.exec(text)?.index ?? to;
}

function skip(sticky: RegExp, text: string, at: number): number {
  sticky.lastIndex = at;
  return sticky.test(text) ? sticky.lastIndex : at;
}
