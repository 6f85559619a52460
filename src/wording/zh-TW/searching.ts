import type { searching as english } from '../en/searching.ts';
import type { Translation } from '../message.ts';

export const searching: Translation<typeof english> = {
  'searching.person': '{name}（{said, plural, =0 {未被引述} other {# 則引文}}）',
  'searching.nobody-near': '沒有{name}的發言。您要找的是不是{people}？',
  'searching.nobody': '我不認識{name}。請改用姓氏或職稱，或用 {summary} 看看有誰發言。',
  'searching.nobody-there': '那裡沒有{name}這個人。請改用姓氏或職稱，或拿掉{options}。',
  'searching.says-nothing':
    '{articles, plural, =1 {這篇文章} other {這些文章}}沒有引述{name}。要看哪裡提到，請用 {who}。',
  'searching.could-be': '{name}也可能是{people}。請在輸入時從清單中選取。',
  'searching.nothing': '找不到類似{words}的內容。請減少字句或換用較少見的字詞，或用 {list} 看看我讀過什麼。',
  'searching.nothing-there': '那裡找不到類似{words}的內容。請減少字句，或拿掉{options}。',
  'searching.no-date': '{day}不像日期。請寫成 `2022-03-14`、`2022-03`、`2022`、`2022年3月14日` 或 `昨天`。',
  'searching.no-days': '沒有一天既在{after}之後，又在{before}之前。請修改，或拿掉其中一個。',

  'searching.gone': '那篇文章剛剛被移除，或已無法讀取。請另選一篇。',
  'searching.no-article': '我沒有{title}這篇文章。請用 {list} 看看有哪些。',
  'searching.articles': '{title}可能是{titles}。請在輸入時從清單中選取。',
  'searching.empty': '文庫還是空的。請用 {add} 放入一篇文章。',
};
