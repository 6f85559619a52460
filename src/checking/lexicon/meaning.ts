import { wordSet } from '../../news/lexicon/word-lists.ts';

/** Folded words without which a sentence says the opposite. */
export const negations = wordSet(
  `not no never none nobody nothing neither nor nowhere cannot without hardly cant dont wont isnt arent wasnt werent doesnt didnt
  hasnt havent hadnt wouldnt couldnt shouldnt mustnt aint 不 没 未 无 非 别 勿`,
);

/** A folded ending that does the same. */
export const negativeEnding = "n't";

/** Words without their negation, if it's more than an ending. */
export const affirmations: ReadonlyMap<string, string> = new Map([
  ["won't", 'will'],
  ["can't", 'can'],
  ["shan't", 'shall'],
  ['cannot', 'can'],
]);

/** Numbers in words. */
export const numbers = wordSet(
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
  nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion half quarter dozen
  first second third fourth fifth double triple twice percent`,
);

/** Words that differ from another only by its apostrophe: "were" and "we're". */
export const otherWithoutApostrophe = wordSet('were well shell hell ill wed shed id its lets whore');

/** Words that differ from another only by its hyphen: "resign" and "re-sign". */
export const otherWithoutHyphen = wordSet(
  'resign recover recreation recreate reform represent resort coop unionised unionized',
);
