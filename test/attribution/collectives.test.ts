import { expect, test } from 'vitest';
import { findCollectives } from '../../src/attribution/speakers/collectives.ts';
import { findMentions } from '../../src/attribution/speakers/mentions.ts';
import { groupMentions } from '../../src/attribution/speakers/named-speakers.ts';
import { sortOf } from '../../src/attribution/speakers/sources.ts';
import { fullestOf } from '../../src/attribution/speakers/story.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { slice } from '../../src/news/span.ts';

function phrasesIn(text: string): readonly (readonly string[])[] {
  const article = toArticle('river', UNKNOWN_METADATA, text);
  const found = findCollectives(article, groupMentions(text, findMentions(text, article.paragraphs), []));
  return found.map(({ mentions }) => mentions.map(mention => slice(text, mention)));
}

test('groups, documents and bodies are what an article describes in more than a word', () => {
  const text =
    'Scientists say that the river is clean.\n' +
    'Researchers at the Marine Institute in Selby tested it. A study published in River Science on Monday has more.\n' +
    'The researchers said that the Dutch company was wrong. Officials disagree.';
  expect(phrasesIn(text)).toEqual([
    ['Researchers at the Marine Institute in Selby'],
    ['A study published in River Science'],
    ['the Dutch company'],
  ]);
});

test('phrases with the same words are for the same one, others aren’t', () => {
  const text =
    'Researchers at the Marine Institute tested the river. Scientists from Oslo tested the sea.\n' +
    'Officials met the researchers at the Marine Institute.';
  expect(phrasesIn(text)).toEqual([
    ['Researchers at the Marine Institute', 'the researchers at the Marine Institute'],
    ['Scientists from Oslo'],
  ]);
});

test('a phrase with more words is for another one', () => {
  const text = 'Researchers at Leeds tested the river. Researchers at Leeds Hospital tested the sea.';
  expect(phrasesIn(text)).toEqual([['Researchers at Leeds'], ['Researchers at Leeds Hospital']]);
});

test('people named together', () => {
  expect(phrasesIn('Ann Lee and Mary Cho met Tom Ruiz and his colleagues.')).toEqual([
    ['Ann Lee and Mary Cho'],
    ['Tom Ruiz and his colleagues'],
  ]);
});

test('a name that ends like a description is none', () => {
  expect(phrasesIn('The National Farmers Federation met Ann Lee. Lee reports to the University of Selby.')).toEqual([]);
});

test('the fullest words for a group are its longest phrase, the first of several', () => {
  const text = 'the team, the team from Selby, the team from Halden';
  const at = (words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });
  const mentions = ['the team', 'the team from Selby', 'the team from Halden'].map(at);
  const description = { definite: true, indefinite: false, head: 'team', kind: 'group', words: ['team'] } as const;
  const party = {
    kind: 'group',
    gender: undefined,
    mentions,
    description: { ...description, gender: undefined },
  } as const;
  expect(slice(text, fullestOf(text, party))).toBe('the team from Selby');
});

test('heads of one sort', () => {
  expect(['researchers', 'geologists', 'authors'].map(sortOf)).toEqual(['team', 'team', 'team']);
  expect(['report', 'studies', 'findings'].map(sortOf)).not.toContain('team');
  expect(sortOf('farmers')).toBe('farmer');
});
