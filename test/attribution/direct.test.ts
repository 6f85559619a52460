import { testReading } from './misread.ts';

const kinds: Readonly<Record<string, readonly string[]>> = {
  'the cue after': [
    '“{content We will rebuild,}” {source Ann Lee} {cue said}.',
    '“{content We will rebuild the bridge,}” {cue said} {source Ann Lee}.',
    '“{content Nobody was hurt,}” {cue said} {source Maria Cho, a spokeswoman for the port}.',
    '“{content Nobody was hurt,}” {source Maria Cho, a spokeswoman for the port}, {cue said} on Monday.',
    '“{content Is it safe?}” {cue asked} {source one of the engineers}.',
    '“{content Stop the boats now!}” {source the crowd} {cue shouted}.',
    '"{content The dam held through the night,}" {source Governor Paul Reyes} {cue said} Tuesday.',
    '‘{content The dam held through the night,}’ {source Governor Paul Reyes} {cue said}.',
    '“{content It was close,}” {source a second pilot} {cue recalled}.',
    '“{content We counted every vote twice,}” {source the head of the election board} {cue told} reporters on Friday.',
    '“{content Every model agrees on this,}” {cue wrote} {source Dr. Omar Haddad of the University of Leeds}.',
    '“{content The talks were frank,}” {source Foreign Minister Jun Sato} later {cue added}.',
    '“{content The fire was out by noon}”, {cue said} {source Chief Inspector Tom Hale}.',
    '“{content I never signed it,}” {source Rep. Dana Ortiz, D-N.M.}, {cue said}.',
    '“{content We are not done yet,}” {source Ms. Brandt} {cue insisted}.',
  ],
  'the cue before': [
    '{source Ann Lee} {cue said}: “{content We will rebuild.}”',
    '{source Ann Lee} {cue said}, “{content We will rebuild.}”',
    '{source The mayor} {cue replied}, “{content There is no plan.}”',
    '{source Ann Lee} {cue told} the council, “{content We will rebuild.}”',
    'In a letter to parents, {source the principal} {cue wrote}: “{content The school stays open.}”',
    'Asked about the delay, {source the engineer} {cue answered}: “{content Steel was late.}”',
    '{source The company} {cue said} in a statement: “{content No customer data was lost.}”',
    'Speaking in Oslo, {source Prime Minister Eva Dahl} {cue warned}: “{content Winter is not waiting for us.}”',
    '{source Prof. Lin Wei} {cue noted}, “{content Ice of this age is rare.}”',
    '{source Marco Bruni, the team’s coach}, {cue said}, “{content We lost our heads.}”',
  ],
  'the cue inside': [
    '“{content We,}” {source Ann Lee} {cue said}, “{content will rebuild.}”',
    '“{content We,}” {cue said} {source Ann Lee}, “{content will rebuild.}”',
    '“{content The river,}” {source the captain} {cue explained}, “{content does not forgive.}”',
    '“{content If the vote fails,}” {cue said} {source Senator Ruth Amari}, “{content we start again.}”',
    '“{content Tomorrow,}” {source a nurse} {cue told} the BBC, “{content the beds run out.}”',
  ],
  'more after the cue, in the same paragraph': [
    '“{content We will rebuild,}” {source Ann Lee} {cue said}. “{content It will take years.}”',
    '“{content We will rebuild,}” {cue said} {source Ann Lee}. “{content It will take years.}” “{content We have the money.}”',
    '“{content It is over,}” {source the pilot} {cue said} on Sunday. “{content I am going home. My son is waiting.}”',
    '“{content He lied,}” {source the lawyer} {cue said}, according to a transcript. “{content He knew.}”',
  ],
  'speech over paragraphs': [
    '“{content We will rebuild,}” {source Ann Lee} {cue said}. “{content It will take years.}\n“{content But we have years.}”',
    '{source Ann Lee} {cue said}: “{content We will rebuild.}\n“{content It will take years.}\n“{content We have years.}”',
  ],
  'the cue in a later paragraph of the speech': [
    '“{content We will rebuild this city, all of it.}\n“{content It will take years,}” {source Ann Lee} {cue said}.',
    '“{content1 We will rebuild,}” {source1 Ann Lee} {cue1 said}. “{content1 It will take years.}\n“{content2 But we have years,}” {source2 Lee == Ann Lee} {cue2 added}.',
  ],
  'a quotation on its own isn’t by whoever the next paragraph quotes': [
    '“{content1 It is a great day,}” {cue1 says} {source1 Rolf Ekman, secretary of the whalers’ league}.\n“{content2 For the first time in years the commission is on our side. = Rolf Ekman}”\n{source3,4 Conservationists}, meanwhile, {cue3 called} the vote “{content3 tragic}” and {cue4 say} {content4 it was their worst defeat}.',
    '{source1 Judith Crane} {cue1 said} that {content1 one child in six waits more than a year}. “{content2 Eleanor lost her hearing at five and nobody noticed,}” {source2 she = Judith Crane} {cue2 said}. “{content3 They were the two loudest years of her life. = Judith Crane}”\n{source4 Prof. Sanjay Rao FRCS, medical director of the hospital}, {cue4 welcomed} the plan as “{content4 a gift that can be heard}”.',
  ],
  'other layouts': [
    'TAIPEI (Reuters) — “{content We will rebuild,}” {source Ann Lee} {cue said}.',
    '«{content We will rebuild,}» {source Ann Lee} {cue said}.',
    "``{content We will rebuild,}'' {source Ann Lee} {cue said}.",
    '“{content We will rebuild,}” {source Ann “The Dyke” Lee} {cue said}.',
  ],
  'a colon at the end of the paragraph before': [
    '{source Ann Lee} {cue wrote} on Monday:\n“{content We will rebuild, whatever it costs.}”',
    'In her diary {source the nurse} {cue noted}:\n“{content No sleep again. The third night without power.}”',
  ],
  'no verb: dashes and transcripts': [
    '“{content A city is its people, not its walls.}” — {source Ann Lee}',
    '“{content A city is its people, not its walls.}” – {source Ann Lee, mayor of Ostby}',
    '{source1 LEE}: {content1 We will rebuild.}\n{source2 CHO}: {content2 With what money?}',
    '{source1 Ann Lee}: {content1 We will rebuild.}\n{source2 Maria Cho}: {content2 With what money?}\n{source3 Ann Lee}: {content3 Borrowed.}',
  ],
  'several speakers': [
    '“{content1 We will rebuild,}” {source1 Ann Lee} {cue1 said}. “{content2 Never,}” {cue2 replied} {source2 Maria Cho}.',
    '{source1 Ann Lee} {cue1 asked}: “{content1 With what money?}”\n“{content2 With yours,}” {cue2 said} {source2 Maria Cho}.',
    '“{content1 It was loud,}” {cue1 said} {source1 one witness}.\n“{content2 It was very loud,}” {cue2 said} {source2 another}.',
  ],
  'slogans and signs, marked as in gold standards': [
    '“{content No more dams!}” {source protesters} {cue chanted}.',
    '{source A sign at the gate} {cue read} “{content Keep out of the water.}”',
  ],
  'statements about a film, not dialogue from it': [
    '“{content I wept at the end,}” {source Ann Lee} {cue said} in the film.',
    'In the film, {source Lee} {cue says}, “{content I am going home.}”',
    '“{content I wept in the last scene,}” {source an actor} {cue said}.',
  ],
  'a quotation in a quotation': [
    '“{content She told me ‘run’ and I ran,}” {source the boy} {cue said}.',
    '“{content My father used to say ‘Never sell land’ and he was right,}” {cue said} {source Ann Lee}.',
    '"{content He said \'no comment\' twice,}" {source the reporter} {cue recalled}.',
  ],
};

testReading('direct speech', kinds, {
  'the cue after': 2,
  'more after the cue, in the same paragraph': 3,
  'the cue in a later paragraph of the speech': 1,
  'other layouts': 1,
  'statements about a film, not dialogue from it': 1,
  'a quotation in a quotation': 2,
});
