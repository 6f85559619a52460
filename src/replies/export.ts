import { notice } from './notice.ts';
import { accents, type Reply, type ReplyFile, reply } from './reply.ts';

/** Files with a library's articles, or some of its files where it needs several messages. */
export function exportReply(articles: number, files: readonly ReplyFile[]): Reply {
  const [first] = files;
  const all =
    articles === 1
      ? 'The one article of this library'
      : `All ${articles.toLocaleString('en')} articles of this library`;
  const head = first?.name === 'library-1.jsonl' ? `${all}, one JSON object a line.` : 'More of the same.';
  return reply({ accent: accents.article, texts: [head], buttons: undefined, private: true, files });
}

/** Articles that not even a file of their own could hold. */
export function leftOutReply(number: number): Reply {
  const what = number === 1 ? 'One article is' : `${number} articles are`;
  return notice(`${what} too large for Discord and not in these files: whoever runs me can export them.`);
}
