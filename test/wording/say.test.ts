import { expect, test } from 'vitest';
import { format, message, sayIn } from '../../src/wording/say.ts';

test('a deferred message is in the language of its reader', () => {
  const later = message('answering.outdated');
  expect(format(later, 'en')).toContain('reload Discord');
  expect(format(later, 'zh-CN')).toContain('重新加载 Discord');
  expect(sayIn('zh-TW')('answering.outdated')).toContain('重新載入 Discord');
});

test('a sentence that begins with somebody begins with a capital, what somebody typed aside', () => {
  const say = sayIn('en');
  expect(say('person.mentioned-only', { name: '**the researchers**', where: '¶2' })).toMatch(
    /^\*\*The researchers\*\* isn’t/v,
  );
  expect(say('person.mentioned-only', { name: 'a senior official', where: '¶2' })).toMatch(/^A senior official isn’t/v);
  expect(say('person.named-only', { name: '“petra”' })).toMatch(/^“petra” isn’t/v);
  expect(say('person.mentioned-only', { name: '**iTunes**', where: '¶2' })).toMatch(/^\*\*iTunes\*\* isn’t/v);
  expect(say('adding.refused', { name: 'notes.txt', reason: 'It is empty.' })).toBe('notes.txt: It is empty.');
});

test('a message within a message is in its language, and user input stays as typed', () => {
  const typed = message('file.no-date', { value: '{key} </b>' });
  const later = message('reading.and-more', {
    flaw: message('reading.at-line', { line: '3', flaw: typed }),
    more: '2',
  });
  expect(format(later, 'en')).toMatch(/^Line 3: “\{key\} <\/b>” isn’t a valid date\. .*:00Z\. \(And 2 more\.\)$/v);
  expect(format(later, 'zh-TW')).toMatch(/^第 3 行：「\{key\} <\/b>」不是有效日期.*（另有 2 處。）$/v);
});
