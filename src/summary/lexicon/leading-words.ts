import { phrases, wordSet } from '../../news/lexicon/word-lists.ts';

/** A sentence that opens with one of these speaks of somebody or something that an earlier one names. */
export const leadingPronouns = wordSet(`
  he she it they him her them his hers its their theirs this that these those such both neither either former latter
`);

/** A sentence that opens with one of these goes on from the one before it. */
export const leadingConnectives = wordSet(`
  however but and so yet still nor or also then thus hence therefore otherwise nevertheless nonetheless moreover
  furthermore meanwhile besides instead likewise similarly conversely indeed accordingly consequently afterwards
  afterward later additionally alternatively again too rather elsewhere finally
`);

/** The same in several words. */
export const leadingPhrases = phrases(`
  on the other hand, in addition, in contrast, by contrast, as a result, for example, for instance, in turn,
  at the same time, even so, even then, that said, in that case, among them, of these, of those, the same
`);
