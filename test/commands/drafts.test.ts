import { describe, expect, test } from 'vitest';
import { type Draft, Drafts } from '../../src/commands/drafts.ts';
import { buildSeed } from '../search/build.ts';

const from = buildSeed();
const masthead = from.article;
const ada = { id: '1', mayChange: true };
const ben = { id: '2', mayChange: true };
const newsroom = { kind: 'server', id: '7' } as const;
const other = { kind: 'server', id: '8' } as const;

function draftOf(text: string): Draft {
  return { masthead, text, from, rest: [], total: 1 };
}

describe('a draft', () => {
  test('is for the one person and the one library that it was made for, until it is dropped', () => {
    const drafts = new Drafts();
    const id = drafts.hold(draftOf('words'), newsroom, ada);
    expect(drafts.find(id, newsroom, ben)).toBeUndefined();
    expect(drafts.find(id, other, ada)).toBeUndefined();
    expect(drafts.find(id, { kind: 'person', id: '7' }, ada)).toBeUndefined();
    expect(drafts.find(id, newsroom, ada)?.text).toBe('words');
    drafts.drop(id);
    expect(drafts.find(id, newsroom, ada)).toBeUndefined();
  });

  test('has an id that nobody can guess and that fits into a button', () => {
    const drafts = new Drafts();
    const ids = Array.from({ length: 100 }, () => drafts.hold(draftOf('words'), newsroom, ada));
    expect(new Set(ids).size).toBe(100);
    for (const id of ids) expect(id).toMatch(/^[\w\-]{22}$/v);
  });

  test('is remembered for 15 minutes', () => {
    let now = 0;
    const drafts = new Drafts(() => now);
    const early = drafts.hold(draftOf('early'), newsroom, ada);
    const late = drafts.hold(draftOf('late'), newsroom, ada);
    now = 15 * 60_000;
    expect(drafts.find(early, newsroom, ada)?.text).toBe('early');
    now += 1;
    expect(drafts.find(late, newsroom, ada)).toBeUndefined();
  });

  test('is forgotten with its library', () => {
    const drafts = new Drafts();
    const id = drafts.hold(draftOf('words'), newsroom, ada);
    const kept = drafts.hold(draftOf('words'), other, ada);
    drafts.forget(newsroom);
    expect(drafts.find(id, newsroom, ada)).toBeUndefined();
    expect(drafts.find(kept, other, ada)).toBeDefined();
  });
});

describe('what strangers can make a bot remember has an end', () => {
  test('five drafts a person: the oldest of theirs go first, nobody else’s', () => {
    const drafts = new Drafts();
    const bens = drafts.hold(draftOf('mine'), newsroom, ben);
    const ids = Array.from({ length: 7 }, (_, at) => drafts.hold(draftOf(`${at}`), newsroom, ada));
    const left = ids.map(id => drafts.find(id, newsroom, ada)?.text);
    expect(left).toEqual([undefined, undefined, '2', '3', '4', '5', '6']);
    expect(drafts.find(bens, newsroom, ben)).toBeDefined();
  });

  test('so much text of all people together', () => {
    const drafts = new Drafts();
    const long = 'x'.repeat(2_000_000);
    const askers = Array.from({ length: 25 }, (_, at) => ({ id: `${at}`, mayChange: true }));
    const ids = askers.map(asker => drafts.hold(draftOf(long), newsroom, asker));
    const left = askers.filter((asker, at) => drafts.find(ids[at] ?? '', newsroom, asker) !== undefined);
    expect(left.map(({ id }) => id)).toEqual(askers.slice(5).map(({ id }) => id));
  });
});
