import { message } from '../wording/say.ts';
import { MOST_BYTES } from './body.ts';
import { decodePage, decodeText } from './decode.ts';
import { readHtml } from './html.ts';
import { type Reading, refuse } from './reading.ts';
import { readMarkdown, readText } from './text.ts';

export interface SentFile {
  readonly name: string;
  readonly contentType: string | undefined;
  readonly bytes: Uint8Array;
}

const ENDING = /\.(?<ending>[a-z0-9]{1,10})$/iv;
const PAGES: readonly string[] = ['html', 'htm', 'xhtml'];
const MARKDOWN: readonly string[] = ['md', 'markdown'];

/** Reads an article from an uploaded file: text, Markdown or a saved page, by its extension. */
export function readFile({ name, contentType, bytes }: SentFile): Reading {
  const ending = ENDING.exec(name)?.groups?.ending?.toLowerCase() ?? '';
  if (bytes.length > MOST_BYTES)
    return refuse(message('reading.file-too-large', { megabytes: String(MOST_BYTES / 1_000_000) }));
  // Discord guesses the charset of a page, so its own declaration is better.
  if (PAGES.includes(ending)) return readHtml(decodePage(bytes, undefined), undefined);
  if (ending !== 'txt' && !MARKDOWN.includes(ending)) return refuse(message('reading.kind-of-file'));
  const text = decodeText(bytes, contentType);
  if (text === undefined) return refuse(message('reading.charset'));
  return ending === 'txt' ? readText(text) : readMarkdown(text);
}
