import { answering } from './zh-TW/answering.ts';
import { buttons } from './zh-TW/buttons.ts';
import { citation } from './zh-TW/citation.ts';
import { commands } from './zh-TW/commands.ts';
import { help } from './zh-TW/help.ts';
import { searching } from './zh-TW/searching.ts';
import { speaker } from './zh-TW/speaker.ts';

export const traditional = { ...answering, ...buttons, ...citation, ...commands, ...help, ...searching, ...speaker };
