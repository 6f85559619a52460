import type { speaker as english } from '../en/speaker.ts';
import type { Translation } from '../message.ts';

export const speaker: Translation<typeof english> = {
  'speaker.perhaps': '或许是 {name}',
  'speaker.likely': '最可能是 {name}',
  'speaker.phrase': '“{phrase}”',
  'speaker.in-article': '文章写作“{phrase}”',
  'speaker.article-says': '文章写作“{phrase}”，最可能是 {name}。',
  'speaker.likeliest': '文章此处未写明发言者；这是最可能的解读。',
  'speaker.unnamed': '发言者未具名',
  'speaker.not-told': '文章未说明这是谁说的。',
  'speaker.who': '文章未说明那是谁。',
  'speaker.who-perhaps': '文章未说明那是谁；或许是 {name}。',
  'speaker.article': '文章本身',
  'speaker.own-voice': '此处未引述任何人，是文章自己的叙述。',
  'speaker.naming': '粗体字不是谁说的话，而是指出此处的发言者。',
  'speaker.beside': '粗体字并非引述任何人；同一处另有这些人的话：{speakers}。',
  'speaker.unread': '无法判断是谁在说话',
  'speaker.reported-by': '转述者：{teller}。',
  'speaker.misread': '此处谁说了什么，我可能判读有误，请以原文为准。',
  'speaker.indirect': '转述，非原话。',

  'speaker.inline.article': '文章本身',
  'speaker.inline.naming': '这些字指出发言者：{speaker}',
  'speaker.inline.unnamed': '发言者未具名',
  'speaker.inline.who': '“{phrase}”（文章未说明是谁）',
  'speaker.inline.who-perhaps': '“{phrase}”（文章未说明是谁；或许是 {name}）',
  'speaker.inline.likely': '最可能是 {name}',
  'speaker.inline.phrase-likely': '“{phrase}”，最可能是 {name}',
  'speaker.inline.phrase': '{name}（“{phrase}”）',
  'speaker.inline.perhaps': '或许是 {speaker}',
  'speaker.inline.reported-by': '{speaker}（转述者：{teller}）',
};
