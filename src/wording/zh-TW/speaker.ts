import type { speaker as english } from '../en/speaker.ts';
import type { Translation } from '../message.ts';

export const speaker: Translation<typeof english> = {
  'speaker.perhaps': '或許是 {name}',
  'speaker.likely': '最可能是 {name}',
  'speaker.phrase': '「{phrase}」',
  'speaker.in-article': '文章寫作「{phrase}」',
  'speaker.article-says': '文章寫作「{phrase}」，最可能是 {name}。',
  'speaker.likeliest': '文章此處未寫出發言者；這是最可能的解讀。',
  'speaker.unnamed': '發言者未具名',
  'speaker.not-told': '文章未說明這是誰說的。',
  'speaker.who': '文章未說明那是誰。',
  'speaker.who-perhaps': '文章未說明那是誰；或許是 {name}。',
  'speaker.article': '文章本身',
  'speaker.own-voice': '此處未引述任何人，是文章自己的敘述。',
  'speaker.reported-by': '轉述者：{teller}。',
  'speaker.misread': '此處誰說了什麼，我可能判讀有誤，請以原文為準。',
  'speaker.denied': '否認者，或並未如此說的人：{speaker}',
  'speaker.not-said': '文章寫的是有人否認，或並沒有這樣說，請以原文為準。',
  'speaker.indirect': '轉述，非原話。',

  'speaker.inline.article': '文章本身',
  'speaker.inline.unnamed': '發言者未具名',
  'speaker.inline.who': '「{phrase}」（文章未說明是誰）',
  'speaker.inline.who-perhaps': '「{phrase}」（文章未說明是誰；或許是 {name}）',
  'speaker.inline.likely': '最可能是 {name}',
  'speaker.inline.phrase-likely': '「{phrase}」，最可能是 {name}',
  'speaker.inline.phrase': '{name}（「{phrase}」）',
  'speaker.inline.perhaps': '或許是 {speaker}',
  'speaker.inline.denied': '{speaker} 否認，或並未如此說',
  'speaker.inline.reported-by': '{speaker}（轉述者：{teller}）',
};
