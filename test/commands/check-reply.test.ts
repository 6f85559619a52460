import { describe, expect, test } from 'vitest';
import type { Dispute } from '../../src/attribution/attribution.ts';
import { check } from '../../src/checking/check.ts';
import { readQuotes } from '../../src/checking/read-quotes.ts';
import type { CheckResult } from '../../src/checking/verdict.ts';
import { checkReply } from '../../src/commands/check.ts';
import { anchorOf, applyDisputes, outerOf } from '../../src/library/store/disputes.ts';
import { isPrivate } from '../../src/replies/reply.ts';
import { LANGUAGES } from '../../src/wording/languages.ts';
import { sayIn } from '../../src/wording/say.ts';
import { candidatesIn } from '../checking/candidates.ts';
import { times } from '../depth.ts';
import { fc } from '../fast-check.ts';
import { anyAttributed } from '../replies/arbitrary.ts';
import { quotedLines, refusalOf, textOf } from '../replies/read-reply.ts';
import { buildArticle, buildDenied, buildSeed } from '../search/build-article.ts';
import { ask, contextOf } from './ask.ts';

const say = sayIn('en');

const seed = buildSeed();
const search = candidatesIn([seed]);
const asked = (words: string, credited?: string): Promise<CheckResult> => check({ words, credited }, search);

/** Returns the number of lines on a phone, at about 50 characters each, without links and formatting. */
function linesOn(phone: string): number {
  const seen = phone.replaceAll(/\]\(<[^>]*>\)|\\(?=[^\w\s])/gv, '').split('\n');
  return seen.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 50)), 0);
}

describe('the answer of a check', () => {
  test('an altered quote: additions in bold, omissions struck through, and the original', async () => {
    const answer = textOf(
      checkReply([await asked('I guess it depends on how you define success')], 0, { say, isPrivate: false }),
    );
    expect(answer).toContain('### Altered');
    expect(answer).toContain('I ~~suppose~~ **guess** it depends on how you define success');
    expect(answer).toContain('> Asked if it had been successful, the official replied: “I suppose it depends');
    expect(answer).toContain('¶5');
  });

  test.each([
    ['We see sign of that re-evaluation', '**This reverses the meaning**: “no” was left out.'],
    ['They haven’t decided that they’re going to provide', '**This reverses the meaning**'],
    [
      'It was an intense six-hour session, reflecting the gravity',
      '**A number was changed**: “six” in place of “seven”.',
    ],
  ])('a change that reverses the meaning is named: %s', async (words, told) => {
    for (const language of LANGUAGES) {
      const answer = checkReply([await asked(words)], 0, { say: sayIn(language), isPrivate: false });
      expect(refusalOf(answer)).toBeUndefined();
      if (language === 'en') expect(textOf(answer)).toContain(told);
    }
  });

  test('a wrong name: both names, and how certain the attribution is', async () => {
    const answer = textOf(
      checkReply([await asked('it depends on how you define success', 'Jake Sullivan')], 0, { say, isPrivate: false }),
    );
    expect(answer).toContain('### Right words, wrong name');
    expect(answer).toContain('**Jake Sullivan**');
    expect(answer).toContain('“the official”, most likely **a senior US official**');
  });

  test('an unclear speaker: the words are right, and the name is open', async () => {
    const answer = textOf(
      checkReply([await asked('they don’t share common systems', 'Joe Biden')], 0, { say, isPrivate: false }),
    );
    expect(answer).toContain('### Right words, speaker unclear');
    expect(answer).toContain('doesn’t say whether that’s right');
  });

  test('a speaker that somebody disputed is open, and it says so', async () => {
    const dispute = (decision: Dispute['decision']) => {
      const disputed = seed.attributions.map((each, at) => {
        const content = anchorOf(seed.article.text, outerOf(each));
        return at === 2 ? { content, took: undefined, reporter: '1', since: 0, decision } : [];
      });
      return candidatesIn([applyDisputes(seed, disputed.flat())]);
    };
    const words = 'It was an intense seven-hour session';
    for (const [decision, credit, by] of [
      [undefined, 'Reported as the wrong speaker', 'reported as the wrong speaker'],
      [{ speaker: undefined }, 'decided that it’s unclear who said this', 'checked here: unclear who said it'],
    ] as const) {
      const result = await check({ words, credited: 'a senior US official' }, dispute(decision));
      const answer = textOf(checkReply([result], 0, { say, isPrivate: false }));
      expect(answer).toContain('### Right words, speaker unclear');
      expect(answer).toMatch(new RegExp(`^-# .*${credit}`, 'mv'));
      expect(answer).toContain(`By “a senior US official” (${by})`);
      expect(answer).not.toContain('doesn’t say');
    }
  });

  test('an uncertain speaker is only possible, and a report is called one', async () => {
    const attributions = seed.attributions.map(each => ({ ...each, doubtful: each.type === 'indirect' }));
    const doubtful = candidatesIn([{ ...seed, attributions }]);
    const finding = await check({ words: 'Moscow had feigned interest in diplomacy', credited: 'Sullivan' }, doubtful);
    const answer = textOf(checkReply([finding], 0, { say, isPrivate: false }));
    expect(answer).toContain('### Right words, speaker unclear');
    expect(answer).toContain('The quote credits **Sullivan**; I may have misread who said this.');
    expect(answer).toContain(
      '\nBy **Jake Sullivan** (“US National Security Adviser Jake Sullivan”), paraphrased, if I read that right\n',
    );
  });

  test('a paraphrase isn’t a quote, and says which words are quoted', async () => {
    const finding = await asked(
      'laid out Washington’s case against Russia’s invasion in an “intense” seven-hour meeting',
    );
    expect(finding.verdict).toBe('own voice');
    const told = textOf(
      checkReply([await asked('Moscow had feigned interest in diplomacy', 'Sullivan')], 0, { say, isPrivate: false }),
    );
    expect(told).toContain('### Not a quote\nThese words appear in the article, but not as a quote.\n');
    expect(told).toContain(', paraphrased\n');
    const note = buildArticle(
      'note',
      'A note said “the bridge is a danger” to all who live by the river.',
      [{ id: 'note', name: 'A note', named: false, kind: 'document' }],
      [
        {
          paragraph: 1,
          content: ['“the bridge is a danger” to all who live by the river'],
          source: 'A note',
          cue: 'said',
          speaker: 'note',
          type: 'mixed',
        },
      ],
    );
    const part = { words: 'the bridge is a danger to all', credited: undefined };
    const partly = textOf(checkReply([await check(part, candidatesIn([note]))], 0, { say, isPrivate: false }));
    expect(partly).toContain('not as a quote.\nOnly this is in quotation marks: “the bridge is a danger”.\n');
  });

  test('if chatter was left out, shows the words that were compared', async () => {
    const [claim] = readQuotes('hey look: We see no sign of that re-evaluation').quotes;
    if (claim === undefined) throw new Error('There is a claim');
    const answer = textOf(checkReply([await check(claim, search)], 0, { say, isPrivate: false }));
    expect(answer).toContain('### Exact\n“We see no sign of that re-evaluation”\n');
  });

  test('a denial names who denies it and shows the denying words', async () => {
    const finding = await check(
      { words: 'the port would close', credited: 'Joe Biden' },
      candidatesIn([buildDenied()]),
    );
    const answer = textOf(checkReply([finding], 0, { say, isPrivate: false }));
    expect(answer).toContain('### Denied');
    expect(answer).toContain('Denied or not said by **Ann Marsh**');
    expect(answer).toContain('> Ann Marsh **did not say** that **the port would close**.');
    expect(answer).not.toContain('in the article it’s');
  });

  test('nothing found: says that this is no proof', async () => {
    const answer = textOf(checkReply([await asked('Ask not what your country can do')], 0, { say, isPrivate: false }));
    expect(answer).toContain('### Not found here');
    expect(answer).toContain('doesn’t prove it was never said');
  });

  test('shows only the beginning of the nearest passage to words that weren’t found', async () => {
    const harbour = buildArticle('harbour', 'Rain fell on the harbour master and his boat. '.repeat(20));
    const claim = { words: 'the harbour master owes us seven umbrellas', credited: undefined };
    const finding = await check(claim, candidatesIn([harbour]));
    const shown = quotedLines(checkReply([finding], 0, { say, isPrivate: false })).join('');
    expect(shown).toContain('Rain fell on the harbour master and his boat.');
    expect(shown.length).toBeLessThan(400);
  });

  test('several quotes are numbered, and fit on a screen', async () => {
    const all = [
      await asked('I guess it depends on how you define success', 'Joe Biden'),
      await asked('they don’t share common systems'),
      await asked('The US delegation in Rome had not expected the Chinese diplomats to negotiate'),
      await asked('This meeting was about negotiating specific issues or outcomes'),
    ] as const;
    const answer = textOf(
      checkReply([...all, await asked('Ask not what your country can do')], 2, { say, isPrivate: true }),
    );
    expect(answer.match(/^### \d\. .+$/gmv)).toEqual([
      '### 1. Altered',
      '### 2. Exact',
      '### 3. The article’s own words',
      '### 4. Altered',
      '### 5. Not found here',
    ]);
    expect(answer).toContain('2 more quotes in that message');
    expect(linesOn(answer)).toBeLessThan(60);
  });

  test('of a quote stitched from two people’s words, says which part isn’t by the credited one', async () => {
    const [eye, game] = ['He looked me in the eye,', 'I’m not going to play that game in public,'] as const;
    const library = buildArticle(
      'library',
      `“${game}” Mr Roe replied.\n“${eye}” said Annis Bole.`,
      [
        { id: 'roe', name: 'Roe' },
        { id: 'bole', name: 'Annis Bole' },
      ],
      [
        { paragraph: 1, content: [game], source: 'Mr Roe', cue: 'replied', speaker: 'roe' },
        { paragraph: 2, content: [eye], source: 'Annis Bole', cue: 'said', speaker: 'bole' },
      ],
    );
    const quote = {
      words: 'He looked me in the eye. I’m not going to play that game in public',
      credited: 'Annis Bole',
    };
    for (const words of [quote.words, quote.words.replace('I’m', 'I am')]) {
      const result = await check({ ...quote, words }, candidatesIn([library]));
      const answer = textOf(checkReply([result], 0, { say, isPrivate: false }));
      expect(answer.match(/(?:.*credits.*\n)?By .*/gv)).toEqual([
        'By **Annis Bole**',
        '-# The quote credits **Annis Bole**, but in the article it’s **Roe** (“Mr Roe”).\nBy **Roe** (“Mr Roe”)',
      ]);
    }
  });

  test('one quote is answered within one screen of a phone', async () => {
    const stitched = await asked('It was an intense seven-hour session. They don’t share common systems', 'Joe Biden');
    const long = await asked(seed.article.text.slice(1_200, 1_900));
    for (const finding of [stitched, long]) {
      expect(linesOn(textOf(checkReply([finding], 0, { say, isPrivate: false })))).toBeLessThan(40);
    }
  });

  test.each(LANGUAGES)(
    'five quotes with the longest names fit into one answer that Discord accepts, in %s',
    async language => {
      const article = {
        ...seed.article,
        title: '最'.repeat(400),
        outlet: '[Outlet]'.repeat(40),
        url: `https://example.com/${'a'.repeat(420)}`,
      };
      const named = { ...seed, article };
      const claims = [0, 1, 2, 3, 4].map(at => {
        const one = seed.attributions[at]?.content[0];
        const other = seed.attributions.at(-1 - at)?.content[0];
        return `${article.text.slice(one?.start, one?.end)} ${article.text.slice(other?.start, other?.end)}`;
      });
      const findings = await Promise.all(
        claims.map(words => check({ words, credited: '*'.repeat(100) }, candidatesIn([named]))),
      );
      const [first, ...more] = findings;
      if (first === undefined) throw new Error('There is nothing to check.');
      const answer = checkReply([first, ...more], 2, { say: sayIn(language), isPrivate: true });
      expect(refusalOf(answer)).toBeUndefined();
      const shown = textOf(answer).match(/^### \d\. /gmv)?.length ?? 0;
      expect(shown).toBeGreaterThanOrEqual(3);
      // Anything that doesn't fit is counted as left, like what wasn't checked.
      expect(textOf(answer)).toContain(sayIn(language)('checks.left', { left: 2 + 5 - shown }));
    },
  );

  test('for any article, Discord accepts the answer, and every quoted line is in the article', async () => {
    const property = fc.asyncProperty(
      anyAttributed,
      fc.string(),
      fc.nat(),
      fc.nat(),
      fc.constantFrom(...LANGUAGES).map(sayIn),
      async (from, credited, at, other, said) => {
        const words = from.article.text;
        const cut = (place: number) => words.slice(place % words.length).slice(0, 400);
        const candidates = candidatesIn([from]);
        const claims = [cut(at), `${cut(at)} ${cut(other)}`, `${cut(at).slice(0, 80)} no ${cut(at).slice(90)}`, 'zzz'];
        const findings: CheckResult[] = [];
        for (const each of claims) findings.push(await check({ words: each, credited }, candidates));
        for (const one of findings) hold([one]);
        const [first, ...more] = findings;
        if (first !== undefined) hold([first, ...more]);
        function hold(all: readonly [CheckResult, ...CheckResult[]]): void {
          const answer = checkReply(all, 3, { say: said, isPrivate: true });
          expect(refusalOf(answer)).toBeUndefined();
          for (const line of quotedLines(answer)) expect(words).toContain(line);
        }
      },
    );
    await fc.assert(property, { numRuns: times(5, 150) });
  });
});

test('words that only a title has are said to be in a headline', async () => {
  const pie = buildArticle('pie', 'The captain wiped a fork.');
  const titled = { ...pie, article: { ...pie.article, title: '“We ate the proof,” say the winners' } };
  const context = await contextOf([seed, titled]);
  const answer = textOf(await ask(context, 'check', { words: '“We ate the proof” — Jake Sullivan' }));
  expect(answer).toContain('### Only in a headline\n');
  expect(answer).toContain('say the winners');
  expect(textOf(await ask(context, 'check', { words: '“The winners ate the proof”' }))).toContain('### Not found here');
  for (const command of ['quote', 'who said', 'card']) {
    const found = textOf(await ask(context, command, { words: 'we ate the proof' }));
    expect(found).toMatch(/^These words are only in a headline, where I can’t tell who said them:\n.*say the winners/v);
    const changed = textOf(await ask(context, command, { words: 'the winners ate the proof' }));
    expect(changed).toContain('Nothing in the 2 articles here matches');
  }
});

test('a signature in which no name can be read is said not to be checked', async () => {
  const context = await contextOf([seed]);
  const answer = async (name: string) =>
    textOf(await ask(context, 'check', { words: `“We see no sign of that re-evaluation” — ${name}` }));
  expect(await answer('one poster')).toContain('“one poster” wasn’t checked: I can’t');
  expect(await answer('what a great speech')).not.toContain('wasn’t checked');
  expect(await answer('Jake Sullivan')).not.toContain('wasn’t checked');
});

describe('what /check doesn’t check', () => {
  test('one word', async () => {
    const context = await contextOf([seed]);
    for (const words of ['lines', '“lines”', 'lines.', '“lines” — Jake Sullivan']) {
      const answer = await ask(context, 'check', { words });
      expect(textOf(answer)).toContain('One word is too short to check.');
      expect(isPrivate(answer)).toBe(true);
    }
  });

  test('a question, unless it’s the quote itself', async () => {
    const context = await contextOf([
      seed,
      buildArticle(
        'port',
        '“Who said that they will not close the port?” Ann Lee asked.',
        [{ id: 'lee', name: 'Ann Lee' }],
        [
          {
            paragraph: 1,
            content: ['Who said that they will not close the port?'],
            source: 'Ann Lee',
            cue: 'asked',
            speaker: 'lee',
          },
        ],
      ),
    ]);
    for (const words of [
      'who said we see no sign of that re-evaluation?',
      'Did Jake Sullivan say that we see no sign of that re-evaluation?',
      'what did the official say about systems',
    ]) {
      const answer = await ask(context, 'check', { words });
      expect(textOf(answer)).toContain('That’s a question, not a quote. Ask it with </ask:');
      expect(isPrivate(answer)).toBe(true);
    }
    for (const words of [
      'Who said that they will not close the port?',
      'who said “we see no sign of that re-evaluation”?',
    ]) {
      expect(textOf(await ask(context, 'check', { words }))).toContain('### Exact');
    }
  });
});
