/** A paragraph that names Jordan Lee, and a quote in it. */
export interface NamingCase {
  /** What the name is a part of. */
  readonly what: string;
  readonly text: string;
  /** Some words of the quote, which no other case has. */
  readonly words: string;
}

/** In an article of the library, Jordan Lee is quoted by his whole name. */
export const KNOWN = '“The bridge is open,” said Jordan Lee, the mayor of Dunmore.';

/** None of these quotes is Jordan Lee’s. */
export const NOT_HIS: readonly NamingCase[] = [
  {
    what: 'a spokesperson',
    text: '“The plan is on schedule,” a spokesperson for Jordan Lee said on Monday.',
    words: 'on schedule',
  },
  {
    what: 'a spokeswoman',
    text: 'A spokeswoman of Jordan Lee said the office had no comment on the ferry.',
    words: 'no comment',
  },
  {
    what: 'a lawyer with a name',
    text: 'Ann Poe, a lawyer for Jordan Lee, said: “My client has nothing to hide.”',
    words: 'nothing to hide',
  },
  {
    what: 'a lawyer without one',
    text: '“He will appeal,” Jordan Lee’s lawyer said after the hearing.',
    words: 'will appeal',
  },
  {
    what: 'somebody close to him',
    text: 'An official close to Jordan Lee said the ferry would be sold by May.',
    words: 'sold by May',
  },
  { what: 'a sister', text: '“He was always late,” said Jordan Lee’s sister, Carla Marsh.', words: 'always late' },
  {
    what: 'a school',
    text: 'A teacher at the Jordan Lee High School said the roof had leaked for years.',
    words: 'leaked for years',
  },
  {
    what: 'a foundation',
    text: 'The Jordan Lee Foundation said it would give two million to the harbour.',
    words: 'give two million',
  },
  {
    what: 'a foundation’s director',
    text: '“We pay for the roof,” said Eva Holm, director of the Jordan Lee Foundation.',
    words: 'pay for the roof',
  },
  {
    what: 'a longer surname',
    text: '“The tide was high,” said Jordan Lee Parker, who runs the lock.',
    words: 'tide was high',
  },
  {
    what: 'a double surname',
    text: '“The gate was open,” said Jordan Lee-Parker, who runs the lock.',
    words: 'gate was open',
  },
  {
    what: 'a surname that comes first',
    text: '“I sold the boat,” said Lee Jordan, a fisherman from Dunmore.',
    words: 'sold the boat',
  },
  {
    what: 'another first name',
    text: '“I bought the boat,” said Morgan Lee, a fisherman from Dunmore.',
    words: 'bought the boat',
  },
  {
    what: 'another surname',
    text: '“I painted the boat,” said Jordan Leeds, a fisherman from Dunmore.',
    words: 'painted the boat',
  },
  {
    what: 'a condition',
    text: 'If Jordan Lee had said that the old pier was safe, nobody would have crossed it.',
    words: 'old pier was safe',
  },
  {
    what: 'what he would say',
    text: 'Jordan Lee would say that the weir is old if anybody asked, Carla Marsh wrote.',
    words: 'the weir is old',
  },
  {
    what: 'a question',
    text: 'Did Jordan Lee really say that the crane was broken? Nobody in the town hall knows.',
    words: 'crane was broken',
  },
  {
    what: 'a question about a time',
    text: 'When did Jordan Lee say that the road was closed for good?',
    words: 'closed for good',
  },
  { what: 'critics', text: 'Critics of Jordan Lee said the tunnel was a waste of money.', words: 'waste of money' },
  {
    what: 'an office',
    text: 'The office of Jordan Lee said on Friday that the canal would be dug by hand.',
    words: 'dug by hand',
  },
  {
    what: 'an aide',
    text: 'A former aide to Jordan Lee said: “We never had the money.”',
    words: 'never had the money',
  },
  {
    what: 'a street',
    text: '“The noise is terrible,” said a resident of Jordan Lee Street.',
    words: 'noise is terrible',
  },
  {
    what: 'a campaign',
    text: 'A member of the Jordan Lee campaign said the vote had been counted twice.',
    words: 'counted twice',
  },
  { what: 'a father', text: '“I built that pier,” said Jordan Lee Sr., who is ninety.', words: 'built that pier' },
];

/** These quotes are Jordan Lee’s. */
export const HIS: readonly NamingCase[] = [
  { what: 'a whole name', text: '“The bridge is safe,” said Jordan Lee.', words: 'bridge is safe' },
  {
    what: 'a name and a role',
    text: '“The ferry runs again,” said Jordan Lee, the mayor of Dunmore.',
    words: 'ferry runs again',
  },
  { what: 'a title', text: 'Mayor Jordan Lee said the lock would open in March.', words: 'open in March' },
  { what: 'a middle name', text: '“The quay is closed,” said Jordan Michael Lee.', words: 'quay is closed' },
  { what: 'an initial', text: '“The dam is closed,” said Jordan M. Lee.', words: 'dam is closed' },
  {
    what: 'a surname after the name',
    text: 'Jordan Lee met the council on Monday.\nLee said: “We will build the wall of stone.”',
    words: 'wall of stone',
  },
  { what: 'a suffix', text: 'Jordan Lee Jr. said the harbour would be dredged.', words: 'harbour would be dredged' },
  { what: 'capitals', text: 'JORDAN LEE said the slipway would be repaired.', words: 'slipway would be repaired' },
  {
    what: 'words after his name',
    text: 'The ballots will be printed again, according to Jordan Lee.',
    words: 'ballots will be printed',
  },
];
