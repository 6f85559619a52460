import { wordSet } from '../../news/lexicon/word-lists.ts';

/** Words that open a phrase for a new person: "a neighbour", "his wife". Everything here is in lower case. */
export const strangerOpeners = wordSet('a an another one his her their its our my');

/** Words that distinguish a person from an earlier one: "another shopkeeper", "the other", "a second official". */
export const othering = wordSet('another other second third fourth fifth next different fellow');

/** Nouns for one person that are rarely an office, besides `personHeads`. */
export const strangerNouns = wordSet(
  `colleague acquaintance relative native local pupil guest guard clerk cook cop nun thief pilot agent refugee migrant
  immigrant pensioner adult parent spouse aunt uncle cousin sibling grandparent niece nephew peer rival opponent
  associate assistant accountant applicant servant merchant vendor bystander passer-by onlooker patient prisoner
  scholar docker shopkeeper trader plumber builder barber baker butcher waiter sailor islander villager commuter
  participant attendee trainee nominee recruit cadet trustee delegate`,
);

/** Nouns for people who often stay anonymous: "a senior official said" names nobody further on. */
export const anonymousNouns = wordSet(
  `official source insider aide diplomat adviser advisor operative spokesman spokeswoman spokesperson person man woman
  boy girl child witness resident neighbor neighbour passenger victim survivor voter supporter soldier employee worker
  nurse driver reporter journalist reader visitor`,
);

/** Endings of nouns for people: "docker", "shopkeeper", "cyclist", "pensioner". */
export const personEndings = ['er', 'or', 'ist', 'ian', 'eer', 'man', 'woman', 'person', 'mate'] as const;

/** Nouns with these endings that are things. */
export const notPeople = wordSet(
  `number letter river water paper order power matter factor error computer corner summer winter quarter chapter cover
  flower tower border offer answer center centre counter newspaper newsletter trailer chamber cluster disaster theater
  poster banner barrier sector motor tenor vector monitor reactor tractor floor door color terror horror mirror danger
  finger hunger anger fever layer pepper powder razor rubber shelter shower silver thunder timber transfer trigger
  weather wonder encounter further another either other whether rather former latter never over under after later
  rumor humor harbor labor vapor corridor metaphor indicator generator elevator calculator processor conductor anchor
  cancer career beer deer tier pier frontier fewer ladder folder shutter trawler freighter steamer tanker cutter cooker boiler burner blocker filter container header server router printer scanner
  laser meter litre liter kilometer diameter parameter charter register semester sinister minor major prior manner
  dinner supper butter batter litter bitter cylinder tender fender blunder murder wander gender slander
  feather leather lather bother cyber fibre fiber carrier retailer insurer lender manufacturer maker supplier lumber list twist fist mist median veneer`,
);
