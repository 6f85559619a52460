import { expect, test } from 'vitest';
import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import type { Span } from '../../src/news/span.ts';
import { type Person, personCode, personWithin } from '../../src/replies/custom-id.ts';
import { speakerList } from '../../src/replies/parts/speaker-list.ts';
import { personReply } from '../../src/replies/views/person.ts';
import type { Appearance } from '../../src/search/people.ts';
import { sayIn } from '../../src/wording/say.ts';
import { buildArticle, buildDenied } from '../search/build-article.ts';
import { quotedLines, textOf } from './read-reply.ts';

const say = sayIn('en');

const says = { paragraph: 1, source: 'Ann Lee', cue: 'said', speaker: 'lee' } as const;
const lee = { id: 'lee', name: 'Ann Lee' };
const spring = buildArticle(
  'spring',
  '“We build,” said Ann Lee, the mayor.',
  [{ ...lee, role: 'the mayor' }],
  [{ ...says, content: ['We build,'] }],
);
const autumn = buildArticle(
  'autumn',
  '“We have built,” said Ann Lee, the former mayor.',
  [{ ...lee, role: 'the former mayor' }],
  [{ ...says, content: ['We have built,'] }],
);
const mentioning = buildArticle('mentioning', 'The bridge was opened. Ann Lee was not there.', [lee]);

function appearanceIn(from: AttributedArticle): Appearance {
  const person = personWithin({ article: '', speaker: 0 }, from);
  if (person === undefined) throw new Error('There is somebody');
  return person.appearances[0];
}

function shown(person: Person): string {
  const state = { page: 0, within: 'library', people: [personCode(person)] } as const;
  const reply = personReply([person], state, { say, isPrivate: false });
  expect(quotedLines(reply).length).toBe(person.appearances.flatMap(({ attributions }) => attributions).length);
  return textOf(reply);
}

test('what somebody denies begins with a capital letter', () => {
  const text = shown({ appearances: [appearanceIn(buildDenied())], articles: 1, said: 1 });
  expect(text).toContain('\nDenied or not said by **Ann Marsh** · paraphrased\n');
});

test('a person in several articles: how each describes them, what they said, newest first, and where they are mentioned', () => {
  const appearances = [appearanceIn(autumn), appearanceIn(spring), appearanceIn(mentioning)] as const;
  expect(shown({ appearances, articles: 3, said: 2 })).toBe(
    [
      '### Ann Lee',
      '“the former mayor”',
      '-# *autumn* · descriptive title · ¶1',
      '“the mayor”',
      '-# *spring* · descriptive title · ¶1',
      'Quoted twice. Appears in 3 articles, newest first.',
      '**Ann Lee**',
      '> “We have built,” said Ann Lee, the former mayor.',
      '-# *autumn* · descriptive title · ¶1',
      '**Ann Lee**',
      '> “We build,” said Ann Lee, the mayor.',
      '-# *spring* · descriptive title · ¶1',
      'Mentioned but not quoted in:',
      '- *mentioning* · descriptive title · ¶1',
    ].join('\n'),
  );
});

test('with many articles, says how many are shown', () => {
  const appearances = [appearanceIn(autumn), appearanceIn(spring)] as const;
  expect(shown({ appearances, articles: 1200, said: 3100 })).toContain(
    'Quoted 3,100 times. Appears in 1,200 articles, newest first.\n-# Showing 2 of these articles.',
  );
});

test('of somebody who is quoted hundreds of times, says how many quotes aren’t shown', () => {
  const line = '“We build,” said Ann Lee.\n';
  const text = line.repeat(500);
  const { article, attributions, speakers } = buildArticle('many', text, [lee], [{ ...says, content: ['We build,'] }]);
  const [said, speaker] = [attributions[0], speakers[0]];
  if (said === undefined || speaker === undefined) throw new Error('Nobody is quoted.');
  const moved = (span: Span, at: number) => ({
    start: span.start + at * line.length,
    end: span.end + at * line.length,
  });
  const all = Array.from({ length: 500 }, (_, at) => ({ ...said, content: [moved(said.content[0], at)] as const }));
  const mentions = all.map((_, at) => moved(speaker.name, at));
  const from = { article, speakers, attributions: all };
  const person = {
    appearances: [{ from, speaker: { ...speaker, mentions }, attributions: all }],
    articles: 1,
  } as const;
  const state = { page: 999, within: 'article', people: [{ article: 'abcdef', speaker: 0 }] } as const;
  expect(textOf(personReply([{ ...person, said: 500 }], state, { say, isPrivate: false }))).toMatch(/\nand 100 more$/v);
  expect(speakerList(from, 1000, say)).toMatch(/¶8, ¶9$/v);
});

test('a person whom several articles only mention', () => {
  const appearances = [appearanceIn(mentioning), appearanceIn(mentioning)] as const;
  expect(shown({ appearances, articles: 2, said: 0 })).toContain('Mentioned in 2 articles, not quoted.');
});

test('a person in one article is described as in that article', () => {
  const person = { appearances: [appearanceIn(spring)] as const, articles: 1, said: 1 };
  expect(shown(person)).toContain('### Ann Lee\n“the mayor”\nQuoted once. Mentioned in ¶1.\n-# *spring*');
});

test('counts only words that are clearly theirs, and says so if there are none', () => {
  const from = buildArticle(
    'summer',
    '“We build,” said Ann Lee.\n“We paint,” she said.',
    [lee],
    [
      { ...says, content: ['We build,'] },
      { ...says, paragraph: 2, source: 'she', certainty: 'unclear', content: ['We paint,'] },
    ],
  );
  expect(shown({ appearances: [appearanceIn(from)], articles: 1, said: 2 })).toContain('\nQuoted once.');
  const unclear = { ...from, attributions: from.attributions.map(each => ({ ...each, doubtful: true })) };
  expect(shown({ appearances: [appearanceIn(unclear)], articles: 1, said: 2 })).toContain(
    '\nNo words are clearly theirs. Mentioned in ¶1.',
  );
});

test('a person whom one article only mentions is shown where it does', () => {
  const person = { appearances: [appearanceIn(mentioning)] as const, articles: 1, said: 0 };
  const state = { page: 0, within: 'library', people: [personCode(person)] } as const;
  expect(textOf(personReply([person], state, { say, isPrivate: false }))).toBe(
    [
      '### Ann Lee',
      'Ann Lee isn’t quoted here, only mentioned (¶1).',
      '> **Ann Lee** was not there.',
      '-# *mentioning* · descriptive title · ¶1',
    ].join('\n'),
  );
});

test('a button still means the same person when a later version finds others before them', () => {
  const text = 'Bo Cho waited. “We build,” said Ann Lee.';
  const before = buildArticle('spring', text, [lee], [{ ...says, content: ['We build,'] }]);
  const after = buildArticle(
    'spring',
    text,
    [{ id: 'cho', name: 'Bo Cho' }, lee],
    [{ ...says, content: ['We build,'] }],
  );
  const known = personWithin(personCode({ appearances: [appearanceIn(before)], articles: 1, said: 1 }), after);
  expect(known?.appearances[0].speaker.id).toBe('lee');
  const gone = buildArticle('spring', text, [{ id: 'cho', name: 'Bo Cho' }]);
  expect(personWithin(personCode({ appearances: [appearanceIn(before)], articles: 1, said: 1 }), gone)).toBeUndefined();
});

test('in a sentence in which somebody else speaks, too, the words below a name are those in bold', () => {
  const [own, asked] = ['I admit I was there,', 'whether he knew the builder'] as const;
  const trial = buildArticle(
    'trial',
    `“${own}” Viktor Saal said as prosecutors asked ${asked}.\n“I am sorry,” Viktor Saal said.`,
    [
      { id: 'prosecutors', name: 'prosecutors', named: false, kind: 'group' },
      { id: 'saal', name: 'Viktor Saal' },
    ],
    [
      { paragraph: 1, content: [own], source: 'Viktor Saal', cue: 'said', speaker: 'saal' },
      { paragraph: 1, type: 'indirect', content: [asked], source: 'prosecutors', cue: 'asked', speaker: 'prosecutors' },
      { paragraph: 2, content: ['I am sorry,'], source: 'Viktor Saal', cue: 'said', speaker: 'saal' },
    ],
  );
  const textFor = (speaker: number) => {
    const person = personWithin({ article: '', speaker }, trial);
    return person === undefined ? '' : shown(person);
  };
  expect(textFor(0)).toContain(`> “${own}” Viktor Saal said as prosecutors asked **${asked}**.`);
  expect(textFor(1)).toContain(`> “**${own}**” Viktor Saal said as prosecutors asked ${asked}.`);
  expect(textFor(1)).toContain('> “I am sorry,” Viktor Saal said.');
});
