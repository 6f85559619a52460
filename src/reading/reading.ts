import type { Metadata } from '../news/article.ts';
import type { Message } from '../wording/say.ts';
import { decodePage } from './decode.ts';
import type { Net } from './fetch.ts';
import { readHtml } from './html.ts';
import { chooseUrl } from './metadata.ts';
import { readText } from './text.ts';

/** Something that cannot become an article. */
export interface Refused {
  readonly kind: 'refused';
  /** One sentence for who asked, saying what is wrong and the way round. */
  readonly reason: Message;
}

export interface Article {
  readonly kind: 'article';
  readonly metadata: Metadata;
  readonly text: string;
}

/** What came of a stranger's link, file or text. */
export type Reading = Article | Refused;

export function refuse(reason: Message): Refused {
  return { kind: 'refused', reason };
}

const PLAIN = /^text\/(?:plain|markdown)\b/iv;

/** An article out of the page at a stranger's link. Whatever the page says of itself, it is known by where it stands. */
export async function readLink(link: string, net: Net): Promise<Reading> {
  const fetched = await net.fetch(link);
  if (fetched.kind === 'refused') return fetched;
  const { url, contentType, bytes } = fetched;
  const content = decodePage(bytes, contentType);
  if (!PLAIN.test(contentType)) return readHtml(content, url);
  const reading = readText(content);
  if (reading.kind === 'refused') return reading;
  return { ...reading, metadata: { ...reading.metadata, url: chooseUrl([], url) } };
}
