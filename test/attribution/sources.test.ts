import { testReading } from './misread.ts';

const kinds: Readonly<Record<string, readonly string[]>> = {
  'descriptions in full': [
    '{source A senior US official familiar with the talks} {cue said} {content the deal was close}.',
    '{source Two people with knowledge of the matter} {cue said} {content the bank would close}.',
    '{source The man} who built the bridge {cue said} {content it was safe}.',
    '{source The woman who runs the port} {cue told} reporters that {content it was safe}.',
    '“{content It was loud,}” {source a man who lives nearby} {cue said}.',
    '“{content It was loud,}” {cue said} {source a man who lives nearby}.',
    '{cue According to} {source a woman who saw the fire}, {content nobody was hurt}.',
    '“{content She is innocent,}” {cue said} {source her lawyer, Bo Cho}.',
    '{source Ann Lee’s lawyer} {cue said} {content she was not guilty}.',
    '{source Lee’s sister, Mary Cho}, {cue said} {content she was not guilty}.',
  ],
  'a relative clause between commas is not the source': [
    '{source Ann Lee}, who built the bridge, {cue said} {content it was safe}.',
    '“{content It was loud,}” {cue said} {source Bo Cho}, who lives nearby.',
    '{source Cho}, whose brother was hurt, {cue said} {content she was afraid}.',
    '{source The woman}, who asked not to be named, {cue said} {content she was afraid}.',
    '{source A spokesman for the ministry}, who asked not to be named, {cue said} {content the road was open}.',
    '{source The official}, speaking on condition of anonymity, {cue said} {content the deal was close}.',
  ],
  'groups and numbers in full': [
    '{source Residents} {cue said} {content the water tasted of iron}.',
    '{source People who live near the plant} {cue say} {content the air smells of sulphur}.',
    '{source Some of the residents} {cue said} {content the water tasted of iron}.',
    '{source Three of the four judges} {cue said} {content the law was void}.',
    '{source Dozens of witnesses} {cue told} the court that {content the light was green}.',
    '{source Neither side} {cue said} {content who had won}.',
    '{source One ?} {cue said} {content the bridge was safe}.',
  ],
  'organisations and documents': [
    '{source The hospital} {cue said} {content no patient was hurt}.',
    '{source The White House} {cue said} {content the visit was postponed}.',
    '{source The study} {cue found} that {content the rocks were older}.',
    '{source A report by the ministry} {cue found} that {content the valve was faulty}.',
    '{source The indictment} {cue alleges} that {content the two men shared the money}.',
  ],
  '“who” in a relative clause': ['{source Ann Lee}, who {cue says} {content she has never met the mayor}, left early.'],
  'the person quoted, not the publisher': [
    '{source Ann Lee} was quoted as {cue saying} that {content the bridge was safe}.',
    '{source Ann Lee} was quoted as {cue saying} “{content the bridge was safe.}”',
    '{source The minister} was quoted by the newspaper as {cue saying} that {content the talks had failed}.',
    '{source The driver} was quoted by police as {cue saying} {content he fell asleep}.',
    '“{content The bridge was safe,}” {source Ann Lee} was quoted as {cue saying}.',
  ],
  'passives: nobody, or the agent after “by”': [
    'It was {cue announced} that {content the fair would close}.',
    'It is {cue alleged} that {content the money was stolen}.',
    'It was {cue announced} by {source the mayor} that {content the fair would close}.',
    'Voters were {cue told} that {content the polls had closed}.',
    'Residents were {cue told} by {source police} that {content the road was closed}.',
  ],
  'tenses and multiword cues': [
    '{source Ann Lee} {cue says} that {content the bridge will be rebuilt}.',
    '{source Ann Lee} had {cue said} that {content the bridge would be rebuilt}.',
    '{source Ann Lee} was {cue saying} that {content the bridge would be rebuilt}.',
    '{source Ann Lee} {cue pointed out} that {content the bridge was old}.',
    '{source The company} {cue made clear} that {content nobody would lose a job}.',
    '{source Ann Lee} {cue made it clear} that {content she would not resign}.',
    '{source Ann Lee} went on to {cue say} that {content the bridge was old}.',
  ],
  interrupted: [
    '{content The bridge}, {source Ann Lee} {cue said}, {content will be rebuilt}.',
    '{content The bridge will be rebuilt}, {source Ann Lee} {cue said}, {content but the town must pay}.',
    '{content The bridge}, {cue according to} {source Ann Lee}, {content will be rebuilt}.',
  ],
  questions: [
    '{source Ann Lee} {cue asked} {content whether the bridge was safe}.',
    '{source Ann Lee} {cue wondered} {content who would pay}.',
    '“{content Is it safe?}” {source Ann Lee} {cue asked}.',
    '{source The senator} {cue questioned} {content whether the data were complete}.',
    'Asked if the bridge was safe, {source Ann Lee} {cue said} {content it was not}.',
  ],
  'fragments in a paraphrase': [
    '{source Ann Lee} {cue said} {content the “so-called experts” were wrong}.',
    '{source Ann Lee} {cue described} the vote as “{content a farce}”.',
    '{source Ann Lee} {cue said} {content the bridge was “an accident in waiting” and must be closed}.',
    '{content The bridge was “an accident in waiting,”} {cue according to} {source Ann Lee}.',
  ],
};

testReading('sources and their contents', kinds, {
  'a relative clause between commas is not the source': 1,
  'organisations and documents': 1,
  'the person quoted, not the publisher': 1,
  'tenses and multiword cues': 1,
});
