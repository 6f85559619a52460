import type { reading as english } from '../en/reading.ts';
import type { Translation } from '../message.ts';

export const reading: Translation<typeof english> = {
  'reading.page-too-large': '这个网页超过 5 MB；请改用文件添加文章，或直接粘贴正文。',
  'reading.packed': '这个网站的压缩方式无法读取；请改用文件添加文章，或直接粘贴正文。',
  'reading.unwieldy': '这个网页太大或结构太复杂，无法读取；请改用文件添加文章，或直接粘贴正文。',
  'reading.kept-back': '这个网页只公开开头，其余仅供订阅者阅读；请改用文件添加文章，或直接粘贴正文。',
  'reading.no-article': '网页上找不到 {fewest} 段以上的文章；请改用文件添加文章，或直接粘贴正文。',

  'reading.no-page': '这个链接没有网页；请检查链接。',
  'reading.not-for-programs': '这个网站不允许程序读取网页；请改用文件添加文章，或直接粘贴正文。',
  'reading.too-many-visits': '这个网站要求减少访问次数；请稍后再试，或改用文件添加文章、直接粘贴正文。',
  'reading.trouble': '这个网站自身出了问题；请稍后再试，或改用文件添加文章、直接粘贴正文。',
  'reading.no-answer': '这个网站没有返回网页；请改用文件添加文章，或直接粘贴正文。',
  'reading.no-website': '没有这个名称的网站；请检查链接。',
  'reading.no-website-at': '{host} 没有网站；请检查链接。',
  'reading.unproven': '这个网站无法证明它就是链接所指的网站；请改用文件添加文章，或直接粘贴正文。',
  'reading.arrived-damaged': '收到的网页已损坏；请改用文件添加文章，或直接粘贴正文。',
  'reading.unreachable': '无法连接这个网站，或连接中断；请稍后再试，或改用文件添加文章、直接粘贴正文。',
  'reading.too-slow': '这个网站太久没有响应；请稍后再试，或改用文件添加文章、直接粘贴正文。',
  'reading.not-text': '这个链接不是文字网页；请提供网页的链接。',
  'reading.passed-on': '这个链接跳转超过 {most} 次；请提供最终的网址。',
  'reading.not-public': '这个链接的地址不在公开的互联网上；请改用文件添加文章，或直接粘贴正文。',
  'reading.ports': '只读取网页专用端口 80 和 443 上的网页；请改用文件添加文章，或直接粘贴正文。',

  'reading.no-link': '没有链接；请提供以 https:// 开头的链接。',
  'reading.link-too-long': '链接超过 {most} 个字符；请提供网页自己的较短链接。',
  'reading.half-a-link': '这不是网页链接；请提供以 https:// 开头的完整链接。',
  'reading.broken-link': '这不是网页链接；请从浏览器的地址栏重新复制。',
  'reading.link-left-out': '链接无法读取，已略去。{reason}',
  'reading.header-as-text': '开头几行不合文件头的写法，因此当作正文：{flaw}',
  'reading.not-the-web': '只读取以 https:// 或 http:// 开头的链接；请提供网页的网址。',
  'reading.password': '链接带有用户名或密码；请去掉后再提供。',

  'reading.file-too-large': '文件超过 {megabytes} MB；请只发送文章正文。',
  'reading.kind-of-file': '只读取 .txt、.md 或 .html 文件；请将文章另存为其中一种。',
  'reading.charset': '无法识别文件的编码；请另存为 UTF-8 后重新发送。',
  'reading.file-not-here': 'Discord 没有交出文件；请重新附上。',
  'reading.no-text': '这不是文章正文；请将正文存为 UTF-8 的 .txt 文件再发送。',
  'reading.at-line': '第 {line} 行：{flaw}',
  'reading.and-more': '{flaw}（另有 {more} 处。）',

  'reading.nul': '正文含有 NUL 字符；请以纯文本重新复制。',
  'reading.no-words': '正文没有任何文字；请粘贴文章正文。',
};
