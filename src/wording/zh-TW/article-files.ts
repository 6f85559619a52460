import type { articleFiles as english } from '../en/article-files.ts';
import type { Translation } from '../message.ts';

export const articleFiles: Translation<typeof english> = {
  'file.name': '檔名不能作為文章代號；應為 1 到 64 個英文字母、數字、連字號或底線，再加 .txt。',
  'file.empty': '檔案是空的；應有文章內文。',
  'file.too-large': '檔案有 {bytes} 位元組；最多為 {most}（2 MB）。',
  'file.not-UTF-8': '這一行不是 UTF-8；請將檔案存為 UTF-8。',
  'file.nul': '這一行含有 NUL 字元；應為文字檔案。',
  'file.no-words': '檔案沒有任何文字；應有文章內文。',
  'file.no-text': '檔頭之後沒有內文；應空一行，再接文章內文。',

  'file.no-header-line': '「{line}」不是檔頭；應為 {keys}，或以空行開始內文。',
  'file.unknown-key': '檔頭沒有「{key}」這個欄位；應為 {keys}，或以空行開始內文。',
  'file.second-time': '「{key}」在這裡重複出現；每個欄位只能出現一次。',
  'file.too-long': '「{key}」有 {length} 個字元；最多為 {most} 個。',
  'file.control-character': '「{key}」含有控制字元；應為一般文字。',
  'file.no-date': '「{value}」不是發布日期；應為真實日期，如 2022-03-14，或加上時間，如 2022-03-14T09:30:00Z。',
  'file.no-link': '「{value}」不是連結；應為 http 或 https 網址，不含使用者名稱和密碼。',
};
