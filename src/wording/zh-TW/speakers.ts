import type { speakers as english } from '../en/speakers.ts';
import type { Translation } from '../message.ts';

export const speakers: Translation<typeof english> = {
  'voices.title': '發言者',
  'voices.nobody': '這篇文章未引述任何人。',
  'voices.unread': '中文文章裡是誰在說話，我無法判斷。',
  'voices.inferred': '推定 {places}',
  'voices.unclear': '或許 {places}',
  'voices.told': '他人轉述 {places}',
  'voices.more': '另有 {count, number} 位',

  'speakers.nobody': '那篇文章未引述任何人。',
  'speakers.nobody-anywhere': '這裡的文章中，找不到被引述的人。中文文章裡是誰在說話，我無法判斷。',
  'speakers.of-article': '這篇文章引述了誰',
  'speakers.of-library': '誰最常被引述',
  'speakers.articles': '我讀過的全部文章：{count, number} 篇',
  'speakers.articles-unsure': '我讀過的全部文章：{count, number} 篇；有些引文可能另有其人',
  'speakers.unclear': '發言者不明',
  'speakers.why-unclear': '文章未交代，或我判讀有誤',
  'speakers.unnamed': '未具名',
  'speakers.quoted': '{count, number} 則有引號',
  'speakers.reported': '{count, number} 則轉述',
  'speakers.inferred': '{count, number} 則推定',
  'speakers.told': '{count, number} 則由他人轉述',
  'speakers.numbers': '{quotes, number} 則引文，{words, number} 字',
  'speakers.all-numbers': '{quotes, number} 則引文（{parts}），{words, number} 字',
  'speakers.in-articles': '{quotes, number} 則引文，見於 {articles, number} 篇文章',
  'speakers.counted-article': '文章稱某人說過的話，每則計一次；字數含原話與轉述。',
  'speakers.counted-library':
    '文章稱某人說過的話，每則計一次；可能另有其人的也計入。要看字數與引號內的則數，請指定 `文章`。',
  'speakers.counted-cut':
    '文章稱某人說過的話，每則計一次；可能另有其人的也計入。此處列出最常被引述的 {total, number} 位。要看字數與引號內的則數，請指定 `文章`。',
  'speakers.menu': '看其中一位說了什麼',
  'speakers.no-picture': '這次沒有圖：{reason}',

  'chart.filled': '全部或部分有引號',
  'chart.hatched': '轉述',
  'chart.name-elsewhere': '（名字見清單）',
  'chart.described': '長條圖。{title}：{about}。',
  'chart.line': '{rank}. {who}：{numbers}',
};
