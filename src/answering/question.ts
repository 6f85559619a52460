import { formsOf } from '../attribution/grammar/words.ts';
import { DETERMINERS } from '../attribution/lexicon/grammar.ts';
import { REPORTING_VERBS } from '../attribution/lexicon/reporting.ts';
import { isMainlyHan } from '../news/chinese.ts';
import { EMPTY_WORDS } from '../words/lexicon/common-words.ts';
import { termsOf } from '../words/words.ts';
import {
  ANYBODY,
  ATTITUDES,
  BETWEEN_WORDS,
  CONNECTORS,
  OPENINGS,
  OPINION_VERBS,
  OPINIONS,
  SLIPS,
  STATEMENT_OPENING,
  TAG_QUESTION,
  VAGUE_PRONOUNS,
} from './lexicon/asking.ts';

/** What a question asks for: who said something, what somebody said, or something else. */
type QuestionKind = 'who' | 'words' | 'fact';

/** A question, read without looking at any article. */
export interface Question {
  /** As typed. */
  readonly text: string;
  readonly kind: QuestionKind;
  /** The words in the place of a name, as typed: "the pm". `undefined` if nobody's words are asked for. */
  readonly who: string | undefined;
  /** What it is about, as typed: "the AWB letters". Empty if it only asks what somebody said. */
  readonly topic: string;
  /** The terms of the topic, each once, in order, without those that only ask or connect. */
  readonly topicWords: readonly string[];
}

/** How a question is put. `more` is what else tells what to look for: "which fund". */
type Wording = Pick<Question, 'kind' | 'who' | 'topic'> & { readonly more?: string };

const LONGEST_QUESTION = 400;

/** Reads a question in English or Chinese. Takes any text; reads its first 400 characters. */
export function parseQuestion(text: string): Question {
  const typed = text.slice(0, LONGEST_QUESTION).toWellFormed().replaceAll(/\s+/gv, ' ').trim();
  const { more = '', ...wording } = isMainlyHan(typed) ? readChinese(typed) : readEnglish(typed);
  const terms = termsOf(`${more} ${wording.topic}`).filter(term => !EMPTY_WORDS.has(term));
  return { ...wording, text, topicWords: [...new Set(terms)] };
}

const ASKS_IN_CHINESE =
  /[誰谁嗎吗呢]|什[麼么]|甚麼|有[沒没]有|是否|是不是|為何|为何|如何|怎[麼么樣样]|多少|哪|的?看法/v;

/** True if a text begins like a question, or asks for somebody's words: it is nobody's name. */
export function isAsking(text: string): boolean {
  return (
    parseQuestion(text).kind !== 'fact' || /^[qwahb]/v.test(lettersOf(tokensOf(text))) || ASKS_IN_CHINESE.test(text)
  );
}

/** True if a text asks something, rather than being words to look for: "Lee on wheat" may be either. */
export function isQuestion(text: string): boolean {
  const typed = withoutOpening(text.trim());
  const asks = /[?？]$/v.test(typed);
  const isAbout = parseQuestion(text).kind !== 'fact';
  if (isMainlyHan(typed)) return ASKS_IN_CHINESE.test(typed) && (asks || isAbout);
  const opens = /^[qwahbm]/v.test(lettersOf(tokensOf(HEADING.exec(typed)?.groups?.rest ?? typed)));
  return opens ? asks || isAbout : isAbout && (asks || STATEMENT_OPENING.test(typed));
}

function withoutOpening(typed: string): string {
  let left = typed;
  for (let before = ''; before !== left; ) {
    before = left;
    for (const opening of OPENINGS) left = left.slice(opening.exec(left)?.[0].length ?? 0);
  }
  return left;
}

/** A word of a question: as typed, and in lower case, spelt right, without marks around it. */
interface Token {
  readonly start: number;
  readonly end: number;
  readonly lower: string;
}

const EDGES = /^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gv;

function tokensOf(typed: string): Token[] {
  return [...typed.matchAll(/\S+/gv)].map(({ 0: word, index }) => {
    const start = index + (/^[\p{P}\p{S}]*/v.exec(word)?.[0].length ?? 0);
    const bare = word.replaceAll(EDGES, '');
    // "the growers’ view": the apostrophe says that it is theirs.
    const owner = /s['’]$/v.test(word) ? "'" : '';
    // "us" is a pronoun, "US" a country.
    const lower = bare === 'US' ? 'u.s.' : bare.toLowerCase().replaceAll('’', "'");
    return { start, end: start + bare.length, lower: `${SLIPS.get(lower) ?? lower}${owner}` };
  });
}

/** Verbs for which somebody's words are the evidence; some need a particle. */
const SAYING_VERBS = [
  ...REPORTING_VERBS.clause,
  ...REPORTING_VERBS.addressee,
  ...REPORTING_VERBS.naming,
  ...REPORTING_VERBS.object,
  ...OPINION_VERBS,
  'make of',
  'urge',
];

/** Each form of these verbs, with its letter and the particles that it may need; '' if it needs none. */
const SAYING_FORMS: ReadonlyMap<string, { readonly letter: string; readonly particles: ReadonlySet<string> }> =
  sayingForms();

function sayingForms() {
  const forms = new Map<string, { letter: string; particles: Set<string> }>();
  for (const verb of SAYING_VERBS) {
    const [base = '', particle = ''] = verb.split(' ');
    for (const form of formsOf(base)) {
      const letter = form === base ? 's' : form.endsWith('ing') ? 'g' : 't';
      const known = forms.get(form) ?? { letter, particles: new Set() };
      forms.set(form, known);
      known.particles.add(particle);
    }
  }
  return forms;
}

/**
 * A letter for each kind of word, so that ways to ask are regular expressions over these letters. Verbs of saying are "s"
 * as they are, "t" if they end in -s or are past, "g" if they end in -ing; any other word is ".".
 */
const LETTERS: readonly (readonly [letter: string, has: (lower: string) => boolean])[] = [
  ['q', lower => /^(?:who|who's|which)$/v.test(lower)],
  ['w', lower => /^(?:what|when|where|why|how|whom|whose)(?:'s)?$/v.test(lower)],
  ['a', lower => /^(?:did|does|do)(?:n't)?$/v.test(lower)],
  ['h', lower => /^(?:has|have|had)(?:n't)?$/v.test(lower)],
  ['b', lower => /^(?:is|are|was|were)(?:n't)?$/v.test(lower)],
  ['m', lower => /^(?:will|can|could|might|should|may|must|would)(?:n't)?$|^(?:won|can)'t$/v.test(lower)],
  // "how many growers support" asks for no grower's words.
  ['z', lower => /^(?:many|much)$/v.test(lower)],
  ['y', lower => lower === 'by'],
  ['k', lower => /^(?:on|about|abt|re|regarding)$/v.test(lower)],
  ['v', lower => /(?:[^s]'s|s')$/v.test(lower) && !/^(?:it|that|he|she)'s$/v.test(lower)],
  ['u', lower => ATTITUDES.has(lower)],
  ['c', lower => CONNECTORS.has(lower)],
  ['d', lower => DETERMINERS.has(lower)],
  ['x', lower => BETWEEN_WORDS.has(lower)],
  ['n', lower => ANYBODY.has(lower) || VAGUE_PRONOUNS.has(lower)],
  ['o', lower => OPINIONS.has(lower)],
];

function lettersOf(tokens: readonly Token[]): string {
  let letters = '';
  for (const [at, { lower }] of tokens.entries()) {
    const saying = sayingLetter(lower, tokens[at + 1]?.lower);
    // "the report say": a report is no verb, and neither is "fear" in "the mayor's fear".
    const isNoun = /[dv]$/v.test(letters) || sayingLetter(tokens[at + 1]?.lower, tokens[at + 2]?.lower) !== undefined;
    const known = LETTERS.find(([, has]) => has(lower))?.[0];
    letters += saying !== undefined && !isNoun ? saying : (known ?? '.');
  }
  return letters;
}

function sayingLetter(lower = '', next = ''): string | undefined {
  const form = SAYING_FORMS.get(lower);
  return form?.particles.has('') === true || form?.particles.has(next) === true ? form.letter : undefined;
}

/** In letters: the words between a verb and a topic, and whose words may be asked for. A pronoun stands alone. */
const TO = '[cky]*';
const WHO = '(?<who>n|[^qwastgnhbmz][^qwastghb]{0,7}?)';

/** Ways to ask, in letters, the most telling first. A group is a run of words. */
const WAYS: readonly (readonly [QuestionKind, RegExp])[] = [
  // "what's the pm's view on wheat"
  way('words', '^w?b?(?<who>[d.]{0,5}v)[^o]{0,2}o[cky](?<topic>.*)$'),
  // "who said wheat is up", "which MP is worried about wheat"
  way('who', `^q(?<more>[^astg]{0,11}?)(?:b?x*u|bx*g|h?x*[st])${TO}(?<topic>.*)$`),
  // "did the pm say wheat is up", "which crop did the pm say is up", "what did the pm have to say"
  way('words', `^(?<more>[^ahbm]{0,12})[am]x*${WHO}(?:hc)?x*s${TO}(?<topic>.*)$`),
  way('words', `^(?<more>[^ahbm]{0,12})hx*${WHO}x*t${TO}(?<topic>.*)$`),
  way('words', `^(?<more>[^ahbm]{0,12})bx*${WHO}x*g${TO}(?<topic>.*)$`),
  // "is the pm worried that wheat is up"
  way('words', `^bx*${WHO}x*u${TO}(?<topic>.*)$`),
  // "what was said about wheat by the pm"
  way('words', `^(?<more>w[^ahb]{0,11})(?:b|hb?)x*t${TO}(?<topic>[^y]*)(?:y(?<who>[^y]+))?$`),
  // "what the pm said about wheat"
  way('words', `^w(?!.*a)${WHO}x*[st]${TO}(?<topic>.*)$`),
  // "Lee on wheat", "Lee opinion on wheat"
  way('words', '^(?<who>[d.uv]{1,4})o?k(?<topic>.+)$'),
  // "the pm said wheat is up"
  way('words', `^(?!.*a)${WHO}[hb]?x*t${TO}(?<topic>.*)$`),
];

function way(kind: QuestionKind, letters: string): readonly [QuestionKind, RegExp] {
  return [kind, new RegExp(letters, 'dv')];
}

/** Ways to credit somebody with what is asked. */
const CREDITS = [
  /^(?:according to|acc\. to|in the words of|going by what|going by) (?!whom\b)(?<who>[^,]+?)(?: (?:says?|said))?(?:,| (?=(?:what|how|why|when|where|which|who|did|does|do|is|are|was|were|will|can)\b)) ?(?<topic>.+)$/iv,
  /^(?<topic>(?!who\b|which\b).+?),? (?:according to|acc\. to|acording to|in the words of) (?!(?:his|her|its|their|whom)\b)(?<who>[^,]+)$/iv,
  /^(?<topic>.+), (?:says?|said|reckons|thinks|claims) (?<who>[^,]+)$/iv,
  /^in (?<who>[^,]+?)['’]s? (?:opinion|view|eyes|words|judg(?:e)?ment|book),? (?<topic>.+)$/iv,
  /^(?<topic>.+?),? in (?<who>(?:\S+ ){0,5}\S+?)['’]s? (?:opinion|view|eyes|words|judg(?:e)?ment|book)$/iv,
  /^(?:any ?thing|any quotes?|quotes?|statements?|remarks?|comments?|words) (?:said )?(?:by|from|of) (?<who>.+?) (?:on|about|abt|regarding|concerning) (?<topic>.+)$/iv,
] as const;

/** A subject that somebody names before they ask: "cyclone larry: who said …". */
const HEADING =
  /^(?<heading>[^,:]{3,60})[,:] (?<rest>(?:who|what|why|how|when|where|which|did|does|do|has|have)\b.+)$/iv;

function readEnglish(typed: string): Wording {
  const bare = withoutOpening(typed.replace(/[\s?!.…]+$/v, '')).replace(TAG_QUESTION, '');
  const statement = bare.replace(STATEMENT_OPENING, '');
  const credited = CREDITS.map(form => form.exec(bare)?.groups).find(found => found !== undefined);
  if (credited !== undefined) return { kind: 'words', who: credited.who, topic: credited.topic ?? '' };
  const { heading = '', rest = statement } = HEADING.exec(statement)?.groups ?? {};
  const tokens = tokensOf(rest);
  const letters = lettersOf(tokens);
  for (const [kind, pattern] of WAYS) {
    const groups = pattern.exec(letters)?.indices?.groups;
    if (groups === undefined) continue;
    const [more, who, topic] = [groups.more, groups.who, groups.topic].map(place => cut(rest, tokens, place));
    const lower = who?.toLowerCase() ?? '';
    if (VAGUE_PRONOUNS.has(lower)) break;
    const named = lower === '' || ANYBODY.has(lower) ? undefined : who?.replace(/['’]s?$/v, '');
    return { kind, who: named, topic: topic ?? '', more: `${heading} ${more}` };
  }
  return { kind: 'fact', who: undefined, topic: statement };
}

/** Returns a run of words as typed; empty if there is none. */
function cut(typed: string, tokens: readonly Token[], [from, to]: readonly [number, number] = [0, 0]): string {
  const [first, last] = [tokens[from], tokens[to - 1]];
  return first === undefined || last === undefined || from >= to ? '' : typed.slice(first.start, last.end);
}

const ZH_SAY =
  '(?:說|说|表示|講|讲|談|谈|提|提到|提及|指出|認為|认为|以為|以为|宣布|宣佈|承認|承认|否認|否认|批評|批评|警告|強調|强调|透露|聲稱|声称|主張|主张|覺得|觉得|回應|回应|答應|答应|承諾|承诺|呼籲|呼吁|評論|评论|評價|评价|解釋|解释)';
const ZH_ASPECT = '(?:過|过|了|到|起|及|出)*';
const ZH_ADVERB = '(?:到底|究竟|都|也|曾經|曾经|曾|有|還|还|又|是|當時|当时|後來|后来|昨天|今天)*';
const ZH_WHAT = '(?:些)?(?:什麼|什么|甚麼|啥|哪些話|哪些话)';
const ZH_ABOUT = '(?:關於|关于|對於|对于|有關|有关|針對|针对|對|对|就|談到|谈到)';
const ZH_MATTER = '(?:的事情?|的問題|的问题|一事|這件事|这件事)?';
const ZH_ANYONE = '(?:誰|谁|哪位|哪一位|哪個人|哪个人|哪些人|什麼人|什么人|何人)';
const ZH_WHETHER = '(?:有沒有|有没有|是否|是不是|可曾|曾否)';

function zhForm(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`, 'v');
}

/** The ways to ask in Chinese, the most telling first. */
const ZH_FORMS = [
  { kind: 'words', form: zhForm(`(?:有沒有|有没有)人${ZH_ADVERB}${ZH_SAY}${ZH_ASPECT}(?<topic>.+?)(?:嗎|吗)?`) },
  { kind: 'who', form: zhForm(`${ZH_ANYONE}${ZH_ADVERB}${ZH_SAY}${ZH_ASPECT}(?:的)?[，,：:]?(?<topic>.*)`) },
  {
    kind: 'who',
    form: zhForm(`(?<topic>.+?)[，,]?(?:這|这)?(?:話|话|句話|句话)?(?:是)${ZH_ANYONE}${ZH_SAY}${ZH_ASPECT}(?:的)?`),
  },
  {
    kind: 'who',
    form: zhForm(`${ZH_ABOUT}(?<topic>.+?)[，,]?${ZH_ANYONE}${ZH_ADVERB}${ZH_SAY}${ZH_ASPECT}(?:話|话)?`),
  },
  {
    kind: 'words',
    form: zhForm(
      `(?<who>.{1,20}?)${ZH_ABOUT}(?<topic>.+?)${ZH_MATTER}${ZH_WHETHER}${ZH_ADVERB}${ZH_SAY}?${ZH_ASPECT}(?:什麼|什么|話|话)?(?:嗎|吗)?`,
    ),
  },
  {
    kind: 'words',
    form: zhForm(
      `(?<who>.{1,20}?)${ZH_ADVERB}${ZH_WHETHER}${ZH_ADVERB}${ZH_SAY}${ZH_ASPECT}[，,：:]?(?<topic>.+?)(?:嗎|吗)?`,
    ),
  },
  {
    kind: 'words',
    form: zhForm(`(?<who>.{1,20}?)${ZH_ADVERB}${ZH_SAY}${ZH_ASPECT}(?<topic>.+?)(?:了)?(?:嗎|吗|沒有|没有|沒|没)`),
  },
  {
    kind: 'words',
    form: zhForm(
      `${ZH_ABOUT}(?<topic>.+?)${ZH_MATTER}[，,](?<who>.{1,20}?)${ZH_ADVERB}${ZH_SAY}${ZH_ASPECT}${ZH_WHAT}`,
    ),
  },
  {
    kind: 'words',
    form: zhForm(
      `(?<who>.{1,20}?)${ZH_ADVERB}${ZH_ABOUT}(?<topic>.+?)${ZH_MATTER}${ZH_ADVERB}${ZH_SAY}${ZH_ASPECT}${ZH_WHAT}(?:話|话)?`,
    ),
  },
  {
    kind: 'words',
    form: zhForm(
      `(?<who>.{1,20}?)${ZH_ABOUT}(?<topic>.+?)(?:的|有)?(?:什麼|什么)?(?:看法|意見|意见|立場|立场|態度|态度|評論|评论|回應|回应)(?:是什麼|是什么|如何|為何|呢)?`,
    ),
  },
  {
    kind: 'words',
    form: zhForm(`(?<who>.{1,20}?)${ZH_ADVERB}${ZH_SAY}${ZH_ASPECT}${ZH_WHAT}(?:話|话)?${ZH_ABOUT}?(?<topic>.*)`),
  },
  {
    kind: 'words',
    form: zhForm(
      `(?<who>.{1,20}?)(?:是)?(?:怎麼|怎么|如何|怎樣|怎样)(?:看待|看|說|说|評價|评价|評論|评论|解釋|解释|回應|回应)${ZH_ABOUT}?(?<topic>.*)`,
    ),
  },
  {
    kind: 'words',
    form: zhForm(`(?<who>.{1,20}?)(?:為什麼|为什么|為何|为何|為甚麼)${ZH_ADVERB}${ZH_SAY}${ZH_ASPECT}(?<topic>.+)`),
  },
] as const;

const ZH_OPENING = /^(?:請問|请问|想知道|我想知道|想問|想问|告訴我|告诉我|那麼|那么|那)[，,\s]*/v;
const ZH_CLOSING = /[\s?？!！。.呢啊呀]+$/v;

/** Reads a question in Chinese, by its words. */
function readChinese(typed: string): Wording {
  const bare = typed
    .replaceAll(/(?<=\p{sc=Han})\s+(?=\p{sc=Han})/gv, '')
    .replace(ZH_CLOSING, '')
    .replace(ZH_OPENING, '');
  for (const { kind, form: asks } of ZH_FORMS) {
    const groups = asks.exec(bare)?.groups;
    if (groups !== undefined) return { kind, who: groups.who, topic: bareTopic(groups.topic ?? '') };
  }
  return { kind: 'fact', who: undefined, topic: bare };
}

function bareTopic(topic: string): string {
  return topic.replaceAll(/^[「『“"，,：:\s]+|[」』”"，,\s]+$/gv, '');
}
