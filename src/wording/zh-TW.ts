import { answering } from './zh-TW/answering.ts';
import { commands } from './zh-TW/commands.ts';
import { help } from './zh-TW/help.ts';
import { searching } from './zh-TW/searching.ts';

export const traditional = { ...answering, ...commands, ...help, ...searching };
