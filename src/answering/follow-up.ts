import { isMainlyHan } from '../news/chinese.ts';
import { isAsking } from './question.ts';

/** What somebody wants who replies to an answer, going on with what it was about. */
export type FollowUp =
  /** "what else did she say?" */
  | { readonly kind: 'more' }
  /** "who is he?", "who said that?" */
  | { readonly kind: 'who' }
  /** "when was that?", "is that right?" */
  | { readonly kind: 'source' }
  /** "and about ships?", "and the mayor?": the same about something or somebody else, as typed. */
  | { readonly kind: 'other'; readonly words: string }
  /** "did he say why?": a question about whom the answer was about. */
  | { readonly kind: 'question' }
  /** Anything that can be understood without the answer. */
  | { readonly kind: 'new' };

const SO = '(?:(?:and|so|but|ok|okay|well|now|then|hey|please)[,!]? )*';
const WHOM = '(?:he|she|they|it|you)';
const THAT = '(?:this|that|it|these|those|he|she|they|him|her|them|the quote)';

const FORMS: readonly (readonly [Exclude<FollowUp['kind'], 'new' | 'question'>, RegExp])[] = [
  [
    'more',
    new RegExp(
      `^${SO}(?:what else(?: (?:did|does|do|has|have) ${WHOM} (?:say|said|have to say))?|(?:anything|something) else|(?:did|has) ${WHOM} (?:say|said) anything else|(?:tell me |show me )?more|go on|continue)$`,
      'iv',
    ),
  ],
  [
    'more',
    /^(?:那)?(?:他|她|它|他們|她們|他们|她们)?(?:還|还)(?:有什[麼么]|有呢|有嗎|有吗|有|(?:說|说|講|讲)(?:過|过|了)?(?:什[麼么]|哪些)?)$|^(?:更多|繼續|继续)$/v,
  ],
  ['who', new RegExp(`^${SO}who(?: is|['’]?s| are| was| were| said| says)(?: ${THAT})?(?: then| exactly)?$`, 'iv')],
  ['who', /^(?:那)?(?:他|她|它|他們|她們|他们|她们|這|这|那)?(?:是)?(?:誰|谁|什[麼么]人)(?:說的|说的|講的|讲的)?$/v],
  [
    'source',
    new RegExp(
      `^${SO}(?:when|where|on (?:what|which) (?:day|date)|what (?:day|date)|how long ago|which article|what article|(?:any )?(?:sources?|links?)|citation|(?:is|was) ${THAT} (?:right|true|correct|recent|old|new)|really)(?: (?:did|does|was|is|were|are) ${THAT}(?: (?:say|said|says|from|published|written|posted))?(?: ${THAT})?)?$`,
      'iv',
    ),
  ],
  [
    'source',
    /^(?:那)?(?:這|这|那)?(?:是)?(?:什[麼么]時候|什[麼么]时候|何時|何时|哪一天|哪天|哪裡|哪里|哪篇文章|哪一篇)(?:說的|说的|的)?$|^(?:出處|出处|來源|来源|真的嗎|真的吗)$/v,
  ],
  ['other', new RegExp(`^(?:${SO}(?:what |how )?(?:about|on|regarding)|and) (?<words>.+)$`, 'iv')],
  ['other', /^(?:那麼|那么|那|關於|关于|至於|至于)?(?<words>.{1,30}?)(?:呢)$/v],
];

/** Whoever the answer was about. */
const PRONOUN = /\b(?<subject>he|she|they|him|them)\b|\b(?<owner>his|their)\b|\b(?<her>her)\b(?<owned> [\p{L}\-]+)?/iv;
const HAN_PRONOUN = /他們|她們|他们|她们|他|她/v;

/** Returns how a reply goes on with an answer. */
export function followUpOf(text: string): FollowUp {
  const bare = text.replaceAll(/\s+/gv, ' ').replaceAll(/^\s+|[\s?!.…？！。]+$/gv, '');
  for (const [kind, form] of FORMS) {
    const found = form.exec(bare);
    if (found === null) continue;
    if (kind !== 'other') return { kind };
    const words = found.groups?.words ?? '';
    // "and what did the mayor say?"
    if (!isAsking(words)) return { kind, words };
  }
  const has = isMainlyHan(bare) ? HAN_PRONOUN.test(bare) : PRONOUN.test(bare);
  return { kind: has ? 'question' : 'new' };
}

/** Returns a question with a name in the place of its first pronoun. */
export function withName(question: string, name: string): string {
  if (isMainlyHan(question)) return question.replace(HAN_PRONOUN, () => name);
  return question.replace(PRONOUN, (...found) => {
    const { owner, her, owned = '' }: Record<string, string | undefined> = found.at(-1);
    // "what about her plan": it may be hers, or she.
    const isOwner = owner !== undefined || (her !== undefined && owned !== '');
    return `${name}${isOwner ? '’s' : ''}${owned}`;
  });
}

/** Returns the question what somebody said about something, in the language of what was typed. */
export function saidAbout(name: string, topic: string): string {
  return isMainlyHan(topic) ? `${name}對${topic}說了什麼？` : `What did ${name} say about ${topic}?`;
}
