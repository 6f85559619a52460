import { phraseSet, wordSet } from '../../news/lexicon/word-lists.ts';

/**
 * Verbs that report spoken or written words whatever their subject. Others (agree, suggest, predict) just as often
 * judge or summarise.
 */
export const tellingVerbs = phraseSet(`
  say, tell, add, write, announce, assure, warn, claim, insist, report, state, declare, testify, argue, inform,
  explain, conclude, admit, acknowledge, confirm, allege, ask, reply, tweet, complain, remind, notify, concede, note,
  point out, shout, answer, respond, reveal
`);

/** Verbs that, after an addressee, need no "that": "told me the bridge was safe". */
export const addressingForms = wordSet('told assured informed reminded warned');

/** First words of sources that are nobody in particular, or the speaker or listener: "I", "they", "a lot of people". */
export const nobodyInParticular = wordSet(`
  i we you they it one ones that this which who whom those these there someone somebody anyone anybody everyone
  everybody nobody people folks others some many most few all none neither both us them me lot lots whoever any no
  mine yours hers ours theirs sign signs voice way
`);
