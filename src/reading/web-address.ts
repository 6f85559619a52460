import { told } from '../wording/say.ts';
import { type Refused, refuse } from './reading.ts';

const LONGEST_ADDRESS = 2000;
/** How people keep Discord from showing a preview. */
const IN_ANGLES = /^<(?<address>[^<>]*)>$/v;
const SCHEME = /^[a-z][a-z0-9+.\-]*:/iv;

type WebAddress = { readonly kind: 'address'; readonly url: URL } | Refused;

/**
 * A link as a person or a page gives it, in the one form that a browser would make of it: `2130706433` and `0x7f.1`
 * are `127.0.0.1` afterwards. `base` is the page that a redirect came from.
 */
export function readWebAddress(typed: string, base?: URL): WebAddress {
  const trimmed = typed.trim();
  const address = IN_ANGLES.exec(trimmed)?.groups?.address ?? trimmed;
  if (address === '') return refuse(told('reading.no-link'));
  if (address.length > LONGEST_ADDRESS) return refuse(told('reading.link-too-long', { most: String(LONGEST_ADDRESS) }));
  if (base === undefined && !SCHEME.test(address)) return refuse(told('reading.half-a-link'));
  const url = URL.parse(address, base?.href);
  if (url === null) return refuse(told('reading.broken-link'));
  return checkUrl(url);
}

function checkUrl(url: URL): WebAddress {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return refuse(told('reading.not-the-web'));
  if (url.username !== '' || url.password !== '') return refuse(told('reading.password'));
  return { kind: 'address', url };
}

/** Whether the port is the one that a browser takes by itself, or its secure or plain sister. */
export function hasWebPort(url: URL): boolean {
  return ['', '80', '443'].includes(url.port);
}
