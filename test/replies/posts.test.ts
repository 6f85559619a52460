import { describe, expect, test } from 'vitest';
import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import { passageOfStatement } from '../../src/replies/parts/passage.ts';
import { articlePost, digestLines } from '../../src/replies/posts.ts';
import { sayIn } from '../../src/wording/say.ts';
import { messageText } from '../end-to-end/message-text.ts';
import { buildNews } from '../library/rows.ts';
import { buildDenied, buildNested, buildSeed } from '../search/build-article.ts';

describe('a post about a new article names whom it quotes', () => {
  const quotedIn = (from: AttributedArticle) => messageText(articlePost(from, sayIn('en'))).split('\n')[1];

  test('but nobody whose words may be somebody else’s', () => {
    const from = buildSeed();
    const certain = from.attributions.filter(({ certainty }) => certainty === 'stated');
    const inferred = from.attributions.map(each => ({ ...each, certainty: 'inferred' }) as const);
    const doubtful = from.attributions.map(each => ({ ...each, doubtful: true }));
    expect(quotedIn({ ...from, attributions: certain })).toMatch(
      /^-# Quoted: \*\*US officials\*\*, \*\*Jake Sullivan\*\*/v,
    );
    for (const attributions of [inferred, doubtful])
      expect(quotedIn({ ...from, attributions })).toBe('-# no speakers found');
  });

  test('but nobody whose words somebody else reports', () => {
    const from = buildNested();
    expect(quotedIn(from)).toBe('-# Quoted: **Ann Lee** and **Bo Cho**');
    expect(quotedIn({ ...from, attributions: from.attributions.slice(0, 2) })).toBe('-# Quoted: **Ann Lee**');
  });

  test('but nobody who is said not to have said it', () => {
    expect(quotedIn(buildDenied())).toBe('-# no speakers found');
  });
});

test('a digest has a quote that several articles print word for word once for each watch, with the others', () => {
  const say = sayIn('en');
  const wire = { who: 'Ann Lee', says: 'The old bridge over the river will be open by Easter' };
  const [anns, bridges] = [
    { speaker: 'Ann Lee', words: undefined },
    { speaker: undefined, words: 'old bridge' },
  ];
  const entryOf = (watch: typeof anns | typeof bridges, id: string, who = wire.who) => {
    const from = buildNews(id, [{ ...wire, who }], { title: id });
    const passage = from.attributions.flatMap(attribution => passageOfStatement({ from, attribution }) ?? [])[0];
    if (passage === undefined) throw new Error(`${id} quotes nobody`);
    const found = { watch, passage, others: 0 };
    const item = { kind: 'found', found } as const;
    return { item, line: id, say };
  };
  const [first, other] = [entryOf(bridges, 'post'), entryOf(bridges, 'evening', 'Bo Cho')];
  const lines = digestLines([entryOf(anns, 'post'), first, entryOf(bridges, 'courier'), other], true);
  expect(lines).toHaveLength(3);
  expect(lines[0]).toBe('post');
  expect(lines[1]).toMatch(/The old bridge over the river.*\n-# .*post.*\n-# Also in courier\.$/v);
  expect(lines[2]).toBe('evening');
});
