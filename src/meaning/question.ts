import { formsOf } from '../attribution/grammar/words.ts';
import { DETERMINERS } from '../attribution/lexicon/grammar.ts';
import { REPORTING_VERBS } from '../attribution/lexicon/reporting.ts';
import { isMainlyHan } from '../news/chinese.ts';
import { EMPTY_WORDS } from '../words/lexicon/common-words.ts';
import { termsOf } from '../words/words.ts';
import { readChinese } from './chinese-question.ts';
import {
  auxiliaries,
  betweenWords,
  connectors,
  hearsay,
  nobodys,
  openings,
  opinionVerbs,
  slips,
  tags,
  wordsOfSomebody,
} from './lexicon/asking.ts';

/**
 * What a question asks for: a speaker, somebody's words, their words to somebody, whether somebody said something, or
 * something else.
 */
type QuestionKind = 'who-said' | 'what-said' | 'what-told' | 'did-say' | 'fact';

/** What an answer to the question would have. */
type Wanted = 'number' | 'price' | 'place' | 'time' | 'reason';

/** A question, read without looking at any article. */
export interface Question {
  /** As typed. */
  readonly text: string;
  readonly kind: QuestionKind;
  /** The words that name whose words are asked for, as typed: "the pm". `undefined` if the question names nobody. */
  readonly who: string | undefined;
  /**
   * What it is about, as typed: "the AWB letters". Empty if it only asks what somebody said. Of their words to somebody,
   * it begins with whom they spoke to: "Cho about the letters".
   */
  readonly topic: string;
  /** The terms of the topic, each once, in order, without those that only ask or connect. */
  readonly topicWords: readonly string[];
  readonly wants: readonly Wanted[];
}

/** How a question is put: whose words it asks for, and about what. */
export interface Asked {
  readonly kind: QuestionKind;
  readonly who: string | undefined;
  readonly topic: string;
  /** More of the question that tells what to look for: "which fund". */
  readonly more: string;
}

const longestQuestion = 400;

/** Reads a question in English or Chinese. Takes any text; reads its first 400 characters. */
export function parseQuestion(text: string): Question {
  const typed = text.slice(0, longestQuestion).toWellFormed().replaceAll(/\s+/gv, ' ').trim();
  const { more, ...asked } = isMainlyHan(typed) ? readChinese(typed) : readEnglish(typed);
  const terms = termsOf(`${more} ${asked.topic}`).filter(term => !EMPTY_WORDS.has(term));
  return { ...asked, text, topicWords: [...new Set(terms)], wants: wantedOf(typed) };
}

const asksInEnglish =
  /^(?:who|whom|whose|what|when|where|why|how|which|did|does|do|has|have|is|are|was|were|can|could|will|would|should)(?:n't|'s)?$/v;
const asksInChinese = /[誰谁嗎吗呢]|什[麼么]|甚麼|有[沒没]有|是否|是不是|為何|为何|如何|怎[麼么樣样]|多少|哪|的?看法/v;

/** True if a text asks something, rather than being words to look for: "Lee on wheat" may be either. */
export function isQuestion(text: string): boolean {
  const typed = withoutOpening(text.trim());
  const asks = /[?？]$/v.test(typed);
  const isAbout = parseQuestion(text).kind !== 'fact';
  if (isMainlyHan(typed)) return asksInChinese.test(typed) && (asks || isAbout);
  const opens = asksInEnglish.test(tokensOf(heading.exec(typed)?.groups?.rest ?? typed)[0]?.lower ?? '');
  return opens ? asks || isAbout : isAbout && (asks || hearsay.test(typed.toLowerCase()));
}

const number =
  /\bhow (?:many|much|long|far|big|old|cold|hot|fast|often|high|low|deep|heavy|tall|large|small|wide|soon|rich|strong)\b|\b(?:what|which) (?:percent(?:age)?|per cent|share|proportion|portion|number|age|year|temperature|price|size)\b|\b(?:by what|what are the odds)\b|多少|[幾几](?:[個个人名次年月天歲岁]|成|%)|百分之[幾几]/v;
const price =
  /\bhow much\b|\b(?:costs?|prices?|pay|pays|paid|worth|fee|fees|fetch(?:ed)?|sell for)\b|多少[錢钱]|[價价][錢钱格]/v;
const time =
  /(?:^(?:\S+ )?|\b(?:and|on|about|explain) )when\b|\bhow (?:long|soon)\b|\b(?:what|which) (?:year|day|date|time|month|week)\b|何[時时]|什[麼么][時时]候|甚麼時候|[幾几][點点月]|哪[一]?[年天]/v;
const place =
  /(?:^(?:\S+ )?|\b(?:and|on|about|explain) )where\b|\b(?:which|what) (?:country|city|town|state|place|region|part)\b|哪[裡里兒儿]|何[處处]|什[麼么]地方|哪[個个]?(?:[國国]|城)/v;
const reason =
  /(?:^(?:\S+ )?|\b(?:and|on|about|explain) )why\b|\bhow come\b|\bwhat (?:caused|made|makes|reason)\b|\bwhat .*\bfor$|[為为](?:什[麼么]|甚麼|何)|原因|[憑凭]什[麼么]/v;

const wantedForms = { number, price, place, time, reason } as const;
const allWanted = ['number', 'price', 'place', 'time', 'reason'] as const;

function wantedOf(typed: string): Wanted[] {
  const lower = typed.toLowerCase();
  return allWanted.filter(wanted => wantedForms[wanted].test(lower));
}

/** A word of a question: as typed, and in lower case, spelt right, without marks around it. */
interface Token {
  readonly start: number;
  readonly end: number;
  readonly lower: string;
  readonly isCapital: boolean;
  /** True if a comma or colon follows. */
  readonly isCut: boolean;
}

const edges = /^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gv;

function tokensOf(typed: string): Token[] {
  return [...typed.matchAll(/\S+/gv)].map(({ 0: word, index }) => {
    const lead = /^[\p{P}\p{S}]*/v.exec(word)?.[0].length ?? 0;
    const bare = word.replaceAll(edges, '');
    const lower = bare.toLowerCase().replaceAll('’', "'");
    return {
      start: index + lead,
      end: index + lead + bare.length,
      lower: slips.get(lower) ?? lower,
      isCapital: /^\p{Lu}/v.test(bare),
      isCut: /[,:;]$/v.test(word),
    };
  });
}

function withoutOpening(typed: string): string {
  let left = typed;
  for (let before = ''; before !== left; ) {
    before = left;
    for (const opening of openings) left = left.slice(opening.exec(left.toLowerCase())?.[0].length ?? 0);
  }
  return left;
}

/** Verbs for which somebody's words are the evidence; some need a particle. */
const sayingVerbs = [
  ...REPORTING_VERBS.clause,
  ...REPORTING_VERBS.addressee,
  ...REPORTING_VERBS.naming,
  ...REPORTING_VERBS.object,
  ...opinionVerbs,
  'make of',
  'urge',
];
const sayingBases: ReadonlySet<string> = new Set(sayingVerbs.map(verb => verb.split(' ')[0] ?? verb));
const formsOfSay: ReadonlySet<string> = new Set(formsOf('say'));
/** Their forms, each with the particles that it may need. */
const sayingForms = formsOfVerbs(sayingVerbs);

function formsOfVerbs(verbs: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const forms = new Map<string, Set<string>>();
  for (const verb of verbs) {
    const [base = '', particle = ''] = verb.split(' ');
    for (const form of formsOf(base)) forms.set(form, (forms.get(form) ?? new Set()).add(particle));
  }
  return forms;
}

function isSaying(token: Token | undefined, next: Token | undefined): boolean {
  const particles = sayingForms.get(token?.lower ?? '');
  return particles !== undefined && (particles.has('') || particles.has(next?.lower ?? ''));
}

/** A question being read. */
interface Reading {
  readonly typed: string;
  readonly tokens: readonly Token[];
}

function readingOf(typed: string): Reading {
  return { typed, tokens: tokensOf(typed) };
}

/** Returns the words between two places, as typed. */
function cut({ typed, tokens }: Reading, from: number, to: number): string {
  const [first, last] = [tokens[from], tokens[to - 1]];
  return first === undefined || last === undefined || from >= to ? '' : typed.slice(first.start, last.end);
}

const mostBetween = 12;
/** Words that no name has. */
const notInNames = /^(?:you|it|they|he|she|we|i|who|whom|what|when|where|why|which|that|she'd|what'd|to|there)$/v;

/** In words. */
const longestName = 8;

type IsForm = (lower: string) => boolean;

const isTensed: IsForm = lower => !lower.endsWith('ing');

/** Returns what a verb looks like after a helping verb: "did say", "was saying", "has said". */
function formAfter(helper: string): IsForm {
  if (beForms.test(helper)) return lower => lower.endsWith('ing');
  if (/^ha(?:s|ve|d)/v.test(helper)) return lower => /(?:ed|id|ought|old|en)$/v.test(lower);
  return lower => sayingBases.has(lower);
}

/** Returns the place of the verb that says somebody says something: "the report say" says so at "say". */
function verbFrom({ tokens }: Reading, from: number, isForm: IsForm = isTensed): number | undefined {
  for (let at = from; at < Math.min(tokens.length, from + mostBetween); at += 1) {
    const [token, next] = [tokens[at], tokens[at + 1]];
    if (!isSaying(token, next) || !isForm(token?.lower ?? '')) continue;
    const before = tokens[at - 1]?.lower ?? '';
    const isNoun = at > from && (DETERMINERS.has(before) || /(?:'s|s')$/v.test(before));
    if (!isNoun && !isSaying(next, tokens[at + 2])) return at;
  }
  return undefined;
}

function isName({ tokens }: Reading, from: number, to: number): boolean {
  return to - from <= longestName && !tokens.slice(from, to).some(({ lower }) => notInNames.test(lower));
}

/** Returns the words that name somebody, or `undefined` if they name nobody. */
function whoIn(reading: Reading, from: number, to: number): string | undefined {
  const { tokens } = reading;
  let end = to;
  while (end > from && betweenWords.has(tokens[end - 1]?.lower ?? '')) end -= 1;
  let start = from;
  while (start < end && betweenWords.has(tokens[start]?.lower ?? '')) start += 1;
  if (end - start === 1 && nobodys.has(tokens[start]?.lower ?? '')) return undefined;
  return cut(reading, start, end) || undefined;
}

/** Returns what follows a verb, without the words that connect it. */
function topicFrom(reading: Reading, verb: number): string {
  const { tokens } = reading;
  let from = verb + 1;
  while (connectors.has(tokens[from]?.lower ?? '')) from += 1;
  return cut(reading, from, tokens.length);
}

type Read = (reading: Reading) => Asked | undefined;

const asked = (kind: QuestionKind, who: string | undefined, topic: string, more = ''): Asked => ({
  kind,
  who,
  topic,
  more,
});

const didForms = /^(?:did|does|do|has|have|had)(?:n't)?$/v;
const beForms = /^(?:is|are|was|were)(?:n't)?$/v;
const attitudes =
  /^(?:against|behind|opposed|keen|unhappy|worried|sceptical|skeptical|afraid|convinced|confident|glad|angry|happy|upset|surprised|proud|disappointed|pleased|doubtful|sorry|concerned|certain|sure|ashamed|anxious|cross|fuming|stunned)$/v;

/** "did the pm say wheat is up", "is the pm worried that wheat is up" */
const readDid: Read = reading => {
  const { tokens } = reading;
  const opening = tokens[0]?.lower ?? '';
  if (beForms.test(opening)) {
    const at = tokens.findIndex(({ lower }) => attitudes.test(lower));
    const isAttitude = at > 1 && at < mostOfName && isName(reading, 1, at);
    return isAttitude ? asked('did-say', whoIn(reading, 1, at), topicFrom(reading, at)) : undefined;
  }
  if (!didForms.test(opening)) return undefined;
  const verb = verbFrom(reading, 2, formAfter(opening));
  if (verb !== undefined && !isName(reading, 1, verb)) {
    return verb === 2 ? asked('did-say', undefined, topicFrom(reading, verb)) : undefined;
  }
  if (verb !== undefined) return asked('did-say', whoIn(reading, 1, verb), topicFrom(reading, verb));
  const start = tokens.findIndex(({ isCapital }, at) => at > 0 && isCapital);
  const end = tokens.findIndex(({ isCapital }, at) => at > start && !isCapital);
  if (start < 1 || start > 3 || end < 0 || !isName(reading, 1, end)) return undefined;
  return asked('did-say', cut(reading, 1, end), cut(reading, end, tokens.length));
};

/** "who said wheat is up", "which MP said wheat is up" */
const readWho: Read = reading => {
  const { tokens } = reading;
  const opening = tokens[0]?.lower ?? '';
  if (!/^(?:who|who's|which)$/v.test(opening)) return undefined;
  const is = /^(?:is|was|are|were)$/v.test(tokens[1]?.lower ?? '') ? 2 : 1;
  const attitude = attitudes.test(tokens[is]?.lower ?? '') ? is : undefined;
  const verb = attitude ?? verbFrom(reading, opening === 'which' ? 2 : 1);
  if (verb === undefined) return undefined;
  // "who did Lee blame" asks what Lee said.
  const isAsked = tokens.slice(1, verb).some(({ lower }) => /^(?:did|does|do)$/v.test(lower));
  return isAsked ? undefined : asked('who-said', undefined, topicFrom(reading, verb), cut(reading, 1, verb));
};

const questionOpening =
  /^(?:(?:in|by|on|to|for|at|with|of|from) )?(?:who|whom|whose|what|what's|when|where|why|how|how's|which)$/v;

function opensWithQuestionWord({ tokens }: Reading): boolean {
  const [first, second] = [tokens[0]?.lower ?? '', tokens[1]?.lower ?? ''];
  return questionOpening.test(first) || questionOpening.test(`${first} ${second}`);
}

/** "what did the pm say about wheat", "what was said about wheat by the pm", "what the pm said about wheat" */
const readWhat: Read = reading => {
  const { tokens } = reading;
  if (!opensWithQuestionWord(reading)) return undefined;
  const helper = tokens.findIndex(({ lower }) => auxiliaries.has(lower));
  if (helper < 1 || helper >= mostBetween) {
    const verb = /^(?:who|which)/v.test(tokens[0]?.lower ?? '') ? undefined : verbFrom(reading, 2);
    if (verb === undefined || !isName(reading, 1, verb)) return undefined;
    return asked('what-said', whoIn(reading, 1, verb), topicFrom(reading, verb));
  }
  const helping = tokens[helper]?.lower ?? '';
  const more = cut(reading, 1, helper);
  const first = helper + 1;
  if (isSaying(tokens[first], tokens[first + 1])) return readPassive(reading, first, more);
  const verb = verbFrom(reading, first, formAfter(helping));
  if (verb === undefined || !isName(reading, first, verb)) return undefined;
  const who = whoIn(reading, first, verb);
  const kind = hasAddressee(reading, verb) ? 'what-told' : 'what-said';
  return who === undefined ? undefined : asked(kind, who, topicFrom(reading, verb), more);
};

const tellingForms = formsOfVerbs(REPORTING_VERBS.addressee);

/** "what did the pm tell the growers", "what did the pm say to the growers" */
function hasAddressee({ tokens }: Reading, verb: number): boolean {
  const [{ lower = '' } = {}, next] = tokens.slice(verb, verb + 2);
  return next !== undefined && (tellingForms.has(lower) || (formsOfSay.has(lower) && next.lower === 'to'));
}

function readPassive(reading: Reading, verb: number, more: string): Asked {
  const { tokens } = reading;
  const by = tokens.findLastIndex(({ lower }) => lower === 'by');
  if (by < verb) return asked('what-said', undefined, topicFrom(reading, verb), more);
  const topic = topicFrom({ ...reading, tokens: tokens.slice(0, by) }, verb);
  return asked('what-said', whoIn(reading, by + 1, tokens.length), topic, more);
}

/** "according to the pm, how is wheat doing", "how is wheat doing, says the pm" */
const credits = [
  /^(?:according to|in the words of) (?!whom\b)(?<who>[^,]+?) (?<topic>(?:what|how|why|when|where|which|who|did|does|do|is|are|was|were|will|can)\b.+)$/iv,
  /^(?:according to|acc\. to|in the words of|going by what|going by) (?<who>[^,]+?)(?: (?:says?|said))?, (?<topic>.+)$/iv,
  /^(?<topic>(?!who\b|which\b).+?),? (?:according to|acc\. to|acording to|in the words of) (?!(?:his|her|its|their|whom)\b)(?<who>[^,]+)$/iv,
  /^(?<topic>.+), (?:says?|said|reckons|thinks|claims) (?<who>[^,]+)$/iv,
  /^in (?<who>[^,]+?)['’]s? (?:opinion|view|eyes|words|judg(?:e)?ment|book),? (?<topic>.+)$/iv,
  /^(?<topic>.+?),? in (?<who>(?:\S+ ){0,5}\S+?)['’]s? (?:opinion|view|eyes|words|judg(?:e)?ment|book)$/iv,
  /^(?:any ?thing|any quotes?|quotes?|statements?|remarks?|comments?|words) (?:said )?(?:by|from|of) (?<who>.+?) (?:on|about|abt|regarding|concerning) (?<topic>.+)$/iv,
] as const;

const readCredit: Read = ({ typed }) => {
  const groups = credits.map(form => form.exec(typed)?.groups).find(found => found !== undefined);
  return groups && asked('what-said', groups.who, groups.topic ?? '');
};

const mostOfName = 6;

/** "what's the pm's view on wheat" */
const readView: Read = reading => {
  const { tokens } = reading;
  const noun = tokens.findIndex(
    ({ lower }, at) => wordsOfSomebody.has(lower) && connectors.has(tokens[at + 1]?.lower ?? ''),
  );
  const owner = tokens.findIndex(
    ({ lower }) => /(?:[^s]'s|s')$/v.test(lower) && !/^(?:what|who|how|it|that)'s$/v.test(lower),
  );
  if (owner < 0 || noun <= owner || noun - owner > 3) return undefined;
  const opening = /^(?:what|what's|how|how's|is|was|are|were)$/v;
  const first = tokens.findIndex(({ lower }) => !opening.test(lower));
  if (first < 0 || owner - first >= mostOfName) return undefined;
  const who = cut(reading, first, owner + 1).replace(/['’]s?$/v, '');
  return asked('what-said', who, topicFrom(reading, noun));
};

/** "Lee on wheat" */
const readHeadline: Read = reading => {
  const { tokens } = reading;
  const on = tokens.findIndex(({ lower }) => /^(?:on|about|abt|re)$/v.test(lower));
  if (on < 1 || on > mostOfName - 2 || on === tokens.length - 1 || opensWithQuestionWord(reading)) return undefined;
  const name = tokens.slice(0, on);
  if (name.some(token => auxiliaries.has(token.lower) || isSaying(token, undefined))) return undefined;
  return asked('what-said', whoIn(reading, 0, on), cut(reading, on + 1, tokens.length));
};

/** "the pm said wheat is up, right?" */
const readStatement: Read = reading => {
  const verb = verbFrom(reading, 1);
  if (verb !== undefined && !isName(reading, 0, verb)) return undefined;
  const isOpen = opensWithQuestionWord(reading) || auxiliaries.has(reading.tokens[0]?.lower ?? '');
  if (verb === undefined || isOpen) return undefined;
  return asked('did-say', whoIn(reading, 0, verb), topicFrom(reading, verb));
};

const readers: readonly Read[] = [readCredit, readView, readDid, readWho, readWhat, readHeadline, readStatement];

/** A subject that somebody names before they ask: "cyclone larry: who said …". */
const heading =
  /^(?<heading>[^,:]{3,60})[,:] (?<rest>(?:who|what|why|how|when|where|which|did|does|do|has|have)\b.+)$/iv;

function readEnglish(typed: string): Asked {
  const bare = withoutOpening(typed.replace(/[\s?!.…]+$/v, '')).replace(tags, '');
  const claim = hearsay.exec(bare.toLowerCase())?.[0].length ?? 0;
  if (claim > 0) return readStatement(readingOf(bare.slice(claim))) ?? asked('fact', undefined, bare.slice(claim));
  const groups = /^(?:according|going|in the words)/iv.test(bare) ? undefined : heading.exec(bare)?.groups;
  const reading = readingOf(groups?.rest ?? bare);
  for (const read of readers) {
    const found = read(reading);
    if (found !== undefined) return { ...found, more: `${groups?.heading ?? ''} ${found.more}` };
  }
  return asked('fact', undefined, bare);
}
