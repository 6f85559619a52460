import { mention } from './notice.ts';
import { accents, type Reply, reply } from './reply.ts';

/** What to say about one command: its path (`who said`), what it does, and an example that works. */
export interface Advice {
  readonly path: string;
  readonly does: string;
  readonly example: string;
}

/** What the bot can do, for the person who asked. */
export function helpReply(advice: readonly Advice[], ids: ReadonlyMap<string, string>): Reply {
  const head =
    '### Who said what, word for word\nI look things up in the articles I have read and show the very words, who said them and where. I make nothing up.';
  const lines = advice.map(({ path, does, example }) => `${mention(path, ids)} ${does}\n-# Try \`${example}\``);
  const foot =
    '-# On any message: Apps > **Check quote** checks what it quotes, **Add to library** reads what it links to or holds.\n' +
    '-# Every answer can be just for you: `private:True`. Whoever asked can **Delete** one that all see. Where an article leaves open who is speaking, I say so rather than guess.';
  return reply({ accent: accents.article, texts: [head, lines.join('\n'), foot], buttons: undefined, private: true });
}
