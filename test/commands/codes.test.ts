import { expect, test } from 'vitest';
import { answerComponent } from '../../src/commands/components.ts';
import { codeOf, idOf, keysOf } from '../../src/library/store/keys.ts';
import { buttonsOf, textOf } from '../replies/read-reply.ts';
import { ask, contextOf } from './ask.ts';

test('if two articles have the same code, a button leads to neither', async () => {
  const context = await contextOf([]);
  const metadataOf = (number: number) => ({
    ...{
      title: `Story ${number}`,
      titleIsDescriptive: false,
      outlet: undefined,
      byline: undefined,
      published: undefined,
    },
    url: `https://news.example/story-${number}`,
  });
  const codes = [71_513, 364_082].map(number => codeOf(idOf(keysOf(metadataOf(number), ''))));
  expect(new Set(codes).size).toBe(1);
  await context.library.add(metadataOf(71_513), '“The storm was long,” said Maria Lopez.');
  await context.library.add(metadataOf(364_082), '“The storm was short,” said Tom Becker.');
  const buttons = buttonsOf(await ask(context, 'quote', { words: 'the storm was short' }));
  expect(buttons.length).toBeGreaterThan(0);
  for (const { custom_id } of buttons) {
    const { reply } = await answerComponent(custom_id, false, context);
    expect(textOf(reply)).not.toContain('Lopez');
  }
});
