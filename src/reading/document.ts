import { message } from '../wording/say.ts';
import { decodePage } from './decode.ts';
import { readFile, type SentFile } from './file.ts';
import { readHtml } from './html.ts';
import { chooseUrl } from './metadata.ts';
import { type Reading, refuse } from './reading.ts';
import { readText } from './text.ts';

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

/** A novel has 10,000. What is derived from a million, 40 MB, would block the bot for seconds. */
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
