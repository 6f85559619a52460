import { testReading } from './misread.ts';

const kinds: Readonly<Record<string, readonly string[]>> = {
  'a possessor’s claim, up to the verb about the claim': [
    '{source Ann Lee}’s {cue claim} that {content the bridge was safe} was wrong.',
    '{source The minister}’s {cue announcement} that {content the bridge would close} surprised the town.',
    '{source Ann Lee}’s {cue claim} that {content the bridge would be closed and rebuilt} was wrong.',
    '{source Her ?} {cue warning} that {content the bridge would fall} was ignored.',
    'Mary Lee runs the port. {source Her = Mary Lee} {cue warning} that {content the bridge would fall} was ignored.',
  ],
  'a plural possessor, and May as a month': [
    '{source The foreign ministry}’s {cue denial} that {content troops had crossed the border} came late.',
    'Critics mocked {source the governor}’s {cue promise} that {content taxes would fall}.',
    'The {cue promise} that {content the road would be ready by May} was broken.',
  ],
  'a claim that somebody else rejects belongs to its possessor': [
    'The council rejected {source Ann Lee}’s {cue claim} that {content the bridge was safe}.',
    'Ann Lee dismissed {source Bo Cho}’s {cue claim} that {content the bridge was safe}.',
  ],
  'a noun followed by its source': [
    'The town ignored a {cue warning} from {source officials} that {content the dam would break}.',
    'A {cue report} by {source the ministry} that {content the dam was old} was ignored.',
  ],
  'a noun with nobody behind it': ['The {cue announcement} that {content the bridge would close} surprised the town.'],
  'an occasion next to a verb': [
    'In a statement, {source Ann Lee} {cue said} {content the bridge was safe}.',
    '{source Ann Lee} {cue said} in a statement that {content the bridge was safe}.',
    '{source Ann Lee} {cue issued a statement saying} {content the bridge was safe}.',
  ],
  'set phrases': [
    '{cue In the words of} {source Ann Lee}, {content the bridge is safe}.',
    '{cue In the words of} {source Ann Lee}, “{content the bridge is an accident in waiting.}”',
    '{content The bridge is safe}, {cue in the words of} {source Ann Lee}.',
    'The bridge was, {cue in the words of} {source the judge}, “{content an accident in waiting.}”',
    'As {source Ann Lee} {cue put it}, {content the bridge was an accident in waiting}.',
    '{content The bridge}, as {source Ann Lee} {cue put it}, {content was an accident in waiting}.',
    'As {source Ann Lee} {cue puts it}, “{content It was an accident in waiting.}”',
  ],
  'nothing attributed: identified reports, topics, nouns that aren’t about speech': [
    'A claim that originated in a letter was withdrawn.',
    'The report that was published on Monday is long.',
    'The statement that came after the vote was short.',
    'The company settled the claims that were brought by two workers.',
    'Her promise is worth little.',
    'Her essay, “On the Uses of Salt,” is taught in schools.',
    'In other words, the bridge is safe.',
    'In the words that followed, nobody looked up.',
    'The fact that the bridge fell surprised nobody.',
    'The belief that the bridge was safe was wrong.',
    'The idea that the bridge could fall was new.',
    'There is evidence that the bridge was old.',
  ],
};

testReading('nominal cues', kinds, {
  'a possessor’s claim, up to the verb about the claim': 5,
  'a plural possessor, and May as a month': 3,
  'a claim that somebody else rejects belongs to its possessor': 2,
  'a noun followed by its source': 2,
  'a noun with nobody behind it': 1,
  'set phrases': 7,
});
