import { isMainlyHan } from '../news/chinese.ts';
import { wordSet } from '../news/lexicon/word-lists.ts';
import { linksIn } from '../news/links.ts';
import { pairQuotations } from '../news/quotations.ts';
import { slice } from '../news/span.ts';
import { EMPTY_WORDS } from '../words/lexicon/common-words.ts';
import { pointsAtMessage } from './follow-up.ts';
import { findForm, withoutEnd, withoutOpening } from './forms.ts';
import { isQuestion } from './question.ts';

/** What somebody wants who writes in their own words. */
export type Request =
  | { readonly kind: 'question' | 'newest' | 'help' }
  /** Words in quotation marks or in a quoted line: are they in an article, and whose are they? */
  | { readonly kind: 'check' }
  /** The first link, and what is asked about it; '' for what it says. */
  | { readonly kind: 'link'; readonly address: string; readonly question: string }
  /** Only a name, "Ada Lee", or a question of who that is: "who is Lee?" Perhaps nobody here has it. */
  | { readonly kind: 'person'; readonly name: string; readonly isAsked: boolean }
  /** `article` is as typed; empty if any will do. */
  | { readonly kind: 'summary'; readonly article: string }
  /** With the options of the command. */
  | { readonly kind: 'compare' | 'timeline' | 'random'; readonly texts: Readonly<Record<string, string>> }
  /** A command is typed or meant that only works as one: "/quote money", "quotes about money". */
  | { readonly kind: 'command'; readonly path: string }
  /** "translate that"; "what do you think?"; "thanks", which asks nothing; anything in a language that can't be read. */
  | { readonly kind: 'translation' | 'opinion' | 'thanks' | 'foreign' };

const THANKS =
  '(?:thanks|thank you|thx|ty|cheers|got it|ok|okay|cool|nice|great|wow|lol|ha(?:ha)+|good (?:bot|job)|well done|never ?mind|sorry|yes|yeah|yep|no|nope)';

/** Each group is named after the property of the request, or the option of its command, that it fills. */
const REQUESTS = {
  help: [
    /^(?:what|how) (?:can|do) (?:you|i) (?:do|ask|use)(?: (?:here|you|this|with (?:you|this)))?$/iv,
    /^(?:how does (?:this|it) work|who are you|help(?: me)?)$/iv,
    /^(?:hi|hello|hey|yo|hiya|good (?:morning|afternoon|evening))(?: there| all| bot| verbatim)?$/iv,
    /^(?:[你您]好|哈啰|嗨|帮助|说明|[你您][会能]做什么|怎么用|[你您]是谁)$/v,
  ],
  thanks: [
    new RegExp(
      `^(?:(?:and|many) )?${THANKS}(?:[,.!]* (?:${THANKS}|a lot|so much|very much|all|bot|verbatim|you(?:['’]?re (?:great|the best))?))*$`,
      'iv',
    ),
    /^(?:谢谢|感谢|多谢|谢啦|好的|了解|赞|哈哈+)[您你了啦]?$/v,
  ],
  newest: [
    /^(?:(?:what['’]?s|what is|show|any) )?(?:the )?(?:latest|newest|new|recent)(?: (?:news|articles?|stor(?:y|ies)|here))*$/iv,
    /^(?:最新的?(?:新闻|文章|消息)?|有什么新闻)$/v,
  ],
  summary: [
    /^(?:write )?(?:a |the )?(?:summ?[ae]r+i[sz]e|summ?[ae]ry|sum up|tl;?dr)(?: of)?(?: (?:the |this |that )?(?:article|story|report|news|piece))?(?: (?:on|about|from))?(?: (?<article>.+))?$/div,
    /^请?(?:总结|摘要|概括)(?:一下)?(?<article>.*)$/dv,
  ],
  translation: [/^translate(?: .+)?$/iv, /^请?(?:帮我)?翻译(?:一下)?(?:[这那它成].*)?$/v],
  opinion: [
    /^(?:(?:what|how) )?(?:do|are) you (?:agree|against|believe|feel|for|hate|like|prefer|support|think|trust)(?: .+)?$/iv,
    /^what(?: is|['’]?s) your (?:own )?(?:opinion|take|view|favou?rite)(?: .+)?$/iv,
    /^[你您](?:怎么看|觉得|认为|喜欢|相信|支持|同意).*$/v,
  ],
  compare: [/^compare (?<a>.+?) (?:and|with|to|vs\.?|versus) (?<b>.+?)(?: (?:on|about|regarding) (?<words>.+))?$/div],
  timeline: [
    /^(?:a |the )?timeline (?:of|for|by) (?<speaker>.+)$/div,
    /^(?:everything|all)(?: that)? (?<speaker>.+?)(?: has| have)? said$/div,
  ],
  random: [
    /^(?:(?:a|any|another|some) )?random (?:quote|line|statement)s?(?: (?:by|from|of) (?<speaker>.+))?$/div,
    /^surprise (?:me|us)$/iv,
    /^(?:来一?[句条]?)?随机(?:一[句条则])?(?:引语|引文|语录|话)?$/v,
  ],
  command: [
    // Some have a second word: "/watch add".
    /^\/(?<path>(?:who|article|library|feed|watch) [a-z]+|[a-z]+)(?: .*)?$/dv,
    /^(?:(?:any|some) )?(?<path>quote)s? (?:on|about|with) .+$/div,
  ],
  person: [/^who(?: is|['’]?s| was| are) (?<name>.+)$/div, /^(?<name>.{1,20}?)是(?:谁|什么人)$/dv],
};
const ANY_ARTICLE = /^(?:it|this|that|the latest|the newest|the latest one|新聞|新闻|文章)?$/iv;

const ARTICLE_NOUN =
  /^(?:(?:the|that|this|an?) )?(?<subject>.+?) (?:article|stor(?:y|ies)|report|news|piece|coverage)$/iv;

/** Returns what somebody may call an article, as typed first: "the wheat story", "wheat". */
export function namesOfArticle(typed: string): readonly string[] {
  const { subject = typed } = ARTICLE_NOUN.exec(typed)?.groups ?? {};
  return [...new Set([typed, subject])];
}

const PLEASE = /(?<=\S),? (?:please|pls|plz)$/iv;

/** In words, or in characters of Chinese. Whatever is longer asks for more than a person. */
const LONGEST_NAME = 6;

/**
 * Returns what a text asks for: what `/ask` is asked, or what is written to the bot. That of a person is a guess: only
 * the library tells whether somebody has that name.
 */
export function requestOf(text: string): Request {
  const [address] = linksIn(text);
  if (address !== undefined) return { kind: 'link', address, question: askedAbout(text.replaceAll(address, ' ')) };
  const bare = withoutEnd(text).replace(PLEASE, '');
  if (!/[\p{L}\p{N}]/v.test(bare)) return { kind: /\p{Emoji_Presentation}/v.test(bare) ? 'thanks' : 'help' };
  if (isForeign(text)) return { kind: 'foreign' };
  const form = findForm(REQUESTS, bare) ?? findForm(REQUESTS, withoutOpening(bare));
  if (form !== undefined) return requestIn(form);
  if (quotes(text)) return { kind: 'check' };
  const isShort = !/[?？]\s*$/v.test(text) && (isMainlyHan(bare) ? bare : bare.split(' ')).length <= LONGEST_NAME;
  return isShort && !isQuestion(`${bare}?`) ? { kind: 'person', name: bare, isAsked: false } : { kind: 'question' };
}

function requestIn({ kind, groups }: NonNullable<ReturnType<typeof findForm<typeof REQUESTS>>>): Request {
  const texts = Object.fromEntries(Object.entries(groups).map(([name, words]) => [name, words.trim()]));
  const { name = '', article = '', path = '' } = texts;
  if (kind === 'person') return { kind, name, isAsked: true };
  if (kind === 'summary') return { kind, article: ANY_ARTICLE.test(article) ? '' : article };
  if (kind === 'command') return { kind, path: path.toLowerCase() };
  return kind === 'compare' || kind === 'timeline' || kind === 'random' ? { kind, texts } : { kind };
}

/** Returns what a text beside a link asks; '' if it only asks for what the link says. */
function askedAbout(rest: string): string {
  const asked = rest.replaceAll(/\s+/gv, ' ').replaceAll(/^[^\p{L}\p{N}]+|[<>:,\s]+$/gv, '');
  return pointsAtMessage(asked) || requestOf(asked).kind !== 'question' ? '' : asked;
}

const QUOTED_LINE = /^>(?:>>)?[ \t]*\S/mv;
const DOUBLE_MARK = /^["“”„«「『＂]/v;
/** Fewer quoted words are a name, or what a question is about. */
const LEAST_QUOTED = { words: 3, characters: 5 };
/** A question about words in quotation marks, rather than whether they were said. */
const ASKS_ABOUT = /\b(?:what|how|why|when|where|which)\b|什[麼么]|甚麼|怎[麼么樣样]|為何|为何|如何/iv;

/** True if a text gives a quotation to check. */
function quotes(text: string): boolean {
  if (QUOTED_LINE.test(text)) return true;
  const outer = pairQuotations(text, [{ start: 0, end: text.length }]).filter(
    ({ depth, start }) => depth === 0 && DOUBLE_MARK.test(text.charAt(start)),
  );
  const isLong = outer.some(({ inner }) => {
    const words = slice(text, inner).trim();
    return isMainlyHan(words)
      ? [...words].length >= LEAST_QUOTED.characters
      : words.split(/\s+/v).length >= LEAST_QUOTED.words;
  });
  const outside = outer.reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end), text);
  return isLong && !ASKS_ABOUT.test(outside);
}

/** Common in Spanish, French, German, Italian, Portuguese or Dutch, and neither English words nor parts of names. */
const FOREIGN_WORDS = wordSet(`
  qué que quién dijo sobre por cómo cuándo dónde cuál cuántos cuánto está
  qui quoi quel quelle est ce dit sur quand où comment pourquoi combien avec dans les
  wer wann wo warum wieviel wie gesagt sagte über der dem und zu ist nicht
  chi cosa detto sul quando dove perché come che
  quem disse onde quantos não uma
  wat waar wanneer waarom heeft gezegd het een
`);
const LEAST_FOREIGN = 2;

/** True if a text has letters of other scripts, or common words of another language and hardly any of English. */
function isForeign(text: string): boolean {
  const letters = text.match(/\p{L}/gv)?.length ?? 0;
  const others = text.match(/(?!\p{sc=Latin}|\p{sc=Han})\p{L}/gv)?.length ?? 0;
  if (2 * others > letters || (isMainlyHan(text) && 4 * others > letters)) return true;
  const lower = text.toLowerCase().match(/[\p{L}\p{M}'’]+/gv) ?? [];
  const foreign = lower.filter(word => FOREIGN_WORDS.has(word)).length;
  return foreign >= LEAST_FOREIGN && foreign > 2 * lower.filter(word => EMPTY_WORDS.has(word)).length;
}
