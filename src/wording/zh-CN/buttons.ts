import type { buttons as english } from '../en/buttons.ts';
import type { Translation } from '../message.ts';

export const buttons: Translation<typeof english> = {
  'button.previous': '上一页',
  'button.next': '下一页',
  'button.context': '上下文',
  'button.no-context': '只看引文',
  'button.card': '图卡',
  'button.like': '类似引文',
  'button.share': '分享',
  'button.delete': '删除这条答案',
};
