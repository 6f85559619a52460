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
  'speaker.reported-by': '转述者：{teller}。',
  'speaker.misread': '此处谁说了什么，我可能判读有误，请以原文为准。',
  'speaker.denied': '否认者，或并未如此说的人：{speaker}',
  'speaker.not-said': '文章写的是有人否认，或并没有这样说，请以原文为准。',
  'speaker.indirect': '转述，非原话。',

  'speaker.inline.article': '文章本身',
  'speaker.inline.unnamed': '发言者未具名',
  'speaker.inline.who': '“{phrase}”（文章未说明是谁）',
  'speaker.inline.who-perhaps': '“{phrase}”（文章未说明是谁；或许是 {name}）',
  'speaker.inline.likely': '最可能是 {name}',
  'speaker.inline.phrase-likely': '“{phrase}”，最可能是 {name}',
  'speaker.inline.phrase': '{name}（“{phrase}”）',
  'speaker.inline.perhaps': '或许是 {speaker}',
  'speaker.inline.denied': '{speaker} 否认，或并未如此说',
  'speaker.inline.reported-by': '{speaker}（转述者：{teller}）',
};
