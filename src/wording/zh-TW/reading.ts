import type { reading as english } from '../en/reading.ts';
import type { Translation } from '../message.ts';

export const reading: Translation<typeof english> = {
  'reading.page-too-large': '這個網頁超過 5 MB；請改以檔案新增文章，或直接貼上內文。',
  'reading.packed': '這個網站的壓縮方式無法讀取；請改以檔案新增文章，或直接貼上內文。',
  'reading.unwieldy': '這個網頁太大或結構太複雜，無法讀取；請改以檔案新增文章，或直接貼上內文。',
  'reading.kept-back': '這個網頁只公開開頭，其餘只給訂閱者看；請改以檔案新增文章，或直接貼上內文。',
  'reading.no-article': '網頁上找不到 {fewest} 段以上的文章；請改以檔案新增文章，或直接貼上內文。',

  'reading.no-page': '這個連結沒有網頁；請檢查連結。',
  'reading.not-for-programs': '這個網站不讓程式讀取網頁；請改以檔案新增文章，或直接貼上內文。',
  'reading.too-many-visits': '這個網站要求減少讀取次數；請稍後再試，或改以檔案新增文章、直接貼上內文。',
  'reading.trouble': '這個網站本身出了問題；請稍後再試，或改以檔案新增文章、直接貼上內文。',
  'reading.no-answer': '這個網站沒有傳回網頁；請改以檔案新增文章，或直接貼上內文。',
  'reading.no-website': '沒有這個名稱的網站；請檢查連結。',
  'reading.no-website-at': '{host} 沒有網站；請檢查連結。',
  'reading.unproven': '這個網站無法證明它就是連結所指的網站；請改以檔案新增文章，或直接貼上內文。',
  'reading.arrived-damaged': '收到的網頁已損壞；請改以檔案新增文章，或直接貼上內文。',
  'reading.unreachable': '連不上這個網站，或連線中斷；請稍後再試，或改以檔案新增文章、直接貼上內文。',
  'reading.too-slow': '這個網站太久沒有回應；請稍後再試，或改以檔案新增文章、直接貼上內文。',
  'reading.not-text': '這個連結不是文字網頁；請提供網頁的連結。',
  'reading.passed-on': '這個連結轉址超過 {most} 次；請提供最後的網址。',
  'reading.not-public': '這個連結的位址不在公開的網際網路上；請改以檔案新增文章，或直接貼上內文。',
  'reading.ports': '只讀取網頁專用連接埠 80 和 443 上的網頁；請改以檔案新增文章，或直接貼上內文。',

  'reading.no-link': '沒有連結；請提供以 https:// 開頭的連結。',
  'reading.link-too-long': '連結超過 {most} 個字元；請提供網頁本身較短的連結。',
  'reading.half-a-link': '這不是網頁連結；請提供以 https:// 開頭的完整連結。',
  'reading.broken-link': '這不是網頁連結；請從瀏覽器的網址列重新複製。',
  'reading.link-left-out': '連結無法讀取，已略去。{reason}',
  'reading.header-as-text': '開頭幾行不合檔頭的寫法，因此當作內文：{flaw}',
  'reading.not-the-web': '只讀取以 https:// 或 http:// 開頭的連結；請提供網頁的網址。',
  'reading.password': '連結帶有使用者名稱或密碼；請去掉後再提供。',

  'reading.file-too-large': '檔案超過 {megabytes} MB；請只傳送文章內文。',
  'reading.kind-of-file': '只讀取 .txt、.md 或 .html 檔案；請將文章另存為其中一種。',
  'reading.charset': '無法辨識檔案的編碼；請另存為 UTF-8 再傳一次。',
  'reading.file-not-here': 'Discord 沒有交出檔案；請重新附上。',
  'reading.no-text': '這不是文章內文；請將內文存為 UTF-8 的 .txt 檔案再傳送。',
  'reading.at-line': '第 {line} 行：{flaw}',
  'reading.and-more': '{flaw}（另有 {more} 處。）',

  'reading.nul': '內文含有 NUL 字元；請以純文字重新複製。',
  'reading.no-words': '內文沒有任何文字；請貼上文章內文。',
};
