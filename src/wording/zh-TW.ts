import { answering } from './zh-TW/answering.ts';
import { settings } from './zh-TW/settings.ts';

export const traditional = { ...answering, ...settings };
