import type { citation as english } from '../en/citation.ts';
import type { Translation } from '../message.ts';

export const citation: Translation<typeof english> = {
  'citation.untitled': '無標題',
  'citation.open': '開啟',
  'citation.descriptive': '描述性標題',
  'citation.updated': '已更新',

  'excerpt.shortened': '篇幅所限，此處有節略：¶{paragraph} 另有下文。',
  'excerpt.inside-sentence': '此句過長，中間截斷：全句見 ¶{paragraph}。',

  'statement.goes-on': '續至 ¶{paragraph}。',
  'statement.indirect': '轉述',
  'statement.too-long': '內容過長，無法在此顯示。',

  'measures.paragraphs': '{count, number} 段',
  'measures.nobody': '未引述任何人',
  'measures.quotes': '{count, number} 則引文',
  'measures.quotes-by': '{speakers, number} 位發言者的 {quotes, number} 則引文',

  'typed.words': '「{words}」',
};
