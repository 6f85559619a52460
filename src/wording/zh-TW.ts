import { answering } from './zh-TW/answering.ts';

export const traditional = { ...answering };
