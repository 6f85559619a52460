import { decodePage } from './decode.ts';
import { readFile, type SentFile } from './file.ts';
import { readHtml } from './html.ts';
import { chooseUrl } from './metadata.ts';
import type { Reading } from './reading.ts';
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

/** Decodes and parses a document. Takes long for hostile ones: see `DocumentReader`. */
export function readDocument(document: Document): Reading {
  return document.kind === 'file' ? readFile(document) : readFetched(document);
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
