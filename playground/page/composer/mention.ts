import type { User } from '../discord.ts';
import { displayName } from '../state.ts';

const TYPING = /(?:^|\s)@(?<name>[^\s@]*)$/v;

/** Returns the people whose name begins with what is typed after an @ at the end of a text. */
export function suggestMentions(text: string, people: readonly User[]): readonly User[] {
  const typed = TYPING.exec(text)?.groups?.name?.toLowerCase();
  if (typed === undefined) return [];
  return people.filter(person => displayName(person).toLowerCase().startsWith(typed));
}

/** Returns the text with the name in the place of what is typed of it, and a space. */
export function completeMention(text: string, person: User): string {
  return `${text.slice(0, text.lastIndexOf('@'))}@${displayName(person)} `;
}

/** Returns the text as it is sent: each @ and name as a mention, the longest name first. */
export function encodeMentions(text: string, people: readonly User[]): string {
  const longestFirst = people.toSorted((a, b) => displayName(b).length - displayName(a).length);
  return longestFirst.reduce((left, person) => replaceName(left, displayName(person), `<@${person.id}>`), text);
}

function replaceName(text: string, name: string, mention: string): string {
  const escaped = name.replaceAll(/[^\p{L}\p{N}]/gv, sign => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
  return text.replaceAll(new RegExp(`@${escaped}(?![\\p{L}\\p{N}_])`, 'giv'), mention);
}
