import { describe, expect, test } from 'vitest';
import { remark } from './marked.ts';

const kinds: Readonly<Record<string, readonly string[]>> = {
  'a headline that begins with the speaker': [
    '{source Ann Lee}: “{content The bridge will be rebuilt}”\nThe bridge fell on Monday.\nLee was not hurt.',
    '{source1 Lee == Ann Lee}: {content1 Bridge Will Be Rebuilt Soon}\nThe bridge fell on Monday.\n{source2 Ann Lee} {cue2 said} {content2 it was old}.',
    '{source1 Lee == Ann Lee}: {content1 Bridge ‘Will Be Rebuilt’}\nThe bridge fell on Monday.\n“{content2 It was old,}” {cue2 said} {source2 Ann Lee}.',
  ],
  'a headline that ends with the speaker': [
    '{content Bridge will be rebuilt}, {source mayor} {cue says}\nThe bridge fell on Monday.\nNobody was hurt.',
    '{content Bridge will be rebuilt}, {cue says} {source Ann Lee}\nThe bridge fell on Monday.\nThe mayor is Ann Lee.',
    '{content Bridge to be rebuilt}: {source mayor}\nThe bridge fell on Monday.\nNobody was hurt.',
    '{content Two dead in fire} – {source police}\nThe fire broke out on Monday.\nNobody knows why.',
    '{content1 Bridge will be rebuilt} – {source1 Lee == Ann Lee}\nThe bridge fell on Monday.\n“{content2 It was old,}” {cue2 said} {source2 Ann Lee}.',
  ],
  'a headline with a topic, a series or a place before its colon': [
    'The Latest: Bridge Will Be Rebuilt Soon\nThe latest on the bridge.\nThe mayor is Ann Lee.',
    'Analysis: Bridge Will Be Rebuilt Soon\nThe bridge fell on Monday.\nThe mayor is Ann Lee.',
    'Paris: Bridge Falls Into The River\nThe bridge in Paris fell on Monday.\nNobody was hurt.',
    'Brexit: What Happens Next\nBrexit is near.\nNobody was hurt.',
    'Football: Rovers beat Athletic in the rain\nFootball came home on Monday.\nNobody was hurt.',
    'Ann Lee: A Life in Pictures\nAnn Lee was born on Monday.\nNobody was hurt.',
    'Bridge: A History\nThe bridge fell on Monday.\nNobody was hurt.',
    'Storm hits coast: two dead\nThe storm came on Monday.\nTwo people died.',
    'Bridge will be rebuilt: what we know\nThe bridge fell on Monday.\nNobody was hurt.',
    'Bridge will be rebuilt - BBC News\nThe bridge fell on Monday.\nNobody was hurt.',
    'Bridge will be rebuilt - Reuters\nThe bridge fell on Monday.\nNobody was hurt, Reuters learned.',
    'Bridge will be rebuilt: the plan\nThe bridge fell on Monday.\nNobody was hurt.',
  ],
  'dashes and transcripts': [
    '“{content A city is its people, not its walls.}” — {source Ann Lee}',
    '“{content A city is its people, not its walls.}” – {source Ann Lee, mayor of Ostby}',
    '“{content A city is its people, not its walls.}”\n— {source Ann Lee}',
    '{source1 Lee}: {content1 We will rebuild.}\n{source2 Cho}: {content2 With what money?}\n{source3 Lee}: {content3 Borrowed.}',
    '{source1 LEE}: {content1 We will rebuild.}\n{source2 CHO}: {content2 With what money?}',
    '{source1 Ann Lee}: {content1 We will rebuild.}\n{source2 Maria Cho}: {content2 With what money?}\n{source3 Ann Lee}: {content3 Borrowed.}',
  ],
  'lists and tables, and dashes that introduce no signature': [
    'Lee: 1,769.\nCho: 1,501.\nLee needs 67 more.',
    'Lee: 45 votes.\nCho: 32 votes.\nHale: 12 votes.',
    'Monday: Rain in the morning.\nTuesday: Sun all day.\nWednesday: Snow.',
    'Ingredients: Two eggs and flour.\nMethod: Mix them well.\nTip: Serve it warm.',
    'Where: The old town hall.\nWhen: Monday at noon.\nTickets: From the box office.',
    'Pros: It is cheap and it works.\nCons: It is slow and it breaks.',
    'Germany: Neuer, Lahm, Boateng and Hummels.\nBrazil: Cesar, Maicon, Luiz and Dante.',
    'The harbour — Ostby’s pride — is old.',
  ],
  'text that only looks like page boilerplate': [
    'Next came {source Ann Lee}{cue :} “{content We will rebuild the bridge this year.}”',
    'See for yourself: “{content We will rebuild the bridge,}” {cue said} {source Ann Lee}.',
  ],
  'page boilerplate': [
    'Photo: Ann Lee / The Ledger',
    'Picture: A bridge after the storm (Ann Lee/Reuters)',
    'Photo by Ann Lee: “Never again” on a wall in Ostby',
    'By Ann Lee',
    'Read more: Bridge will be rebuilt, says mayor',
    'Read more: “We will rebuild the bridge this year”',
    'Related: Ann Lee says the bridge is safe',
    'Image credit: Ann Lee',
    'FILE PHOTO: A bridge after the storm in Ostby, “the town of rain”',
    'See also: Ann Lee says the bridge is safe',
    'Mayor Ann Lee speaks at the bridge on Monday. (Bo Cho/The Ledger)',
    'Additional reporting by Ann Lee.',
    'Editing by Ann Lee; writing by Bo Cho',
    'This story was first published in The Ledger.',
  ],
};

describe.each(Object.entries(kinds))('layout: %s', (_, sentences) => {
  test.each(sentences)('%s', sentence => {
    expect(remark(sentence)).toBe(sentence);
  });
});
