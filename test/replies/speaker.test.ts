import { describe, expect, test } from 'vitest';
import type { AttributedArticle, Attribution, Speaker } from '../../src/attribution/attribution.ts';
import { anchorOf, applyDisputes, outerOf } from '../../src/library/store/disputes.ts';
import { disputedStatement, disputeReply } from '../../src/replies/disputes.ts';
import { passageOfStatement, speakerHeading } from '../../src/replies/parts/passage.ts';
import { cardOf } from '../../src/replies/parts/passage-card.ts';
import { accentOf, nameWithin, speakerInline, speakerLines, speakerName } from '../../src/replies/parts/speaker.ts';
import { speakerList } from '../../src/replies/parts/speaker-list.ts';
import { ACCENTS } from '../../src/replies/reply.ts';
import { countSpeakers } from '../../src/summary/speaker-counts.ts';
import { sayIn } from '../../src/wording/say.ts';
import { buildArticle, buildDenied, buildNested, buildSeed } from '../search/build-article.ts';
import { menuIn } from './read-reply.ts';

const say = sayIn('en');

function there(attribution: Attribution | undefined): Attribution {
  if (attribution === undefined) throw new Error('The seed has it');
  return attribution;
}

const seed = buildSeed();
const { article, attributions } = seed;
const [officials, sullivan, senior, asked, , unclear] = attributions;

/** Returns what a card, /summary and /speakers say of the only attribution, or of the one with this index. */
function elsewhere(from: AttributedArticle, at = 0) {
  const attribution = there(from.attributions[at]);
  const passage = passageOfStatement({ from, attribution });
  const outcome = passage && cardOf(passage, { theme: 'paper', shape: 'wide' }, say);
  const lines = speakerList({ ...from, attributions: [attribution] }, 1000, say).split('\n');
  return {
    card: outcome?.kind === 'card' ? outcome.card.notes : outcome?.reason,
    list: lines.at(-1),
    inferred: countSpeakers(from).reduce((sum, { inferred }) => sum + inferred, 0),
  };
}

/** Returns the seed as it is after somebody decided who says the words at this index. */
function decidedFor(at: number, speaker: Speaker | undefined): AttributedArticle {
  const { text } = article;
  const content = anchorOf(text, outerOf(there(attributions[at])));
  const decision = { speaker: speaker && anchorOf(text, speaker.name) };
  return applyDisputes(seed, [{ content, took: undefined, reporter: '1', since: 0, decision }]);
}

describe('within a sentence', () => {
  test.each([
    ['The researchers', false, 'the researchers'],
    ['Another official', false, 'another official'],
    ['Two drivers', false, 'two drivers'],
    ['Researchers from Leeds', false, 'researchers from Leeds'],
    ['US officials', false, 'US officials'],
    ['Russian officials', false, 'Russian officials'],
    ['The Hague', true, 'The Hague'],
    ['Bo', true, 'Bo'],
  ])('%s (named: %j) is %s', (name, named, within) => {
    const { article: reported, speakers } = buildArticle('report', `${name} said it was late.`, [
      { id: 'they', name, named },
    ]);
    const [speaker] = speakers;
    expect(speaker && nameWithin(reported, speaker)).toBe(within);
    expect(speaker && speakerName(reported, speaker)).toBe(name);
  });

  test('a capital that the article has within a sentence stays', () => {
    const { article: reported, speakers } = buildArticle('report', 'It was late, Secretary Lind’s aide said.', [
      { id: 'aide', name: 'Secretary Lind’s aide', named: false },
    ]);
    expect(speakers.map(each => nameWithin(reported, each))).toEqual(['Secretary Lind’s aide']);
  });
});

describe('the speaker, in the article’s own words, and how certain that is', () => {
  test('stated: the name, and the phrase if it adds to it', () => {
    expect(speakerLines(article, there(sullivan), say)).toBe(
      '### Jake Sullivan\n-# in the article: “US National Security Adviser Jake Sullivan”\n-# Paraphrased, not a direct quote.',
    );
    expect(speakerLines(article, there(senior), say)).toBe('### a senior US official');
    expect(accentOf(article, senior)).toBe(ACCENTS.sure);
  });

  test('inferred: the article’s phrase, and the person most likely meant', () => {
    expect(speakerLines(article, there(asked), say)).toBe(
      '### Most likely a senior US official\n-# The article says “the official”, which most likely means **a senior US official**.',
    );
    expect(speakerInline(article, asked, say)).toBe('“the official”, most likely **a senior US official**');
    expect(accentOf(article, asked)).toBe(ACCENTS.likely);
  });

  test('inferred, but only from the same words: the phrase is the heading, and nobody is named', () => {
    const court = buildArticle(
      'court',
      '“He is not guilty,” his solicitor said. It rained. His solicitor said “no”.',
      [{ id: 'solicitor', name: 'his solicitor', named: false }],
      [
        {
          paragraph: 1,
          content: ['no'],
          source: 'His solicitor',
          cue: 'said',
          speaker: 'solicitor',
          certainty: 'inferred',
        },
      ],
    );
    const [no] = court.attributions;
    expect(speakerLines(court.article, there(no), say)).toBe('### “His solicitor”\n-# The article gives no name here.');
    expect(speakerInline(court.article, no, say)).toBe('“His solicitor” (no name given)');
    expect(accentOf(court.article, no)).toBe(ACCENTS.unclear);
    expect(elsewhere(court)).toEqual({
      card: 'The article doesn’t say who said that, and a card would put words in someone’s mouth. `/quote` shows the passage.',
      list: '- **his solicitor** possibly ¶1',
      inferred: 0,
    });
    const unnamed = { ...there(no), source: undefined };
    expect(speakerInline(court.article, unnamed, say)).toBe('**his solicitor** (most likely)');
  });

  test('decided by whoever manages the library: the name, and that it was checked', () => {
    const at = attributions.indexOf(there(asked));
    const decided = decidedFor(at, sullivan?.speaker);
    const settled = decided.attributions[at];
    expect(speakerLines(article, there(settled), say)).toBe(
      '### Jake Sullivan\n-# US National Security Adviser · in the article: “the official”\n-# Checked by someone who manages this library.',
    );
    expect(speakerInline(article, settled, say)).toBe('**Jake Sullivan** (“the official”)');
    expect(accentOf(article, settled)).toBe(ACCENTS.sure);
    expect(elsewhere(decided, at)).toEqual({
      card: ['In the article: “the official”', 'Speaker checked by hand'],
      list: '- **Jake Sullivan** ¶5',
      inferred: 0,
    });
  });

  test('decided that it’s unclear: that the library says so, not the article', () => {
    const at = attributions.indexOf(there(senior));
    const decided = decidedFor(at, undefined);
    const settled = decided.attributions[at];
    expect(speakerInline(article, settled, say)).toBe('“a senior US official” (checked here: unclear who said it)');
    expect(elsewhere(decided, at)).toMatchObject({
      card: 'In this library, it counts as unclear who said that, so I won’t make a card of it. `/quote` shows the passage.',
      list: '- “a senior US official” (checked here: unclear who said it) ¶4',
    });
  });

  test('unclear: the phrase is the heading, with a candidate named as one', () => {
    expect(speakerLines(article, there(unclear), say)).toBe(
      '### “the official”\n-# The article doesn’t say who that is. It may be **another US official familiar with the discussions**.',
    );
    expect(accentOf(article, unclear)).toBe(ACCENTS.unclear);
  });

  test('unknown: no name is invented', () => {
    if (officials === undefined) throw new Error('The seed has attributions');
    const passive = {
      ...officials,
      type: 'direct',
      source: undefined,
      speaker: undefined,
      certainty: 'unclear',
    } as const;
    expect(speakerLines(article, passive, say)).toBe('### Unnamed speaker\n-# The article doesn’t say who said this.');
    expect(speakerLines(article, { ...passive, source: officials.source }, say)).toBe(
      '### “US officials”\n-# The article doesn’t say who that is.',
    );
    expect(speakerLines(article, { ...passive, source: officials.source, speaker: officials.speaker }, say)).toBe(
      '### “US officials”\n-# The article doesn’t say who they are.',
    );
    const body =
      officials.speaker &&
      ({ ...officials.speaker, name: officials.source ?? officials.speaker.name, kind: 'document' } as const);
    expect(speakerLines(article, { ...passive, source: officials.source, speaker: body }, say)).toBe(
      '### “US officials”\n-# The article doesn’t say which one that is.',
    );
  });

  test('doubtful: the name that the sentence gives, and that it may be misread', () => {
    if (senior === undefined) throw new Error('The seed has attributions');
    const doubtful = { ...senior, doubtful: true };
    expect(speakerLines(article, doubtful, say)).toBe(
      '### a senior US official\n-# I may have misread who said this. Check the passage itself.',
    );
    expect(speakerInline(article, doubtful, say)).toBe('**a senior US official**, if I read that right');
    expect(accentOf(article, doubtful)).toBe(ACCENTS.likely);
  });

  test('reported by somebody else: names the reporter, whatever their certainty', () => {
    const nested = buildNested();
    const [lee, cho] = nested.attributions;
    if (lee === undefined || cho === undefined) throw new Error('It has two');
    expect(speakerLines(nested.article, cho, say)).toBe(
      '### Bo Cho\n-# As reported by **Ann Lee**.\n-# Paraphrased, not a direct quote.',
    );
    expect(speakerInline(nested.article, cho, say)).toBe('**Bo Cho**, as reported by **Ann Lee**');
    expect(accentOf(nested.article, cho)).toBe(ACCENTS.likely);
    expect(accentOf(nested.article, lee)).toBe(ACCENTS.sure);
    const third = { ...cho, reportedBy: { ...cho, doubtful: true } };
    expect(speakerInline(nested.article, third, say)).toBe(
      '**Bo Cho**, as reported by **Bo Cho**, as reported by **Ann Lee**, if I read that right',
    );
  });

  test('denied: nobody said it, and the person who denies it is named', () => {
    const denied = buildDenied();
    const [marsh] = denied.attributions;
    const lines =
      '### Denied or not said by **Ann Marsh**\n-# The article says this was denied, corrected or not said. Check the passage itself.';
    if (marsh === undefined) throw new Error('It has one');
    expect(speakerLines(denied.article, marsh, say)).toBe(lines);
    expect(speakerInline(denied.article, marsh, say)).toBe('denied or not said by **Ann Marsh**');
    const told = { ...marsh, cue: undefined, reportedBy: marsh };
    expect(speakerLines(denied.article, told, say)).toBe(lines);
  });

  test('corrected: nobody said it, and nobody is named', () => {
    const corrected = buildArticle(
      'corrected',
      'An earlier version of this article said that Ann Marsh stated that the port was shut.',
      [
        { id: 'version', name: 'An earlier version of this article', named: false, kind: 'document' },
        { id: 'marsh', name: 'Ann Marsh' },
      ],
      [
        {
          paragraph: 1,
          type: 'indirect',
          content: ['Ann Marsh stated that the port was shut'],
          source: 'An earlier version of this article',
          cue: 'said',
          speaker: 'version',
        },
      ],
    );
    const [version] = corrected.attributions;
    const lines =
      '### Corrected by the article\n-# The article says this was denied, corrected or not said. Check the passage itself.';
    expect(speakerLines(corrected.article, there(version), say)).toBe(lines);
    expect(speakerInline(corrected.article, version, say)).toBe('corrected by the article');
    const told = { ...there(version), source: undefined, reportedBy: version };
    expect(speakerLines(corrected.article, told, say)).toBe(lines);
  });

  test('the article’s own voice is called that', () => {
    const [paragraph] = article.paragraphs;
    if (paragraph === undefined) throw new Error('The seed has paragraphs');
    const narration = { from: { ...buildSeed(), attributions: [] }, paragraph, excerpt: paragraph, matches: [] };
    expect(speakerHeading({ ...narration, attribution: undefined }, say)).toContain(
      'These are the article’s own words',
    );
    expect(accentOf(article, undefined)).toBe(ACCENTS.article);
  });
});

test('who says several things beside the article’s own words is named once', () => {
  const said = { paragraph: 1, source: 'Ann Lee', cue: 'said', speaker: 'lee' };
  const from = buildArticle(
    'club',
    'The club is old. “It is damp,” Ann Lee said. “It leaks,” she said.',
    [{ id: 'lee', name: 'Ann Lee' }],
    [
      { ...said, content: ['It is damp,'] },
      { ...said, source: 'she', certainty: 'inferred', content: ['It leaks,'] },
    ],
  );
  const [paragraph] = from.article.paragraphs;
  if (paragraph === undefined) throw new Error('The article has a paragraph');
  expect(speakerHeading({ from, paragraph, excerpt: paragraph, matches: [], attribution: undefined }, say)).toBe(
    '### The article itself\n-# These are the article’s own words. Quoted in them: **Ann Lee**.',
  );
});

test('of two speakers whose names overlap, only the one who was credited is the original choice', () => {
  const pair = buildArticle(
    'pair',
    '“It grew back,” said Ann Lee and Bo Cho.',
    [
      { id: 'lee', name: 'Ann Lee' },
      { id: 'both', name: 'Ann Lee and Bo Cho', kind: 'group' },
    ],
    [{ paragraph: 1, content: ['It grew back,'], source: 'Ann Lee and Bo Cho', cue: 'said', speaker: 'both' }],
  );
  const { text } = pair.article;
  const [said] = pair.attributions;
  const [content, took] = [outerOf(there(said)), said?.speaker?.name];
  const dispute = { content: anchorOf(text, content), took: took && anchorOf(text, took), reporter: '1', since: 0 };
  const open = { ...dispute, decision: undefined };
  const menu = menuIn(disputeReply(disputedStatement(applyDisputes(pair, [open]), open), undefined, '', say));
  expect(menu?.options.map(({ label, description }) => [label, description])).toEqual([
    ['Ann Lee and Bo Cho', 'My original choice'],
    ['Ann Lee', undefined],
    ['Nobody I can name', 'The speaker stays unclear'],
  ]);
});

test.each([
  ['Dougal Grey, secretary of the union', 'secretary of the union'],
  ['the secretary, Dougal Grey', 'the secretary'],
  ['Mr Dougal Grey', 'Mr Dougal Grey'],
  ['Dougal Grey, 44', 'Dougal Grey, 44'],
])('doesn’t repeat the name in what the article calls somebody: %s', (source, beside) => {
  const from = buildArticle(
    'union',
    `“No,” said ${source}.`,
    [{ id: 'grey', name: 'Dougal Grey' }],
    [{ paragraph: 1, content: ['No,'], source, cue: 'said', speaker: 'grey' }],
  );
  const said = there(from.attributions[0]);
  expect(speakerInline(from.article, said, say)).toBe(`**Dougal Grey** (“${beside}”)`);
  expect(speakerLines(from.article, said, say)).toBe(`### Dougal Grey\n-# in the article: “${beside}”`);
});
