import type { citation as english } from '../en/citation.ts';
import type { Translation } from '../message.ts';

export const citation: Translation<typeof english> = {
  'citation.untitled': '无标题',
  'citation.open': '打开',
  'citation.descriptive': '描述性标题',
  'citation.updated': '已更新',

  'excerpt.shortened': '篇幅所限，此处有节略：¶{paragraph} 另有下文。',
  'excerpt.inside-sentence': '此句过长，中间截断：全句见 ¶{paragraph}。',

  'statement.goes-on': '续至 ¶{paragraph}。',
  'statement.indirect': '转述',
  'statement.too-long': '内容过长，无法在此显示。',

  'measures.paragraphs': '{count, number} 段',
  'measures.nobody': '未引述任何人',
  'measures.quotes': '{count, number} 条引文',
  'measures.quotes-by': '{speakers, number} 位发言者的 {quotes, number} 条引文',

  'typed.words': '“{words}”',
};
