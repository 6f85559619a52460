import { expect, test } from 'vitest';
import { attribute } from '../../src/attribution/attribute.ts';
import { findCollectives } from '../../src/attribution/speakers/collectives.ts';
import { findMentions } from '../../src/attribution/speakers/mentions.ts';
import { groupMentions } from '../../src/attribution/speakers/named-speakers.ts';
import { sortOf } from '../../src/attribution/speakers/sources.ts';
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

test('a group is called by its longest phrase', () => {
  const text = 'Ann Lee’s team met. Ann Lee of the Marine Institute and her colleagues left.';
  const article = toArticle('river', UNKNOWN_METADATA, text);
  const [team] = findCollectives(article, groupMentions(text, findMentions(text, article.paragraphs), []));
  expect(team && slice(text, team.fullest)).toBe('Ann Lee of the Marine Institute and her colleagues');
});

test('nobody is called by a later phrase that may mean them', async () => {
  const text =
    'Port shut\n\nA spokesman said on Monday that the river had risen by a metre.\n\n' +
    'The port authority spokesman said the wards were dry.';
  const { attributions } = await attribute(toArticle('port', UNKNOWN_METADATA, text));
  const shown = attributions.map(({ speaker, certainty }) => [speaker && slice(text, speaker.name), certainty]);
  expect(shown).toEqual([
    ['A spokesman', 'stated'],
    ['A spokesman', 'inferred'],
  ]);
});

test('heads of one sort', () => {
  expect(['researchers', 'geologists', 'authors'].map(sortOf)).toEqual(['team', 'team', 'team']);
  expect(['report', 'studies', 'findings'].map(sortOf)).not.toContain('team');
  expect(sortOf('farmers')).toBe('farmer');
});
