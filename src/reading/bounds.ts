import type { DeclaredMetadata, Metadata } from '../news/article.ts';
import { parseTitle } from '../news/header.ts';
import type { Message } from '../wording/say.ts';
import { parseLink } from './addresses.ts';

/** In UTF-16 units. */
export const LONGEST = { title: 300, outlet: 100, byline: 200 } as const;

const SPACES = /\s+/gv;
const CONTROLS = /[\p{Cc}\u2028\u2029]+/gv;

/** Returns one line of at most `longest` UTF-16 units, cut with `…`. */
export function shorten(value: string, longest: number): string {
  const line = value.replace(CONTROLS, ' ').replace(SPACES, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1).toWellFormed()}…` : line;
}

/** Shortens metadata to what answers can show. */
export function boundMetadata(metadata: Metadata): Metadata {
  const { title, outlet, byline } = metadata;
  return {
    ...metadata,
    title: shorten(title, LONGEST.title),
    outlet: outlet === undefined ? undefined : shorten(outlet, LONGEST.outlet),
    byline: byline === undefined ? undefined : shorten(byline, LONGEST.byline),
  };
}

/** What a user filled in about an article. Empty fields are ignored. */
interface FilledFields {
  readonly title: string;
  readonly link: string;
}

/** Returns metadata with the title and the link that were filled in, and why the link isn't valid, if it isn't. */
export function withGiven<Known extends DeclaredMetadata>(
  known: Known,
  { title, link }: FilledFields,
): { readonly metadata: Known; readonly badLink: Message | undefined } {
  const { title: filled, titleIsDescriptive } = parseTitle(title.replaceAll(SPACES, ' ').trim());
  const named = filled === undefined ? known : { ...known, title: filled, titleIsDescriptive };
  const address = link.trim() === '' ? undefined : parseLink(link);
  const metadata = address?.kind === 'address' ? { ...named, url: address.url.href } : named;
  return { metadata, badLink: address?.kind === 'refused' ? address.reason : undefined };
}
