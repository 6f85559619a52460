import type { Asked } from './question.ts';

const say =
  '(?:說|说|表示|講|讲|談|谈|提|提到|提及|指出|認為|认为|以為|以为|宣布|宣佈|承認|承认|否認|否认|批評|批评|警告|強調|强调|透露|聲稱|声称|主張|主张|覺得|觉得|回應|回应|答應|答应|承諾|承诺|呼籲|呼吁|評論|评论|評價|评价|解釋|解释)';
const aspect = '(?:過|过|了|到|起|及|出)*';
const adverb = '(?:到底|究竟|都|也|曾經|曾经|曾|有|還|还|又|是|當時|当时|後來|后来|昨天|今天)*';
const what = '(?:些)?(?:什麼|什么|甚麼|啥|哪些話|哪些话)';
const about = '(?:關於|关于|對於|对于|有關|有关|針對|针对|對|对|就|談到|谈到)';
const matter = '(?:的事情?|的問題|的问题|一事|這件事|这件事)?';
const anyone = '(?:誰|谁|哪位|哪一位|哪個人|哪个人|哪些人|什麼人|什么人|何人)';
const whether = '(?:有沒有|有没有|是否|是不是|可曾|曾否)';

const form = (pattern: string) => new RegExp(`^${pattern}$`, 'v');

/** The ways to ask, the most telling first. */
const forms = [
  { kind: 'did-say', form: form(`(?:有沒有|有没有)人${adverb}${say}${aspect}(?<topic>.+?)(?:嗎|吗)?`) },
  { kind: 'who-said', form: form(`${anyone}${adverb}${say}${aspect}(?:的)?[，,：:]?(?<topic>.*)`) },
  {
    kind: 'who-said',
    form: form(`(?<topic>.+?)[，,]?(?:這|这)?(?:話|话|句話|句话)?(?:是)${anyone}${say}${aspect}(?:的)?`),
  },
  { kind: 'who-said', form: form(`${about}(?<topic>.+?)[，,]?${anyone}${adverb}${say}${aspect}(?:話|话)?`) },
  {
    kind: 'did-say',
    form: form(
      `(?<who>.{1,20}?)${about}(?<topic>.+?)${matter}${whether}${adverb}${say}?${aspect}(?:什麼|什么|話|话)?(?:嗎|吗)?`,
    ),
  },
  {
    kind: 'did-say',
    form: form(`(?<who>.{1,20}?)${adverb}${whether}${adverb}${say}${aspect}[，,：:]?(?<topic>.+?)(?:嗎|吗)?`),
  },
  {
    kind: 'did-say',
    form: form(`(?<who>.{1,20}?)${adverb}${say}${aspect}(?<topic>.+?)(?:了)?(?:嗎|吗|沒有|没有|沒|没)`),
  },
  {
    kind: 'what-said',
    form: form(`${about}(?<topic>.+?)${matter}[，,](?<who>.{1,20}?)${adverb}${say}${aspect}${what}`),
  },
  {
    kind: 'what-said',
    form: form(`(?<who>.{1,20}?)${adverb}${about}(?<topic>.+?)${matter}${adverb}${say}${aspect}${what}(?:話|话)?`),
  },
  {
    kind: 'what-said',
    form: form(
      `(?<who>.{1,20}?)${about}(?<topic>.+?)(?:的|有)?(?:什麼|什么)?(?:看法|意見|意见|立場|立场|態度|态度|評論|评论|回應|回应)(?:是什麼|是什么|如何|為何|呢)?`,
    ),
  },
  { kind: 'what-said', form: form(`(?<who>.{1,20}?)${adverb}${say}${aspect}${what}(?:話|话)?${about}?(?<topic>.*)`) },
  {
    kind: 'what-said',
    form: form(
      `(?<who>.{1,20}?)(?:是)?(?:怎麼|怎么|如何|怎樣|怎样)(?:看待|看|說|说|評價|评价|評論|评论|解釋|解释|回應|回应)${about}?(?<topic>.*)`,
    ),
  },
  {
    kind: 'what-said',
    form: form(`(?<who>.{1,20}?)(?:為什麼|为什么|為何|为何|為甚麼)${adverb}${say}${aspect}(?<topic>.+)`),
  },
] as const;

const opening = /^(?:請問|请问|想知道|我想知道|想問|想问|告訴我|告诉我|那麼|那么|那)[，,\s]*/v;
const closing = /[\s?？!！。.呢啊呀]+$/v;

/** Reads a question in Chinese, by its words. */
export function readChinese(typed: string): Asked {
  const bare = typed
    .replaceAll(/(?<=\p{sc=Han})\s+(?=\p{sc=Han})/gv, '')
    .replace(closing, '')
    .replace(opening, '');
  for (const { kind, form: asks } of forms) {
    const groups = asks.exec(bare)?.groups;
    if (groups !== undefined) return { kind, who: groups.who, topic: bareTopic(groups.topic ?? ''), more: '' };
  }
  return { kind: 'fact', who: undefined, topic: bare, more: '' };
}

function bareTopic(topic: string): string {
  return topic.replaceAll(/^[「『“"，,：:\s]+|[」』”"，,\s]+$/gv, '');
}
