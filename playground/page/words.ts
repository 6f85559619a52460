import { LANGUAGES, type Language, nearest } from './localise.ts';

const KEY = 'verbatim-language';

/** The language of this page, as long as it is open: that which was chosen in this tab, else the browser's. */
export const language: Language =
  LANGUAGES.find(each => each === sessionStorage.getItem(KEY)) ?? nearest(navigator.language);

/** How dates are written: as the browser has it, where that is the same language. */
export const region: string = nearest(navigator.language) === language ? navigator.language : language;

/** Shows which language it is. Another one begins the page anew, as Discord does. */
export function startLanguage(select: HTMLSelectElement): void {
  document.documentElement.lang = language;
  select.value = language;
  select.addEventListener('change', () => {
    sessionStorage.setItem(KEY, select.value);
    location.reload();
  });
}

type Words = readonly [english: string, traditional: string, simplified: string];

/** What the page itself says; the languages are in the order of `LANGUAGES`. `{}` is where something is put in, in the same order in each. */
const WORDS = {
  language: ['Language', '語言', '语言'],
  local: ['a playground on this machine', '這台電腦上的試用頻道', '这台电脑上的试用频道'],
  online: ['online', '上線', '在线'],
  offline: ['offline', '離線', '离线'],
  reconnecting: ['Reconnecting…', '重新連線中…', '正在重新连接…'],
  unreachable: [
    'The playground does not answer. Is it still running?',
    '試用環境沒有回應。它還在執行嗎？',
    '试用环境没有响应。它还在运行吗？',
  ],
  messages: ['Messages', '訊息', '消息'],
  write: ['Write a message or a command', '輸入訊息或指令', '输入消息或命令'],
  placeholder: ['Message #{} or type /', '傳訊息到 #{}，或輸入 /', '发消息到 #{}，或输入 /'],
  suggestions: ['Suggestions', '建議', '建议'],
  send: ['Send', '傳送', '发送'],
  cancel: ['Cancel the command', '取消指令', '取消命令'],
  you: ['You are', '您是', '您是'],
  light: ['Use the light theme', '改用淺色主題', '改用浅色主题'],
  dark: ['Use the dark theme', '改用深色主題', '改用深色主题'],
  required: ['{}, required', '{}，必填', '{}，必填'],
  fill: ['Fill in “{}” to send this command.', '請填寫「{}」再傳送這個指令。', '请填写“{}”再发送这个命令。'],
  tooLong: [
    '“{}” takes {} characters at most; these are {}.',
    '「{}」最多 {} 個字元，現在有 {} 個。',
    '“{}”最多 {} 个字符，现在有 {} 个。',
  ],
  tooShort: ['“{}” takes {} characters at least.', '「{}」至少要有 {} 個字元。', '“{}”至少要有 {} 个字符。'],
  choose: ['Choose “{}” from its list: {}', '「{}」請從清單中選擇：{}', '“{}”请从列表中选择：{}'],
  takesNumber: ['“{}” takes a number.', '「{}」只能填數字。', '“{}”只能填数字。'],
  takesWhole: ['“{}” takes a whole number.', '「{}」只能填整數。', '“{}”只能填整数。'],
  least: ['“{}” is {} at least.', '「{}」最小是 {}。', '“{}”最小是 {}。'],
  most: ['“{}” is {} at most.', '「{}」最大是 {}。', '“{}”最大是 {}。'],
  more: ['+{} more', '還有 {} 項', '还有 {} 项'],
  addMore: ['Add one of {} more options', '從另外 {} 個選項中加入一個', '从另外 {} 个选项中加入一个'],
  moreOf: ['More options of /{}; Enter sends', '/{} 的其他選項；按 Enter 傳送', '/{} 的其他选项；按 Enter 发送'],
  from: ['Message from {}', '{}的訊息', '{}的消息'],
  used: [' used ', ' 使用了 ', ' 使用了 '],
  youUsed: ['You used ', '您使用了 ', '您使用了 '],
  sending: ['Sending command…', '正在傳送指令…', '正在发送命令…'],
  thinking: ['{} is thinking…', '{} 正在思考…', '{} 正在思考…'],
  edited: ['(edited)', '（已編輯）', '（已编辑）'],
  dismiss: ['Dismiss message', '關閉訊息', '关闭消息'],
  onlyYou: ['Only you can see this · ', '只有您能看到 · ', '只有您能看到 · '],
  apps: ['Apps: commands for this message', '應用程式：這則訊息的指令', '应用：这条消息的命令'],
  options: ['Options', '選項', '选项'],
  select: ['Make a selection', '請選擇', '请选择'],
  cancelForm: ['Cancel', '取消', '取消'],
  submit: ['Submit', '送出', '提交'],
  welcome: ['Welcome', '歡迎', '欢迎'],
  welcomeTo: ['Welcome to #{}', '歡迎來到 #{}', '欢迎来到 #{}'],
  about: [
    '{} is a member here. It answers who said what in the news, word for word, with the place it stands.',
    '{} 是這裡的成員，回答新聞裡誰說了什麼：一字不差，並註明出處。',
    '{} 是这里的成员，回答新闻里谁说了什么：一字不差，并注明出处。',
  ],
  lead: [
    'Type / for its commands, or begin with one of these:',
    '輸入 / 查看它的指令，或從這些開始：',
    '输入 / 查看它的命令，或从这些开始：',
  ],
  quoteExample: [
    '/quote words:open lines of communication',
    '/引述 字句:open lines of communication',
    '/引述 字句:open lines of communication',
  ],
  whoExample: [
    '/who said words:They’ve already decided',
    '/誰 說過 字句:They’ve already decided',
    '/谁 说过 字句:They’ve already decided',
  ],
  summaryExample: ['/summary', '/摘要', '/摘要'],
  findWords: ['find the words, and who said them', '找出原話，以及是誰說的', '找出原话，以及是谁说的'],
  askWho: ['ask who said something', '問一句話是誰說的', '问一句话是谁说的'],
  sumUp: ['the article in its own sentences', '用文章自己的句子看重點', '用文章自己的句子看要点'],
} as const satisfies Readonly<Record<string, Words>>;

type Word = keyof typeof WORDS;

const at = LANGUAGES.indexOf(language);

/** What the page says in its language. */
export function word(key: Word, ...values: readonly string[]): string {
  let next = 0;
  return (WORDS[key][at] ?? WORDS[key][0]).replace(/\{\}/gv, () => values[next++] ?? '');
}

function isWord(key: string | undefined): key is Word {
  return key !== undefined && key in WORDS;
}

/** Puts the words into what index.html has in English: text where it says `data-word`, a name where it says `data-label`. */
export function translatePage(): void {
  for (const node of document.querySelectorAll<HTMLElement>('[data-word], [data-label]')) {
    const { word: text, label } = node.dataset;
    if (isWord(text)) node.textContent = word(text);
    if (isWord(label)) node.setAttribute('aria-label', word(label));
  }
}
