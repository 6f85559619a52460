import { answering } from './en/answering.ts';

export const english = { ...answering };
