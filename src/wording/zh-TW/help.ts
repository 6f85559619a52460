import type { help as english } from '../en/help.ts';
import type { Translation } from '../message.ts';

export const help: Translation<typeof english> = {
  'advice.quote': '找出原話，記不清確切字句也無妨；可用 `發言者`、`文章`、`媒體`、`起始日`、`截止日` 縮小範圍。',
  'advice.who said': '找出是誰說的；可用 `文章`、`媒體`、`起始日`、`截止日` 縮小範圍。',
  'advice.who is': '說明某人是誰：文章怎麼稱呼，又說過哪些話，由新到舊。',
  'advice.card': '把引文做成可分享的圖卡，註明發言者與出處。',
  'advice.check': '查證引文：一字不差、有改動、有刪節、拼接而成、遭否認，還是出自他人。',
  'advice.speakers': '列出引述了誰、各有幾則，可限定一篇 `文章`；附長條圖與文字，並可從選單點開其中一人。',
  'advice.compare': '對照兩人的發言，由新到舊；可用 `字句` 限定主題。',
  'advice.timeline': '列出某人歷來的發言，由舊到新；可用 `字句`、`起始日`、`截止日` 縮小範圍。',
  'advice.random': '隨機一則引文，可指定 `發言者`；只取確知是誰說的。',
  'advice.summary': '摘出文章最要緊的句子，並列出其中的發言者。',
  'advice.article add': '以連結或檔案新增文章；兩者都不給，就貼上文字。',
  'advice.article list': '列出我讀過的文章。',
  'advice.article show': '顯示整篇文章，各段編號。',
  'advice.article remove': '移除文章，10 分鐘內可復原。',
  'advice.article export': '把所有文章匯出成檔案給您。',
  'advice.library erase': '輸入伺服器名稱後，永久清除所有文章。',
  'advice.settings': '查看並設定這裡的答案給誰看、用什麼語言和顏色。',

  'help.head': '### 誰說了什麼，一字不差\n我在讀過的文章裡查找，給您原話、發言者和出處，絕不杜撰。',
  'help.line': '{command} {does}\n-# 例如 `{example}`',
  'help.menus': '-# 在任何訊息上：應用程式 > **{check}** 查證其中的引文，**{add}** 讀取其中的連結或檔案。',
  'help.private':
    '-# 任何答案都可以只給您看：`{private}:True`。公開的答案，提問的人可以按**{delete}**收回。文章沒有交代是誰說的，我會照實說，不會亂猜。',
};
