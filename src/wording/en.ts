import { answering } from './en/answering.ts';
import { buttons } from './en/buttons.ts';
import { citation } from './en/citation.ts';
import { commands } from './en/commands.ts';
import { help } from './en/help.ts';
import { searching } from './en/searching.ts';
import { speaker } from './en/speaker.ts';

export const english = { ...answering, ...buttons, ...citation, ...commands, ...help, ...searching, ...speaker };
