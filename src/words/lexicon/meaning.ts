import { phraseSet, wordSet } from '../../news/lexicon/word-lists.ts';

/** Folded words without which a sentence says the opposite. */
export const NEGATIONS = wordSet(
  `not no never none nobody nothing neither nor nowhere cannot without hardly cant dont wont isnt arent wasnt werent doesnt didnt
  hasnt havent hadnt wouldnt couldnt shouldnt mustnt aint 不 没 未 无 非 别 勿`,
);

/** A folded ending that does the same. */
export const NEGATIVE_ENDING = "n't";

/** Negated words and what they negate, where the negation isn't just an ending. */
export const AFFIRMATIONS: ReadonlyMap<string, string> = new Map([
  ["won't", 'will'],
  ["can't", 'can'],
  ["shan't", 'shall'],
  ['cannot', 'can'],
]);

/** Adverbs that come and go with a negation: "not yet" is the opposite of "already". */
export const BESIDE_NEGATIONS = wordSet('already yet now');

/** Numbers in words. */
export const NUMBERS = wordSet(
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
  nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion half quarter dozen
  first second third fourth fifth double triple twice percent`,
);

/** Words that differ from another only by its apostrophe: "were" and "we're". */
export const OTHER_WITHOUT_APOSTROPHE = wordSet('were well shell hell ill wed shed id whore');

/** Words that differ from another only by its hyphen: "resign" and "re-sign". */
export const OTHER_WITHOUT_HYPHEN = wordSet(
  'resign recover recreation recreate reform represent resort coop unionised unionized',
);

/** Words that differ from two others only by the space: "therapist" and "the rapist". */
export const OTHER_WITHOUT_SPACE = wordSet('therapist history person forage fortune manage');

/** Days and months: replacing one with another changes the meaning. */
export const DAYS = wordSet(
  `monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow
  january february march april may june july august september october november december`,
);

/** Pairs of opposites. */
export const OPPOSITES = phraseSet(`
  more less, more fewer, most least, most fewest, much little, many few, always never, all none, with without,
  before after, above below, over under, up down, for against, yes no, true false, everyone nobody, everybody nobody,
  everything nothing, somebody nobody, something nothing, every no, no a, no an, no some, none some, higher lower,
  rise fall, rises falls, rose fell, increase decrease, increased decreased, better worse, best worst, win lose,
  won lost, safe unsafe, safe dangerous, legal illegal, guilty innocent, likely unlikely, possible impossible,
  open closed, open close, support oppose, supports opposes, supported opposed, accept reject, accepted rejected,
  start end, early late, strong weak, good bad, right wrong, happy unhappy, fair unfair, able unable, agree disagree,
  allow forbid, enough insufficient, including excluding, maximum minimum, success failure, succeed fail,
  succeeded failed, war peace
`);
