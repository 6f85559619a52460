import { expect, test } from 'vitest';
import { parseQuestion } from '../../src/meaning/question.ts';

test('keeps the topic as it was typed', () => {
  expect(parseQuestion('Wheat prices')).toMatchObject({ topic: 'Wheat prices', topicWords: ['wheat', 'prices'] });
});
