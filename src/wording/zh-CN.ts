import { answering } from './zh-CN/answering.ts';
import { settings } from './zh-CN/settings.ts';

export const simplified = { ...answering, ...settings };
