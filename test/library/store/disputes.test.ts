import { expect, test } from 'vitest';
import type { AttributedArticle } from '../../../src/attribution/attribution.ts';
import { derivationOf } from '../../../src/library/store/derived.ts';
import {
  anchorOf,
  applyDisputes,
  decidedSpans,
  outerOf,
  withDecision,
  withDispute,
  withImported,
} from '../../../src/library/store/disputes.ts';
import { slice } from '../../../src/news/span.ts';
import { buildArticle, buildNested } from '../../search/build-article.ts';

const text = '“We will rebuild the bridge,” Ann Lee said.\nBo Cho looked on.\n“It is late,” she said.';
const people = [
  { id: 'lee', name: 'Ann Lee' },
  { id: 'cho', name: 'Bo Cho' },
];
const said = [
  { paragraph: 1, content: ['We will rebuild the bridge,'], source: 'Ann Lee', cue: 'said', speaker: 'lee' },
  { paragraph: 3, content: ['It is late,'], source: 'she', cue: 'said', speaker: 'lee', certainty: 'inferred' },
] as const;
const from = buildArticle('bridge', text, people, said);
const by = { reporter: '7', since: 1 };

function disputed(of: AttributedArticle, at: number) {
  const attribution = of.attributions[at] ?? expect.fail('no attribution');
  return withDispute(of, [], outerOf(attribution), by) ?? expect.fail('not disputed');
}

function nameOf(of: AttributedArticle, at: number) {
  return of.speakers[at]?.name ?? expect.fail('no speaker');
}

/** Returns who said each thing, and how sure that is. */
function whoIn({ article, attributions }: AttributedArticle): readonly string[] {
  return attributions.map(
    ({ speaker, certainty }) => `${speaker ? slice(article.text, speaker.name) : '?'} ${certainty}`,
  );
}

function decided(of: AttributedArticle, at: number, speaker: number | undefined) {
  const [dispute, ...others] = disputed(of, at);
  const name = speaker === undefined ? undefined : nameOf(of, speaker);
  if (dispute === undefined || others.length > 0) return expect.fail('not one dispute');
  return withDecision(of, [dispute], { content: dispute.content, speaker: name }, false) ?? expect.fail('not decided');
}

test('what is disputed is unclear, in the article and in its index, and the rest is as it was', () => {
  const disputes = disputed(from, 1);
  expect(disputes[0]?.took).toMatchObject(nameOf(from, 0));
  expect(whoIn(applyDisputes(from, disputes))).toEqual(['Ann Lee stated', '? unclear']);
  const { indexed, counts, derived } = derivationOf(from, disputes);
  expect(indexed.speakers.map(({ said: times }) => times)).toEqual([1, 0]);
  expect(derived).toBe(derivationOf(from).derived);
  expect(counts).toEqual({ paragraphs: 3, attributions: 2, speakers: 1 });
});

test.each([
  ['confirmed', 0, 'Ann Lee inferred'],
  ['somebody else', 1, 'Bo Cho inferred'],
  ['nobody', undefined, '? unclear'],
] as const)('decided: %s', (_, speaker, who) => {
  const disputes = decided(from, 1, speaker);
  expect(whoIn(applyDisputes(from, disputes))[1]).toBe(who);
  expect(decidedSpans(disputes)).toHaveLength(1);
});

test('who is stated and confirmed stays stated', () => {
  expect(whoIn(applyDisputes(from, decided(from, 0, 0)))[0]).toBe('Ann Lee stated');
});

test('what somebody else reports refers to what is disputed', () => {
  const nested = buildNested();
  const settled = applyDisputes(nested, disputed(nested, 0));
  expect(settled.attributions[1]?.reportedBy).toBe(settled.attributions[0]);
  expect(whoIn(settled)).toEqual(['? unclear', 'Bo Cho stated', 'Bo Cho stated']);
  expect(whoIn(applyDisputes(nested, disputed(nested, 1)))).toEqual(['Ann Lee stated', '? unclear', 'Bo Cho stated']);
});

test('nothing is disputed twice, or where nobody is named, and nobody is named who isn’t there', () => {
  const disputes = disputed(from, 1);
  const [dispute] = disputes;
  if (dispute === undefined) return expect.fail('not disputed');
  expect(withDispute(from, disputes, dispute.content, by)).toBeUndefined();
  expect(withDispute(from, [], { start: 0, end: 5 }, by)).toBeUndefined();
  const unclear = buildArticle('bridge', text, people, [{ ...said[1], certainty: 'unclear' }]);
  expect(withDispute(unclear, [], dispute.content, by)).toBeUndefined();
  expect(
    withDecision(from, disputes, { content: dispute.content, speaker: { start: 0, end: 5 } }, false),
  ).toBeUndefined();
  expect(withDecision(from, disputes, { content: { start: 0, end: 5 }, speaker: undefined }, false)).toBeUndefined();
});

test('a decision outlives a version that finds other limits, or nobody', () => {
  const disputes = decided(from, 1, 1);
  const longer = buildArticle('bridge', text, people, [{ ...said[1], content: ['“It is late,”'] }]);
  expect(whoIn(applyDisputes(longer, disputes))).toEqual(['Bo Cho inferred']);
  const without = buildArticle('bridge', text, people, [{ ...said[1], certainty: 'unclear', speaker: 'nobody' }]);
  expect(whoIn(applyDisputes(without, disputes))).toEqual(['Bo Cho inferred']);
  const gone = buildArticle('bridge', text, [people[0] ?? expect.fail()], [said[1]]);
  expect(whoIn(applyDisputes(gone, disputes))).toEqual(['? unclear']);
});

test('a decision follows its words where the text before them changes, and is left where they change', () => {
  const disputes = decided(from, 1, 1);
  const moved = `Rain fell.\n${text}`;
  const after = buildArticle(
    'bridge',
    moved,
    people,
    said.map(each => ({ ...each, paragraph: each.paragraph + 1 })),
  );
  expect(whoIn(applyDisputes(after, disputes))).toEqual(['Ann Lee stated', 'Bo Cho inferred']);
  const other = text.replace('late', 'soon');
  const changed = buildArticle('bridge', other, people, [{ ...said[1], content: ['It is soon,'] }]);
  expect(whoIn(applyDisputes(changed, disputes))).toEqual(['Ann Lee inferred']);
});

test('an import decides what isn’t decided here', () => {
  const elsewhere = decidedSpans(decided(from, 1, 1));
  const imported = withImported(from, disputed(from, 1), elsewhere, 2);
  expect(whoIn(applyDisputes(from, imported ?? []))[1]).toBe('Bo Cho inferred');
  expect(withImported(from, decided(from, 1, 0), elsewhere, 2)).toBeUndefined();
  const outside = { content: { start: 0, end: 10_000 }, speaker: undefined };
  expect(withImported(from, [], [outside], 2)).toBeUndefined();
});

test('of an article’s words there is only a digest', () => {
  expect(Object.keys(anchorOf(text, { start: 1, end: 9 }))).toEqual(['start', 'end', 'digest']);
  expect(JSON.stringify(decided(from, 1, 1))).not.toMatch(/late|Cho/v);
});
