import { answering } from './zh-CN/answering.ts';
import { buttons } from './zh-CN/buttons.ts';
import { citation } from './zh-CN/citation.ts';
import { speaker } from './zh-CN/speaker.ts';

export const simplified = { ...answering, ...buttons, ...citation, ...speaker };
