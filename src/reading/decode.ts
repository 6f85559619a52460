const DECLARED_IN_HEADER = /charset\s*=\s*["']?(?<label>[^\s;"']{1,40})/iv;
/** `<meta charset=gbk>` and `<meta http-equiv=… content="text/html; charset=gbk">`. */
const DECLARED_IN_META = /<meta\s[^>]{0,500}?charset\s*=\s*["']?\s*(?<label>[A-Za-z0-9_\-:.]{1,40})/iv;
const NOT_ASCII = /\P{ASCII}/gv;
const UNREADABLE = /\uFFFD/gv;
const SINGLE_BYTE = /^(?:windows-|iso-8859-|koi8-|macintosh|x-mac-|ibm866)/v;

/** How many bytes of a page are searched for a charset declaration; browsers search 1024. */
const HEAD = 4096;

/**
 * Decodes a page by its byte order mark, the header, or its meta tag, in this order, if every byte fits. UTF-8 that is
 * declared as a single-byte charset is decoded as UTF-8.
 */
export function decodePage(bytes: Uint8Array, contentType: string | undefined): string {
  const byteOrder = charsetOfByteOrderMark(bytes);
  if (byteOrder !== undefined) return new TextDecoder(byteOrder).decode(bytes);
  const inHeader = toCharset(DECLARED_IN_HEADER.exec(contentType ?? '')?.groups?.label);
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, HEAD));
  const inMeta = toCharsetOfAscii(DECLARED_IN_META.exec(head)?.groups?.label);
  const declared = [inHeader, inMeta].filter(charset => charset !== undefined);
  return decodeAs(declared, bytes) ?? decodeUndeclared(bytes, declared[0]);
}

/** UTF-16 without a mark, and UTF-32, decode to text of which at least every second character is NUL. */
function isMostlyNul(text: string): boolean {
  return 3 * (text.split('\0').length - 1) > text.length;
}

/** Decodes a text file by its byte order mark, as UTF-8, or as declared. Returns `undefined` if none fits. */
export function decodeTextFile(bytes: Uint8Array, contentType: string | undefined): string | undefined {
  const said = toCharset(DECLARED_IN_HEADER.exec(contentType ?? '')?.groups?.label);
  const charsets = [charsetOfByteOrderMark(bytes), 'utf-8', said].filter(charset => charset !== undefined);
  const text = decodeAs(charsets, bytes);
  return text === undefined || isMostlyNul(text) ? undefined : text;
}

function charsetOfByteOrderMark(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xff && second === 0xfe ? 'utf-16le' : undefined;
}

/** Returns a charset's standard name; `undefined` if the label is unknown. */
function toCharset(label: string | undefined): string | undefined {
  if (label === undefined) return undefined;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

/** The same for a declaration whose bytes are ASCII, so it can't be in UTF-16, whatever it says. */
function toCharsetOfAscii(label: string | undefined): string | undefined {
  const charset = toCharset(label);
  return charset?.startsWith('utf-16') === true ? 'utf-8' : charset;
}

/**
 * Decodes with the first charset that fits every byte. Single-byte charsets fit anything, so UTF-8 is tried before
 * them.
 */
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

/**
 * Decodes with replacement characters, as declared or as UTF-8; as windows-1252 if UTF-8 would be mostly replacement
 * characters.
 */
function decodeUndeclared(bytes: Uint8Array, declared: string | undefined): string {
  const charset = declared ?? 'utf-8';
  const text = new TextDecoder(charset).decode(bytes);
  if (charset !== 'utf-8') return text;
  const gaps = text.match(UNREADABLE)?.length ?? 0;
  const isMostlyGaps = gaps > 0 && 2 * gaps >= (text.match(NOT_ASCII)?.length ?? 0);
  return isMostlyGaps ? new TextDecoder('windows-1252').decode(bytes) : text;
}

/** How many bytes are searched for the XML declaration. */
const LONGEST_DECLARATION = 300;
const XML_CHARSET = /^[^<]{0,9}<\?xml\s[^>]{0,200}?encoding\s*=\s*["'](?<label>[\w\-.:]{1,40})/v;
const HAS_CHARSET = /charset\s*=/iv;

/** Decodes XML like a page, but by its own declaration if the header has no charset. */
export function decodeXml(bytes: Uint8Array, contentType: string): string {
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, LONGEST_DECLARATION));
  const charset = toCharsetOfAscii(XML_CHARSET.exec(head)?.groups?.label);
  const isDeclared = HAS_CHARSET.test(contentType) || charset === undefined;
  return decodePage(bytes, isDeclared ? contentType : `${contentType}; charset=${charset}`);
}
