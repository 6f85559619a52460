import { inline } from './markdown.ts';
import { accents, type Reply, reply } from './reply.ts';

/** A line for the one person who asked: what happened, and what to do next. Markdown; strangers' words already escaped. */
export function notice(markdown: string): Reply {
  return reply({ accent: accents.unclear, texts: [markdown], buttons: undefined, private: true });
}

/** What somebody typed, fit to stand in a sentence. */
export function typed(words: string): string {
  return `“${inline(words, 200)}”`;
}
