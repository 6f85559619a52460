import { expect, test } from 'vitest';
import { answerComponent } from '../../src/commands/components.ts';
import { codeOf, idOf, keysOf } from '../../src/library/store/keys.ts';
import { buttonsOf, idOf as idLabelled, labelsIn, textOf } from '../replies/read-reply.ts';
import { ask, contextOf } from './ask.ts';

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

test('if two articles have the same code, a button leads to neither', async () => {
  const context = await contextOf([]);
  const codes = [71_513, 364_082].map(number => codeOf(idOf(keysOf(metadataOf(number), ''))));
  expect(new Set(codes).size).toBe(1);
  await context.library.add(metadataOf(71_513), '“The storm was long,” said Maria Lopez.');
  await context.library.add(metadataOf(364_082), '“The storm was short,” said Tom Becker.');
  const buttons = buttonsOf(await ask(context, 'quote', { words: 'the storm was short' }));
  expect(buttons.length).toBeGreaterThan(0);
  for (const { custom_id } of buttons) {
    const { reply } = await answerComponent(custom_id, context);
    expect(textOf(reply)).not.toContain('Lopez');
  }
});

test('if another text replaced an article’s, buttons shown before lead to no other words and to nobody else', async () => {
  const context = await contextOf([]);
  const press = async (id: string) => textOf((await answerComponent(id, context)).reply);
  const asked = () => ask(context, 'quote', { words: 'the school has no roof' });
  const text = '“The school has no roof,” said Olaf Brenn.\n“We will teach in tents,” said Rita Moll.';
  await context.library.add(metadataOf(1), text);
  const before = await asked();
  const speakers = await ask(context, 'speakers', { article: 'Story 1' });
  const timeline = await ask(context, 'timeline', { speaker: 'Rita Moll' });
  await context.library.add(metadataOf(1), `“Nobody was hurt,” said Ida Rask.\n${text}`);
  for (const label of ['Context', 'Card', 'More like this', 'More by Olaf Brenn', 'Wrong speaker']) {
    expect(await press(idLabelled(before, label))).toContain('changed or removed');
  }
  expect(await press(idLabelled(speakers, 'Rita Moll'))).toContain('changed or removed');
  expect(await press(timeline.about ?? '')).toContain('changed or removed');
  const after = await asked();
  for (const label of labelsIn(after).filter(each => /^(?:Context|More by|Wrong)/v.test(each))) {
    expect(await press(idLabelled(after, label))).toContain('Olaf Brenn');
  }
});
