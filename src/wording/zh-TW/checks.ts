import type { checks as english } from '../en/checks.ts';
import type { Translation } from '../message.ts';

export const checks: Translation<typeof english> = {
  'checks.heading.exact': '一字不差',
  'checks.heading.altered': '有更動',
  'checks.heading.cut': '有刪節',
  'checks.heading.stitched': '拼接',
  'checks.heading.denied': '遭否認',
  'checks.heading.wrong name': '話對人不對',
  'checks.heading.name open': '話對，人未定',
  'checks.heading.own voice': '文章自己的話',
  'checks.heading.not found': '這裡查無',

  'checks.exact': '文章裡的原話正是如此。',
  'checks.altered': '與文章的原話不同。引文中，**粗體**是多出的字，~~刪除線~~是遺漏的字：',
  'checks.cut': '引文略去了一些字，卻沒有標明。~~刪除線~~是遺漏的字：',
  'checks.stitched': '這幾段話在文章裡並不相連，分別出自：',
  'checks.denied': '文章裡確有這些話，但文章寫的是有人否認，或並沒有這樣說。',
  'checks.wrong name': '文章裡確有這些話，但出自另一人。',
  'checks.name open': '文章裡確有這些話，但沒有確定是誰說的。',
  'checks.own voice': '文章裡確有這些話，但並非引述任何人。',
  'checks.not-together': '而且各段在文章裡並不相連。',

  'checks.credits-nobody': '引文說是 {name} 說的；文章沒有說是誰說的。',
  'checks.credits-other': '引文說是 {name} 說的；文章的說法是：{speaker}。',
  'checks.credits-unsettled': '引文說是 {name} 說的；文章沒有確定是否如此。',
  'checks.credits-doubtful': '引文說是 {name} 說的；該處是誰說的，我可能判讀有誤。',
  'checks.by': '發言者：{speaker}',
  'checks.by-unknown': '發言者：無法辨認',
  'checks.by-indirect': '發言者：{speaker}；轉述，非原話',
  'checks.perhaps-by': '發言者或許是：{speaker}',
  'checks.perhaps-by-indirect': '發言者或許是：{speaker}；轉述，非原話',

  'checks.not found': '這個文庫裡沒有相近的話。這不代表從來沒有人說過：我只讀過文庫裡的文章。',
  'checks.nearest': '最接近的是：',
  'checks.left': '那則訊息還有 {left, number} 則引文，請分開查證。',
  'checks.nothing': '沒有可以查證的話。請用引號或 `>` 引述，我就會查證。',
};
