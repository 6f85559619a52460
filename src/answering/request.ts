import { isMainlyHan } from '../news/chinese.ts';
import { wordSet } from '../news/lexicon/word-lists.ts';
import { EMPTY_WORDS } from '../words/lexicon/common-words.ts';
import { isAsking } from './question.ts';

/** What somebody wants who writes in their own words. */
export type Request =
  | { readonly kind: 'question' }
  /** Somebody is named, and nothing asked of them: "who is Lee?", "Ada Lee". They may be unknown. */
  | { readonly kind: 'person'; readonly name: string }
  /** `article` is as typed; empty if any will do. */
  | { readonly kind: 'summary'; readonly article: string }
  | { readonly kind: 'newest' }
  | { readonly kind: 'help' }
  /** In a language that can't be read. */
  | { readonly kind: 'foreign' };

const PLEASE = '(?:(?:hi|hello|hey|ok|so|please|pls|can you|could you|would you|i want you to)[,!]? +)*';
const ABOUT = '(?: of)?(?: (?:the |this |that )?(?:article|story|report|news|piece))?(?: (?:on|about|from))?';

/** In Chinese, in traditional and simplified characters. */
const REQUESTS: readonly (readonly [Exclude<Request['kind'], 'question' | 'foreign'>, RegExp])[] = [
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

/** Returns what a text asks for. That of a person is a guess: only the library tells whether somebody has that name. */
export function requestOf(text: string): Request {
  const typed = text.replaceAll(/\s+/gv, ' ').trim();
  if (isForeign(typed)) return { kind: 'foreign' };
  const bare = typed.replace(/[\s?!.…？！。]+$/v, '');
  for (const [kind, form] of REQUESTS) {
    const found = form.exec(bare);
    if (found === null) continue;
    const rest = found.groups?.rest?.trim() ?? '';
    if (kind === 'person') return { kind, name: rest };
    return kind === 'summary' ? { kind, article: ANY_ARTICLE.test(rest) ? '' : rest } : { kind };
  }
  const isShort = !/[?？]$/v.test(typed) && (isMainlyHan(bare) ? bare : bare.split(' ')).length <= LONGEST_NAME;
  return isShort && bare !== '' && !isAsking(bare) ? { kind: 'person', name: bare } : { kind: 'question' };
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
