import type { checks as english } from '../en/checks.ts';
import type { Translation } from '../message.ts';

export const checks: Translation<typeof english> = {
  'checks.heading.exact': '一字不差',
  'checks.heading.altered': '有改动',
  'checks.heading.cut': '有删节',
  'checks.heading.stitched': '拼接',
  'checks.heading.denied': '遭否认',
  'checks.heading.wrong name': '话对人不对',
  'checks.heading.name open': '话对，人未定',
  'checks.heading.own voice': '文章自己的话',
  'checks.heading.not found': '这里查无',

  'checks.exact': '文章里的原话正是如此。',
  'checks.altered': '与文章的原话不同。引文中，**粗体**是多出的字，~~删除线~~是遗漏的字：',
  'checks.cut': '引文略去了一些字，却没有标明。~~删除线~~是遗漏的字：',
  'checks.stitched': '这几段话在文章里并不相连，分别出自：',
  'checks.denied': '文章里确有这些话，但文章写的是有人否认，或并没有这样说。',
  'checks.wrong name': '文章里确有这些话，但出自另一人。',
  'checks.name open': '文章里确有这些话，但没有确定是谁说的。',
  'checks.own voice': '文章里确有这些话，但并非引述任何人。',
  'checks.not-together': '而且各段在文章里并不相连。',

  'checks.credits-nobody': '引文说是 {name} 说的；文章没有说是谁说的。',
  'checks.credits-other': '引文说是 {name} 说的；文章的说法是：{speaker}。',
  'checks.credits-unsettled': '引文说是 {name} 说的；文章没有确定是否如此。',
  'checks.credits-doubtful': '引文说是 {name} 说的；该处是谁说的，我可能判读有误。',
  'checks.by': '发言者：{speaker}',
  'checks.by-unknown': '发言者：无法辨认',
  'checks.by-indirect': '发言者：{speaker}；转述，非原话',
  'checks.perhaps-by': '发言者或许是：{speaker}',
  'checks.perhaps-by-indirect': '发言者或许是：{speaker}；转述，非原话',

  'checks.not found': '这个文库里没有相近的话。这不代表从来没有人说过：我只读过文库里的文章。',
  'checks.nearest': '最接近的是：',
  'checks.left': '那条消息还有 {left, number} 条引文，请分开查证。',
  'checks.nothing': '没有可以查证的话。请用引号或 `>` 引述，我就会查证。',
};
