import { wordSet } from '../../news/lexicon/word-lists.ts';

/** Words that distinguish a person from an earlier one: "another shopkeeper", "the other", "a second official". Lower case. */
export const DISTINGUISHING_WORDS = wordSet('another other second third fourth fifth next different fellow');

/** Nouns for one person that are rarely an office, besides `PERSON_HEADS`. */
export const STRANGER_NOUNS = wordSet(
  `colleague acquaintance relative native local pupil guest guard clerk cook cop nun thief pilot agent refugee migrant
  immigrant pensioner adult parent spouse aunt uncle cousin sibling grandparent niece nephew peer rival opponent
  associate assistant accountant applicant servant merchant vendor bystander passer-by onlooker patient prisoner
  scholar docker shopkeeper trader plumber builder barber baker butcher waiter sailor islander villager commuter
  attendee trainee recruit cadet trustee delegate architect surgeon vet medic paramedic mechanic sculptor poet novelist
  tailor conductor warden curator investor inventor contractor decorator janitor tutor mentor donor athlete jockey
  shepherd landlord landlady midwife blacksmith apprentice intern graduate postgraduate undergraduate bride groom model
  scout usher clown umpire academic survivor volunteer foreman chef carer referee rector registrar surveyor`,
);

/** Nouns for people who often stay anonymous: "a senior official said" names nobody further on. */
export const ANONYMOUS_NOUNS = wordSet(
  `official source insider aide diplomat adviser advisor operative spokesman spokeswoman spokesperson person man woman
  boy girl child witness resident neighbor neighbour passenger victim survivor voter supporter soldier employee worker
  nurse driver reporter journalist reader visitor`,
);
