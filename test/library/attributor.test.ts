import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { attribute } from '../../src/attribution/attribute.ts';
import { Attributor, TooSlow } from '../../src/library/attributor.ts';
import { derivationOf } from '../../src/library/store/derived.ts';
import { StorageError } from '../../src/library/store/errors.ts';
import { toArticle } from '../../src/news/article.ts';
import { untitled } from './numbered-texts.ts';

const opened: Attributor[] = [];
afterEach(() => Promise.all(opened.splice(0).map(attributor => attributor.close())));

function openAttributor(most: number, program?: URL, mostForOne = most): Attributor {
  const attributor = new Attributor({ most, mostForOne }, program);
  opened.push(attributor);
  return attributor;
}

const crashing = new URL('./crashing-attributor.ts', import.meta.url);
const of = (text: string) => ({ id: 'any', ...untitled, updated: false, text });

test('derives the same in another process as in this one, whatever the text', async () => {
  const attributor = openAttributor(2);
  const texts = ['', '“Rain,” said Ann Lee.', 'Half \ud800 of “a \udc00”, Bo said.\0', '“习近平”，他说。'];
  const derived = await Promise.all(texts.map(text => attributor.derive('one', of(text))));
  const attributed = await Promise.all(texts.map(text => attribute(toArticle('any', untitled, text))));
  expect(derived).toEqual(attributed.map(from => derivationOf(from)));
});

test('a process that dies is replaced, and its article goes to the next one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'verbatim-crash-'));
  const attributor = openAttributor(1, crashing);
  const texts = ['one', `crash ${join(folder, 'once')}`, 'two'];
  expect(await Promise.all(texts.map(text => attributor.derive('one', of(text))))).toEqual(
    texts.map(text => `read ${text}`),
  );
  rmSync(folder, { recursive: true });
});

test('an article that killed two processes is an error; the others are read', async () => {
  const attributor = openAttributor(1, crashing);
  const outcomes = await Promise.allSettled(['one', 'crash', 'two'].map(text => attributor.derive('one', of(text))));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(outcomes[1]).toMatchObject({ reason: { message: 'The attribution process ended with SIGKILL.' } });
});

test('owners take turns', async () => {
  const attributor = openAttributor(1, crashing);
  const done: string[] = [];
  const derive = async (owner: string, text: string) => {
    await attributor.derive(owner, of(text));
    done.push(text);
  };
  await Promise.all([
    ...['a1', 'a2', 'a3', 'a4'].map(text => derive('a', text)),
    ...['b1', 'b2'].map(text => derive('b', text)),
    derive('c', 'c1'),
  ]);
  expect(done).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4']);
});

test('nobody waits long for another owner’s process', async () => {
  const attributor = openAttributor(2, crashing, 1);
  const hanging = ['hang', 'hang too'].map(text =>
    expect(attributor.derive('a', of(text))).rejects.toThrow(StorageError),
  );
  for (const text of ['one', 'two']) expect(await attributor.derive('b', of(text))).toBe(`read ${text}`);
  await attributor.close();
  await Promise.all(hanging);
});

test('short texts don’t wait for long ones, not even for their owner’s', async () => {
  const attributor = openAttributor(1, crashing);
  const hanging = ['a', 'b', 'c'].map(owner =>
    expect(attributor.derive(owner, of(`hang ${'a'.repeat(20_000)}`))).rejects.toThrow(StorageError),
  );
  for (const owner of ['a', 'd']) expect(await attributor.derive(owner, of('one'))).toBe('read one');
  await attributor.close();
  await Promise.all(hanging);
});

test('long texts take turns, however many short ones come', async () => {
  const attributor = openAttributor(2, crashing);
  const done: string[] = [];
  const derive = async (owner: string, text: string) => {
    await attributor.derive(owner, of(text.padEnd(20_001)));
    done.push(text);
  };
  const flood = async (owner: string) => {
    while (done.length < 3) await attributor.derive(owner, of('short'));
  };
  const short = ['c', 'd', 'e', 'f', 'g'].map(flood);
  await Promise.all([...short, derive('a', 'long one'), derive('a', 'long two'), derive('b', 'long three')]);
  expect(done).toEqual(['long one', 'long three', 'long two']);
});

test('what nobody waits for comes last', async () => {
  const attributor = openAttributor(1, crashing);
  const done: string[] = [];
  const derive = async (owner: string, text: string, isBackground: boolean) => {
    await attributor.derive(owner, of(text), { isBackground });
    done.push(text);
  };
  const background = ['a', 'b', 'c'].map(owner => derive(owner, `${owner} again`, true));
  await Promise.all([...background, derive('c', 'new', false), derive('d', 'new too', false)]);
  expect(done).toEqual(['a again', 'new', 'new too', 'b again', 'c again']);
});

test('a text that takes too long is given up after one try, and the others are read', async () => {
  const attributor = new Attributor(
    { most: 1, mostForOne: 1, timeout: length => (length === 4 ? 100 : 60_000) },
    crashing,
  );
  opened.push(attributor);
  const outcomes = await Promise.allSettled(['one', 'hang', 'two'].map(text => attributor.derive('one', of(text))));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(outcomes[1]).toMatchObject({ reason: new TooSlow() });
});

test('closing rejects what is still being attributed', async () => {
  const attributor = openAttributor(1);
  const derived = expect(attributor.derive('one', of('“Rain,” said Ann Lee. '.repeat(1000)))).rejects.toThrow(
    StorageError,
  );
  await Promise.all([attributor.close(), derived]);
  await expect(attributor.derive('one', of('one'))).rejects.toThrow(StorageError);
});

test('closing works while processes are starting, answering, or gone after answering', async () => {
  for (let time = 0; time < 10; time += 1) {
    const attributor = openAttributor(2, crashing);
    const texts = ['last', 'one', 'last two'].slice(0, (time % 3) + 1);
    const deriving = texts.map(text => attributor.derive('one', of(text)).catch(() => undefined));
    if (time > 2) await Promise.race(deriving);
    if (time > 6) await setTimeout(time * 3);
    await attributor.close();
    await Promise.all(deriving);
  }
  expect(opened).toHaveLength(10);
});

/** Closes while an answer is in the pipe, and says so. A process that nothing keeps alive would end before. */
const closingLate = `
  import { Attributor } from '${new URL('../../src/library/attributor.ts', import.meta.url).href}';
  const attributor = new Attributor({ most: 1, mostForOne: 1 }, new URL('${crashing.href}'));
  const of = text => ({ id: 'any', title: '', updated: false, text });
  await attributor.derive('one', of('one'));
  attributor.derive('one', of('two')).catch(() => undefined);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  await attributor.close();
  console.log('closed');
`;

test('closing keeps its process alive until it is done', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', closingLate]);
  expect(stdout).toBe('closed\n');
});

/** Throws over an article and prints the error as the log would. */
const breaking = `
  import { Attributor } from '${new URL('../../src/library/attributor.ts', import.meta.url).href}';
  const attributor = new Attributor({ most: 1, mostForOne: 1 }, new URL('${crashing.href}'));
  const of = text => ({ id: 'any', title: '', updated: false, text });
  await attributor.derive('one', of('break zanzibarcanary')).catch(error => console.log(error.message));
  await attributor.close();
`;

test('an article that makes a process throw is not printed', async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', breaking]);
  expect([stdout, stderr]).toEqual(['The attribution process ended with 1.\n', '']);
});
