import { expect, test } from 'vitest';
import { findLayoutReports } from '../../src/attribution/layout/layouts.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { testReading } from './misread.ts';

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
  'a headline that begins with the quotation, or names a role': [
    '‘{content We will rebuild}’: {source Ann Lee} on her bridges\nThe bridge fell on Monday.\nLee was not hurt.',
    '{source Harbour mayor}: ‘{content We will rebuild}’\nThe bridge fell on Monday.\nNobody was hurt.',
    '‘We will rebuild’: letters about the bridge\nThe bridge fell on Monday.\nNobody was hurt.',
    '‘We will rebuild’: A bridge and its town\nThe bridge fell on Monday.\nA town waits.',
  ],
  'interviews with initials, and answers over several paragraphs': [
    'Leila Haddad draws harbours. She met Jonas Weir.\n{source1 JW == Jonas Weir}: {content1 Why harbours?}\n{source2 LH == Leila Haddad}: {content2 Because they move.}\n{content2 I grew up beside one.}\n{source3 JW == Jonas Weir}: {content3 Do you miss it?}\n{source4 LH == Leila Haddad}: {content4 Every day.}\nThe harbour is old.',
    'Leila Berg-Haddad draws harbours in Ostby. Jonas Weir met her.\n{source1 JW == Jonas Weir}: {content1 Why harbours?}\n{source2 LBH == Leila Berg-Haddad}: {content2 Because they move.}',
    'Guðrún Helga Sveinsdóttir counts sheep. Chen Guoliang met her.\n{source1 CGL == Chen Guoliang}: {content1 How many are left?}\n{source2 GHS == Guðrún Helga Sveinsdóttir}: {content2 I counted ninety.}',
    'Kim Min-jae (KMJ) cooks. Kaspar Moritz Jahn, here KMJa, is a lawyer.\n{source1 KMJ == Kim Min-jae}: {content1 I can eat.}\n{source2 KMJa == Kaspar Moritz Jahn}: {content2 I can’t.}',
    'Leila Haddad draws harbours. Anne-Marie Ruiz met her.\n{source1 A.-M.R. == Anne-Marie Ruiz}: {content1 Why harbours?}\n{source2 L.H. == Leila Haddad}: {content2 Because they move.}',
    'Leila Berg-Haddad draws harbours. Cathal Ó hEochaidh met her.\n{source1 COH == Cathal Ó hEochaidh}: {content1 Why harbours?}\n{source2 LB == Leila Berg-Haddad}: {content2 Because they move.}',
    'Émile Voss draws harbours. Ann Lee met him.\n{source1 AL == Ann Lee}: {content1 Why harbours?}\n{source2 EV == Émile Voss}: {content2 Because they move.}',
    'Leila Haddad draws harbours. Lars Holm paints.\n{source1 LH ~ Lars Holm}: {content1 Why harbours?}\n{source2 ANN}: {content2 Because they move.}',
    '{source1 HARBOUR MASTER (Ann Lee)}: {content1 Order, please.}\n{source2 BO CHO (Ind)}: {content2 I only asked.}\n{source3 ANN LEE == Ann Lee}: {content3 You did.}\nThere was laughter, and a voice in the hall called for tea.\n{source4 BO CHO}: {content4 I still ask.}',
    '{source1 LEE}: {content1 We will rebuild.}\n(Laughter)\n{source2 CHO}: {content2 With what money?}',
  ],
  'a chair whom the text introduces': [
    'The inquiry, chaired by retired judge Ann Lee, met in Ostby.\n{source1 MS RUIZ}: {content1 Do you see the bridge?}\n{source2 THE CHAIR = Ann Lee}: {content2 We all see it, Ms Ruiz.}\n{source3 MS RUIZ}: {content3 I only ask.}\n{source4 THE CHAIR = Ann Lee}: {content4 You have asked.}',
    'Members present: Cllr Ann Lee (Chair), Cllr Bo Cho.\n{source1 MR CHO == Bo Cho}: {content1 May I speak?}\n{source2 THE CHAIR = Ann Lee}: {content2 You may, Mr Cho.}',
    'The inquiry met in Ostby. The chair is Dame Ann Lee; counsel is Bo Cho.\n{source1 MR CHO == Bo Cho}: {content1 May I speak?}\n{source2 THE CHAIR = Ann Lee}: {content2 You may, Mr Cho.}',
    'The inquiry met in Ostby. Inspector: Ms A. Lee. For the town: Mr Bo Cho.\n{source1 MR CHO == Bo Cho}: {content1 May I speak?}\n{source2 THE INSPECTOR = A. Lee}: {content2 You may, Mr Cho.}',
  ],
  'a chairman as the chair': [
    'Bo Cho met the chairman, Tom Lee.\n{source1 MR CHO == Bo Cho}: {content1 May I speak?}\n{source2 THE CHAIR = Tom Lee}: {content2 You may, Mr Cho.}',
    'Members present: Cllr Tom Lee (Chair), Cllr Bo Cho.\n{source1 MR CHO == Bo Cho}: {content1 May I speak?}\n{source2 THE CHAIRMAN = Tom Lee}: {content2 You may, Mr Cho.}',
  ],
  'a judge as the court': [
    'The judge is Lady Justice Ann Lee; Bo Cho is counsel.\n{source1 MR CHO == Bo Cho}: {content1 May I speak?}\n{source2 THE COURT = Ann Lee}: {content2 You may, Mr Cho.}',
  ],
  'headings before a transcript': [
    'Transcript: The bridge and you, day nine\nBo Cho met Ann Lee.\n{source1 MR CHO == Bo Cho}: {content1 May I speak?}\n{source2 MS LEE == Ann Lee}: {content2 You may, Mr Cho.}',
    'Interview: Ann Lee, builder of bridges\nBo Cho met Ann Lee.\n{source1 BC == Bo Cho}: {content1 May I speak?}\n{source2 AL == Ann Lee}: {content2 You may, Mr Cho.}',
    'Witnesses: Ann Lee, builder of bridges; Tom Ruiz, who sold them to us.\n{source1 MR CHO}: {content1 Who are you?}\n{source2 MS LEE == Ann Lee}: {content2 I am Lee, Mr Cho.}',
    'Q&A: what we know about the bridge\nBo Cho met Ann Lee. Cho said.\n{source1 BC == Bo Cho}: {content1 May I speak?}\n{source2 AL == Ann Lee}: {content2 You may, Mr Cho.}',
  ],
  'a chair whom it doesn’t: unclear each time': [
    'The inquiry met in Ostby. Bo Cho and Ann Lee spoke.\n{source1 MR CHO == Bo Cho}: {content1 May I speak?}\n{source2 THE CHAIR ~ THE CHAIR}: {content2 You may, Mr Cho.}\n{source3 MR CHO == Bo Cho}: {content3 I thank you.}\n{source4 THE CHAIR ~ THE CHAIR}: {content4 Go on, Mr Cho.}',
  ],
  'a chair’s deputy and host aren’t the chair': [
    'Members present: Cllr Ann Lee (Vice-Chair), Cllr Bo Cho.\n{source1 MR CHO == Bo Cho}: {content1 May I speak?}\n{source2 THE CHAIR ~ THE CHAIR}: {content2 You may, Mr Cho.}',
    'The inquiry, chaired by a judge in Ann Lee’s house, met Bo Cho.\n{source1 MR CHO == Bo Cho}: {content1 May I speak?}\n{source2 THE CHAIR ~ THE CHAIR}: {content2 You may, Mr Cho.}',
    'The chair is fond of Ann Lee; counsel is Bo Cho.\n{source1 MR CHO == Bo Cho}: {content1 May I speak?}\n{source2 THE CHAIR ~ THE CHAIR}: {content2 You may, Mr Cho.}',
    'The chair is Ann Lee’s friend; counsel is Bo Cho.\n{source1 MR CHO == Bo Cho}: {content1 May I speak?}\n{source2 THE CHAIR ~ THE CHAIR}: {content2 You may, Mr Cho.}',
  ],
  'a witness who answers': [
    'For the town: Ms Ruiz. For the port: Mr Bo Cho. The witness is Ann Lee, a builder.\n{source1 Q ?}. {content1 Did you see the bridge?}\n{source2 A = Ann Lee}. {content2 I built it.}',
  ],
  'questions and answers: the answers are the interviewee’s': [
    'Building on sand\nLeila Haddad draws harbours. Jonas Weir draws maps.\n{source1 Q ?}: {content1 Why harbours?}\n{source2 A = Leila Haddad}: {content2 Because they move.}\n{source3 Q ?}: {content3 Do you miss it?}\n{source4 A = Leila Haddad}: {content4 I do, every day.}',
    'Building on sand\nThe architect Leila Haddad, 52, draws harbours. Jonas Weir draws maps.\n{source1 Q ?}. {content1 Why harbours?}\n{source2 A = Leila Haddad}. {content2 Because they move.}',
    'Building on sand\nJonas Weir met Leila Haddad in Ostby.\n{source1 Q ?}: {content1 Why harbours?}\n{source2 A ?}: {content2 Because they move.}',
    'Building on sand\nTom Reilly met the painter Quorra Aab in Ostby.\n{source1 Q ?}: {content1 Why harbours?}\n{source2 A ?}: {content2 Because they move.}',
    'The painter Quorra Aab draws harbours. Tom Reilly met her in Ostby.\n{source1 Q ?}: {content1 Why harbours?}\n{source2 A = Quorra Aab}: {content2 Because they move.}',
  ],
  'interviews whose questions have no mark': [
    'Building on sand\nLeila Haddad draws harbours. We met in Ostby.\nWhy harbours?\n{content1 Because they move. I grew up beside one. = Leila Haddad}\nDo you miss it?\n{content2 Every day. = Leila Haddad}\n{content2 My house is far from the sea.}\nYou left the council last year.\n{content3 I had to. They wanted walls. = Leila Haddad}\nDid it hurt?\nShe shrugs.\nWhat will you draw next?\n{content4 My garden, I think. = Leila Haddad}\nThe plan is due in May.',
    'Building on sand\nLeila Haddad draws harbours. We met in Ostby.\nWhy harbours?\n{content1 Because they move. {source2 The mayor} {cue2 told} me that {content2<1 I was mad}. I agreed. = Leila Haddad}\nDo you miss it?\n{content3 Every day. I grew up beside one. = Leila Haddad}\nWhat will you draw next?\n{content4 My garden, I think. = Leila Haddad}\nThe plan is due in May.',
    'What is a harbour?\nA harbour is a place where ships are safe.\nWho pays for it?\nThe city pays for it.\nWhen was it built?\nIt was built long ago.\nWho may use it?\nYou may.',
    'What is a harbour?\nA place for ships.\nWho owns it?\nThe city.\nIs it old?\nIt is.\nIs it deep?\nI measured it.\nIs it cold?\nI swam in it.\nIs it safe?\nI think so.',
    'And what do we learn?\nI think that we learn little.\nWhat did I miss?\nI missed the boat.\nWho are we?\nI wonder.',
  ],
  'letters and speeches introduced by a colon': [
    'In a letter to the town, {source Ann Lee, the mayor}, {cue wrote}:\n{content I am sorry. The bridge was old.}\n{content Nobody listened to the engineers.}\n{content We will rebuild it.}\nThe bridge fell on Monday.',
    '{source Ann Lee’s statement = Ann Lee} in full:\n{content The bridge was old.}\n{content I knew it.}\n{content Nobody else did.}\nStatement ends.\nThe bridge fell on Monday.',
    'Speaking on the quay, {source Ann Lee}, who was in tears, {cue said}:\n“{content It will be rebuilt.}\n“{content It will be stronger.}”\nThe bridge fell on Monday.',
  ],
  'letters that end before the reporter’s own words': [
    '{source1 Ann Lee} {cue1 posted} on Monday:\n{content1 We will rebuild it. The bridge was ours.}\n{source2 The town council} {cue2 told} us on Tuesday that {content2 it would pay}.',
  ],
  'letters without marks whose end isn’t sure': [
    'Ann Lee wrote:\nThe bridge was old.\nIt fell on Monday.',
    'I was there when the bridge fell. The mayor wrote:\nI am sorry about it.\nI saw the river rise.',
    'The bridge must:\nBe safe for us.',
  ],
  'pull quotes': [
    'The bridge\n{content1 A bridge is a promise to the other side = Ann Lee}\n“{content2 A bridge is a promise to the other side,}” {cue2 says} {source2 Ann Lee}.\nThe bridge fell on Monday.',
    'The bridge\nThe bridge is old and grey\nThe bridge is old and grey. “{content It fell on Monday,}” {cue said} {source Ann Lee}.',
  ],
  'posts over their author': [
    '{content watched it fall from the kitchen}\n— {source Ann Lee (@annlee)} May 3, 2020',
    '“{content I saw it fall.}” — {source @annlee}, 3 May, 14:05',
    'The winners are these.\n— Ann Lee, for her bridge',
  ],
  'times, captions, other headlines, contacts and self-descriptions': [
    '14:05\nThe bridge has fallen.\n2.15pm\nThe road is closed.\n10:32 BST\nThe river is high.\n7 p.m.\nGood night.',
    'The bridge fell on Monday.\n[Photo: Ann Lee says goodbye to “the old lady”. Bo Cho/The Ledger]\n[Caption] Ann Lee says goodbye to “the old lady”',
    'Above left: the bridge, which {source Ann Lee} {cue called} “{content the old lady}”.',
    'The bridge fell on Monday.\nRelated articles\nMayor says bridge is safe\nThe Ledger: “Lee: I was wrong about the bridge”',
    'The bridge fell on Monday.\nAlso worth your time\nThe Ledger: “Mayor says bridge is safe”\nOstby Times: “Lee: I was wrong”',
    'The bridge fell on Monday.\nSources: The Ledger, “Mayor says bridge is safe”; Ostby Times, “Lee: I was wrong”',
    'The bridge fell on Monday.\nAbout Lee & Sons\nLee & Sons says that bridges matter.\nEnquiries: Ann Lee says call her',
  ],
};

testReading('layout', kinds, {
  'a headline that ends with the speaker': 3,
  'a headline with a topic, a series or a place before its colon': 1,
  'a headline that begins with the quotation, or names a role': 2,
});

test.each(['14:05', '2.15pm', '10:32 BST', '7 p.m.', '12:45 a.m.:'])('nobody says the time %s', time => {
  const article = toArticle('live', UNKNOWN_METADATA, `The bridge fell.\n${time}\nIt rains.`);
  expect([...findLayoutReports(article, new Map())]).toEqual([[2, []]]);
});

test.each(['7', '14:05 Rain', '1,769', 'At 7 p.m.'])('%s is not only a time', line => {
  const article = toArticle('live', UNKNOWN_METADATA, `The bridge fell.\n${line}\nIt rains.`);
  expect(findLayoutReports(article, new Map()).size).toBe(0);
});
