import type { answers as english } from '../en/answers.ts';
import type { Translation } from '../message.ts';

export const answers: Translation<typeof english> = {
  'quote.before': '前文，¶{paragraph}',
  'quote.after': '后文，¶{paragraph}',
  'quote.ask': '请写下记得的几个字句，我来找。',
  'quote.nothing-like': '找不到其他类似的引文。',

  'said.ask': '请写下记得的几个字句，我来查是谁说的。',
  'said.own-voice': '{articles, plural, =1 {这是文章自己的叙述} other {这些都是文章自己的叙述}}，并非引述任何人。',
  'said.also': '同样接近这些字句：',
  'said.did-you-mean': '找不到有谁说过“{words}”。您要找的是不是：',

  'person.ask': '请写下姓名、职务或团体，我就列出所知。',
  'person.more-paragraphs': '{paragraphs}，另有 {count, number} 段',
  'person.aliases': '文章亦作{forms}。',
  'person.silent': '文章未引述 {name} 的言论。',
  'person.mentioned-only': '文章未引述 {name} 的言论，仅在 {where} 提及。',
  'thing.mentioned-only': '文章未引述 {name} 的言论，仅在 {where} 提及。',
  'person.unread': '文章在 {where} 提及 {name}。中文文章里是谁在说话，我无法判断。',
  'person.phrase-elsewhere': '“{phrase}”一语另见于 {where}；该处所指何人，无法判断。',
  'person.says': '在此文发言 {count, number} 条。',
  'person.says-mentioned': '在此文发言 {count, number} 条；提及处：{where}。',
  'person.silent-across': '见于 {articles, number} 篇文章，均未引述其言论。',
  'thing.silent-across': '见于 {articles, number} 篇文章，均未引述其言论。',
  'person.says-across': '在 {articles, number} 篇文章中发言 {count, number} 条，由新到旧。',
  'person.shown': '此处列出其中 {count, number} 篇。',
  'person.mentioned-in': '仅提及、未引述的文章',

  'subject.shorter': '主题请写得短一点。',
  'compare.ask': '请写下两个名字，我来列出各自说过的话。',
  'compare.same': '两个名字指的是同一位发言者。请在输入时从列表中各选一位。',
  'compare.perhaps-same': '两个名字最可能都指{name}。',
  'compare.neither': '两人都没说过类似的话。请减少字句，或去掉 `字句`。',
  'compare.quotes': '{count, number} 条引文',
  'compare.on': '关于“{words}”，由新到旧',
  'compare.no-more': '{name} 没有其他引文了。',
  'compare.nothing': '没有 {name} 的引文。',
  'compare.nothing-like': '{name} 没有与“{words}”相近的引文。',

  'timeline.ask': '请写下名字，我来列出其发言，由旧到新。',
  'timeline.nothing': '找不到 {name} 的这类发言。请去掉{narrow}。',
  'timeline.no-day': '日期不明',
  'timeline.likest': '，与“{words}”最相近',
  'timeline.from': '，{day}起',
  'timeline.until': '，{day}止',
  'timeline.order': '{count, number} 条引文{chosen}，按文章日期由旧到新；日期不明者列于最后。',

  'random.none': '找不到足以确定发言者的引文。请指定 `发言者`，或加入更多文章。',
  'random.none-by': '在引号内的话里，找不到足以确定是 {name} 所说的。',

  'summary.title': '摘自文章原句',
  'summary.speakers': '{count, number} 位发言者',
  'summary.more': '另有 {count, number} 位',
};
