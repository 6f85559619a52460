import { Converter, CustomConverter } from 'opencc-js/t2cn';
import type { Key, Translation } from './messages.ts';
import { traditional } from './zh-TW.ts';

// Simplified Chinese is made from the Traditional Chinese messages: by OpenCC with its mainland words, then by the words
// below. Messages that a mainland app would put differently are written out. Read what becomes of a message that you add.

/** Words of Taiwan that OpenCC leaves, each with its mainland word. The longest match wins. */
const WORDS = `
  「→“ 」→” 图卡→卡片 对照→对比 时间轴→时间线 内文→正文 清单→列表 从清单选→从列表中选 附编号→带编号
  附上发言者→附发言者 附上出处→附出处 复原→撤销 导出成→导出为 来源→源 张贴→发布 刊登→发布
  直接引述→直接引语 间接引述→间接引语 职称→职务
  只找这→只搜索这 看得到→能看到 版型→版式 预设→默认 维持→保持 项目→条目 依每→按每 依文→按文 前后文→上下文 更动→改动
  遭否认→被否认 变更→更改 交代→说明 期间→时间 拷贝→复制 舍弃→放弃 节录→节选 辨识→识别 略过→跳过
  私人消息→私信 底线→下划线 连字号→连字符 档→文件 纯文字→纯文本 存成→存为 具备→拥有 转址→跳转 一则→一条
  这则→这条 那则→那条 则引文→条引文 则不确定→条不确定 则直接引述→条直接引语 则间接引述→条间接引语
  讨论串→子区 在讨论串中→在子区内 贴文→帖子 粘贴文章→粘贴文章 身分组→身份组 则新内容→条新内容 则消息→条消息 则，→条， 则由→条由 则为→条为 则中→条中 则这样→条这样 照实说→如实说明
  最常被引述→被引述最多 指令→命令 损毁→损坏 回应→响应 太久没有→长时间没有
  看不懂{day}是哪一天→无法识别日期{day} 看不懂{typed}是什么颜色→无法识别颜色{typed} 传给您→发给您 传给我→发给我 传私人消息→发私信 传到→发到 就不传→就不发
  回报→反馈 应用程序→应用 长条图→条形图 网址列→地址栏 凭证→证书 唯读→只读 粉红色→粉色 一般文字→普通文字 判读→判断 订户→订阅者 还原→恢复
  连接端口→端口 不只一→不止一 查到的数据→查到的信息 文章数据→文章信息 取代→替换 接续的→后续 网络上有→网上有
  公开的网络上→公共互联网上 再传→再发 按**订→点击**订 传回→返回 请选别篇→请另选一篇
  请选别的颜色→请换一个颜色 指定的字→指定的词 这么做→执行此操作
`;

/** Messages that aren't converted. */
const TEXTS: Partial<Translation> = {
  'command.summary.does': '用原句了解文章要点，一字不改',
  'command.help': '帮助',
  'command.help.does': '查看我能做什么，附示例',
  'option.after.does': '只搜索这一天及以后的文章：2022-03-14、2022年3月、2022、昨天',
  'option.before.does': '只搜索这一天及以前的文章：2022-03-14、2022年3月、2022、昨天',
  'option.only.does': '只收标题或正文含有所有这些词的条目',
  'adding.kept': '已收录：{title}\n可用 {ask} 提问，或用 {show} 阅读全文。',
  'removing.too-late': '无法撤销：已超过 10 分钟，或文章已经恢复。',
  'watching.elsewhere': '我只能在私信里给您发消息。请到私信使用 {add}。',
  'post.more-alone': '还有 {count, number} 条。',
  'exporting.left-out': '有 {number, number} 篇文章太大，无法发送到 Discord，不在这些文件里。机器人的管理者可以导出。',
  'pasting.what-file': '较长的文章请附上 .txt、.md 或 .html 文件。同时填写正文和附上文件，会当作两篇文章。',
  'reading.kept-back': '这个网页只公开了开头，其余仅供订阅者阅读。请改用 .txt 文件添加，或直接粘贴正文。',
  'reading.file-too-large': '文件超过 {megabytes} MB。请只发送文章正文。',
  'reading.file-not-here': '没有收到 Discord 发来的文件。请重新附上。',
  'reading.no-text': '这不是文章正文。请将正文存为 UTF-8 的 .txt 文件再发送。',
  'erasing.no-name-yet': '还没有收到 Discord 发来的服务器名称。请过一分钟再试。',
  'answering.outdated': '这个命令已更改。请重新加载 Discord 再试。',
  'keeping.erased': '文库刚被清空，请重新查询。',
};

let convert: ((text: string) => string) | undefined;

/** Returns what converts a text. Building OpenCC's tables takes about 30 ms and 4 MB. */
function converter(): (text: string) => string {
  const openCC = Converter({ from: 'twp', to: 'cn' });
  const words = CustomConverter(WORDS.trim().replaceAll(/\s+/gv, '|').replaceAll('→', ' '));
  return text => words(openCC(text));
}

const made = new Map<Key, string>();

/** Returns a message in Simplified Chinese. */
export function simplified(key: Key): string {
  const known = TEXTS[key] ?? made.get(key);
  if (known !== undefined) return known;
  convert ??= converter();
  const text = convert(traditional[key]);
  made.set(key, text);
  return text;
}
