import type { searching as english } from '../en/searching.ts';
import type { Translation } from '../message.ts';

export const searching: Translation<typeof english> = {
  'searching.person': '{name}（{said, plural, =0 {未被引述} other {# 条引文}}）',
  'searching.nobody-near': '没有{name}的发言。您要找的是不是{people}？',
  'searching.nobody': '我不认识{name}。请改用姓氏或职务，或用 {summary} 看看有谁发言。',
  'searching.nobody-there': '那里没有{name}这个人。请改用姓氏或职务，或去掉{options}。',
  'searching.says-nothing':
    '{articles, plural, =1 {这篇文章} other {这些文章}}没有引述{name}。要看哪里提到，请用 {who}。',
  'searching.could-be': '{name}也可能是{people}。请在输入时从列表中选择。',
  'searching.nothing': '找不到类似{words}的内容。请减少字句或换用较少见的字词，或用 {list} 看看我读过什么。',
  'searching.nothing-there': '那里找不到类似{words}的内容。请减少字句，或去掉{options}。',
  'searching.no-date': '{day}不像日期。请写成 `2022-03-14`、`2022-03`、`2022`、`2022年3月14日` 或 `昨天`。',
  'searching.no-days': '没有一天既在{after}之后，又在{before}之前。请修改，或去掉其中一个。',

  'searching.gone': '那篇文章刚刚被移除，或已无法读取。请另选一篇。',
  'searching.no-article': '我没有{title}这篇文章。请用 {list} 看看有哪些。',
  'searching.articles': '{title}可能是{titles}。请在输入时从列表中选择。',
  'searching.empty': '文库还是空的。请用 {add} 放入一篇文章。',
};
