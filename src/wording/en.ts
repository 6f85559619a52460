import { answering } from './en/answering.ts';
import { commands } from './en/commands.ts';
import { help } from './en/help.ts';
import { searching } from './en/searching.ts';

export const english = { ...answering, ...commands, ...help, ...searching };
