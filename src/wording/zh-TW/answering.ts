import type { answering as english } from '../en/answering.ts';
import type { Translation } from '../message.ts';

export const answering: Translation<typeof english> = {
  'answering.broken': '我這邊出了問題，已經記錄下來。請再試一次。',
  'answering.unsure': '無法確定 Discord 是否收到了我的回答。如果沒有看到，請再試一次。',
  'answering.restarting': '我正在重新啟動，暫時不接新的工作。請過一分鐘再試。',
  'answering.outdated': '我已經不認得這個指令了。請重新載入 Discord 後再試。',
};
