import { firstWords } from '../news/first-words.ts';
import { readHeader, readTitle } from '../news/header.ts';
import { type Told, told } from '../wording/say.ts';
import { boundMasthead } from './masthead.ts';
import { type Article, type Refused, refuse } from './reading.ts';
import { toReason } from './text.ts';
import { readWebAddress } from './web-address.ts';

interface Pasted {
  readonly title: string;
  /** Empty where there is none. */
  readonly link: string;
  readonly text: string;
}

/** What was pasted, and what of it could not be read: the text is never lost for that. */
interface PastedArticle extends Article {
  readonly told: readonly Told[];
}

const LINE_END = /[\n\r\u2028\u2029]/v;
const WORD = /[\p{L}\p{N}]/v;
const SPACES = /\s+/gv;

/**
 * An article out of what a person pasted, with header lines as a file has them or without. The text stays as it is, character for
 * character; the link is not fetched.
 */
export function readPasted({ title, link, text: pasted }: Pasted): PastedArticle | Refused {
  // Half a character, which JSON can carry, is on no disk.
  const whole = pasted.toWellFormed();
  if (whole.includes('\0')) return refuse(told('reading.nul'));
  const header = readHeader(whole);
  const after = whole.slice(header.textStart);
  const isRead = header.flaws.length === 0 && WORD.test(after);
  const text = isRead ? after : whole;
  const first = text.split(LINE_END).find(line => WORD.test(line));
  if (first === undefined) return refuse(told('reading.no-words'));
  const address = link.trim() === '' ? undefined : readWebAddress(link);
  const named = readTitle(title.replace(SPACES, ' ').trim());
  const { title: ownTitle, ...own } = isRead ? header.masthead : readHeader('').masthead;
  const masthead = {
    ...own,
    title: named.title ?? ownTitle ?? firstWords(first, { start: 0, end: first.length }),
    titleIsDescriptive:
      named.title === undefined ? ownTitle === undefined || own.titleIsDescriptive : named.titleIsDescriptive,
    url: address?.kind === 'address' ? address.url.href : own.url,
  };
  const unread = [
    ...(address?.kind === 'refused' ? [told('reading.link-left-out', { reason: address.reason })] : []),
    ...(header.flaws.length === 0 ? [] : [told('reading.header-as-text', { flaw: toReason(header.flaws) })]),
  ];
  return { kind: 'article', masthead: boundMasthead(masthead), text, told: unread };
}
