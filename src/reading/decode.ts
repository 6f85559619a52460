const DECLARED_IN_HEADER = /charset\s*=\s*["']?(?<label>[^\s;"']{1,40})/iv;
/** `<meta charset=gbk>` and `<meta http-equiv=… content="text/html; charset=gbk">`. */
const DECLARED_IN_META = /<meta\s[^>]{0,500}?charset\s*=\s*["']?\s*(?<label>[A-Za-z0-9_\-:.]{1,40})/iv;
const NOT_ASCII = /\P{ASCII}/gv;
const UNREADABLE = /\uFFFD/gv;
const SINGLE_BYTE = /^(?:windows-|iso-8859-|koi8-|macintosh|x-mac-|ibm866)/v;

/** How far into a page browsers look for its declaration, generously. */
const HEAD = 4096;

/**
 * The page's characters. What it says of its charset counts in the order byte order mark, the site's header, its own
 * meta tag, as far as the bytes bear it out; UTF-8 that is called a single-byte charset is UTF-8.
 */
export function decodePage(bytes: Uint8Array, contentType: string | undefined): string {
  const marked = markedCharset(bytes);
  if (marked !== undefined) return new TextDecoder(marked).decode(bytes);
  const inHeader = toCharset(DECLARED_IN_HEADER.exec(contentType ?? '')?.groups?.label);
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, HEAD));
  const inMeta = fromMeta(toCharset(DECLARED_IN_META.exec(head)?.groups?.label));
  const declared = [inHeader, inMeta].filter(charset => charset !== undefined);
  return decodeAs(declared, bytes) ?? decodeUndeclared(bytes, declared[0]);
}

/** The characters of a file of text: by its mark, as UTF-8, or as it is said to be. `undefined` where none fits. */
export function decodeText(bytes: Uint8Array, contentType: string | undefined): string | undefined {
  const said = toCharset(DECLARED_IN_HEADER.exec(contentType ?? '')?.groups?.label);
  const charsets = [markedCharset(bytes), 'utf-8', said].filter(charset => charset !== undefined);
  return decodeAs(charsets, bytes);
}

function markedCharset(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xff && second === 0xfe ? 'utf-16le' : undefined;
}

/** The charset's proper name; `undefined` where there is none of that label. */
function toCharset(label: string | undefined): string | undefined {
  if (label === undefined) return undefined;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

/** A meta tag that could be read byte by byte does not stand in UTF-16. */
function fromMeta(charset: string | undefined): string | undefined {
  return charset?.startsWith('utf-16') === true ? 'utf-8' : charset;
}

/** By the first charset that fits every byte. A single-byte one fits anything, so UTF-8 is asked before it. */
function decodeAs(charsets: readonly string[], bytes: Uint8Array): string | undefined {
  const asked = charsets.flatMap(charset => (SINGLE_BYTE.test(charset) ? ['utf-8', charset] : [charset]));
  for (const charset of asked) {
    const text = decodeStrictly(bytes, charset);
    if (text !== undefined) return text;
  }
  return undefined;
}

function decodeStrictly(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Nothing fits whole: the declared one with its gaps, or UTF-8 unless it would be mostly gaps. */
function decodeUndeclared(bytes: Uint8Array, declared: string | undefined): string {
  const charset = declared ?? 'utf-8';
  const text = new TextDecoder(charset).decode(bytes);
  if (charset !== 'utf-8') return text;
  const gaps = text.match(UNREADABLE)?.length ?? 0;
  const isMostlyGaps = gaps > 0 && 2 * gaps >= (text.match(NOT_ASCII)?.length ?? 0);
  return isMostlyGaps ? new TextDecoder('windows-1252').decode(bytes) : text;
}
