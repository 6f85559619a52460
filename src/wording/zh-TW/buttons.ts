import type { buttons as english } from '../en/buttons.ts';
import type { Translation } from '../message.ts';

export const buttons: Translation<typeof english> = {
  'button.previous': '上一頁',
  'button.next': '下一頁',
  'button.context': '前後文',
  'button.no-context': '只看引文',
  'button.card': '圖卡',
  'button.like': '類似引文',
  'button.share': '分享',
  'button.delete': '刪除這則答案',
};
