import { told } from '../wording/say.ts';
import { MOST_BYTES } from './body.ts';
import { decodePage, decodeText } from './charset.ts';
import { readHtml } from './html.ts';
import { type Reading, refuse } from './reading.ts';
import { readMarkdown, readText } from './text.ts';

interface SentFile {
  readonly name: string;
  readonly contentType: string | undefined;
  readonly bytes: Uint8Array;
}

const ENDING = /\.(?<ending>[a-z0-9]{1,10})$/iv;
const PAGES: readonly string[] = ['html', 'htm', 'xhtml'];
const MARKDOWN: readonly string[] = ['md', 'markdown'];

/** An article out of a file that a stranger sent: text, Markdown or a saved page, by the ending of its name. */
export function readFile({ name, contentType, bytes }: SentFile): Reading {
  const ending = ENDING.exec(name)?.groups?.ending?.toLowerCase() ?? '';
  if (bytes.length > MOST_BYTES)
    return refuse(told('reading.file-too-large', { megabytes: String(MOST_BYTES / 1_000_000) }));
  // What Discord says of a page's charset is a guess at its bytes; the page's own word is better.
  if (PAGES.includes(ending)) return readHtml(decodePage(bytes, undefined), undefined);
  if (ending !== 'txt' && !MARKDOWN.includes(ending)) return refuse(told('reading.kind-of-file'));
  const text = decodeText(bytes, contentType);
  if (text === undefined) return refuse(told('reading.charset'));
  return ending === 'txt' ? readText(text) : readMarkdown(text);
}
