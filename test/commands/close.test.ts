import { expect, test } from 'vitest';
import { textOf } from '../replies/read-reply.ts';
import { buildSeed } from '../search/build-article.ts';
import { ask, contextOf } from './ask.ts';
import { saidBy } from './statement.ts';

const context = await contextOf([
  buildSeed(),
  saidBy('Ann Lee', 'We must keep the harbour bridge open for the ferry crews,', '2022-03-14'),
  saidBy('Bo Cho', 'We must keep the harbour bridge open for the fire crews,', '2022-03-15'),
  saidBy('Dee Dunn', 'The harbour bridge is old, and ferry crews know it,', '2022-03-16'),
]);

test('other results are shown only if they are nearly as close as the best', async () => {
  const text = textOf(
    await ask(context, 'who said', { words: 'we must keep the harbour bridge open for the ferry crews' }),
  );
  expect(text).toMatch(/^### Ann Lee/v);
  expect(text).toContain('**Bo Cho**');
  expect(text).not.toContain('Dee Dunn');
  for (const words of ['harbour bridge is old', 'bridge is old and ferry crews know']) {
    const old = textOf(await ask(context, 'who said', { words }));
    expect(old).toMatch(/^### Dee Dunn/v);
    expect(old).not.toContain('Other close');
  }
});

test('what would only match misspelled is left out if the best result has the words', async () => {
  const crowd = await contextOf([
    saidBy('Ann Lee', 'Shame!', '2022-03-14'),
    saidBy('Bo Cho', 'Share!', '2022-03-15'),
    saidBy('Dee Dunn', 'Shames!', '2022-03-16'),
  ]);
  const text = textOf(await ask(crowd, 'who said', { words: 'Shame!' }));
  expect(text).toMatch(/^### Ann Lee/v);
  expect(text).toContain('Dee Dunn');
  expect(text).not.toContain('Bo Cho');
  const misspelled = textOf(await ask(crowd, 'who said', { words: 'Shaem' }));
  expect(misspelled).toMatch(/Ann Lee/v);
});

test('a word that nobody says is not taken for a misspelt common word', async () => {
  expect(textOf(await ask(context, 'who said', { words: 'buy' }))).toContain('matches “buy”');
});
