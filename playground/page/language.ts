import { LANGUAGES, type Language, nearest } from './localise.ts';

const KEY = 'verbatim-language';

/** The page's language: the one chosen in this tab, or else the browser's. */
export const language: Language =
  LANGUAGES.find(each => each === sessionStorage.getItem(KEY)) ?? nearest(navigator.language);

/** Without "@posix", which Chromium adds where a computer has no language set, and which formats no date. */
const browserLocale = navigator.language.replace(/@.*$/v, '');

/** The locale for dates: the browser's, if it is the same language. */
export const dateLocale: string = nearest(browserLocale) === language ? browserLocale : language;

/** Sets up the language menu. Choosing another language reloads the page, as in Discord. */
export function setUpLanguage(select: HTMLSelectElement): void {
  document.documentElement.lang = language;
  select.value = language;
  select.addEventListener('change', () => {
    sessionStorage.setItem(KEY, select.value);
    location.reload();
  });
}

type Translations = readonly [english: string, traditional: string, simplified: string];

/** The page's own texts, in the order of `LANGUAGES`. Each `{}` is a value, in the same order in every language. */
const TEXTS = {
  language: ['Language', '語言', '语言'],
  local: ['a playground on this machine', '本機試用頻道', '本机试用频道'],
  online: ['online', '上線', '在线'],
  offline: ['offline', '離線', '离线'],
  reconnecting: ['Reconnecting…', '重新連線中…', '正在重新连接…'],
  unreachable: [
    'The playground isn’t responding. Is it still running?',
    '試用環境沒有回應，還在執行嗎？',
    '试用环境没有响应，还在运行吗？',
  ],
  fileTooLarge: [
    'Discord takes files of up to 10 MB.',
    'Discord 只接受 10 MB 以內的檔案。',
    'Discord 只接受 10 MB 以内的文件。',
  ],
  messages: ['Messages', '訊息', '消息'],
  write: ['Write a message or a command', '輸入訊息或指令', '输入消息或命令'],
  placeholder: ['Message #{} or type /', '傳訊息到 #{}，或輸入 /', '发消息到 #{}，或输入 /'],
  placeholderDirect: ['Message @{} or type /', '傳訊息給 @{}，或輸入 /', '发消息给 @{}，或输入 /'],
  directMessages: ['Direct messages', '私人訊息', '私信'],
  reply: ['Reply', '回覆', '回复'],
  replyingTo: ['Replying to {}', '正在回覆 {}', '正在回复 {}'],
  cancelReply: ['Cancel the reply', '取消回覆', '取消回复'],
  ping: ['@ mention', '@ 提及', '@ 提及'],
  deleteMessage: ['Delete message', '刪除訊息', '删除消息'],
  bot: ['the bot', '機器人', '机器人'],
  suggestions: ['Suggestions', '建議', '建议'],
  send: ['Send', '傳送', '发送'],
  cancel: ['Cancel the command', '取消指令', '取消命令'],
  you: ['You are', '您是', '您是'],
  inServer: ['in', '，所在伺服器：', '，所在服务器：'],
  who: ['Who you are', '您的身分', '您的身份'],
  server: ['Server', '伺服器', '服务器'],
  manager: ['{} (Manage Server)', '{}（管理伺服器）', '{}（管理服务器）'],
  plainMember: ['{} (member)', '{}（一般成員）', '{}（普通成员）'],
  light: ['Use the light theme', '改用淺色主題', '改用浅色主题'],
  dark: ['Use the dark theme', '改用深色主題', '改用深色主题'],
  hidden: [
    '/{} needs the Manage Server permission, which you don’t have here. Discord doesn’t show it to you.',
    '/{} 需要「管理伺服器」權限，您在這裡沒有這項權限。Discord 不會向您顯示這個指令。',
    '/{} 需要“管理服务器”权限，您在这里没有这项权限。Discord 不会向您显示这个命令。',
  ],
  required: ['{}, required', '{}，必填', '{}，必填'],
  fill: ['“{}” is required.', '「{}」為必填。', '“{}”为必填项。'],
  tooLong: [
    '“{}” can have at most {} characters (now {}).',
    '「{}」最多 {} 個字元，目前 {} 個。',
    '“{}”最多 {} 个字符，目前 {} 个。',
  ],
  tooShort: ['“{}” needs at least {} characters.', '「{}」至少需要 {} 個字元。', '“{}”至少需要 {} 个字符。'],
  choose: ['“{}” must be one of: {}', '「{}」只能是以下之一：{}', '“{}”只能是以下之一：{}'],
  takesWhole: ['“{}” must be a whole number.', '「{}」必須是整數。', '“{}”必须是整数。'],
  least: ['“{}” must be at least {}.', '「{}」不能小於 {}。', '“{}”不能小于 {}。'],
  most: ['“{}” must be at most {}.', '「{}」不能大於 {}。', '“{}”不能大于 {}。'],
  more: ['+{} more', '還有 {} 項', '还有 {} 项'],
  addMore: ['Add one of {} more options', '再加入一個選項（共 {} 個）', '再添加一个选项（共 {} 个）'],
  moreOf: [
    'More options for /{}; press Enter to send',
    '/{} 的其他選項；按 Enter 傳送',
    '/{} 的其他选项；按 Enter 发送',
  ],
  from: ['Message from {}', '{}的訊息', '{}的消息'],
  used: [' used ', ' 使用了 ', ' 使用了 '],
  youUsed: ['You used ', '您使用了 ', '您使用了 '],
  sending: ['Sending command…', '正在傳送指令…', '正在发送命令…'],
  thinking: ['{} is thinking…', '{} 正在思考…', '{} 正在思考…'],
  edited: ['(edited)', '（已編輯）', '（已编辑）'],
  dismiss: ['Dismiss message', '關閉訊息', '关闭消息'],
  onlyYou: ['Only you can see this · ', '只有您能看到 · ', '只有您能看到 · '],
  apps: ['Apps: commands for this message', '應用程式：這則訊息的指令', '应用：这条消息的命令'],
  select: ['Make a selection', '請選擇', '请选择'],
  cancelForm: ['Cancel', '取消', '取消'],
  submit: ['Submit', '送出', '提交'],
  welcome: ['Welcome', '歡迎', '欢迎'],
  welcomeTo: ['Welcome to #{}', '歡迎來到 #{}', '欢迎来到 #{}'],
  about: [
    '{} is a member of this channel. It answers who said what in the news, word for word, with the source.',
    '{} 是這個頻道的成員，告訴你新聞裡誰說了什麼，一字不差，並附上出處。',
    '{} 是这个频道的成员，告诉你新闻里谁说了什么，一字不差，并附上出处。',
  ],
  aboutDirect: [
    'Only you and {} see this conversation. It answers who said what in the news, word for word, with the source.',
    '只有您和 {} 看得到這段對話。它告訴你新聞裡誰說了什麼，一字不差，並附上出處。',
    '只有您和 {} 能看到这段对话。它告诉你新闻里谁说了什么，一字不差，并附上出处。',
  ],
  lead: [
    'Ask it in your own words with @Verbatim, type / to see its commands, or start with one of these:',
    '用 @Verbatim 直接發問、輸入 / 查看指令，或從下面開始：',
    '用 @Verbatim 直接提问、输入 / 查看命令，或从下面开始：',
  ],
  askExample: [
    '/ask question:What did Ines Calder say about cruise ships?',
    '/提問 問題:What did Ines Calder say about cruise ships?',
    '/提问 问题:What did Ines Calder say about cruise ships?',
  ],
  checkExample: [
    '/check words:The tram will pay for itself in ten years',
    '/查證 字句:The tram will pay for itself in ten years',
    '/查证 字句:The tram will pay for itself in ten years',
  ],
  feedExample: ['/feed follow url:{}', '/訂閱 新增 網址:{}', '/订阅 添加 网址:{}'],
  quoteExample: [
    '/quote words:open lines of communication',
    '/引述 字句:open lines of communication',
    '/引述 字句:open lines of communication',
  ],
  compareExample: [
    '/compare a:Petra Lindqvar b:Jonas Lindqvar',
    '/對照 甲:Petra Lindqvar 乙:Jonas Lindqvar',
    '/对比 甲:Petra Lindqvar 乙:Jonas Lindqvar',
  ],
  summaryExample: ['/summary', '/摘要', '/摘要'],
  askAway: [
    'ask a question, and read the answer in the articles’ own words',
    '提問，用文章的原話回答',
    '提问，用文章的原话回答',
  ],
  checkIt: [
    'check whether somebody really said that',
    '查證一句話是不是真的有人這樣說',
    '查证一句话是不是真的有人这样说',
  ],
  followIt: ['follow a feed with a new article every minute', '訂閱每分鐘更新的新聞來源', '订阅每分钟更新的新闻源'],
  findWords: ['find the exact words and who said them', '找出原話和說話的人', '找出原话和说话的人'],
  compareThem: ['compare what two people said', '對照兩個人說過的話', '对比两个人说过的话'],
  sumUp: ['the article in its own key sentences', '用原文句子看文章重點', '用原文句子看文章要点'],
} as const satisfies Readonly<Record<string, Translations>>;

type TextKey = keyof typeof TEXTS;

const at = LANGUAGES.indexOf(language);

/** Returns a text in the page's language. */
export function translate(key: TextKey, ...values: readonly string[]): string {
  let next = 0;
  return (TEXTS[key][at] ?? TEXTS[key][0]).replace(/\{\}/gv, () => values[next++] ?? '');
}

function isTextKey(key: string | undefined): key is TextKey {
  return key !== undefined && key in TEXTS;
}

/** Translates index.html: the text of `data-word` elements and the `aria-label` of `data-label` elements. */
export function translatePage(): void {
  for (const node of document.querySelectorAll<HTMLElement>('[data-word], [data-label]')) {
    const { word, label } = node.dataset;
    if (isTextKey(word)) node.textContent = translate(word);
    if (isTextKey(label)) node.setAttribute('aria-label', translate(label));
  }
}
