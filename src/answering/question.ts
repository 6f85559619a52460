import { formsOf } from '../attribution/grammar/words.ts';
import { ADVERBS, DETERMINERS, OBJECT_PRONOUNS, SUBJECT_PRONOUNS } from '../attribution/lexicon/grammar.ts';
import { REPORTING_VERBS } from '../attribution/lexicon/reporting.ts';
import { isMainlyHan } from '../news/chinese.ts';
import { EMPTY_WORDS } from '../words/lexicon/common-words.ts';
import { termsOf } from '../words/words.ts';
import { findForm, spellOut, toSimplified, withoutEnd, withoutOpening } from './forms.ts';
import {
  ANYBODY,
  ATTITUDES,
  BETWEEN_WORDS,
  CONNECTORS,
  NEUTRAL_VERBS,
  OPINION_VERBS,
  OPINIONS,
  SLIPS,
  TAG_QUESTION,
} from './lexicon/asking.ts';

/** A question, read without looking at any article. */
export interface Question {
  /** As typed, on one line, and no longer than is read. */
  readonly text: string;
  /** What it asks for: who said something, what somebody said, something else, or nothing of a topic: "wheat prices". */
  readonly kind: 'who' | 'words' | 'fact' | 'topic';
  /** The words in the place of a name, as typed: "the pm". `undefined` if nobody's words are asked for. */
  readonly who: string | undefined;
  /** What it is about, as typed: "the AWB letters". Empty if it only asks what somebody said. */
  readonly topic: string;
  /** The terms of the topic, each once, in order, without those that only ask or connect. */
  readonly topicWords: readonly string[];
  /** What to search for: these or, since terms of Chinese overlap, the topic as typed. */
  readonly words: string;
  /** How it begins: like a question that wants a verdict ("did"), like another question, or like neither. */
  readonly opening: 'whether' | 'other' | undefined;
}

/** How a question is worded. `more` has further words to search for: "which fund". */
type Wording = Omit<Question, 'text' | 'topicWords' | 'words'> & { readonly more?: string };

const LONGEST_QUESTION = 400;

const WHOM = /^(?:who|whose|whom|which)\b|^[誰谁哪]/iv;

const WHO_ASKS = /^(?:(?!\b(?:who|which)\b).)*(?:who|which \S+) (?:(?:has|had|was|were) )?(?:ask|wonder)/iv;
/** The beginning of verbs by which somebody asks. */
export const ASKS = /^(?:ask|wonder)/iv;

/**
 * Returns whether a question asks who did something, or who asked, rather than who reports it with this verb: a speaker's
 * name above an answer could be taken for the culprit's.
 */
export function asksWhoDid({ kind, topic, text }: Question, cue = ''): boolean {
  return kind === 'who' ? WHO_ASKS.test(text) && !ASKS.test(cue) : kind === 'fact' && WHOM.test(topic);
}

/** Reads a question in English or Chinese. Takes any text; reads its first 400 characters. */
export function parseQuestion(text: string): Question {
  const typed = text.slice(0, LONGEST_QUESTION).toWellFormed().replaceAll(/\s+/gv, ' ').trim();
  const { more = '', ...wording } = isMainlyHan(typed) ? readChinese(typed) : readEnglish(typed);
  const { topic } = wording;
  const topicWords = [...new Set(termsOf(`${more} ${topic}`).filter(term => !EMPTY_WORDS.has(term)))];
  const words = isMainlyHan(topic) ? topic : topicWords.join(' ');
  return { ...wording, text: typed, topicWords, words };
}

/** True if a text has no words that a question could be about, and names nobody: "why?", "what did she say". */
export function asksNothing(text: string): boolean {
  const { who, topicWords } = parseQuestion(text);
  return who === undefined && topicWords.length === 0;
}

/**
 * True if a text asks something, rather than being words to look for: "Lee on wheat" may be either. It asks if two of three
 * hold: it ends with a question mark, begins like a question, or asks for somebody's words.
 */
export function isQuestion(text: string): boolean {
  const { kind, opening } = parseQuestion(text);
  const isForWords = kind === 'who' || kind === 'words';
  return [/[?？]\s*$/v.test(text), isForWords, opening !== undefined].filter(Boolean).length > 1;
}

const BARE_WORD = /[^\s\p{P}\p{S}](?:\S*[^\s\p{P}\p{S}])?/gv;

/** Returns the words of a question: where they are, and each in lower case, spelt right, without marks around it. */
function tokensOf(typed: string) {
  return [...typed.matchAll(BARE_WORD)].map(({ 0: word, index: start }) => {
    const end = start + word.length;
    // "the growers’ view": the apostrophe says that it is theirs.
    const owner = word.endsWith('s') && /^['’]/v.test(typed.slice(end)) ? "'" : '';
    // "US" and "WHO" aren't the pronouns, and "May" and "Will" are names.
    const isName = word === 'US' || (start > 0 && /^(?:May|WHO|Will)$/v.test(word) && /\p{Ll}/v.test(typed));
    const lower = isName ? word : word.toLowerCase().replaceAll('’', "'");
    return { start, end, lower: `${SLIPS.get(lower) ?? lower}${owner}` };
  });
}

const { clause, addressee, naming, object } = REPORTING_VERBS;
/** Each form of the verbs that ask for somebody's words, with its letter and the particle that it needs; '' for none. */
const SAYING_FORMS = Map.groupBy(
  [...clause, ...addressee, ...naming, ...object, ...OPINION_VERBS].flatMap(verb => {
    const [base = '', particle = ''] = verb.split(' ');
    const letterOf = (form: string) => (form === base ? 's' : form.endsWith('ing') ? 'g' : 't');
    return formsOf(base).map(form => ({ form, letter: letterOf(form), particle }));
  }),
  ({ form }) => form,
);

/**
 * A letter for each kind of word, so that ways to ask are regular expressions over these letters. Verbs of saying are "s"
 * as they are, "t" if they end in -s or are past, "g" if they end in -ing; any other word is ".".
 */
const LETTERS: readonly (readonly [letter: string, has: (lower: string) => boolean])[] = [
  ['q', lower => /^(?:who(?:'?s)?|which)$/v.test(lower)],
  ['w', lower => /^(?:what|when|where|why|how|whom|whose)(?:'?s)?$/v.test(lower)],
  ['a', lower => /^(?:did|does|do)(?:n'?t)?$/v.test(lower)],
  ['h', lower => /^(?:has|have|had)(?:n'?t)?$/v.test(lower)],
  ['b', lower => /^(?:(?:is|are|was|were)(?:n'?t)?|been)$/v.test(lower)],
  ['m', lower => /^(?:will|can|could|might|should|may|must|would)(?:n'?t)?$|^(?:won|can)'t$/v.test(lower)],
  // "how many growers support" asks for no grower's words.
  ['z', lower => /^(?:many|much)$/v.test(lower)],
  ['y', lower => lower === 'by'],
  ['k', lower => /^(?:on|about|re|regarding)$/v.test(lower)],
  ['v', lower => /(?:[^s]'s|s')$/v.test(lower) && !/^(?:it|that|he|she)'s$/v.test(lower)],
  ['u', lower => ATTITUDES.has(lower)],
  ['c', lower => CONNECTORS.has(lower)],
  ['d', lower => DETERMINERS.has(lower)],
  ['e', lower => ANYBODY.has(lower)],
  ['n', lower => SUBJECT_PRONOUNS.has(lower) || OBJECT_PRONOUNS.has(lower)],
  ['x', lower => BETWEEN_WORDS.has(lower) || ADVERBS.has(lower)],
  ['o', lower => OPINIONS.has(lower)],
  ['i', lower => lower === 'anything'],
];

function lettersOf(tokens: ReturnType<typeof tokensOf>): string {
  let letters = '';
  for (const [at, { lower }] of tokens.entries()) {
    const saying = sayingLetter(lower, tokens[at + 1]?.lower);
    // "the report say": a report is no verb, and neither is "fear" in "the mayor's fear"; but "deny saying" has two.
    const next = sayingLetter(tokens[at + 1]?.lower, tokens[at + 2]?.lower);
    // "what did the 2024 recall cover"
    const isAfterYear = /d\.$/v.test(letters) && /^(?:19|20)\d\d$/v.test(tokens[at - 1]?.lower ?? '');
    const isNoun = isAfterYear || /[dv]$/v.test(letters) || (next !== undefined && next !== 'g');
    const known = LETTERS.find(([, has]) => has(lower))?.[0];
    // "is the mayor worried about wheat"
    const isAttitude = known === 'u' && letters.includes('b');
    letters += saying !== undefined && !isNoun && !isAttitude ? saying : (known ?? '.');
  }
  return letters;
}

function sayingLetter(lower = '', next = ''): string | undefined {
  return SAYING_FORMS.get(lower)?.find(({ particle }) => particle === '' || particle === next)?.letter;
}

/** What the words in capitals below stand for, in letters. */
const PARTS = {
  /** A pronoun stands alone. */
  WHO: '(?<who>[en]|[^qwastgenhbmz][^qwastghb]{0,7}?)',
  MORE: '(?<more>[^ahbm]{0,12})',
  /** Between a verb and a topic. */
  TO: '[ckyi]*',
  TOPIC: '(?<topic>.*)',
};
/** Ways to ask, in letters, the most telling first. A group is a run of words. */
const WAYS = {
  // "who said wheat is up", "which MP is worried about wheat"
  who: spellOut(PARTS, 'q(?<more>[^astg]{0,11}?)(?:b?x*u|h?bx*g|h?x*[st]) TO TOPIC'),
  words: spellOut(
    PARTS,
    // "what's the pm's view on wheat"
    'w?b?(?<who>[d.]{0,5}v)[^o]{0,2}o[cky] TOPIC',
    // "did the pm say wheat is up", "which crop did the pm say is up", "what did the pm have to say"
    'MORE [am]x* WHO (?:hc)?x*(?<verb>s) TO TOPIC',
    'MORE hx* WHO x*(?<verb>t) TO TOPIC',
    // "what has the pm been saying about wheat"
    'MORE [bh]x* WHO b?x*(?<verb>g) TO TOPIC',
    // "is the pm worried that wheat is up"
    'bx* WHO x*u TO TOPIC',
    // "what was said about wheat by the pm"
    '(?<more>w[^ahb]{0,11})(?:b|hb?)x*t TO (?<topic>[^y]*)(?:y(?<who>[^y]+))?',
    // "what the pm said about wheat"
    'w(?!.*a) WHO x*[st] TO TOPIC',
    // "Lee on wheat", "Lee opinion on wheat"
    '(?<who>[d.uv]{1,4})o?k(?<topic>.+)',
    // "the pm said wheat is up"
    '(?!.*a) WHO [hb]?x*t TO TOPIC',
  ),
};

function openingOf(letters: string): Question['opening'] {
  // "did Lee say anything about wheat" asks for words.
  if (/^[ahb](?!.*i)/v.test(letters)) return 'whether';
  // Not "Will Smith".
  return /^(?:[ahbqw]|m.{3})/v.test(letters) ? 'other' : undefined;
}

/** Letters of words that ask, help or say: without any, or after "what about", there is only a topic. */
const ASKS_OR_TELLS = /[qwahbmzstg]/v;

const NEUTRAL_FORMS: ReadonlySet<string> = new Set([...NEUTRAL_VERBS].flatMap(verb => formsOf(verb)));

/** Without a topic, these ask about somebody's speaking, not for their words. */
const ASKS_OF_SPEAKING = /^(?:when|where|how \S+)/iv;

/** Asks who will do something, rather than for words. */
const WANTS_TO =
  /^(?:who|which \S+) (?:(?:is|are|was|were|has|have|had) )?(?:want|hop|expect|intend)(?:s|e|es|ed|ing)? to /iv;

/** Ways to credit somebody with what is asked. */
const CREDITS = [
  /^(?:according to|acc\. to|in the words of|going by what|going by) (?!whom\b)(?<who>[^,]+?)(?: (?:says?|said))?(?:,| (?=(?:what|how|why|when|where|which|who|did|does|do|is|are|was|were|will|can)\b)) ?(?<topic>.+)$/iv,
  /^(?<topic>(?!who\b|which\b).+?),? (?:according to|acc\. to|acording to|in the words of) (?!(?:his|her|its|their|whom)\b)(?<who>[^,]+)$/iv,
  /^(?<topic>.+), (?:says?|said|reckons|thinks|claims) (?<who>[^,]+)$/iv,
  /^in (?<who>[^,]+?)['’]s? (?:opinion|view|eyes|words|judg(?:e)?ment|book),? (?<topic>.+)$/iv,
  /^(?<topic>.+?),? in (?<who>(?:\S+ ){0,5}\S+?)['’]s? (?:opinion|view|eyes|words|judg(?:e)?ment|book)$/iv,
  /^(?:is there )?(?:anything|(?:(?:an?|any|some|another) )?(?:quotes?|statements?|remarks?|comments?|words)) (?:said )?(?:by|from|of(?=.* (?:on|about|abt|regarding|concerning) )) (?<who>.+?)(?: (?:on|about|abt|regarding|concerning) (?<topic>.+))?$/iv,
] as const;

/** A subject that somebody names before they ask: "cyclone larry: who said …". */
const HEADING =
  /^(?<heading>[^,:]{3,60})[,:] (?<rest>(?:who|what|why|how|when|where|which|did|does|do|has|have)\b.+)$/iv;

/** A clause about what is before it, which goes on or ends a statement: "Our plan, which they proposed, works". */
const RELATIVE = /, (?:who|whose|whom|which)\b[^,?]*(?:,[^?]*|\.)$/iv;

function readEnglish(typed: string): Wording {
  const bare = withoutOpening(withoutEnd(typed)).replace(TAG_QUESTION, '');
  const { heading = '', rest = bare } = (RELATIVE.test(typed) ? undefined : HEADING.exec(bare)?.groups) ?? {};
  const tokens = tokensOf(rest);
  const letters = lettersOf(tokens);
  // "is it true that …" is left out, but asks.
  const opening = openingOf(letters) ?? openingOf(lettersOf(tokensOf(typed)));
  const credited = CREDITS.map(form => form.exec(bare)?.groups).find(found => found !== undefined);
  if (credited !== undefined) return { kind: 'words', who: credited.who, topic: credited.topic ?? '', opening };
  const cut = (from: number, to: number) => (from < to ? rest.slice(tokens[from]?.start, tokens[to - 1]?.end) : '');
  const { kind, groups } = findForm(WAYS, letters, cut) ?? {};
  const { who = '', topic = '', more = '', verb = '' } = groups ?? {};
  const called = lettersOf(tokensOf(who));
  const wants = WANTS_TO.test(bare);
  // "she" may be anybody, and "how long did the pm speak?" asks for no words.
  if (kind === undefined || wants || /^[cdn]$/v.test(called) || (topic === '' && ASKS_OF_SPEAKING.test(more))) {
    const asks = ASKS_OR_TELLS.test(letters.replace(/^wk/v, ''));
    return { kind: asks ? 'fact' : 'topic', who: undefined, topic: bare, opening };
  }
  const named = /^e?$/v.test(called) ? undefined : who.replace(/['’]s?$/v, '');
  const isAnything = termsOf(topic).every(term => EMPTY_WORDS.has(term));
  // "what did Lee reject" isn't answered by anything that Lee said.
  const telling = isAnything && !tokensOf(verb).some(({ lower }) => NEUTRAL_FORMS.has(lower)) ? verb : '';
  // Nothing says what "that" is: "why did Lee say that?"
  if (isAnything && telling === '' && /^why$/iv.test(more)) return { kind: 'fact', who: undefined, topic: '', opening };
  return { kind, who: named, topic, more: `${heading} ${more} ${telling}`, opening };
}

/** What the words in capitals below stand for, in simplified characters. */
const CHINESE_PARTS = {
  WHO: '(?<who>.{1,20}?)',
  TOPIC: '(?<topic>.+?)',
  ANYONE: '(?:有没有人|谁|哪位|哪一位|哪个人|哪些人|[什甚]么人|何人)',
  SAY: '(?:说|表示|讲|谈|提|指出|认为|以为|宣布|承认|否认|批评|警告|强调|透露|声称|主张|觉得|回应|答应|承诺|呼吁|评论|评价|解释)ASPECT',
  ASPECT: '[过了到起及出]*',
  ADVERBS: '(?:到底|究竟|都|也|曾经|曾|有|还|又|是|当时|后来|昨天|今天)*',
  WHAT: '些?(?:[什甚]么|啥|哪些话)话?',
  ABOUT: '(?:关于|对于|有关|针对|对|就|谈到)',
  MATTER: '(?:的事情?|的问题|一事|这件事)?',
  WHETHER: '(?:有没有|是否|是不是|可曾|曾否)',
};

const WAYS_IN_CHINESE = {
  who: spellOut(
    CHINESE_PARTS,
    'ANYONE ADVERBS SAY 的?[，,：:]?(?<topic>.*?)吗?',
    'TOPIC [，,]?这?(?:句?话)?是 ANYONE SAY 的?',
    'ABOUT TOPIC [，,]? ANYONE ADVERBS SAY 话?',
  ),
  words: spellOut(
    CHINESE_PARTS,
    'WHO ABOUT TOPIC MATTER WHETHER ADVERBS(?:SAY|ASPECT)(?:什么|话)?吗?',
    'WHO ADVERBS WHETHER ADVERBS SAY [，,：:]? TOPIC 吗?',
    'WHO ADVERBS SAY TOPIC 了?(?:吗|没有|没)',
    'ABOUT TOPIC MATTER [，,] WHO ADVERBS SAY WHAT',
    'WHO ADVERBS ABOUT TOPIC MATTER ADVERBS SAY WHAT',
    'WHO ABOUT TOPIC [的有]?(?:什么)?(?:看法|意见|立场|态度|评论|回应)(?:是什么|如何|为何|呢)?',
    'WHO ADVERBS SAY WHAT(?:ABOUT)?(?<topic>.*)',
    'WHO 是?(?:怎么|如何|怎样)(?:看待|看|说|评价|评论|解释|回应)(?:ABOUT)?(?<topic>.*)',
    'WHO(?:为[什甚]么|为何)ADVERBS SAY(?<topic>.+)',
  ),
};

const ASKS_IN_CHINESE = /[谁吗呢]|[什甚怎]么|怎样|有没有|是否|是不是|为何|如何|多少|哪|看法/v;

/** Reads a question in Chinese, by its words. */
function readChinese(typed: string): Wording {
  const joined = typed.replaceAll(/(?<=\p{sc=Han})\s+(?=\p{sc=Han})/gv, '');
  const bare = withoutOpening(withoutEnd(joined).replace(/[呢啊呀]+$/v, ''));
  const { kind = 'fact', groups = { topic: bare } } = findForm(WAYS_IN_CHINESE, bare) ?? {};
  const topic = groups.topic?.replaceAll(/^[「『“"，,：:\s]+|[」』”"，,\s]+$/gv, '') ?? '';
  return { kind, who: groups.who, topic, opening: ASKS_IN_CHINESE.test(toSimplified(typed)) ? 'other' : undefined };
}
