import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { decodeDraft, encodeDraft, type StoredDraft } from '../../src/library/store/drafts.ts';
import { anyCodePoint, fc } from '../fast-check.ts';
import { metadataOf } from './numbered-texts.ts';

const metadata = metadataOf(1);
const derivation = { derived: '{}', madeBy: { attribution: 1, index: 1 } };
const draft = { metadata, text: 'Half \ud800 \0.', offer: { rest: [], total: 1 }, derivation };
const stored = encodeDraft('id', '1', 5, draft);

/** As stored by something else that knows the checksum. */
function forged(body: string): StoredDraft {
  const checksum = createHash('sha256').update(['id', '1', '5', body].join('\n')).digest('hex');
  return { ...stored, body, checksum };
}

test('a draft is read as it was stored', () => {
  expect(decodeDraft(stored)).toStrictEqual(draft);
  expect(decodeDraft(forged(stored.body))).toStrictEqual(draft);
});

test('a draft of a version that stored no derivation is read without it', () => {
  const { metadata: masthead, text, offer } = draft;
  expect(decodeDraft(forged(JSON.stringify({ masthead, text, offer })))).toStrictEqual({
    ...draft,
    derivation: undefined,
  });
});

test.each([
  { id: 'other' },
  { asker: '2' },
  { until: 6 },
  { checksum: '' },
  { body: stored.body.replace('Half', 'Whole') },
])('is gone if it is not what was stored: %j', change => {
  expect(decodeDraft({ ...stored, ...change })).toBeUndefined();
});

test.each([
  '',
  '{',
  'null',
  '[]',
  '"text"',
  JSON.stringify({ text: 'A.' }),
  JSON.stringify({ masthead: metadata }),
  JSON.stringify({ masthead: metadata, text: 5 }),
  JSON.stringify({ masthead: null, text: 'A.' }),
  JSON.stringify({ masthead: { ...metadata, title: undefined }, text: 'A.' }),
  JSON.stringify({ masthead: { ...metadata, titleIsDescriptive: 'no' }, text: 'A.' }),
  JSON.stringify({ masthead: { ...metadata, url: {} }, text: 'A.' }),
  JSON.stringify({ masthead: { ...metadata, outlet: null }, text: 'A.' }),
  JSON.stringify({ masthead: metadata, text: 'A.', derivation: { derived: '{}' } }),
])('is gone if something else was stored: %s', body => {
  expect(decodeDraft(forged(body))).toBeUndefined();
});

test('never throws, whatever was stored', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string({ unit: anyCodePoint })), body => {
      const read = decodeDraft(forged(body));
      expect(read === undefined || typeof read.text === 'string').toBe(true);
    }),
  );
});
