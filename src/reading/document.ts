import { message } from '../wording/say.ts';
import { MOST_BYTES } from './body.ts';
import { decodePage, decodeTextFile } from './decode.ts';
import { readHtml } from './html.ts';
import { chooseUrl } from './metadata.ts';
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

/** Reads an article from an uploaded file: text, Markdown or a saved page, by its extension. */
export function readFile({ name, contentType, bytes }: SentFile): Reading {
  const ending = ENDING.exec(name)?.groups?.ending?.toLowerCase() ?? '';
  if (bytes.length > MOST_BYTES)
    return refuse(message('reading.file-too-large', { megabytes: String(MOST_BYTES / 1_000_000) }));
  // Discord guesses the charset of a page, so its own declaration is better.
  if (PAGES.includes(ending)) return readHtml(decodePage(bytes, undefined), undefined);
  if (ending !== 'txt' && !MARKDOWN.includes(ending)) return refuse(message('reading.kind-of-file'));
  const text = decodeTextFile(bytes, contentType);
  if (text === undefined) return refuse(message('reading.charset'));
  return ending === 'txt' ? readText(text) : readMarkdown(text);
}

interface FetchedDocument {
  readonly kind: 'page';
  /** Where it was fetched from. */
  readonly address: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** What a site or a person sent, not yet decoded. */
export type Document = FetchedDocument | ({ readonly kind: 'file' } & SentFile);

const PLAIN = /^text\/(?:plain|markdown)\b/iv;

/** A novel has 10,000. Deriving data from a million paragraphs (40 MB) would block the bot for seconds. */
const MOST_PARAGRAPHS = 50_000;
const PARAGRAPH = /\S.*/gv;

/** Decodes and parses a document. Takes long for hostile ones: see `DocumentReader`. */
export function readDocument(document: Document): Reading {
  const reading = document.kind === 'file' ? readFile(document) : readFetched(document);
  const isArticle = reading.kind === 'refused' || (reading.text.match(PARAGRAPH) ?? []).length <= MOST_PARAGRAPHS;
  return isArticle ? reading : refuse(message('reading.too-many-paragraphs', { most: String(MOST_PARAGRAPHS) }));
}

/** The article's URL is where it was fetched from, whatever the page says. */
function readFetched({ address, contentType, bytes }: FetchedDocument): Reading {
  const url = new URL(address);
  const content = decodePage(bytes, contentType);
  if (!PLAIN.test(contentType)) return readHtml(content, url);
  const reading = readText(content);
  if (reading.kind === 'refused') return reading;
  return { ...reading, metadata: { ...reading.metadata, url: chooseUrl([], url) } };
}
