import type { speakers as english } from '../en/speakers.ts';
import type { Translation } from '../message.ts';

export const speakers: Translation<typeof english> = {
  'voices.title': '发言者',
  'voices.nobody': '这篇文章未引述任何人。',
  'voices.unread': '中文文章里是谁在说话，我无法判断。',
  'voices.inferred': '推定 {places}',
  'voices.unclear': '或许 {places}',
  'voices.told': '他人转述 {places}',
  'voices.more': '另有 {count, number} 位',

  'speakers.nobody': '那篇文章未引述任何人。',
  'speakers.nobody-anywhere': '这里的文章中，找不到被引述的人。中文文章里是谁在说话，我无法判断。',
  'speakers.of-article': '这篇文章引述了谁',
  'speakers.of-library': '谁最常被引述',
  'speakers.articles': '我读过的全部文章：{count, number} 篇',
  'speakers.articles-unsure': '我读过的全部文章：{count, number} 篇；有些引文可能另有其人',
  'speakers.unclear': '发言者不明',
  'speakers.why-unclear': '文章未交代，或我判读有误',
  'speakers.unnamed': '未具名',
  'speakers.quoted': '{count, number} 条有引号',
  'speakers.reported': '{count, number} 条转述',
  'speakers.inferred': '{count, number} 条推定',
  'speakers.told': '{count, number} 条由他人转述',
  'speakers.numbers': '{quotes, number} 条引文，{words, number} 字',
  'speakers.all-numbers': '{quotes, number} 条引文（{parts}），{words, number} 字',
  'speakers.in-articles': '{quotes, number} 条引文，见于 {articles, number} 篇文章',
  'speakers.counted-article': '文章称某人说过的话，每条计一次；字数含原话与转述。',
  'speakers.counted-library':
    '文章称某人说过的话，每条计一次；可能另有其人的也计入。要看字数与引号内的条数，请指定 `文章`。',
  'speakers.counted-cut':
    '文章称某人说过的话，每条计一次；可能另有其人的也计入。此处列出最常被引述的 {total, number} 位。要看字数与引号内的条数，请指定 `文章`。',
  'speakers.menu': '看其中一位说了什么',
  'speakers.no-picture': '这次没有图：{reason}',

  'chart.filled': '全部或部分有引号',
  'chart.hatched': '转述',
  'chart.name-elsewhere': '（名字见列表）',
  'chart.described': '条形图。{title}：{about}。',
  'chart.line': '{rank}. {who}：{numbers}',
};
