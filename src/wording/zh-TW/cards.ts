import type { cards as english } from '../en/cards.ts';
import type { Translation } from '../message.ts';

export const cards: Translation<typeof english> = {
  'card.ask': '請寫下記得的幾個字句，我來做成圖卡。',
  'card.nobody': '該處未引述任何人，是文章自己的敘述。圖卡須有發言者。',
  'card.naming': '這些字指出發言者是誰，並不是誰說的話。請改寫其說過的字句，我就做成圖卡。',
  'card.beside': '這些字是文章自己的敘述，旁邊才是引述。請改寫該處有人說過的字句。',
  'card.unclear': '文章未說明那是誰說的，做成圖卡等於替人說話，所以不做。可用 `/引述` 看原文。',
  'card.denied': '文章寫的是有人否認，或並沒有這樣說，所以不做圖卡。可用 `/引述` 看原文。',
  'card.doubtful': '該處誰說了什麼，我可能判讀有誤，所以不做圖卡。可用 `/引述` 看原文，自行判斷。',
  'card.long': '那句話太長，圖卡放不下：最多 {most, number} 個字元。可用 `/引述` 看原文。',
  'card.letters': '其中有些字是我的字型所缺，圖卡會出現方框。可用 `/引述` 看原文。',

  'card.inferred': '發言者為推定',
  'card.inferred-from': '發言者為推定：文章寫作「{phrase}」',
  'card.in-article': '文章寫作「{phrase}」',
  'card.reported-by': '轉述者：{teller}',
  'card.reported-by-nobody': '轉述者：文章未具名',
  'card.indirect': '轉述，非原話',
  'card.mixed': '部分為轉述，非原話',
  'card.longer': '節錄自較長的發言',

  'card.described': '{words}——{credit}',
  'card.described-quotation': '「{words}」——{credit}',
  'card.paper': '紙白',
  'card.night': '夜黑',
  'card.forest': '森綠',
  'card.wide': '橫幅',
  'card.square': '方形',
};
