import type { lists as english } from '../en/lists.ts';
import type { Translation } from '../message.ts';

export const lists: Translation<typeof english> = {
  'list.item': '、',
  'list.clause': '，',
  'list.sentence': '。',
};
