import { answering } from './zh-CN/answering.ts';
import { buttons } from './zh-CN/buttons.ts';
import { citation } from './zh-CN/citation.ts';
import { commands } from './zh-CN/commands.ts';
import { help } from './zh-CN/help.ts';
import { searching } from './zh-CN/searching.ts';
import { speaker } from './zh-CN/speaker.ts';

export const simplified = { ...answering, ...buttons, ...citation, ...commands, ...help, ...searching, ...speaker };
