import { describe, expect, test } from 'vitest';
import { decodePage, decodeTextFile } from '../../src/reading/decode.ts';
import { readHtml } from '../../src/reading/document.ts';
import { pageOf } from './pages.ts';

/** Encodes a text in a charset that Node can only decode, by decoding every pair of bytes once. */
function encode(text: string, charset: string): Uint8Array {
  const codes = codesOf(charset);
  const bytes = [...text].flatMap(character => {
    const code = character.charCodeAt(0) < 0x80 ? [character.charCodeAt(0)] : codes.get(character);
    if (code === undefined) throw new Error(`${charset} has no ${character}`);
    return code;
  });
  return Uint8Array.from(bytes);
}

const known = new Map<string, Map<string, number[]>>();

function codesOf(charset: string): Map<string, number[]> {
  const found = known.get(charset) ?? new Map<string, number[]>();
  if (found.size > 0) return found;
  const decoder = new TextDecoder(charset);
  for (let lead = 0x80; lead <= 0xfe; lead += 1) {
    const single = decoder.decode(Uint8Array.of(lead));
    if (charset === 'windows-1252') found.set(single, [lead]);
    else
      for (let trail = 0x40; trail <= 0xfe; trail += 1)
        found.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
  }
  known.set(charset, found);
  return found;
}

const ENGLISH = '“It’s a naïve plan,” she said – and left.';
const CHINESE = '「我們準備好了，」董事長陳範例說。';
const SIMPLIFIED = '“我们准备好了，”董事长说。';

const utf8 = (text: string) => new TextEncoder().encode(text);
const meta = (charset: string) => `<html><head><meta charset="${charset}"><title>x</title></head>`;

describe('the charset of a page', () => {
  test.each([
    ['windows-1252', ENGLISH],
    ['gb18030', SIMPLIFIED],
    ['big5', CHINESE],
  ])('is what its header says: %s', (charset, text) => {
    expect(decodePage(encode(text, charset), `text/html; charset=${charset}`)).toBe(text);
    expect(decodePage(encode(text, charset), `text/html;Charset="${charset.toUpperCase()}"; x=y`)).toBe(text);
  });

  test.each([
    ['windows-1252', 'iso-8859-1', ENGLISH],
    ['gb18030', 'gb2312', SIMPLIFIED],
    ['gb18030', 'GBK', SIMPLIFIED],
    ['big5', 'Big5', CHINESE],
  ])('is what its meta tag says if there is no header: %s as %s', (charset, label, text) => {
    const page = `${meta(label)}${text}`;
    expect(decodePage(encode(page, charset), 'text/html')).toBe(page);
    const older = `<meta http-equiv="Content-Type" content="text/html; charset=${label}">${text}`;
    expect(decodePage(encode(older, charset), undefined)).toBe(older);
  });

  test.each([
    ['utf-8', Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8(ENGLISH))],
    ['utf-16le', Uint8Array.of(0xff, 0xfe, ...Buffer.from(ENGLISH, 'utf16le'))],
    ['utf-16be', Uint8Array.of(0xfe, 0xff, ...Buffer.from(ENGLISH, 'utf16le').swap16())],
  ])('is what its byte order mark says above all: %s', (_charset, bytes) => {
    expect(decodePage(bytes, 'text/html; charset=big5')).toBe(ENGLISH);
  });

  test('is UTF-8 if nothing is said, and windows-1252 if that is impossible', () => {
    expect(decodePage(utf8(ENGLISH + CHINESE), undefined)).toBe(ENGLISH + CHINESE);
    expect(decodePage(encode(ENGLISH, 'windows-1252'), undefined)).toBe(ENGLISH);
    expect(decodePage(encode(ENGLISH, 'windows-1252'), 'text/html; charset=utf-8')).toBe(ENGLISH);
  });

  test('ignores wrong labels', () => {
    expect(decodePage(utf8(ENGLISH), 'text/html; charset=iso-8859-1')).toBe(ENGLISH);
    expect(decodePage(encode(`${meta('big5')}${CHINESE}`, 'big5'), 'text/html; charset=utf-8')).toContain(CHINESE);
    expect(decodePage(utf8(`${meta('utf-16')}${CHINESE}`), undefined)).toContain(CHINESE);
    expect(decodePage(utf8(ENGLISH), 'text/html; charset=no-such-thing')).toBe(ENGLISH);
  });

  test('includes characters added later to Chinese charsets', () => {
    expect(decodePage(Uint8Array.of(0x81, 0x39, 0xee, 0x39), 'text/html; charset=gbk')).toBe('㐀');
  });

  test('stays the same if a few bytes are broken', () => {
    const broken = Uint8Array.of(...utf8(CHINESE), 0xff, ...utf8(ENGLISH));
    expect(decodePage(broken, 'text/html; charset=utf-8')).toBe(`${CHINESE}\uFFFD${ENGLISH}`);
    const brokenBig5 = Uint8Array.of(...encode(CHINESE, 'big5'), 0xa4);
    expect(decodePage(brokenBig5, 'text/html; charset=big5')).toBe(`${CHINESE}\uFFFD`);
  });

  test('is windows-1252 if at least half of the characters beyond ASCII are invalid UTF-8', () => {
    const e = utf8('é');
    expect(decodePage(Uint8Array.of(...e, ...e, 0x96), undefined)).toBe('éé\uFFFD');
    expect(decodePage(Uint8Array.of(...e, 0x96), undefined)).toBe('Ã©–');
    expect(decodePage(Uint8Array.of(...e, 0x96, 0x96), undefined)).toBe('Ã©––');
  });

  test.each(['big5', 'gb18030', 'utf-8'])('is found for a Chinese page in %s, ignoring its links', charset => {
    const page = pageOf('chinese.html').replace('CHARSET', charset);
    const reading = readHtml(
      decodePage(charset === 'utf-8' ? utf8(page) : encode(page, charset), 'text/html'),
      undefined,
    );
    expect(reading.kind === 'article' && [reading.metadata.title, ...reading.text.split('\n')]).toEqual([
      '渡輪五月復航',
      '來往兩個海港的渡輪將於五月復航，營辦商周一表示，經過一個冬天的維修，費用比任何人預期的都要高，但船隻終於準備好了。',
      '「我們準備好了，」董事長陳範例說，「船身是新的，引擎也是新的，我們希望每一位乘客都會喜歡。」',
      '兩名不願透露姓名的議員認為，單程四元的票價太貴，並要求營辦商在夏天之前重新考慮。',
    ]);
  });
});

describe('the charset of a text file', () => {
  test('is that of its byte order mark, UTF-8, or as declared, and never guessed', () => {
    expect(decodeTextFile(utf8(ENGLISH), 'text/plain; charset=big5')).toBe(ENGLISH);
    expect(decodeTextFile(encode(CHINESE, 'big5'), 'text/plain; charset=big5')).toBe(CHINESE);
    expect(decodeTextFile(Uint8Array.of(0xff, 0xfe, ...Buffer.from(CHINESE, 'utf16le')), undefined)).toBe(CHINESE);
    expect(decodeTextFile(encode(CHINESE, 'big5'), undefined)).toBeUndefined();
  });
});
