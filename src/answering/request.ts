import { isMainlyHan } from '../news/chinese.ts';
import { wordSet } from '../news/lexicon/word-lists.ts';
import { linksIn } from '../news/links.ts';
import { pairQuotations } from '../news/quotations.ts';
import { slice } from '../news/span.ts';
import { EMPTY_WORDS } from '../words/lexicon/common-words.ts';
import { isAsking } from './question.ts';

/** What somebody wants who writes in their own words. */
export type Request =
  | { readonly kind: 'question' }
  /** Words in quotation marks or in a quoted line: are they in an article, and whose are they? */
  | { readonly kind: 'check' }
  /** The first link, and what is asked about it; '' for what it says. */
  | { readonly kind: 'link'; readonly address: string; readonly question: string }
  /** Somebody is named, and nothing asked of them: "who is Lee?", "Ada Lee". They may be unknown. */
  | { readonly kind: 'person'; readonly name: string }
  /** `article` is as typed; empty if any will do. */
  | { readonly kind: 'summary'; readonly article: string }
  | { readonly kind: 'newest' }
  | { readonly kind: 'help' }
  /** "thanks": nothing is asked. */
  | { readonly kind: 'thanks' }
  /** In a language that can't be read. */
  | { readonly kind: 'foreign' };

const PLEASE = '(?:(?:hi|hello|hey|ok|so|please|pls|can you|could you|would you|i want you to)[,!]? +)*';
const ABOUT = '(?: of)?(?: (?:the |this |that )?(?:article|story|report|news|piece))?(?: (?:on|about|from))?';

/** In Chinese, in traditional and simplified characters. */
const REQUESTS: readonly (readonly ['help' | 'thanks' | 'newest' | 'summary' | 'person', RegExp])[] = [
  [
    'help',
    new RegExp(
      `^${PLEASE}(?:(?:what|how) (?:can|do) (?:you|i) (?:do|ask|use)(?: (?:here|you|this|with (?:you|this)))?|how does (?:this|it) work|who are you|help(?: me)?)$`,
      'iv',
    ),
  ],
  ['help', /^(?:hi|hello|hey|yo|hiya|good (?:morning|afternoon|evening))(?: there| all| bot| verbatim)?$/iv],
  [
    'help',
    /^(?:你好|您好|哈囉|哈啰|嗨|幫助|帮助|說明|说明|你會做什麼|你会做什么|你能做什麼|你能做什么|怎麼用|怎么用|你是誰|你是谁)$/v,
  ],
  [
    'thanks',
    /^(?:(?:ok|okay|and|great|many) )?(?:thanks|thank you|thx|ty|cheers|got it|ok|okay|cool|nice|great|wow|lol|ha(?:ha)+|good (?:bot|job)|well done|never ?mind|sorry)(?:,? (?:a lot|so much|very much|all|bot|verbatim|you))*$/iv,
  ],
  ['thanks', /^(?:謝謝|谢谢|感謝|感谢|多謝|多谢|謝啦|谢啦|好的|了解|讚|赞|哈哈+)(?:您|你|了|啦)?$/v],
  [
    'newest',
    new RegExp(
      `^${PLEASE}(?:(?:what['’]?s|what is|show(?: me)?|any|give me) )?(?:the )?(?:latest|newest|new|recent)(?: (?:news|articles?|stor(?:y|ies)|here))*$`,
      'iv',
    ),
  ],
  ['newest', /^(?:最新(?:的)?(?:新聞|新闻|文章|消息)?|有什麼新聞|有什么新闻)$/v],
  [
    'summary',
    new RegExp(
      `^${PLEASE}(?:give me |write )?(?:a |the )?(?:summari[sz]e|summary|sum up|tl;?dr)${ABOUT}(?: (?<rest>.+))?$`,
      'iv',
    ),
  ],
  ['summary', /^(?:請|请)?(?:總結|总结|摘要|概括)(?:一下)?(?<rest>.*)$/v],
  ['person', new RegExp(`^${PLEASE}who(?: is|['’]?s| was| are) (?<rest>.+)$`, 'iv')],
  ['person', /^(?:請問|请问)?(?<rest>.{1,20}?)是(?:誰|谁|什麼人|什么人)$/v],
];
const ANY_ARTICLE = /^(?:it|this|that|the latest|the newest|the latest one|新聞|新闻|文章)?$/iv;

/** In words, or in characters of Chinese. Whatever is longer asks for more than a person. */
const LONGEST_NAME = 6;

/**
 * Returns what a text asks for: what `/ask` is asked, or what is written to the bot. That of a person is a guess: only
 * the library tells whether somebody has that name.
 */
export function requestOf(text: string): Request {
  const [address] = linksIn(text);
  if (address !== undefined) return { kind: 'link', address, question: askedAbout(text.replaceAll(address, ' ')) };
  const typed = text.replaceAll(/\s+/gv, ' ').trim();
  const bare = typed.replace(/[\s?!.…？！。]+$/v, '');
  if (!/[\p{L}\p{N}]/v.test(bare)) return { kind: /\p{Emoji_Presentation}/v.test(bare) ? 'thanks' : 'help' };
  if (isForeign(typed)) return { kind: 'foreign' };
  const named = namedRequest(bare);
  if (named !== undefined) return named;
  if (quotes(text)) return { kind: 'check' };
  const isShort = !/[?？]$/v.test(typed) && (isMainlyHan(bare) ? bare : bare.split(' ')).length <= LONGEST_NAME;
  return isShort && !isAsking(bare) ? { kind: 'person', name: bare } : { kind: 'question' };
}

/** Returns the request that a text has the form of. */
function namedRequest(bare: string): Request | undefined {
  for (const [kind, form] of REQUESTS) {
    const found = form.exec(bare);
    if (found === null) continue;
    const rest = found.groups?.rest?.trim() ?? '';
    if (kind === 'person') return { kind, name: rest };
    return kind === 'summary' ? { kind, article: ANY_ARTICLE.test(rest) ? '' : rest } : { kind };
  }
  return undefined;
}

/** Returns what a text beside a link asks; '' if it only asks for what the link says. */
function askedAbout(rest: string): string {
  const asked = rest.replaceAll(/\s+/gv, ' ').replaceAll(/^[^\p{L}\p{N}]+|[<>:,\s]+$/gv, '');
  if (pointsAtMessage(asked) || ADDING.test(asked)) return '';
  return requestOf(asked).kind === 'question' ? asked : '';
}

const ADDING = new RegExp(
  `^${PLEASE}(?:add|keep|save|read|look at|see)(?: (?:this|that|it|the))?(?: (?:link|article|story|one|page))?$`,
  'iv',
);

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

/** Questions that say nothing but what is meant by another message: "is this right?" */
const POINTING: readonly RegExp[] = [
  new RegExp(
    `^${PLEASE}(?:(?:is|was) (?:this|that|it)(?: quote)?(?: really| actually)? (?:right|true|correct|real|accurate|so|legit|fake|made up)|(?:is|was) (?:this|that) a real quote|(?:did|does|has|have) \\S.{0,40}? (?:say|said|says) (?:this|that|it|so)|who(?: really| actually)? (?:said|says|wrote) (?:this|that|it|so)|where is (?:this|that|it) from|(?:fact[ \\-]?)?check(?: (?:this|that|it))?(?: quote)?|verify(?: (?:this|that|it))?|(?:any )?(?:source|proof|citation)s?|(?:this|that) (?:true|right|real)|true|right|correct|really|real|this|that|it|what (?:does|do) (?:this|it|that) say|what(?: is|['’]?s) (?:this|that|it)(?: about)?|(?:summari[sz]e|sum up|summary|tl;?dr)(?: of)?(?: (?:this|that|it))?)$`,
    'iv',
  ),
  /^(?:請問|请问)?(?:這|这|那|這句話|这句话|這句|这句)?(?:是)?(?:真的|對的?|对的?|誰說的|谁说的|誰講的|谁讲的|哪裡來的|哪里来的)(?:嗎|吗)?$/v,
  /^(?:查證|查证|查一下|出處|出处|來源|来源|總結|总结|摘要)(?:一下|這個|这个)?$/v,
];

/** True if a text asks only about another message, which a reply is to or a link leads to. */
export function pointsAtMessage(text: string): boolean {
  const bare = text.replaceAll(/\s+/gv, ' ').replaceAll(/^\s+|[\s?!.…？！。]+$/gv, '');
  return bare === '' || POINTING.some(form => form.test(bare));
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
