import { describe, expect, test } from 'vitest';
import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import { articlePost } from '../../src/replies/posts.ts';
import { sayIn } from '../../src/wording/say.ts';
import { messageText } from '../end-to-end/message-text.ts';
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
      expect(quotedIn({ ...from, attributions })).toBe('-# nobody quoted');
  });

  test('but nobody whose words somebody else reports', () => {
    const from = buildNested();
    expect(quotedIn(from)).toBe('-# Quoted: **Ann Lee** and **Bo Cho**');
    expect(quotedIn({ ...from, attributions: from.attributions.slice(0, 2) })).toBe('-# Quoted: **Ann Lee**');
  });

  test('but nobody who is said not to have said it', () => {
    expect(quotedIn(buildDenied())).toBe('-# nobody quoted');
  });
});
