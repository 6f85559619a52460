import { wordSet } from '../../news/lexicon/word-lists.ts';

// The closed word classes of English that attribution needs, in lower case.

export const DETERMINERS = wordSet(
  'the a an this that these those his her its their our my your another some any each every one two three four five six seven eight nine ten several many most all both no other few',
);
export const SUBJECT_PRONOUNS = wordSet('he she they we i you it who');
export const OBJECT_PRONOUNS = wordSet('him her them us me you it');
export const CONJUNCTIONS = wordSet('and or but nor');
export const SUBORDINATORS = wordSet(
  'because while when whenever if although though after before since until unless as that which who whom whose where whether how why what than so once whereas',
);
export const PREPOSITIONS = wordSet(
  'of in on at to for from by with about against during over under through between among into onto within without near outside inside across behind beyond despite amid per via like toward towards upon around off regarding concerning following including along alongside throughout',
);
export const AUXILIARIES = wordSet(
  'is are was were be been being am has have had having do does did will would can could shall should may might must ca wo cannot',
);
export const ADVERBS = wordSet(
  "also then later earlier now once again already often repeatedly recently still simply just only even always ever never not n’t n't first previously reportedly finally quickly further subsequently initially instead soon sometimes frequently famously explicitly publicly privately openly both all each at least too here there yesterday today tomorrow tonight immediately flatly bluntly specifically maybe perhaps however meanwhile afterwards afterward consistently currently long since himself herself themselves itself",
);
export const TIMES = wordSet(
  'monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec yesterday today tomorrow tonight morning afternoon evening night week month year noon midnight spring summer autumn fall winter last next earlier later this',
);
/** Words that open a sentence and aren't part of its subject. */
export const OPENERS = wordSet(
  'but and or yet so however meanwhile still then instead moreover furthermore nevertheless nonetheless also besides therefore thus today yesterday later earlier now indeed additionally similarly finally first second third',
);
/** Irregular forms of common verbs other than `AUXILIARIES`. They end a noun phrase. */
export const IRREGULAR_VERBS = wordSet(
  'say took gave got came saw knew found left felt put brought kept held stood heard let meant set met ran paid sat led grew lost fell sent built understood broke spent cut rose drove bought wore chose won hit became laid sought caught taught drew fought threw flew struck sold goes says makes takes comes gets gives becomes remains seems appears wants needs knows thinks believes hopes plans continues includes shows tells sees keeps leaves means runs holds stands',
);
/** Words in -ed that mostly aren't verbs. */
export const NOT_VERBS = wordSet(
  'united hundred sacred indeed speed unnamed unidentified retired appointed elected armed renowned naked wicked limited alleged proposed experienced registered advanced convicted wounded beloved',
);
