import { describe, expect, test } from 'vitest';
import { english } from '../../src/wording/en.ts';
import { LANGUAGES, SPOKEN } from '../../src/wording/languages.ts';
import type { Key } from '../../src/wording/messages.ts';
import { format, isKey } from '../../src/wording/say.ts';
import { traditional } from '../../src/wording/zh-TW.ts';
import { foldSign } from '../../src/words/words.ts';

const keys = Object.keys(traditional).filter(isKey);
/** Enough to reach every branch of a plural. */
const numbers = [0, 1, 2, 3, 5, 11, 1_000_000];

/** Values that record which of them a message reads; each is a number, which also works as text. */
function asked(number: number, names: Set<string>): Record<string, number> {
  return new Proxy<Record<string, number>>(
    {},
    {
      has: (_, name) => names.add(String(name)).size > 0,
      get: () => number,
    },
  );
}

function valuesOf(key: Key, language: (typeof LANGUAGES)[number]): string[] {
  const names = new Set<string>();
  for (const number of numbers) format({ key, values: asked(number, names) }, language);
  return [...names].sort();
}

describe('messages', () => {
  test('the Chinese catalogue has every message, in the order of the English ones', () => {
    expect(keys.filter(key => Object.hasOwn(english, key))).toEqual(Object.keys(english));
  });

  test.each(keys)('%s has no traditional character in Simplified Chinese', key => {
    const text = SPOKEN['zh-CN'].pattern(key);
    expect([...text].map(foldSign).join('')).toBe(text.normalize('NFKC'));
  });

  test.each([
    ['command.feed list', '订阅 列表'],
    ['command.help', '帮助'],
    ['option.length.does', '摘要要多长（默认为中）'],
    ['speaker.inline.who-perhaps', '“{phrase}”（文章没有说明是谁，可能是 {name}）'],
    ['searching.person', '{name}（{said, plural, =0 {没有引文} other {# 条引文}}）'],
    ['adding.already-linked', '文库里已有这个链接，但正文不同：{title}\n按“收录”**会永久替换原有正文**。'],
    ['reading.no-text', '这不是文章正文。请将正文存为 UTF-8 的 .txt 文件再发送。'],
    ['reading.no-words', '正文没有文字。请粘贴文章正文。'],
    ['option.every.does', '每天或每周一条消息，而不是每条引文一条'],
    ['watching.by', '{name}的引文'],
    ['watching.digest-day', '每天这个时间一条消息，最多十条引文；没有新的就不发。'],
    ['permitting.send-in-threads', '**在子区内发送消息**'],
    ['settings.no-colour', '无法识别颜色{typed}。请写成 `#5865F2`、从列表中选一个，或写 `none`。'],
  ] as const)('%s reads like a mainland app: %s', (key, text) => {
    expect(SPOKEN['zh-CN'].pattern(key)).toBe(text);
  });

  test.each(keys)('%s has no word in Simplified Chinese that is only used in Taiwan, and one word for a quote', key => {
    const text = SPOKEN['zh-CN'].pattern(key);
    expect(text).not.toMatch(/[一二十两每这那几\}] ?则|传[给私]|就不传|讨论串|判读|订户|还原|粘帖/v);
    expect(text.replaceAll(/[直间]接引语/gv, '')).not.toMatch(/引语|被引用|[则条\}]引述/v);
  });

  test.each(keys)('%s exists in every language, with the same values', key => {
    const [first, ...others] = LANGUAGES.map(language => valuesOf(key, language));
    for (const other of others) expect(other).toEqual(first);
    // The message type takes a brace after “one ” for a branch of a plural, so a value there would go unchecked.
    expect(SPOKEN.en.pattern(key)).not.toMatch(/\b(?:zero|one|two|few|many|other) \{[a-z]\w*[,\}]/v);
  });

  test.each(keys)('%s is translated, not copied', key => {
    const plain = SPOKEN.en.pattern(key).replaceAll(/\{[^\}]*\}|\W/gv, '');
    if (plain === '') return;
    for (const language of ['zh-TW', 'zh-CN'] as const) expect(SPOKEN[language].pattern(key)).toMatch(/\p{sc=Han}/v);
  });

  test.each(keys.filter(key => key.startsWith('button.')))('%s fits on a button, on a phone too', key => {
    for (const { pattern } of Object.values(SPOKEN)) expect(pattern(key).length).toBeLessThanOrEqual(38);
  });
});
