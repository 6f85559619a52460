import { wordSet } from './word-lists.ts';

// Abbreviations that keep their point (case as in news text), grouped by what may follow them.

/** The next word belongs to them (a name, a number), so they never end a sentence. */
export const NEVER_LAST = wordSet(
  `Mr Mrs Ms Mx Messrs Mme Mlle Dr Drs Prof Profs Rev Revs Fr Hon Sen Sens Rep Reps Gov Govs Lt Col Cols Maj Sgt Cpl Pvt
  Capt Cmdr Cdr Adm Brig Supt Insp Det Cllr Amb Atty Asst Gen Gens Pres Spc Msgr St Ste Mt Ft Sts vs v cf ca approx e.g i.e
  viz Ed Eds Sr Sra Srta Dir Del`,
);

/** The same before a number; ordinary words otherwise. */
export const BEFORE_NUMBER = wordSet('No Nos no nos p pp Fig Figs fig Art Sec Vol vol Ch Chap Eq Op Pt Pp para Para');

/** They end a sentence only if the next word opens sentences. */
export const MAY_END = wordSet(
  `Inc Corp Co Cos Ltd Bros LLC Plc Jr Sr Esq Dept Univ Assn Ave Blvd Rd Hwy Pkwy Bldg Intl Natl Govt Admin Est Mfg
  Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri
  Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Penn Tenn
  Tex Vt Va Wash Wis Wyo Ont Que Alta Minn Ph.D PhD M.D B.A M.A al`,
);

/** The sentence continues if a weekday, month, time zone or preposition of time follows. */
export const TIMES = wordSet('a.m p.m am pm A.M P.M AM PM');

export const AFTER_TIME = wordSet(
  `Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thurs Fri Sat Sun January February March
  April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Eastern
  Central Pacific Mountain Greenwich British Beijing Moscow EST EDT ET CST CDT CT MST MDT MT PST PDT PT GMT UTC BST CET
  CEST IST JST HKT AEST`,
);

/** Names that end with a mark: `Yahoo! Inc`. */
export const NAMES_WITH_MARK = wordSet(
  'Yahoo! Jeopardy! Oklahoma! Airplane! Mamma Mia! Kahoot! Joomla! Which? Guess? E! P!',
);
