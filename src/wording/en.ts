import { answering } from './en/answering.ts';
import { buttons } from './en/buttons.ts';
import { citation } from './en/citation.ts';
import { speaker } from './en/speaker.ts';

export const english = { ...answering, ...buttons, ...citation, ...speaker };
