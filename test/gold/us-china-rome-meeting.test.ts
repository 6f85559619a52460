import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { attribute } from '../../src/attribution/attribute.ts';
import { parseArticle } from '../../src/news/parse.ts';
import { slice } from '../../src/news/span.ts';
import { mark, remark, unmark } from '../attribution/marked.ts';

const gold = readFileSync(new URL('us-china-rome-meeting.marked.txt', import.meta.url), 'utf8').trimEnd();
const bytes = readFileSync(new URL('../../seeds/us-china-rome-meeting.txt', import.meta.url));

async function seed() {
  const parsed = parseArticle({ name: 'us-china-rome-meeting.txt', bytes });
  if (parsed.kind === 'problems') throw new Error(JSON.stringify(parsed.problems));
  return await attribute(parsed.article);
}

describe('the seed article', () => {
  test('is marked like the gold articles: eight attributions with content, cue, source, speaker and certainty', async () => {
    expect(await remark(gold)).toBe(gold);
  });

  test('gives the same when read from its file with the header', async () => {
    const attributed = await seed();
    expect(attributed.article.text).toContain(unmark(gold));
    expect(mark(attributed, true)).toContain(gold);
    expect(attributed.attributions).toHaveLength(8);
  });

  test('names everyone who speaks or might, in order of first mention, with role and aliases', async () => {
    const { article, speakers } = await seed();
    const told = speakers.map(({ name, kind, named, role, aliases }) => [
      slice(article.text, name),
      named ? kind : `unnamed ${kind}`,
      role === undefined ? '' : slice(article.text, role),
      aliases.map(alias => slice(article.text, alias)).join(', '),
    ]);
    expect(told).toEqual([
      ['US officials', 'unnamed group', '', ''],
      ['Jake Sullivan', 'person', 'US National Security Adviser', ''],
      ['Yang Jiechi', 'person', 'Chinese Central Foreign Affairs Commission Director', '楊潔篪'],
      ['a senior US official', 'unnamed person', '', ''],
      ['another US official familiar with the discussions', 'unnamed person', '', ''],
      ['CNN', 'organisation', '', ''],
      ['Xi Jinping', 'person', 'Chinese President', '習近平'],
    ]);
  });

  test('attributes nothing to people who are only mentioned, and nothing in the reporter’s own paragraphs', async () => {
    const { article, attributions, speakers } = await seed();
    const silent = speakers.filter(speaker => /^(?:Yang|Xi)/v.test(slice(article.text, speaker.name)));
    expect(silent).toHaveLength(2);
    expect(attributions.filter(({ speaker }) => speaker !== undefined && silent.includes(speaker))).toEqual([]);
    const narrated = article.paragraphs.filter(({ number }) => [3, 6, 8, 11].includes(number));
    const within = attributions.filter(({ content }) =>
      content.some(span => narrated.some(({ start, end }) => span.start >= start && span.end <= end)),
    );
    expect(within).toEqual([]);
  });
});
