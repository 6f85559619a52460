import { answering } from './zh-TW/answering.ts';
import { buttons } from './zh-TW/buttons.ts';
import { citation } from './zh-TW/citation.ts';
import { speaker } from './zh-TW/speaker.ts';

export const traditional = { ...answering, ...buttons, ...citation, ...speaker };
