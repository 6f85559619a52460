import { describe, expect, test } from 'vitest';
import type { Answered, NotAnswered } from '../../src/answering/ask.ts';
import { parseQuestion } from '../../src/answering/question.ts';
import type { AttributedArticle } from '../../src/attribution/attribution.ts';
import { codeOf } from '../../src/library/store/keys.ts';
import type { ArticleSummary } from '../../src/library/store/stored.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { type Person, passageCode, passageOfCode, personCode, personWithin } from '../../src/replies/custom-id.ts';
import type { ShownPassage } from '../../src/replies/parts/passage.ts';
import type { Reply } from '../../src/replies/reply.ts';
import { answeredReply, nothingReply, whoseAnswerReply } from '../../src/replies/views/answer.ts';
import { articleReply } from '../../src/replies/views/article.ts';
import { compareReply } from '../../src/replies/views/compare.ts';
import { ARTICLES_ON_PAGE, libraryReply } from '../../src/replies/views/library.ts';
import { personReply } from '../../src/replies/views/person.ts';
import { quoteReply } from '../../src/replies/views/quote.ts';
import { listArticleSpeakers, listTopSpeakers, speakersReply } from '../../src/replies/views/speakers.ts';
import { LENGTHS, summaryReply } from '../../src/replies/views/summary.ts';
import { timelineReply } from '../../src/replies/views/timeline.ts';
import { didYouMeanReply, whoSaidReply } from '../../src/replies/views/who-said.ts';
import { type Candidate, whichReply } from '../../src/replies/which.ts';
import { countSpeakers } from '../../src/summary/speaker-counts.ts';
import { sayIn } from '../../src/wording/say.ts';
import { times } from '../depth.ts';
import { anyCodePoint, fc } from '../fast-check.ts';
import { anyAttributed, anyMatches, anySay } from './arbitrary.ts';
import { menuIn, quotedLines, refusalOf, textOf } from './read-reply.ts';

/** A result in an article: a run of its sentences, with any speaker or none. */
function foundIn(from: AttributedArticle): fc.Arbitrary<ShownPassage> {
  return fc.constantFrom(...from.article.paragraphs).chain(paragraph =>
    fc
      .tuple(
        fc.nat({ max: paragraph.sentences.length - 1 }),
        fc.nat({ max: 3 }),
        anyMatches(paragraph),
        fc.constantFrom(undefined, ...from.attributions),
      )
      .map(([first, more, matches, attribution]) => {
        const sentences = paragraph.sentences.slice(first, first + 1 + more);
        const excerpt = { start: sentences[0]?.start ?? paragraph.start, end: sentences.at(-1)?.end ?? paragraph.end };
        return { from, paragraph, excerpt, matches, attribution };
      }),
  );
}

function everybodyIn(from: AttributedArticle): readonly Person[] {
  const people = from.speakers.map((_, speaker) => personWithin({ article: codeOf(from.article.id), speaker }, from));
  return people.filter(person => person !== undefined);
}

function listedOf({ article, attributions, speakers }: AttributedArticle): ArticleSummary {
  const { text: _, paragraphs, ...metadata } = article;
  const numbers = { paragraphs: paragraphs.length, attributions: attributions.length, speakers: speakers.length };
  return { ...metadata, ...numbers };
}

const anyFound = anyAttributed.chain(from => fc.array(foundIn(from), { minLength: 1, maxLength: 5 }));

/** Everybody in an article whom a name may mean, many times over. */
function candidatesIn(from: AttributedArticle): readonly Candidate[] {
  return Array.from({ length: 25 }, (_, at) => at).flatMap(at => {
    const speaker = from.speakers[at % from.speakers.length];
    return speaker === undefined ? [] : [{ appearances: [{ from, speaker, attributions: [] }], value: `${at}` }];
  });
}

function hold(reply: Reply, text: string): void {
  expect(refusalOf(reply)).toBeUndefined();
  for (const line of quotedLines(reply)) expect(text).toContain(line);
}

test('whom a name may mean: all are in the menu, and as many in the text as fit', () => {
  const property = fc.property(anyAttributed, fc.string(), fc.boolean(), anySay, (from, name, secret, say) => {
    const candidates = candidatesIn(from);
    const reply = whichReply(name, candidates, { say, isPrivate: secret }, 'A note.');
    expect(refusalOf(reply)).toBeUndefined();
    expect(menuIn(reply)?.options).toHaveLength(candidates.length);
    expect(textOf(reply)).toContain('A note.');
  });
  fc.assert(property, { numRuns: times(60, 2000) });
});

test('of many people with long names, the text says how many more are in the menu', () => {
  const text = `${'Walsh '.repeat(30)}, ${'the head of the harbour '.repeat(9)}`;
  const article = toArticle('walsh', { ...UNKNOWN_METADATA, title: 'Walsh' }, text);
  const [name, role] = [
    { start: 0, end: 160 },
    { start: 182, end: 380 },
  ] as const;
  const speaker = { id: '1', name, kind: 'person', named: true, role, aliases: [], mentions: [name] } as const;
  const from = { article, speakers: [speaker], attributions: [] };
  const reply = whichReply('Walsh', candidatesIn(from), { say: sayIn('en'), isPrivate: false });
  expect(refusalOf(reply)).toBeUndefined();
  const shown = textOf(reply).match(/^- \*\*/gmv)?.length ?? 0;
  expect(shown).toBeGreaterThan(8);
  expect(textOf(reply)).toContain(`\n- and ${25 - shown} more`);
  expect(menuIn(reply)?.options).toHaveLength(25);
});

describe('for any article, Discord accepts the answer, and every quoted line is in the article', () => {
  test('/quote, with and without context', () => {
    const property = fc.property(
      anyFound,
      fc.nat(),
      fc.boolean(),
      fc.boolean(),
      fc.string(),
      anySay,
      (all, at, context, secret, words, say) => {
        const page = at % all.length;
        const found = all[page];
        if (found === undefined) throw new Error('There is always one');
        const state = { page, context, passages: all.map(passageCode), words } as const;
        hold(quoteReply(found, state, { say, isPrivate: secret }), found.from.article.text);
      },
    );
    fc.assert(property, { numRuns: times(100, 3000) });
  });

  test('/who said, and "did you mean"', () => {
    const property = fc.property(anyFound, fc.string({ maxLength: 300 }), anySay, ([best, ...others], words, say) => {
      if (best === undefined) throw new Error('There is always one');
      hold(
        whoSaidReply(
          [best, ...others],
          { page: 0, passages: [best, ...others].map(passageCode), words },
          { say, isPrivate: true },
        ),
        best.from.article.text,
      );
      hold(didYouMeanReply(words, [best, ...others], say), best.from.article.text);
    });
    fc.assert(property, { numRuns: times(100, 3000) });
  });

  test('/ask: an answer, whom it may mean, and nothing', () => {
    const anyQuestion = fc.oneof(
      fc.string({ maxLength: 300, unit: anyCodePoint }),
      fc.string({ maxLength: 300 }).map(words => `who said ${words}`),
      fc.string({ maxLength: 300 }).map(words => `what did ${words} say about ${words}?`),
    );
    const anyWhy = fc.constantFrom('not-quoted', 'not-on-this', 'not-mentioned');
    const property = fc.property(
      anyFound,
      anyQuestion,
      fc.boolean(),
      anyWhy,
      fc.option(fc.nat(), { nil: undefined }),
      anySay,
      (all, text, secret, why, articles, say) => {
        const [best, ...others] = all.slice(0, 3).map(each => ({ ...each, closeness: 'match', score: 1 }) as const);
        if (best === undefined) throw new Error('There is always one');
        const question = parseQuestion(text);
        const people = everybodyIn(best.from).map(each => ({ ...each, closeness: 'match', score: 1 }) as const);
        const person = secret ? undefined : people[0];
        const degree = why === 'not-on-this' ? 'others' : secret ? 'sure' : 'unsure';
        const also = others.map(({ from }) => from);
        const passages = [{ ...best, also }, ...others] as const;
        const silent = degree === 'others' ? [] : [text.slice(0, 400)];
        const answer: Answered = { kind: 'answered', degree, silent, passages, question, person };
        hold(
          answeredReply(answer, { say, isPrivate: secret }, text.replaceAll(/[^a-z]/gv, '')),
          best.from.article.text,
        );
        const nothing: NotAnswered = {
          kind: 'nothing',
          why,
          nearest: all.slice(0, 2).map(each => ({ ...each, closeness: 'match', score: 1 }) as const),
          articles,
          question,
          person,
        };
        hold(nothingReply(nothing, '`after`', say), best.from.article.text);
        const choices = people.slice(0, 5).map(each => ({ ...answer, person: each }));
        hold(whoseAnswerReply(text.slice(0, 100), choices, { say, isPrivate: secret }), '');
      },
    );
    fc.assert(property, { numRuns: times(100, 3000) });
  });

  test('/who is', () => {
    const property = fc.property(
      anyAttributed,
      fc.nat({ max: 4000 }),
      fc.boolean(),
      anySay,
      (from, page, secret, say) => {
        const people = everybodyIn(from);
        const state = { page, within: 'article', people: people.map(personCode) } as const;
        hold(personReply(people, state, { say, isPrivate: secret }), from.article.text);
      },
    );
    fc.assert(property, { numRuns: times(100, 3000) });
  });

  test('/who is, of people in several articles', () => {
    const articles = fc.array(anyAttributed, { minLength: 2, maxLength: 6 });
    const property = fc.property(articles, fc.nat({ max: 40 }), fc.nat(), anySay, (all, page, more, say) => {
      const [first, ...others] = all.flatMap(everybodyIn).map(({ appearances: [appearance] }) => appearance);
      if (first === undefined) throw new Error('There is always one');
      const appearances = [first, ...others.slice(0, 11)] as const;
      const said = appearances.flatMap(({ attributions }) => attributions).length + more;
      const person = { appearances, articles: appearances.length + more, said };
      const state = { page, within: 'library', people: [personCode(person)] } as const;
      hold(personReply([person], state, { say, isPrivate: false }), all.map(({ article }) => article.text).join('\n'));
    });
    fc.assert(property, { numRuns: times(60, 2000) });
  });

  test('/summary', () => {
    const property = fc.property(
      anyAttributed,
      fc.nat({ max: 4000 }),
      fc.constantFrom(...LENGTHS),
      fc.boolean(),
      anySay,
      (from, page, length, secret, say) => {
        const sentences = from.article.paragraphs.flatMap(paragraph =>
          paragraph.sentences.map(sentence => ({ sentence, paragraph, attributions: from.attributions })),
        );
        const state = { page, article: codeOf(from.article.id), length } as const;
        hold(summaryReply(from, sentences, state, { say, isPrivate: secret }), from.article.text);
      },
    );
    fc.assert(property, { numRuns: times(100, 3000) });
  });

  test('/speakers of an article, with and without a picture', () => {
    const property = fc.property(anyAttributed, fc.nat({ max: 3 }), fc.boolean(), anySay, (from, page, drawn, say) => {
      const listing = listArticleSpeakers(from, countSpeakers(from), page, say);
      if (listing.lines.length === 0) return;
      const picture = { kind: 'drawn', bytes: Buffer.from('png') } as const;
      const state = { page, article: codeOf(from.article.id) } as const;
      const reason = 'You’ve reached the limit of 60 pictures in ten minutes.';
      hold(
        speakersReply(listing, drawn ? picture : { kind: 'refused', reason }, state, { say, isPrivate: drawn }),
        from.article.text,
      );
    });
    fc.assert(property, { numRuns: times(100, 3000) });
  });

  test('/speakers of a library', () => {
    const property = fc.property(
      fc.array(anyAttributed, { minLength: 1, maxLength: 8 }),
      fc.nat(),
      anySay,
      (all, more, say) => {
        const people = all.flatMap(everybodyIn).slice(0, 8);
        const counts = { said: more, clear: more, uncertain: more, closeness: 'match', score: 1 } as const;
        const ranked = people.map(each => ({ ...each, ...counts }));
        const listing = listTopSpeakers({ people: ranked, total: 40, isCut: true }, more, 0, say);
        const state = { page: 0, article: undefined } as const;
        hold(speakersReply(listing, { kind: 'drawn', bytes: Buffer.from('png') }, state, { say, isPrivate: true }), '');
      },
    );
    fc.assert(property, { numRuns: times(60, 2000) });
  });

  test('/compare and /timeline: as much of each statement as a page has room for', () => {
    const property = fc.property(
      anyAttributed,
      fc.nat({ max: 40 }),
      fc.string(),
      fc.boolean(),
      anySay,
      (from, page, words, secret, say) => {
        const [speaker] = from.speakers;
        if (speaker === undefined) throw new Error('There is always one');
        const who = { from, speaker };
        const statements = from.attributions.map(attribution => ({ from, attribution }));
        const code = { article: codeOf(from.article.id), speaker: 0 };
        const total = 10_000;
        const side = { ...who, statements: statements.slice(0, 2), total };
        const compare = { page, people: [code, code], words } as const;
        hold(
          compareReply([side, side], compare, { say, isPrivate: secret }, 'That could also be many others.'.repeat(12)),
          from.article.text,
        );
        const days = { after: '2022-03-14', before: '2022-03-14' };
        const timeline = { page, person: code, ...days, words } as const;
        const some = { ...who, statements: statements.slice(0, 3), total };
        hold(timelineReply(some, timeline, { say, isPrivate: secret }, ''), from.article.text);
      },
    );
    fc.assert(property, { numRuns: times(100, 3000) });
  });

  test('/article list and show', () => {
    const property = fc.property(
      anyAttributed,
      fc.nat({ max: 4000 }),
      fc.boolean(),
      anySay,
      (from, page, secret, say) => {
        const state = { page, article: codeOf(from.article.id) } as const;
        hold(articleReply(from, state, { say, isPrivate: secret }), from.article.text);
        const articles = Array.from({ length: ARTICLES_ON_PAGE }, () => listedOf(from));
        const list = { page, words: from.article.title } as const;
        hold(libraryReply({ articles, total: 100_000 }, list, { say, isPrivate: secret }), from.article.text);
      },
    );
    fc.assert(property, { numRuns: times(100, 3000) });
  });
});

test('the pages of /article show have the whole article, each character once', () => {
  const property = fc.property(anyAttributed, anySay, (from, say) => {
    const state = { page: 0, article: codeOf(from.article.id) } as const;
    let shown = '';
    for (let page = 0; page < 4000; page += 1) {
      const reply = articleReply(from, { ...state, page }, { say, isPrivate: false });
      shown += quotedLines(reply).join('');
      const next =
        JSON.stringify(reply).includes('"custom_id":"+"') ||
        !JSON.stringify(reply).includes(`"label":"${say('button.next')}"`);
      if (next) break;
    }
    expect(shown).toBe(from.article.text.replaceAll('\n', ''));
  });
  fc.assert(property, { numRuns: times(30, 1000) });
});

test('a code leads back to what it was made of, or nowhere if its words aren’t its speaker’s', () => {
  const property = fc.property(anyFound, all => {
    for (const found of all) {
      const { matches, ...place } = found;
      const reached = passageOfCode(passageCode(found), found.from);
      const saysIt = found.attribution?.content.some(
        span => span.start < found.excerpt.end && found.excerpt.start < span.end,
      );
      if (found.attribution === undefined || saysIt === true) expect(reached).toEqual(place);
      else expect(reached).toBeUndefined();
    }
  });
  fc.assert(property, { numRuns: times(60, 2000) });
});
