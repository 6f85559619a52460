import type { cards as english } from '../en/cards.ts';
import type { Translation } from '../message.ts';

export const cards: Translation<typeof english> = {
  'card.ask': '请写下记得的几个字句，我来做成图卡。',
  'card.nobody': '该处未引述任何人，是文章自己的叙述。图卡须有发言者。',
  'card.naming': '这些字指出发言者是谁，并不是谁说的话。请改写其说过的字句，我就做成图卡。',
  'card.beside': '这些字是文章自己的叙述，旁边才是引述。请改写该处有人说过的字句。',
  'card.unclear': '文章未说明那是谁说的，做成图卡等于替人说话，所以不做。可用 `/引述` 看原文。',
  'card.denied': '文章写的是有人否认，或并没有这样说，所以不做图卡。可用 `/引述` 看原文。',
  'card.doubtful': '该处谁说了什么，我可能判读有误，所以不做图卡。可用 `/引述` 看原文，自行判断。',
  'card.long': '那句话太长，图卡放不下：最多 {most, number} 个字符。可用 `/引述` 看原文。',
  'card.letters': '其中有些字是我的字体所缺，图卡会出现方框。可用 `/引述` 看原文。',

  'card.inferred': '发言者为推定',
  'card.inferred-from': '发言者为推定：文章写作“{phrase}”',
  'card.in-article': '文章写作“{phrase}”',
  'card.reported-by': '转述者：{teller}',
  'card.reported-by-nobody': '转述者：文章未具名',
  'card.indirect': '转述，非原话',
  'card.mixed': '部分为转述，非原话',
  'card.longer': '节选自较长的发言',

  'card.described': '{words}——{credit}',
  'card.described-quotation': '“{words}”——{credit}',
  'card.paper': '纸白',
  'card.night': '夜黑',
  'card.forest': '森绿',
  'card.wide': '横幅',
  'card.square': '方形',
};
