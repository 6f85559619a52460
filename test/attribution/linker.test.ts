import { expect, test } from 'vitest';
import { findSpeech } from '../../src/attribution/attribute.ts';
import { chooseSpeaker } from '../../src/attribution/speakers/linker.ts';
import { optionsFor } from '../../src/attribution/speakers/options.ts';
import { resolveSpeakers } from '../../src/attribution/speakers/resolve.ts';
import type { Decision } from '../../src/attribution/speakers/story.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { slice } from '../../src/news/span.ts';

const NEVER = 1.1;
const text =
  'Mary Lee met the council, and Tom Cho stayed away. She said that the bridge was safe.\n' +
  'Tom Cho said that nobody had asked him.\n' +
  'Ann Holt’s office said that the bridge would close.';

async function resolved(consider: Parameters<typeof resolveSpeakers>[3]) {
  const article = toArticle('bridge', UNKNOWN_METADATA, text);
  const { outer, nested } = await findSpeech(article);
  return resolveSpeakers(article, outer, nested, consider).attributions;
}

test('a pronoun is certain only from the least probability on, a name always', async () => {
  const certainties = async (least: number) => {
    const thresholds = { kept: 0, described: least, found: least };
    const found = await resolved((story, report, decision) => chooseSpeaker(story, report, decision, thresholds));
    return found.slice(0, 2).map(({ certainty }) => certainty);
  };
  expect(await certainties(0)).toEqual(['inferred', 'stated']);
  expect(await certainties(NEVER)).toEqual(['unclear', 'stated']);
});

test('somebody’s office is never that person', async () => {
  const named: (readonly (string | undefined)[])[] = [];
  await resolved((story, report, decision): Decision => {
    const parties = optionsFor(story, report, decision).map(({ party }) => party);
    named.push(
      parties.map(party =>
        typeof party === 'object' && 'longest' in party
          ? text.slice(party.longest.start, party.longest.end)
          : undefined,
      ),
    );
    return decision;
  });
  expect(named.at(0)).toContain('Mary Lee');
  expect(named.at(-1)).toContain('Tom Cho');
  expect(named.at(-1)).not.toContain('Ann Holt');
});

test('somebody else’s words within a report are told once it is certain whose, even if “he” might have been the speaker', async () => {
  const article = toArticle(
    'told',
    UNKNOWN_METADATA,
    'Tom Cho left the hall at noon.\nOrrek Aab said that he had promised to pay for the bridge.',
  );
  const { outer, nested } = await findSpeech(article);
  const told = (certainty: Decision['certainty']) => {
    const { attributions } = resolveSpeakers(article, outer, nested, (story, _, decision) => {
      if (decision.rule !== 'pronoun within a report') return decision;
      return { ...decision, candidate: story.all.find(({ longest }) => longest.words.includes('cho')), certainty };
    });
    return attributions.map(({ reportedBy }) => reportedBy?.source && slice(article.text, reportedBy.source));
  };
  expect(told('inferred')).toEqual([undefined, 'Orrek Aab']);
  expect(told('unclear')).toEqual([undefined, undefined]);
});
