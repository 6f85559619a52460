import { testReading } from './misread.ts';

const kinds: Readonly<Record<string, readonly string[]>> = {
  'with and without “that”': [
    '{source Ann Lee} {cue said} that {content the bridge would be rebuilt}.',
    '{source Ann Lee} {cue said} {content the bridge would be rebuilt}.',
    '{source Ann Lee} {cue told} reporters that {content the bridge would be rebuilt}.',
    '{source Ann Lee} {cue told} reporters {content the bridge would be rebuilt}.',
    '{source The ministry} {cue announced} on Tuesday that {content schools would close for a week}.',
    '{source Officials} {cue say} {content the water is safe to drink}.',
    '{source Critics of the law} {cue argue} that {content it punishes the poor}.',
    '{source Lee}, who leads the council, {cue said} that {content the vote was fair}.',
    '{source The Guardian} {cue reported} that {content two banks had failed}.',
    '{source CNN} {cue reported} {content the convoy had turned back}.',
    '{source The report} {cue concluded} that {content the valve was faulty}.',
    '{source Ann Lee} {cue did not say} {content whether she would run again}.',
    '{source She ?} {cue denied} that {content any money had changed hands}.',
    '{source Ann Lee} {cue asked} {content why the alarm had failed}.',
    '{source The captain} {cue pointed out} that {content the map was old}.',
    '{source Ann Lee} {cue made clear} that {content she would not resign}.',
    '{source Rebels} {cue claimed} {content they had taken the town}.',
    '{source Ann Lee} has repeatedly {cue said} that {content the data are wrong}.',
    '{source Ann Lee} {cue promised} {content to rebuild the bridge}.',
    '{source The senator} {cue declined} {content to comment}.',
  ],
  '“as … said”': [
    'As {source Ann Lee} {cue said}, {content the bridge will be rebuilt}.',
    'As {source Ann Lee} {cue put it}, {content the bridge was an accident in waiting}.',
  ],
  'contracted and compound verbs': [
    'She’s gone. {source Ann Lee} is {cue saying} that {content the bridge will be rebuilt}.',
    '{source Ann Lee} went on to {cue say} that {content the bridge will be rebuilt}.',
    '{source Ann Lee} would later {cue claim} that {content nobody had asked her}.',
    '{source Ann Lee} {cue has never said} that {content the bridge is safe}.',
    '{source1,2 Ann Lee} {cue1 said} {content1 the bridge was lost} but {cue2 did not say} {content2 when it would be rebuilt}.',
  ],
  'datelines, addressees and occasions': [
    'WASHINGTON (AP) — {source The agency} {cue said} {content the bridge was safe}.',
    '{source Ann Lee} {cue told} a crowd in Salem, Ohio, on Monday that {content the bridge was safe}.',
    '{source Ann Lee} {cue said} in an interview with the BBC that {content the bridge was safe}.',
    '{source The WHO} {cue said} {content the outbreak was over}.',
  ],
  'the cue at the end': [
    '{content The bridge would be rebuilt}, {source Ann Lee} {cue said}.',
    '{content The bridge will be rebuilt}, {source the mayor} {cue told} the council on Monday.',
    '{content Two ships were missing}, {cue said} {source the coast guard}.',
    '{content Prices rose by a third last year}, {source the central bank} {cue said} in its report.',
  ],
  'the cue inside': ['{content The bridge}, {source Ann Lee} {cue said}, {content will be rebuilt}.'],
  'according to': [
    '{cue According to} {source Ann Lee}, {content the bridge will be rebuilt}.',
    '{content The bridge will be rebuilt}, {cue according to} {source Ann Lee}.',
    '{content The bridge was unsafe}, {cue according to} {source a report by the engineers}.',
    '{content Two in three voters want a recount}, {cue according to} {source a poll} published on Sunday.',
    '{cue According to} {source police}, {content the car was stolen}.',
  ],
  participles: [
    '{source1,2 Ann Lee} {cue1 said} {content1 the bridge was lost}, {cue2 adding} that {content2 the ferry would run}.',
    '{source1,2 Ann Lee} {cue1 rejected} {content1 calls to resign}, {cue2 saying} {content2 she had done nothing wrong}.',
    '{source The minister} opened the meeting in Lima, {cue pointing out} that {content the treaty was never signed}.',
    '“{content1 We will rebuild,}” {source1,2 Ann Lee} {cue1 said}, {cue2 noting} that {content2 the money was there}.',
    '{source Ann Lee} left the room early, {cue telling} reporters {content she was late for a train}.',
  ],
  'no named speaker': [
    'It was {cue announced} that {content the fair would close}.',
    'Residents were {cue told} by {source police} that {content the road was closed}.',
  ],
  mixed: [
    '{source Ann Lee} {cue said} {content the plan was “a bad joke”}.',
    '{source Ann Lee} {cue called} the plan “{content a bad joke.}”',
    '{source The judge} {cue described} the search as “{content reckless and needless.}”',
    '{source Ann Lee} {cue said} that {content “nobody in this town” had been asked}.',
    '{content The plan was “a bad joke,”} {source Ann Lee} {cue said}.',
    '{source Ann Lee} {cue accused} the bank {content of “robbing its own clients.”}',
    '{source Ann Lee} {cue vowed} {content to “fight this to the end.”}',
  ],
  'several sources in one sentence': [
    '{source1 Ann Lee} {cue1 said} {content1 the bridge was safe}, but {source2 Maria Cho} {cue2 said} {content2 it was not}.',
    '{source1,2 Ann Lee} {cue1 said} {content1 the bridge was safe} and {cue2 added} that {content2 it would reopen}.',
  ],
};

testReading('indirect speech', kinds, {
  participles: 1,
  '“as … said”': 1,
  'contracted and compound verbs': 2,
  'according to': 1,
});
