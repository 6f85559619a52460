import { answering } from './zh-CN/answering.ts';

export const simplified = { ...answering };
