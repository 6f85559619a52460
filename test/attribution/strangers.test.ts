import { testReading } from './misread.ts';

/** An unnamed subject followed by a pronoun: the pronoun means that person or is unclear, never an earlier speaker. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  'another of the speakers': [
    '“{content1 The bridge will ruin us,}” {cue1 said} {source1 one shopkeeper}. The street was empty on Monday. Another shopkeeper was more hopeful. “{content2 We will manage,}” {source2 he ~ Another shopkeeper} {cue2 said}.',
    '“{content1 The bridge will ruin us,}” {cue1 said} {source1 one shopkeeper}.\nIt rained. Another shopkeeper was more hopeful. “{content2 We will manage,}” {source2 he ~ Another shopkeeper} {cue2 said}.',
    '“{content1 The bridge will ruin us,}” {cue1 said} {source1 one docker}. The other shrugged. “{content2 We will manage,}” {source2 he ~ The other} {cue2 said}.',
    '“{content1 The bridge will ruin us,}” {cue1 said} {source1 Tom Reilly, a docker}. A third shrugged. “{content2 We will manage,}” {source2 he ~ A third} {cue2 said}.',
    'A second official was less sure. “{content We will manage,}” {source she = A second official} {cue said}.',
    'Mayor Tom Reilly spoke at noon. At the quay, another shopkeeper smiled as {source he ~ another shopkeeper} {cue said}: “{content We will manage.}”',
  ],
  'another speaker who continues': [
    '“{content1 The bridge will ruin us,}” {cue1 said} {source1 one shopkeeper}. Another shopkeeper was more hopeful. “{content2 We will manage,}” {source2 he ~ Another shopkeeper} {cue2 said}. “{content3 We always have,}” {source3 he ~ Another shopkeeper} {cue3 added}.',
    '“{content1 The bridge will ruin us,}” {cue1 said} {source1 one shopkeeper}. Another shopkeeper was more hopeful. “{content2 We will manage,}” {source2 he ~ Another shopkeeper} {cue2 said}. He laughed. “{content3 We always have,}” {source3 he ~ Another shopkeeper} {cue3 added}.',
  ],
  'possibly the current speaker': [
    '“{content1 The bridge will ruin us,}” {cue1 said} {source1 Tom Reilly}. A colleague disagreed. “{content2 We will manage,}” {source2 he ?} {cue2 said}.',
    '“{content1 The bridge will ruin us,}” {cue1 said} {source1 Tom Reilly}. One of the dockers laughed. “{content2 We will manage,}” {source2 he ?} {cue2 said}.',
    '“{content1 The bridge will ruin us,}” {cue1 said} {source1 Tom Reilly}. A neighbour of his shouted. “{content2 We will manage,}” {source2 he ?} {cue2 said}.',
    'A colleague disagreed. “{content We will manage,}” {source she = A colleague} {cue said}.',
  ],
  'no other person who fits': [
    "Mary Lee met the mayor. Another shopkeeper's plan failed. “{content It was late,}” {source she = Mary Lee} {cue said}.",
    'Mary Lee met the mayor. Another shopkeeper’s plan failed. “{content It was late,}” {source she = Mary Lee} {cue said}.',
    '“{content1 The bridge will ruin us,}” {cue1 said} {source1 Tom Reilly}. A woman in the hall shouted at him. “{content2 We will manage,}” {source2 he = Tom Reilly} {cue2 said}.',
    '“{content1 The bridge will ruin us,}” {cue1 said} {source1 Tom Reilly}. A strike began in May. “{content2 We will manage,}” {source2 he = Tom Reilly} {cue2 said}.',
    '“{content1 The bridge will ruin us,}” {cue1 said} {source1 Tom Reilly}. Another factor was cost. “{content2 We will manage,}” {source2 he = Tom Reilly} {cue2 said}.',
    '“{content1 The bridge will ruin us,}” {cue1 said} {source1 Tom Reilly}. His wife, Ann Reilly, disagreed. “{content2 We will manage,}” {source2 she = Ann Reilly} {cue2 said}.',
    '“{content1 The bridge will ruin us,}” {cue1 said} {source1 one shopkeeper}. “{content2 We will fight,}” {source2 he = one shopkeeper} {cue2 added}.',
    'On stage, his guest, the actress and activist Ann Lopez, laughed. “{content We will fight,}” {source she = Ann Lopez} {cue said}.',
    'A neighbour of his came. “{content1 We will fight,}” {source1 Tom Reilly} {cue1 said}. “{content2 We will win,}” {source2 he = Tom Reilly} {cue2 added}.',
    'Tom Reilly came. One of the many reasons was money. “{content We will fight,}” {source he = Tom Reilly} {cue said}.',
    '{source1 One shopkeeper} {cue1 said} {content1 the bridge would ruin him}. He was angry. “{content2 We will fight,}” {source2 he = One shopkeeper} {cue2 said}.',
  ],
  '“the other shopkeeper”': [
    '“{content1 The bridge will ruin us,}” {cue1 said} {source1 one shopkeeper}.\n“{content2 We will manage,}” {cue2 said} {source2 the other shopkeeper}.',
    '“{content1 The bridge will ruin us,}” {cue1 said} {source1 one shopkeeper}.\n“{content2 I am sorry,}” {cue2 said} {source2 another shopkeeper}.\n“{content3 We will manage,}” {cue3 said} {source3 the other shopkeeper ~ the other shopkeeper}.',
  ],
};

testReading('strangers', kinds, {});
