import type { settings as english } from '../en/settings.ts';
import type { Translation } from '../message.ts';

export const settings: Translation<typeof english> = {
  'settings.ofServer': '### 这个服务器的设置',
  'settings.ofPerson': '### 您的文库的设置',
  'settings.saved': '### 已保存',
  'settings.public': '回答：**所有人都能看到**。加上 `不公开:True`，就只有提问的人能看到。',
  'settings.private': '回答：**只有提问的人能看到**。加上 `不公开:False` 或按 **分享**，所有人都能看到。',
  'settings.ownLanguage': '语言：**按各人在 Discord 的设置**。',
  'settings.oneLanguage': '语言：这里的所有人都用**{name}**。',
  'settings.ownColours': '强调色：**无**。回答使用我自己的颜色。',
  'settings.accent': '强调色：**{colour}**。琥珀色仍表示发言者是推断出来的，灰色仍表示发言者不明。',
  'settings.foot': '引文保留文章原来的语言。',
  'settings.noColour': '我不认得 {typed} 这个颜色。请写成 `#5865F2` 的样子、从列表中选一个，或写 `none`。',
  'settings.warningColour': '{colour} 太像我用来提醒发言者是推断或不明的颜色了。请选别的颜色。',
  'settings.noChoice': '没有这个选项。请从列表中选一个。',
  'settings.colour.none': 'none：我自己的颜色',
  'settings.colour.blurple': 'Discord 蓝紫',
  'settings.colour.blue': '蓝色',
  'settings.colour.teal': '蓝绿色',
  'settings.colour.green': '绿色',
  'settings.colour.red': '红色',
  'settings.colour.pink': '粉色',
  'settings.colour.purple': '紫色',
  'settings.colour.black': '黑色',
  'settings.colour.white': '白色',
};
