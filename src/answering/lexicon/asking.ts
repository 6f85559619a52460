import { phrases, wordSet } from '../../news/lexicon/word-lists.ts';

/** Verbs, beside those that report speech, for which somebody's words are the evidence. */
export const OPINION_VERBS = phrases(`
  think, believe, feel, fear, hope, expect, want, wish, like, see, view, regard, doubt, worry, consider, favour,
  favor, support, oppose, object, blame, liken, compare, credit, thank, defend, accept, attack, talk, speak, bet,
  guess, justify, rate, welcome, regret, vouch, intend, point, grumble, moan, bemoan, prefer, react, brag,
  shrug off, brush off, wave off, own up, charge that, find, make of, urge
`);

/** Verbs that may ask for anything that somebody said. */
export const NEUTRAL_VERBS = wordSet(`
  say tell think talk speak believe feel state note comment remark mention argue claim report reply respond react answer
  announce declare write tweet post explain add point find conclude reveal allege
`);

/** Returns a map from the first word of each phrase to the words after it. */
function meanings(list: string): ReadonlyMap<string, string> {
  return new Map(phrases(list).map(phrase => [phrase.replace(/ .*$/v, ''), phrase.replace(/^\S+ /v, '')]));
}

/** Misspellings and short forms of the commonest words that ask or say, except for missing apostrophes. */
export const SLIPS = meanings(`
  sed said, sayd said, siad said, saud said, sais says, sya say, sasy says, tel tell, tld told,
  thnk think, tink think, thinx thinks, beleive believe, belive believe, recon reckon, wat what, wht what, waht what,
  whta what, hoo who, wo who, wats what's, wots what's, wot what, didn did, dd did, ddi did, dosnt doesn't, wher where,
  whn when, wy why, abt about, abot about, bout about, aboot about, complaned complained
`);

/** Short forms of roles and bodies that people type and articles don't. */
export const SHORT_ROLES = meanings(`
  pm prime minister, pms prime minister's, dpm deputy prime minister, fm foreign minister, govt government, gov governor,
  pres president, sec secretary, sen senator, dept department, min minister, prof professor, org organisation, ceo chief executive,
  cm chief minister, md managing director, cfo chief financial officer, vp vice president
`);

/** Words before a surname that say what somebody is, beside titles and nouns for people. */
export const OTHER_ROLES = wordSet('boss mps guy bloke pilot surveyor designer agent chairperson grower');

/** What people say before they ask, or before a topic or a statement. In Chinese, in simplified characters. */
export const OPENINGS = [
  /(?:so|hey|hi|hello|ok|okay|um+|uh+|er+m?|well|and|but|also|right|please|pls|plz|now|then|quick question)[,:.!]?\s+/v,
  /(?:(?:can|could|would) you|i want you to) (?=(?:please |pls )?(?:add|compare|draw|give|keep|look at|make|read|save|sum up|summari[sz]e|translate|verify|write)\b)/v,
  /(?:can|could|would) (?:you|u|anyone|anybody|someone|somebody) (?:please |pls )?(?:tell me|say|find out|find|check|show me|remind me|remember|look up)(?: if| whether)?\s+/v,
  /(?:please |pls )?(?:tell me|show me|give me|remind me|find out|find me|i(?:'d| would) like to know|i (?:want|need|wanted) to know|i wonder|i was wondering|wondering|just wondering|do (?:you|u|we) (?:know|remember)|does (?:anyone|anybody) (?:know|remember)|any(?:one|body) (?:know|remember)s?|any idea|remember)(?: if| whether)?\s+/v,
  /(?:(?:is|are) there |(?:have|do) (?:you|we) (?:have |got )?|got )?(?:(?:any|some|the|more|all|latest|recent|new) )*(?:(?:any|some)thing(?: else| more| new)?|news|updates?|info|information|details|word|stor(?:y|ies)|articles?|coverage|latest) (?:on|about|abt|re|regarding|concerning) /v,
  /(?:i (?:heard|read|thought) (?:that )?|is it (?:true|right|correct) (?:that )?|did i (?:hear|read) right that )/v,
  /(?:请问|我?想知道|想问|告诉我|那么?)[，,\s]*/v,
] as const;

/** What people say after a statement to have it confirmed. */
export const TAG_QUESTION =
  /,? (?:is that (?:so|right|true|correct)|right|or (?:not|no)|(?:did|does|do|has|have|is|was)n['’]?t (?:he|she|they|it)|(?:did|does|do|has|have|is|was) (?:he|she|they|it)|what did (?:he|she|they) say)$/iv;

/** Words between a speaker and the verb that say nothing of either, beside other adverbs. */
export const BETWEEN_WORDS = wordSet('really actually exactly else personally');

/** Names nobody: anybody's words will do. */
export const ANYBODY = wordSet('people anyone anybody someone somebody everyone everybody');

/** Words that connect a verb with what was said. */
export const CONNECTORS = wordSet('that whether if of over to as for from with at');

/** Nouns for somebody's words: "X's view on Y". */
export const OPINIONS = wordSet(
  `view views take opinion opinions response reaction comment comments position stance guess excuse verdict words
  thoughts argument explanation reasoning answer reply statement statements remarks comparison complaint quote quotes
  advice warning criticism attitude feeling feelings line message prediction forecast objection defence defense retort
  reason reasons tip beef figure figures`,
);

/** Adjectives for somebody's attitude: "is the pm worried that …". */
export const ATTITUDES = wordSet(
  `against behind opposed keen unhappy worried sceptical skeptical afraid convinced confident glad angry happy upset
  surprised proud disappointed pleased doubtful sorry concerned certain sure ashamed anxious cross fuming stunned`,
);
