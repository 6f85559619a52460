import type { APIMessage } from 'discord-api-types/v10';
import type { Person, PersonFile } from '../../playground/person.ts';
import { textOf } from '../replies/read-reply.ts';

export const dam = [
  '“The dam at Morva will hold through the winter,” said Ilse Brandt, who runs the waterworks.',
  'Farmers in the valley moved their cattle to higher ground over the weekend.',
  '“We have not slept for three nights,” Tomas Havel, a farmer, told the Courier.',
  'The council meets again on Thursday to decide about the bridge.',
];
export const bridge = [
  '“The bridge stays closed until every bolt is checked,” said Mayor Petra Lind.',
  'Traffic is led around the old town, and the ferry runs twice as often.',
  '“Nobody has told the shopkeepers anything,” said Karl Osten, who sells bread by the river.',
  'The inspection is to begin on Monday and last for two weeks.',
];

export function fileOf(name: string, title: string, paragraphs: readonly string[]): PersonFile {
  const bytes = Buffer.from(`title: ${title}\n\n${paragraphs.join('\n\n')}\n`);
  return { name, contentType: 'text/plain; charset=utf-8', bytes };
}

/** Returns the message of an answer. Throws if there is none. */
export async function messageOf(answer: ReturnType<Person['command']>): Promise<APIMessage> {
  const { message, failed } = await answer;
  if (message === undefined) throw new Error(failed ?? 'no message');
  return message;
}

/** Returns the bot's answer to `/quote`. */
export async function said(person: Person, words: string): Promise<string> {
  return textOf(await messageOf(person.command('quote', { words })));
}

export async function listed(person: Person): Promise<string> {
  return textOf(await messageOf(person.command('article list')));
}

export function isEphemeral(message: APIMessage): boolean {
  return ((message.flags ?? 0) & 64) !== 0;
}

/** Adds a file and presses Keep; returns the bot's answer. */
export async function addFile(person: Person, title: string, paragraphs: readonly string[]): Promise<string> {
  const shown = await messageOf(person.command('article add', {}, { file: fileOf('news.txt', title, paragraphs) }));
  return textOf(await messageOf(person.press(shown, 'Keep')));
}

/** Removes an article and confirms it; returns the message with Undo. */
export async function removeArticle(person: Person, title: string): Promise<APIMessage> {
  const [choice] = await person.autocomplete('article remove', 'article', title);
  const question = await messageOf(person.command('article remove', { article: String(choice?.value) }));
  return await messageOf(person.press(question, 'Remove'));
}
