import { firstWords } from '../news/first-words.ts';
import { readTitle } from '../news/header.ts';
import { told } from '../wording/say.ts';
import { boundMasthead } from './masthead.ts';
import { type Reading, refuse } from './reading.ts';
import { readWebAddress } from './web-address.ts';

interface Pasted {
  readonly title: string;
  /** Empty where there is none. */
  readonly link: string;
  readonly text: string;
}

const LINE_END = /[\n\r\u2028\u2029]/v;
const WORD = /[\p{L}\p{N}]/v;
const SPACES = /\s+/gv;

/** An article out of what a person pasted. The text stays as it is, character for character; the link is not fetched. */
export function readPasted({ title, link, text: pasted }: Pasted): Reading {
  // Half a character, which JSON can carry, is on no disk.
  const text = pasted.toWellFormed();
  if (text.includes('\0')) return refuse(told('reading.nul'));
  const first = text.split(LINE_END).find(line => WORD.test(line));
  if (first === undefined) return refuse(told('reading.no-words'));
  const address = link.trim() === '' ? undefined : readWebAddress(link);
  if (address?.kind === 'refused') return address;
  const named = readTitle(title.replace(SPACES, ' ').trim());
  const masthead = {
    title: named.title ?? firstWords(first, { start: 0, end: first.length }),
    titleIsDescriptive: named.title === undefined || named.titleIsDescriptive,
    outlet: undefined,
    byline: undefined,
    published: undefined,
    url: address?.url.href,
  };
  return { kind: 'article', masthead: boundMasthead(masthead), text };
}
