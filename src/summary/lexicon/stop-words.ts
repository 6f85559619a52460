import { wordSet } from '../../news/lexicon/word-lists.ts';

/** Words that say nothing about a sentence's subject. */
export const stopWords = wordSet(`
  a an the this that these those some any each every no such both all many much more most other another
  i me my we us our you your he him his she her hers it its they them their theirs who whom whose which what
  and or but nor so yet if then than as because since while when where why how whether though although until
  in on at by for from to of with about into over under after before between against through during without within
  up down out off away back again further here there now just only very too also even still ever never not n’t n't
  is are was were be been being am do does did done have has had having will would can could may might must shall should
  say says said saying told tell tells mr mrs ms one two ’s 's s t re ve ll d m
`);
