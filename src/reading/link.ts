import { chooseUrl } from './canonical.ts';
import { decodePage } from './charset.ts';
import type { Net } from './fetch.ts';
import { readHtml } from './html.ts';
import type { Reading } from './reading.ts';
import { readText } from './text.ts';

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
  return { ...reading, masthead: { ...reading.masthead, url: chooseUrl([], url) } };
}
