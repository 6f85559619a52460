import { attribute } from '../../src/attribution/attribute.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { testMost } from './misread.ts';

async function doubtsIn(text: string): Promise<readonly boolean[]> {
  const { attributions } = await attribute(toArticle('any', UNKNOWN_METADATA, text));
  return attributions.map(({ doubtful }) => doubtful);
}

const texts = {
  sure: [
    '“We will rebuild the bridge,” Ann Lee said.',
    'Ann Lee said that the bridge would be rebuilt.',
    'According to the report, the bridge will be rebuilt.',
    'Ann Lee was quoted as saying that the bridge was safe.',
    'Ann Lee did not say whether she would run again.',
    'Ann Lee: “The bridge will be rebuilt”\nThe bridge fell on Monday.\nLee was not hurt.',
    '“A city is its people, not its walls.” — Ann Lee',
  ],
  'never sure': [
    'It was announced that the fair would close.',
    'As Ann Lee put it, the bridge was an accident in waiting.',
    'In the words of Ann Lee, the bridge is safe.',
    'The driver was quoted by police as saying he fell asleep.',
    'Ann Lee did not say when the bridge would open.',
    'The minister would not rule out a vote in May.',
    'The minister’s announcement that the bridge would close surprised the town.',
    'The announcement that the bridge would close surprised the town.',
    'Ann Lee dismissed Bo Cho’s claim that the bridge was safe.',
    'The sign read “Closed”.',
    'Bridge to be rebuilt: mayor\nThe bridge fell on Monday.\nNobody was hurt.',
  ],
};

testMost('sure', { all: texts.sure }, { all: 1 }, async text => {
  const doubts = await doubtsIn(text);
  return doubts.length === 1 && doubts[0] === false ? undefined : `doubts: ${doubts}`;
});

testMost('never sure', { all: texts['never sure'] }, { all: 3 }, async text => {
  const doubts = await doubtsIn(text);
  return doubts.includes(false) ? `doubts: ${doubts}` : undefined;
});
