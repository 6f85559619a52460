import type { articleFiles as english } from '../en/article-files.ts';
import type { Translation } from '../message.ts';

export const articleFiles: Translation<typeof english> = {
  'file.name': '文件名不能作为文章代号；应为 1 到 64 个英文字母、数字、连字符或下划线，再加 .txt。',
  'file.empty': '文件是空的；应有文章正文。',
  'file.too-large': '文件有 {bytes} 字节；最多为 {most}（2 MB）。',
  'file.not-UTF-8': '这一行不是 UTF-8；请将文件存为 UTF-8。',
  'file.nul': '这一行含有 NUL 字符；应为文本文件。',
  'file.no-words': '文件没有任何文字；应有文章正文。',
  'file.no-text': '文件头之后没有正文；应空一行，再接文章正文。',

  'file.no-header-line': '“{line}”不是文件头；应为 {keys}，或以空行开始正文。',
  'file.unknown-key': '文件头没有“{key}”这个字段；应为 {keys}，或以空行开始正文。',
  'file.second-time': '“{key}”在这里重复出现；每个字段只能出现一次。',
  'file.too-long': '“{key}”有 {length} 个字符；最多为 {most} 个。',
  'file.control-character': '“{key}”含有控制字符；应为普通文字。',
  'file.no-date': '“{value}”不是发布日期；应为真实日期，如 2022-03-14，或加上时间，如 2022-03-14T09:30:00Z。',
  'file.no-link': '“{value}”不是链接；应为 http 或 https 网址，不含用户名和密码。',
};
