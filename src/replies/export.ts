import type { Say } from '../wording/say.ts';
import { accents, notice, type Reply, type ReplyFile, reply } from './reply.ts';

/** Files with a library's articles, or some of its files where it needs several messages. */
export function exportReply(articles: number, files: readonly ReplyFile[], say: Say): Reply {
  const [first] = files;
  const head = first?.name === 'library-1.jsonl' ? say('exporting.all', { articles }) : say('exporting.more');
  return reply({ accent: accents.article, texts: [head], buttons: undefined, private: true, files });
}

/** Articles that not even a file of their own could hold. */
export function leftOutReply(number: number, say: Say): Reply {
  return notice(say('exporting.left-out', { number }));
}
