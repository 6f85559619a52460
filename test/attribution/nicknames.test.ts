import { describe, expect, test } from 'vitest';
import { attribute } from '../../src/attribution/attribute.ts';
import { compareCredit } from '../../src/checking/credit.ts';
import { personKeys } from '../../src/indexing/people.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { slice } from '../../src/news/span.ts';
import { readName } from '../../src/search/names.ts';
import { wordsOf } from '../../src/words/words.ts';
import { remark } from './marked.ts';

describe('a nickname in quotation marks', () => {
  test.each([
    '“{content1 The bridge will ruin us,}” {cue1 said} {source1 union leader Frank “Frankie” Dole}. “{content2 We will fight,}” {source2 Dole == Frank “Frankie” Dole} {cue2 said}.',
    'Frank “Frankie” Dole leads the union.\n“{content1 We will win,}” {cue1 said} {source1 Frank Dole == Frank “Frankie” Dole}. “{content2 Never,}” {cue2 said} {source2 Frankie == Frank “Frankie” Dole}.',
    'Frankie Dole leads the union.\n“{content1 We will win,}” {cue1 said} {source1 Frank “Frankie” Dole}. “{content2 Never,}” {cue2 said} {source2 Dole == Frank “Frankie” Dole}.',
    "Robert 'Bobby' Tables runs the school. “{content1 The bridge will ruin us,}” {cue1 said} {source1 Tables == Robert 'Bobby' Tables}. “{content2 We will fight,}” {source2 Bobby == Robert 'Bobby' Tables} {cue2 said}.",
    "“{content1 The bridge will ruin us,}” {source1 Bobby “Tables” O'Neil} {cue1 said}. “{content2 We will fight,}” {source2 O'Neil == Bobby “Tables” O'Neil} {cue2 said}.",
    '{source1 Frank “the Hammer” Dole, a docker}, {cue1 said} {content1 the bridge was unsafe}. {source2 Dole == Frank “the Hammer” Dole} {cue2 said} {content2 he was sad}.',
    'Mayor Frank "Frankie" Dole resigned. "{content We will fight,}" {source he = Frank "Frankie" Dole} {cue said}.',
  ])('belongs to the person whose name contains it: %s', async marked => {
    expect(await remark(marked)).toBe(marked);
  });

  test.each([
    ['Frank “Frankie” Dole said the bridge was unsafe.', ['Frank “Frankie” Dole']],
    ['Ann Lee of the Harbour Times “Sunday” Team said the bridge was unsafe.', ['Ann Lee']],
    ['How Lee ‘Won’ By Finishing Third\nAnn Lee said the bridge was unsafe.', ['Ann Lee']],
    ['Ann Lee read “Dune” and Frank Dole said the bridge was unsafe.', ['Ann Lee', 'Frank Dole']],
  ])('makes one person of %s', async (text, people) => {
    const { speakers } = await attribute(toArticle('nicknames', UNKNOWN_METADATA, text));
    const named = speakers.filter(({ kind }) => kind === 'person').map(({ name }) => slice(text, name));
    expect(named).toEqual(people);
  });

  test.each(['Dole', 'Frank Dole', 'Frankie', 'Frankie Dole', 'Frank “Frankie” Dole', 'Frank "Frankie" Dole'])(
    'still lets the speaker be named %s',
    async name => {
      const article = toArticle('nicknames', UNKNOWN_METADATA, '“We will fight,” said Frank “Frankie” Dole. He left.');
      const from = await attribute(article);
      const [attribution] = from.attributions;
      expect(attribution && compareCredit(name, from, attribution)).toBe('same');
      expect(readName(name, false).match(wordsOf('Frank “Frankie” Dole').map(({ term }) => term)).cover).toBe(1);
      expect(from.speakers.flatMap(speaker => personKeys(article.text, speaker))).toEqual(['person frank dole']);
    },
  );
});
