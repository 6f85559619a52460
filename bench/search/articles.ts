import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { randomFrom } from '../random.ts';

/** An article as a line of the file has it. */
export interface PlainArticle {
  readonly title: string;
  readonly text: string;
}

const seed = 4;
const paragraphsEach = 15;
const shortestSentence = 8;
const longestSentence = 26;
/** Words that follow one another in a real sentence are taken over in pieces of at most so many. */
const longestPiece = 3;

/** The articles of a `.jsonl` or `.jsonl.gz` file. */
export async function readArticles(path: string): Promise<PlainArticle[]> {
  const file = createReadStream(path);
  const lines = createInterface({ input: path.endsWith('.gz') ? file.pipe(createGunzip()) : file });
  const articles: PlainArticle[] = [];
  for await (const line of lines) {
    if (line === '') continue;
    const { title, text }: PlainArticle = JSON.parse(line);
    articles.push({ title, text });
  }
  return articles;
}

/**
 * Articles that nobody wrote, of as many paragraphs as are asked for: sentences out of short pieces of the given ones, so that
 * every word is as frequent as it is there, and what people look for stands among ten times as much of the same words.
 */
export function* makeLike(articles: readonly PlainArticle[], paragraphs: number): Generator<PlainArticle> {
  const random = randomFrom(seed);
  const below = (end: number) => Math.floor(random() * end);
  // Scripts without spaces have no words to take over.
  const words = articles.flatMap(({ text }) => text.split(/\s+/v)).filter(word => word !== '' && word.length < 30);
  const sentence = () => {
    const length = shortestSentence + below(longestSentence - shortestSentence);
    const taken: string[] = [];
    while (taken.length < length) {
      const at = below(words.length);
      taken.push(...words.slice(at, at + 1 + below(longestPiece)));
    }
    return taken.join(' ');
  };
  for (let made = 0; made < paragraphs; made += paragraphsEach) {
    const count = Math.min(paragraphsEach, paragraphs - made);
    yield { title: `Made up ${made}`, text: Array.from({ length: count }, sentence).join('\n\n') };
  }
}
