import type { Metadata } from '../news/article.ts';
import type { Message } from '../wording/say.ts';
import { decodePage } from './decode.ts';
import type { Net } from './fetch.ts';
import { readHtml } from './html.ts';
import { chooseUrl } from './metadata.ts';
import { readText } from './text.ts';

export interface Refused {
  readonly kind: 'refused';
  /** What is wrong and what to do, for the user. */
  readonly reason: Message;
}

export interface Article {
  readonly kind: 'article';
  readonly metadata: Metadata;
  readonly text: string;
}

/** Result of reading a link, file or text. */
export type Reading = Article | Refused;

export function refuse(reason: Message): Refused {
  return { kind: 'refused', reason };
}

const PLAIN = /^text\/(?:plain|markdown)\b/iv;

/**
 * Reads an article from the page at a link, when it is the asker's turn. Its URL is where the page was fetched from,
 * whatever the page says.
 */
export async function readLink(link: string, asker: string, net: Net): Promise<Reading> {
  const fetched = await net.fetch(link, asker);
  if (fetched.kind === 'refused') return fetched;
  const { url, contentType, bytes } = fetched;
  const content = decodePage(bytes, contentType);
  if (!PLAIN.test(contentType)) return readHtml(content, url);
  const reading = readText(content);
  if (reading.kind === 'refused') return reading;
  return { ...reading, metadata: { ...reading.metadata, url: chooseUrl([], url) } };
}
