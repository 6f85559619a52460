import type { settings as english } from '../en/settings.ts';
import type { Translation } from '../message.ts';

export const settings: Translation<typeof english> = {
  'settings.ofServer': '### 這個伺服器的設定',
  'settings.ofPerson': '### 您的文庫的設定',
  'settings.saved': '### 已儲存',
  'settings.public': '回答：**所有人都看得到**。加上 `不公開:True`，就只有提問的人看得到。',
  'settings.private': '回答：**只有提問的人看得到**。加上 `不公開:False` 或按 **分享**，所有人都看得到。',
  'settings.ownLanguage': '語言：**依各人在 Discord 的設定**。',
  'settings.oneLanguage': '語言：這裡的所有人都用**{name}**。',
  'settings.ownColours': '強調色：**無**。回答使用我自己的顏色。',
  'settings.accent': '強調色：**{colour}**。琥珀色仍表示發言者是推斷出來的，灰色仍表示發言者不明。',
  'settings.foot': '引文保留文章原來的語言。',
  'settings.noColour': '我不認得 {typed} 這個顏色。請寫成 `#5865F2` 的樣子、從清單中選一個，或寫 `none`。',
  'settings.warningColour': '{colour} 太像我用來提醒發言者是推斷或不明的顏色了。請選別的顏色。',
  'settings.noChoice': '沒有這個選項。請從清單中選一個。',
  'settings.colour.none': 'none：我自己的顏色',
  'settings.colour.blurple': 'Discord 藍紫',
  'settings.colour.blue': '藍色',
  'settings.colour.teal': '藍綠色',
  'settings.colour.green': '綠色',
  'settings.colour.red': '紅色',
  'settings.colour.pink': '粉紅色',
  'settings.colour.purple': '紫色',
  'settings.colour.black': '黑色',
  'settings.colour.white': '白色',
};
