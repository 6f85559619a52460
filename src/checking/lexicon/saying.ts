import { wordSet, words } from '../../news/lexicon/word-lists.ts';

/** Verb forms between a name and a quote. Lower case. */
export const SAYING = wordSet(
  `say says said saying tell tells told add adds added write writes wrote tweet tweets tweeted post posts posted claim claims
  claimed states stated announce announces announced ask asks asked reply replies replied answer answers answered respond
  responds responded insist insists insisted argue argues argued warn warns warned explain explains explained declare declares
  declared note notes noted stress stresses stressed confirm confirms confirmed continue continued remark remarked comment
  commented conclude concluded admit admits admitted promise promised vow vowed recall recalled joked quipped observed
  acknowledged`,
);

/** Verbs of saying at the end of a Chinese clause, before the colon. */
export const SAYING_IN_CHINESE = words('表示 指出 強調 强调 告訴 告诉 說道 说道 認為 认为 稱 称 說 说');

/** Words between a verb of saying and the quote: "said on Monday that". */
export const AFTER_SAYING = wordSet(
  `that to on in at during last this yesterday today monday tuesday wednesday thursday friday saturday sunday reporters
  journalists ever once recently earlier later again also simply just famously literally about how me us them`,
);

/** Words that people put before a name, and that no name begins with. Lower case. */
export const CHATTER = wordSet(
  `so and but or then lol lmao omg wow well ok okay yeah yes no remember when while as because if since today yesterday
  recently earlier apparently reportedly supposedly like did does do has have had just i we you think thought believe heard
  read saw here heres there is was that this these those what why how who where even also again still
  after before now look see wait basically literally in on at of to from by per
  let remind allegedly once first last true know sure swear til fyi psa thread translated laughs sic emphasis mine`,
);

/** Words that name nobody by themselves. Lower case. */
export const PRONOUNS = wordSet(
  'he she they it we i you him her them my your his its our their who anyone anybody someone somebody everyone everybody nobody people one another',
);

/** Endings of nouns for people: "docker", "astronaut", "pianist". Lower case. */
export const PERSON_ENDING = /(?:\p{L}{2}(?:er|or|ist|ian)|eer|naut|man|men|woman|women|person|people)s?$/v;

/** Nouns for things and comparatives with such endings: "a letter", "a bit longer". Lower case, singular. */
export const THINGS = wordSet(
  `answer banger banner better bigger border bummer cancer center chamber chapter checklist clanger closer color computer corner
  counter cover cracker danger dinner disaster door downer easier error factor favor filter flavor floor folder former
  greater harder header higher honor horror humor keeper killer labor larger later latter letter longer lower manner manor
  matter mirror monster motor murder newsletter newspaper number offer older order paper pointer poster power quarter
  reminder river rumor sector server shocker shorter shoulder smaller specimen spoiler sticker stronger stunner summer teaser
  terror theater thriller tower trailer trigger tumor twist under water whatever whoever winter wonder worser younger zinger`,
);

/**
 * Words after a noun for a person that introduce a detail: "a mother of three", "an official with the team". Lower
 * case.
 */
export const AFTER_HEAD = wordSet('of in at from with for near on to who that familiar close');
