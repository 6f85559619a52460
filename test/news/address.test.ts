import { expect, test } from 'vitest';
import { keysOf } from '../../src/library/store/keys.ts';
import { UNKNOWN_METADATA } from '../../src/news/article.ts';
import { chooseUrl } from '../../src/reading/metadata.ts';

const linkOf = (url: string) => keysOf({ ...UNKNOWN_METADATA, url }, '').link;

test.each([
  ['https://a.example/x?msclkid=1', 'https://a.example/x'],
  ['https://a.example/x?utm_source=b&id=2', 'https://a.example/x?id=2'],
  ['https://a.example/x#part-2', 'http://a.example/x/'],
])('%s is %s', (one, other) => {
  expect(linkOf(one)).toBe(linkOf(other));
});

test('pages that a site distinguishes only by the fragment are different', () => {
  expect(linkOf('https://a.example/#/one')).not.toBe(linkOf('https://a.example/#/two'));
  expect(linkOf('https://a.example/#!one')).not.toBe(linkOf('https://a.example/#!two'));
  expect(chooseUrl(['https://a.example/#/one'], undefined)).toBe('https://a.example/#/one');
  expect(chooseUrl(['https://a.example/one#top'], undefined)).toBe('https://a.example/one');
});
