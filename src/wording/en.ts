import { answering } from './en/answering.ts';
import { settings } from './en/settings.ts';

export const english = { ...answering, ...settings };
