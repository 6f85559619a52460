import type { answering as english } from '../en/answering.ts';
import type { Translation } from '../message.ts';

export const answering: Translation<typeof english> = {
  'answering.broken': '我这边出了问题，已经记录下来。请再试一次。',
  'answering.unsure': '无法确定 Discord 是否收到了我的回答。如果没有看到，请再试一次。',
  'answering.restarting': '我正在重新启动，暂时不接新的任务。请过一分钟再试。',
  'answering.outdated': '我已经不认得这个命令了。请重新加载 Discord 后再试。',
};
