import type { help as english } from '../en/help.ts';
import type { Translation } from '../message.ts';

export const help: Translation<typeof english> = {
  'advice.quote': '找出原话，记不清确切字句也无妨；可用 `发言者`、`文章`、`媒体`、`起始日`、`截止日` 缩小范围。',
  'advice.who said': '找出是谁说的；可用 `文章`、`媒体`、`起始日`、`截止日` 缩小范围。',
  'advice.who is': '说明某人是谁：文章怎么称呼，又说过哪些话，由新到旧。',
  'advice.card': '把引文做成可分享的图卡，注明发言者与出处。',
  'advice.check': '查证引文：一字不差、有改动、有删节、拼接而成、遭否认，还是出自他人。',
  'advice.speakers': '列出引述了谁、各有几条，可限定一篇 `文章`；附条形图与文字，并可从菜单点开其中一人。',
  'advice.compare': '对照两人的发言，由新到旧；可用 `字句` 限定主题。',
  'advice.timeline': '列出某人历来的发言，由旧到新；可用 `字句`、`起始日`、`截止日` 缩小范围。',
  'advice.random': '随机一条引文，可指定 `发言者`；只取确知是谁说的。',
  'advice.summary': '摘出文章最要紧的句子，并列出其中的发言者。',
  'advice.article add': '用链接或文件添加文章；两者都不给，就粘贴文字。',
  'advice.article list': '列出我读过的文章。',
  'advice.article show': '显示整篇文章，各段编号。',
  'advice.article remove': '移除文章，10 分钟内可撤销。',
  'advice.article export': '把所有文章导出为文件给您。',
  'advice.library erase': '输入服务器名称后，永久清除所有文章。',
  'advice.settings': '查看并设置这里的答案给谁看、用什么语言和颜色。',

  'help.head': '### 谁说了什么，一字不差\n我在读过的文章里查找，给您原话、发言者和出处，绝不杜撰。',
  'help.line': '{command} {does}\n-# 例如 `{example}`',
  'help.menus': '-# 在任何消息上：应用 > **{check}** 查证其中的引文，**{add}** 读取其中的链接或文件。',
  'help.private':
    '-# 任何答案都可以只给您看：`{private}:True`。公开的答案，提问的人可以按**{delete}**收回。文章没有交代是谁说的，我会照实说，不会乱猜。',
};
