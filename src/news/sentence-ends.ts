import { AFTER_TIME, BEFORE_NUMBER, MAY_END, NAMES_WITH_MARK, NEVER_LAST, TIMES } from './lexicon/abbreviations.ts';
import { SENTENCE_OPENERS } from './lexicon/sentence-openers.ts';

/** A place where a sentence may end: a stop, the closing marks after it, and what stands around. */
export interface Stop {
  /** What stands before the stop, back to the last blank: `(R-Ky`, `U.S`. */
  readonly word: string;
  /** The stop itself: `.`, `?!`, `...`, `。`. */
  readonly sign: string;
  /** A blank stands before the sign. */
  readonly apart: boolean;
  /** The closing marks and brackets after it. */
  readonly closers: string;
  readonly quotationEnds: boolean;
  /** A blank stands after it. */
  readonly blank: boolean;
  /** Opening marks and brackets in front of what comes next. */
  readonly openers: string;
  /** What comes next, a line's length of it. */
  readonly next: string;
  /** The words of the sentence so far, where they are very few. */
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
/** `U.S`, `N.Y`, `Ph.D`: short pieces, a point between each two. */
const POINTED = /^(?:\p{L}{1,2}\.)+\p{L}{1,3}$/v;
const WORD_EDGE = /^(?:[\p{Ps}\p{Pi}\p{Pf}"'`]|\p{L}{1,2}\p{Pd}(?=\p{Lu}))+/v;
/** `“Stop!” Mr. Lee shouted`: a name and a cue. A capital pronoun opens a sentence instead. */
const NAME_AND_CUE =
  /^(?:(?:\p{Lu}[\p{L}\p{M}’'\-]*|\p{Lu})\.?\s){1,4}(?:said|says|asked|asks|shouted|cried|replied|wrote|tweeted|added|exclaimed|wondered|demanded|told|yelled|answered|recalled)(?![\p{L}\p{M}])/v;
const MASTER = /^M(?:r|rs|s)\./v;

function opensSentence(next: string): boolean {
  return SENTENCE_OPENERS.has(FIRST_WORD.exec(next)?.groups?.word ?? '');
}

function bare(word: string): string {
  return word.replace(WORD_EDGE, '');
}

/** The first rule that decides, decides. */
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
    name: 'name with a mark',
    decides: ({ word, sign, next }) => (NAMES_WITH_MARK.has(bare(word) + sign) ? opensSentence(next) : undefined),
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

/** Whether a sentence ends at this stop. */
export function endsSentence(stop: Stop): boolean {
  for (const rule of RULES) {
    const decision = rule.decides(stop);
    if (decision !== undefined) return decision;
  }
  return true;
}
