import { answering } from './zh-CN/answering.ts';
import { commands } from './zh-CN/commands.ts';
import { help } from './zh-CN/help.ts';
import { searching } from './zh-CN/searching.ts';

export const simplified = { ...answering, ...commands, ...help, ...searching };
