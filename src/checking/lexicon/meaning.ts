import { wordSet } from '../../news/lexicon/word-lists.ts';

/** Words, folded, without which a sentence says the opposite. */
export const negations = wordSet(
  `not no never none nobody nothing neither nor nowhere cannot without hardly cant dont wont isnt arent wasnt werent doesnt didnt
  hasnt havent hadnt wouldnt couldnt shouldnt mustnt aint 不 没 未 无 非 别 勿`,
);

/** Ends of words, folded, that do the same. */
export const negativeEnding = "n't";

/** What words say without the negation in them, where that is not what stands before its ending. */
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

/** Words that another word becomes when its apostrophe is left out: "we're" and "were". Without the apostrophe. */
export const otherWithoutApostrophe = wordSet('were well shell hell ill wed shed id its lets whore');

/** Words that are others without their hyphen: "re-sign" and "resign". Without the hyphen. */
export const otherWithoutHyphen = wordSet(
  'resign recover recreation recreate reform represent resort coop unionised unionized',
);
