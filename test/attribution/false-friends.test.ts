import { describe, expect, test } from 'vitest';
import { remark } from './marked.ts';

/** Sentences in which nothing is attributed. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  titles: [
    'She won the prize for her novel “The Long Way to the Sea”.',
    'The film “A Man for All Seasons” opens on Friday.',
    'He sang “Blue Moon” at the end of the evening.',
    'The exhibition, called “Light and Dark”, closes in May.',
    'His novel, “The Long Road,” won a prize.',
    'The album, “Never Again,” sold well.',
    'The paper “On the Motion of Stars” was published in May.',
    'They watched “The Bridge” twice.',
  ],
  nicknames: [
    'Joseph “Joe” Miller was born in Ostby.',
    'William “Big Bill” Hayes ran the docks for years.',
    'Fans of Anna “The Hammer” Novak filled the hall.',
    'The boxer, known as “The Wall,” lost.',
  ],
  'scare quotes and words as words': [
    'The “experts” were nowhere to be seen.',
    'They met for an “intense” session in Rome.',
    'The so-called “peace corridor” was shelled again.',
    'The word “bank” has two meanings.',
    'The term “fake news” is older than the web.',
    'A “smart” lock failed in the cold.',
    'The letters “AB” were cut into the door.',
    'This “ceasefire” lasted an hour.',
    'The word “liberty” appears twice.',
    'They use “sick” to mean good.',
    '“Bank” is a word with two meanings.',
  ],
  irony: [
    'What a “bargain” it was.',
    'So much for “transparency”.',
    'Her “friends” left early.',
    'The “reform” cost a million.',
  ],
  'signs and slogans with nobody behind them': [
    'The door was marked “Closed.”',
    'T-shirts with “Free the Four” sold out.',
    'A box labelled “Fragile” stood in the hall.',
    'A banner with the words “No More Dams” hung from the bridge.',
    'He wore a cap with “Make It Rain” on it.',
  ],
  'dialogue of films and books': [
    'In the film’s last scene, the hero says, “I am going home.”',
    'In the novel, a farmer asks: “Who owns the rain?”',
    '“Who owns the rain?” a farmer asks in her first play.',
  ],
  'beliefs, wishes, perceptions': [
    'Ann Lee believes that the bridge will be rebuilt.',
    'Ann Lee thinks the bridge is lost.',
    'Ann Lee hopes the bridge will be rebuilt.',
    'Officials fear that the dam will break.',
    'Ann Lee knew that the money was gone.',
    'Ann Lee saw that the door was open.',
    'The board decided that the plant would close.',
    'Voters want the law to change.',
    'Ann Lee expected the vote to fail.',
    'Ann Lee realised that the money was gone.',
    'Ann Lee forgot that the door was open.',
    'Ann Lee felt that she had lost.',
    'Many think the bridge is ugly.',
    'It seems that the bridge is safe.',
    'Ann Lee is expected to say that the bridge is safe.',
  ],
  '“said to be” and other phrases that only look like speech': [
    'The painting is said to be worth millions.',
    'The ship was reported missing on Monday.',
    'The statement came after a long night.',
    'The company reports its results on Thursday.',
    'He read the report twice.',
    'The claims were settled in June.',
    'A note lay on the table.',
    'The state of the bridge is poor.',
    'Calls for help came in all night.',
    'The new rule applies to all ships.',
    'The added cost is small.',
    'A party called Renewal won three seats.',
    'The question remained open for years.',
    'The bank offered loans at low rates.',
  ],
  'plain narration': [
    'The bridge fell on Monday.',
    'Officials walked away from the meeting pessimistic that anything would change.',
    'Nobody had expected the envoys to negotiate.',
    'There is pessimism in the capital about the talks.',
    'It sees the partnership as being driven from the top.',
  ],
};

describe.each(Object.entries(kinds))('nothing attributed: %s', (_, sentences) => {
  test.each(sentences)('%s', sentence => {
    expect(remark(sentence)).toBe(sentence);
  });
});
