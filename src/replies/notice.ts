import type { Say } from '../wording/say.ts';
import { inline } from './markdown.ts';
import { accents, type Reply, reply } from './reply.ts';

/** A line for the one person who asked: what happened, and what to do next. Markdown; strangers' words already escaped. */
export function notice(markdown: string): Reply {
  return reply({ accent: accents.unclear, texts: [markdown], buttons: undefined, private: true });
}

/** What somebody typed, fit to stand in a sentence. */
export function typed(words: string, say: Say): string {
  return say('typed.words', { words: inline(words, 200) });
}

/** A command to click on; by its name alone where Discord has not told its id. */
export function mention(path: string, ids: ReadonlyMap<string, string>): string {
  const id = ids.get(path.split(' ')[0] ?? path);
  return id === undefined ? `**/${path}**` : `</${path}:${id}>`;
}
