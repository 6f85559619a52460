import type { answers as english } from '../en/answers.ts';
import type { Translation } from '../message.ts';

export const answers: Translation<typeof english> = {
  'quote.before': '前文，¶{paragraph}',
  'quote.after': '後文，¶{paragraph}',
  'quote.ask': '請寫下記得的幾個字句，我來找。',
  'quote.nothing-like': '找不到其他類似的引文。',

  'said.ask': '請寫下記得的幾個字句，我來查是誰說的。',
  'said.own-voice': '{articles, plural, =1 {這是文章自己的敘述} other {這些都是文章自己的敘述}}，並非引述任何人。',
  'said.also': '同樣接近這些字句：',
  'said.did-you-mean': '找不到有誰說過「{words}」。您要找的是不是：',

  'person.ask': '請寫下姓名、職稱或團體，我就列出所知。',
  'person.more-paragraphs': '{paragraphs}，另有 {count, number} 段',
  'person.aliases': '文章亦作{forms}。',
  'person.silent': '文章未引述 {name} 的言論。',
  'person.mentioned-only': '文章未引述 {name} 的言論，僅於 {where} 提及。',
  'thing.mentioned-only': '文章未引述 {name} 的言論，僅於 {where} 提及。',
  'person.unread': '文章於 {where} 提及 {name}。中文文章裡是誰在說話，我無法判斷。',
  'person.phrase-elsewhere': '「{phrase}」一語另見於 {where}；該處所指何人，無法判斷。',
  'person.says': '在此文發言 {count, number} 則。',
  'person.says-mentioned': '在此文發言 {count, number} 則；提及處：{where}。',
  'person.silent-across': '見於 {articles, number} 篇文章，皆未引述其言論。',
  'thing.silent-across': '見於 {articles, number} 篇文章，皆未引述其言論。',
  'person.says-across': '在 {articles, number} 篇文章中發言 {count, number} 則，由新到舊。',
  'person.shown': '此處列出其中 {count, number} 篇。',
  'person.mentioned-in': '僅提及、未引述的文章',

  'subject.shorter': '主題請寫得短一點。',
  'compare.ask': '請寫下兩個名字，我來列出各自說過的話。',
  'compare.same': '兩個名字指的是同一位發言者。請在輸入時從清單中各選一位。',
  'compare.perhaps-same': '兩個名字最可能都指{name}。',
  'compare.neither': '兩人都沒說過類似的話。請減少字句，或拿掉 `字句`。',
  'compare.quotes': '{count, number} 則引文',
  'compare.on': '關於「{words}」，由新到舊',
  'compare.no-more': '{name} 沒有其他引文了。',
  'compare.nothing': '沒有 {name} 的引文。',
  'compare.nothing-like': '{name} 沒有與「{words}」相近的引文。',

  'timeline.ask': '請寫下名字，我來列出其發言，由舊到新。',
  'timeline.nothing': '找不到 {name} 的這類發言。請拿掉{narrow}。',
  'timeline.no-day': '日期不明',
  'timeline.likest': '，與「{words}」最相近',
  'timeline.from': '，{day}起',
  'timeline.until': '，{day}止',
  'timeline.order': '{count, number} 則引文{chosen}，依文章日期由舊到新；日期不明者列於最後。',

  'random.none': '找不到足以確定發言者的引文。請指定 `發言者`，或加入更多文章。',
  'random.none-by': '在引號內的話裡，找不到足以確定是 {name} 所說的。',

  'summary.title': '摘自文章原句',
  'summary.speakers': '{count, number} 位發言者',
  'summary.more': '另有 {count, number} 位',
};
