import { describe, expect, test } from 'vitest';
import { attribute } from '../../src/attribution/attribute.ts';
import type { WeighedReport } from '../../src/attribution/attribution.ts';
import { findMentions } from '../../src/attribution/speakers/mentions.ts';
import { groupMentions } from '../../src/attribution/speakers/named-speakers.ts';
import { resolveSpeakers } from '../../src/attribution/speakers/resolve.ts';
import { toArticle, UNKNOWN_METADATA } from '../../src/news/article.ts';
import { slice } from '../../src/news/span.ts';
import { testReading } from './misread.ts';

const kinds: Readonly<Record<string, readonly string[]>> = {
  'somebody whom only a later paragraph names': [
    '{source1 A well-known grazier = Tom Macrae} {cue1 says} {content1 the drought is over}.\nThe grazier, Tom Macrae, has farmed near Ostby for forty years.\n“{content2 It rained,}” {source2 he = Tom Macrae} {cue2 said}.',
  ],
  'a short name means its longest earlier form': [
    'Ann Lee runs the port.\n“{content We will rebuild,}” {source Lee == Ann Lee} {cue said}.',
    'Ann Lee runs the port.\n“{content We will rebuild,}” {cue said} {source Ms. Lee == Ann Lee}.',
    'President Yang Jiechi spoke.\n“{content We will wait,}” {source Yang == Yang Jiechi} {cue said}.',
    'Donald J. Harker won.\n{source Harker == Donald J. Harker} {cue said} {content he was glad}.',
    'Sir Ian Cole arrived late.\n“{content I was held up,}” {source Sir Ian == Ian Cole} {cue said}.',
  ],
  'surname first, and other titles': [
    'Foreign Minister Wang Yi met Li Qiang.\n“{content We will wait,}” {source Li == Li Qiang} {cue said}.',
    'Kovacs Balint won.\n“{content I am tired,}” {source Kovacs == Kovacs Balint} {cue said}.',
    'Sheikh Hamad bin Khalid arrived.\n“{content We will wait,}” {source Sheikh Hamad == Hamad bin Khalid} {cue said}.',
    'Dato’ Seri Rahman Yusof arrived.\n“{content We will wait,}” {source Dato’ Seri Rahman == Rahman Yusof} {cue said}.',
  ],
  'surnames that are titles': [
    'The actor Oliver King arrived.\n“{content1 I was late,}” {source1 Mr King == Oliver King} {cue1 said}. {source2 King == Oliver King} {cue2 said} {content2 he was sorry}.',
    'Marsha Bishop teaches there.\n{source Ms Bishop == Marsha Bishop} {cue said} {content the school would close}.',
    'Dr Imran Sheikh gave evidence.\n{source Dr Sheikh == Imran Sheikh} {cue said} {content the books were wrong}.',
    '{source1 Economist Amartya Sen} {cue1 said} {content1 the famine was avoidable}. “{content2 It was man-made,}” {source2 Sen == Amartya Sen} {cue2 said}.',
    'Tan Boon Heng runs the port.\n“{content We are full,}” {source Mr Tan == Tan Boon Heng} {cue said}.',
  ],
  'a noun that only the start of a headline capitalises': [
    '{source Widow} {cue says} {content ramp was never chained}\nA deckhand who drowned at Carrow Pier last winter had been left alone.',
    '{source Norwegian ~ Norwegian} wins at Val Serenne and {cue says} {content it was her last}\nThe champion fell on the second lap.',
  ],
  'whoever is asked says only the answer': [
    'Bo Cho left.\n{source2 Ann Lee}, {cue1 asked} {content1 whether the bridge was safe}, {cue2 said} {content2 it was}.',
  ],
  'whoever has that age': [
    'Ann Lee, 34, and Petroc Nance, 69, run stalls.\n“{content They asked us nothing,}” {cue said} {source the 69-year-old = Petroc Nance}.',
    'The 69-year-old baker Tom Nance stood beside Ann Lee.\n“{content It is over,}” {source the 69-year-old man = Tom Nance} {cue said}.',
    '“{content They asked us nothing,}” {cue said} {source the 69-year-old = Tom Nance}.\nThe trader, Tom Nance (69), stood beside Ann Lee.',
    'Ann Lee, 34, fell from the pier.\n“{content I saw nothing,}” {cue said} {source the 69-year-old ~ the 69-year-old}.',
    'Ann Lee, 69, met Bo Cho, 69.\n“{content I saw nothing,}” {cue said} {source the 69-year-old ~ Bo Cho}.',
  ],
  'nobody who is spoken to': [
    'The teacher Ivo Brandt saw a boy on the roof of the bus and ran after it. “{content1 I haven’t run like that for years,}” {source1 he = Ivo Brandt} {cue1 said}. The boy was unharmed. {source2 He ?} {cue2 told} Brandt {content2 he’d missed his stop once already that week}.',
  ],
  'the other of two, not the one who spoke last': [
    'Two sisters, Ann Lee and another, fell out over a piano.\n“{content1 It’s the principle,}” {cue1 said} {source1 Ann Lee}. “{content2 It’s the piano,}” {cue2 said} {source2 the other ~ the other}.',
  ],
  'a title tells which of two': [
    'The minister, Orrek Aab, left early.\n{source1 Mrs Aab = Orrek Aab} {cue1 said} {content1 the bridge was safe}.\n{source2 Theld Aab, a docker}, {cue2 said} {content2 it was not}.\n“{content3 They want a boat,}” {source3 Mr Aab == Theld Aab} {cue3 said}.',
  ],
  'the former of two': [
    'Grace Hale and Samuel Ofori left early.\n{source1 Ms Hale == Grace Hale} {cue1 said} {content1 it was late}. {source2 Mr Ofori == Samuel Ofori} {cue2 said} {content2 he was tired}, and {source3 the former = Grace Hale} {cue3 added} that {content3 others would follow}.',
  ],
  'whoever owns the words': [
    'Henrik Holm sent a letter from the ferry operator.\n{source Holm’s letter = Henrik Holm} {cue said} {content no answer had come}.',
    'Ann Lee was angry.\n{source Lee’s reply = Ann Lee} {cue said} {content the fleet was old}.',
  ],
  'a clause, or the end of another sentence, before the speaker': [
    '{source Rovers host Western Districts, whose coach, Ray Tran}, {cue said} {content they were scared}.',
    'Tom Hale works for Marl Inc. {source The firm ~ The firm} {cue said} {content the judge had refused to hear it}.',
  ],
  'the leader of another body': [
    'Union leader Bongani Zulu was there.\nThe Democratic Front’s spokesman, Bo Cho, resigned. {source The party’s leader} {cue said} {content she would table a motion}.',
  ],
  'somebody else in the paragraph': [
    'Carla Doyle scored before Jess Doyle, her cousin, scored.\n{source1 Carla == Carla Doyle} {cue1 said} {content1 it was fine}.\nJess was calm. “{content2 A goal is a goal,}” {source2 she ~ Jess Doyle} {cue2 said}.',
  ],
  'whoever asked for something, not a question': [
    '{source1 Ann Lee} has {cue1 asked} Bo Cho {content1 to leave}. {source2 She = Ann Lee} {cue2 says} {content2 he has refused}.',
  ],
  'Chinese and other names': [
    'Chinese President Xi Jinping arrived.\n“{content We will wait,}” {source Xi == Xi Jinping} {cue said}.',
    'Foreign Ministry spokeswoman Hua Chunying met the press.\n{source Hua == Hua Chunying} {cue said} {content China would wait}.',
    'Lin Mei-hua met reporters.\n“{content We will wait,}” {source Ms. Lin == Lin Mei-hua} {cue said}.',
    'Tsai Ing-wen (蔡英文) arrived.\n“{content We will wait,}” {cue said} {source Tsai == Tsai Ing-wen}.',
    'Nguyen Van Minh won.\n“{content I am glad,}” {source Minh == Nguyen Van Minh} {cue said}.',
    'Kim Jong-un spoke.\n“{content We will wait,}” {source Kim == Kim Jong-un} {cue said}.',
    'Aung San Suu Kyi arrived.\n“{content We will wait,}” {source Suu Kyi == Aung San Suu Kyi} {cue said}.',
    'Prime Minister Lee Hsien Loong arrived.\n“{content We will wait,}” {source Mr. Lee == Lee Hsien Loong} {cue said}.',
    'President Luiz Inácio Lula da Silva arrived.\n“{content We will wait,}” {source Lula == Luiz Inácio Lula da Silva} {cue said}.',
    'Abiy Ahmed arrived.\n“{content We will wait,}” {source Abiy == Abiy Ahmed} {cue said}.',
    'Mohammed bin Salman arrived.\n“{content We will wait,}” {source bin Salman == Mohammed bin Salman} {cue said}.',
    'Ursula von der Leyen arrived.\n“{content We will wait,}” {source von der Leyen == Ursula von der Leyen} {cue said}.',
    'Gabriel García Márquez wrote.\n“{content We will wait,}” {source García Márquez == Gabriel García Márquez} {cue said}.',
  ],
  honorifics: [
    'Pope Francis arrived.\n“{content We will wait,}” {source the pope = Francis} {cue said}.',
    'King Abdullah II arrived.\n“{content We will wait,}” {source the king = Abdullah II} {cue said}.',
    'Dame Judith Cole arrived.\n“{content We will wait,}” {source Dame Judith == Judith Cole} {cue said}.',
    "Dato' Sri Rahman Yusof arrived.\n“{content We will wait,}” {source Dato' Sri Rahman == Rahman Yusof} {cue said}.",
    'Tan Sri Lim Wei arrived.\n“{content We will wait,}” {source Tan Sri Lim == Lim Wei} {cue said}.',
    'Sheikh Rashid al Maktoum arrived.\n“{content We will wait,}” {source Sheikh Rashid == Rashid al Maktoum} {cue said}.',
    'Professor Dr. Anna Vogel arrived.\n“{content We will wait,}” {source Prof. Vogel == Anna Vogel} {cue said}.',
    'Rev. Martin Cole preached.\n“{content We will wait,}” {source Rev. Cole == Martin Cole} {cue said}.',
    'Lt. Col. Maria Cho arrived.\n“{content We will wait,}” {source Lt. Col. Cho == Maria Cho} {cue said}.',
  ],
  'titles before several names': [
    'Drs Ida Fenwick and Olu Bassey wrote the study.\n“{content We counted,}” {source Fenwick == Ida Fenwick} {cue said}.',
    'Messrs Abel Crane and Ivo Dunn built it.\n“{content We will wait,}” {source Crane == Abel Crane} {cue said}.',
    'Profs Una Marsh and Bo Cho wrote the study.\n“{content We counted,}” {source Marsh == Una Marsh} {cue said}.',
    'Revs Una Marsh and Bo Cho arrived.\n“{content We will wait,}” {source Marsh == Una Marsh} {cue said}.',
  ],
  'what somebody is, after a name that several bear': [
    'The treasurer, Ann Lee, met the secretary, Tom Lee.\n{source Lee, the secretary = Tom Lee}, {cue said} {content the vault was empty}.',
    'The treasurer, Ann Lee, met the secretary, Tom Lee.\n{source Lee, the treasurer = Ann Lee}, {cue said} {content the vault was empty}.',
  ],
  'what somebody is, before a title': [
    'The judge, Mrs Justice Holm, rose.\n{source The judge = Holm} {cue said} that {content the case was closed}.',
    'The chairman, Captain Tom Reilly, rose.\n{source The chairman = Tom Reilly} {cue said} that {content the case was closed}.',
    'The chairman, Captain Tom Reilly, rose.\n{source The captain = Tom Reilly} {cue said} that {content the case was closed}.',
    'The wife of the chairman, Mrs Ann Reilly, rose.\n{source The chairman ?} {cue said} that {content the case was closed}.',
    'The deputy chairman, Captain Tom Reilly, rose.\n{source The chairman = The chairman} {cue said} that {content the case was closed}.',
  ],
  'British and Irish titles': [
    'Commander Tom Reilly arrived.\n“{content We will wait,}” {source Cdr Reilly == Tom Reilly} {cue said}.',
    'Councillor Tom Reilly arrived.\n“{content We will wait,}” {source Cllr Reilly == Tom Reilly} {cue said}.',
    'Councillor Tom Reilly arrived.\n“{content We will wait,}” {source the councillor = Tom Reilly} {cue said}.',
    'Cllrs Bo Cho and Ann Lee arrived.\n“{content We will wait,}” {source Cho == Bo Cho} {cue said}.',
    'Alderman Ann Lee arrived.\n“{content We will wait,}” {source Lee == Ann Lee} {cue said}.',
    'Baroness Ann Lee arrived.\n“{content We will wait,}” {source Lady Lee == Ann Lee} {cue said}.',
    'Taoiseach Micheal Daly arrived.\n“{content We will wait,}” {source the Taoiseach = Micheal Daly} {cue said}.',
    'Deputy Tom Reilly arrived.\n“{content We will wait,}” {source Deputy Reilly == Tom Reilly} {cue said}.',
    'Det Insp Ann Lee arrived.\n“{content We will wait,}” {cue said} {source Det Insp Lee == Ann Lee}.',
  ],
  'abbreviated titles that no list has': [
    '“{content It worked,}” {cue said} {source Ir. Marijke van Oss, chief executive of the maker}.',
  ],
  'a name ends with its sentence': [
    'Her uncle founded Delta Tools Ltd. {source She ?} {cue said} {content it was a gift}.',
    'Another owner is Martin Boyle Jr. But his son runs it. {source Boyle == Martin Boyle Jr.} {cue said} {content it was fine}.',
    '“{content1 It is old,}” {cue1 said} {source1 Ann Lee of Marl Co.} But {source2 Tom Reilly} {cue2 said} {content2 it was new}.',
    'The hall is named after {source John Hale Sr. Hale} {cue said} {content the roof leaked}.',
  ],
  'a father and his son': [
    'William Croft Jr. and his father, William Croft Sr., own the farm.\n“{content We will wait,}” {cue said} {source Croft Sr. == William Croft Sr.}.',
    'William Croft Jr. and his father, William Croft Sr., own the farm.\n“{content We will wait,}” {cue said} {source Croft Jr. == William Croft Jr.}.',
    'William Croft Jr. and his father, William Croft Sr., own the farm.\n“{content We will wait,}” {source Croft ~ William Croft Sr.} {cue said}.',
  ],
  'couples with one surname': [
    'John Hale and his wife, Mary Hale, own the farm.\n“{content We will wait,}” {source Mr. Hale == John Hale} {cue said}.',
    'John Hale and his wife, Mary Hale, own the farm.\n“{content We will wait,}” {source Hale ~ Mary Hale} {cue said}.',
    'John Hale and Mary Hale own the farm.\n“{content We will wait,}” {source John == John Hale} {cue said}.',
    'John Hale and his wife, Mary, own the farm.\n“{content We will wait,}” {source Mrs. Hale} {cue said}.',
  ],
  'two people with one name: unclear unless a title tells them apart': [
    'Ann Lee and Tom Lee run the port.\n“{content We will rebuild,}” {source Lee ~ Tom Lee} {cue said}.',
    'Robert Lee and Mary Lee run the port.\n“{content We will rebuild,}” {source Mrs. Lee == Mary Lee} {cue said}.',
    'Bea Nairn and Fergus Nairn run the port.\n“{content We will rebuild,}” {source Mr Nairn == Fergus Nairn} {cue said}.',
    'Emeka Obi and Ngozi Ade run the port.\n“{content We will rebuild,}” {source she = Ngozi Ade} {cue said}.',
    'Robert Lee and Mary Lee run the port.\n“{content We will rebuild,}” {source Mr. Lee == Robert Lee} {cue said}.',
  ],
  'two people with one name, one of them nearby: inferred': [
    'Ann Lee opened the port.\nIt rained.\nIt snowed.\nNobody came.\nTom Lee runs the port.\n“{content We will rebuild,}” {source Lee = Tom Lee} {cue said}.',
  ],
  '“he” after a mere possessive: unclear': [
    'Robert Cho left.\nThe senator burned Cho’s plan. “{content It is no use,}” {source he ~ Robert Cho} {cue said}.',
  ],
  '“he” and “she”': [
    '{source1 Agnes} {cue1 said} {content1 it was old}. {source2 James} {cue2 said} {content2 it was new}. “{content3 It is both,}” {source3 she = Agnes} {cue3 said}.',
    'Mary Lee runs the port. “{content We will rebuild,}” {source she = Mary Lee} {cue said}.',
    '“{content1 We will rebuild,}” {source1 Mary Lee} {cue1 said}.\n“{content2 It will take years,}” {source2 she = Mary Lee} {cue2 said}.',
    'Mary Lee met Robert Cho. “{content We will rebuild,}” {source she = Mary Lee} {cue said}.',
    '{source1 Robert Cho} {cue1 said} {content1 the port was lost}. {source2 He = Robert Cho} {cue2 added} that {content2 nobody was to blame}.',
    'Robert Cho met Peter Hale. The rain fell. “{content We will rebuild,}” {source he ?} {cue said}.',
    'Mary Lee left.\nRain fell for two days. “{content It was bad,}” {source she = Mary Lee} {cue said}.',
  ],
  '“he” and “she”: nobody of another gender, and nobody if two fit': [
    'Mary Lee learned the trade from Robert Cho. “{content1 She was quick,}” {source1 Cho == Robert Cho} {cue1 said}.\n“{content2 He was patient,}” {source2 she = Mary Lee} {cue2 said}.',
    'Orrek Aab is 34. She rows out at five.\nTheld Moe, who is 81, taught her.\n“{content Nobody asks why,}” {source she ?} {cue said}.',
    '{source1 Committee chair Theld Moe} {cue1 asked} {content1 why nobody had stopped work}.\n“{content2 Do you not know?}” {source2 Moe == Theld Moe} {cue2 asked}.\n“{content3 I was not there,}” {source3 she ~ Theld Moe} {cue3 said}.',
    'Mr. Cho and Mr. Hale were once close. “{content I taught him to ski,}” {source he ~ Cho} {cue said}.',
    'Mary Lee and Robert Cho were once close. “{content I taught him to ski,}” {source she = Mary Lee} {cue said}.',
    '{source1 Robert Cho} {cue1 said} that {content1 the port was lost}.\nThe rain fell on the roofs.\n“{content2 I am tired,}” {source2 he = Robert Cho} {cue2 said}.',
    '{source1 Theld Moe} {cue1 said} that {content1 the port was lost}.\nThe rain fell on the roofs.\n“{content2 I am tired,}” {source2 he = Theld Moe} {cue2 said}.',
    'Jamie Cho runs the port. He has for years.\n“{content I am tired,}” {source he = Jamie Cho} {cue said}.',
    'Robert Cho left early. He had missed the vote twice.\n“{content I was tired,}” {source he = Robert Cho} {cue said}.',
  ],
  'whoever “I” names is somebody else': [
    'Gareth Penhale and his brother ran the fund. Gareth Penhale left in May.\n“{content I signed whatever Gareth put in front of me,}” {source he ?} {cue said}.',
    'Tom Reilly runs the port. Reilly left on Monday. {source He ?} {cue said} {content he had “signed whatever Reilly put in front of me”}.',
    'Ann Lee runs the port. Lee left on Monday. “{content My name is Lee,}” {source she = Ann Lee} {cue said}.',
  ],
  '“who”: the person named just before': ['She met {source Robert Cho}, who {cue said} {content he was glad}.'],
  'a title that fits only one bearer': [
    'Dear Mr. Vasko, please go on. Emil Vasko, 79, lives alone. His niece, Dorothea Vasko, helps him.\n“{content I wept,}” {source Mr. Vasko == Emil Vasko} {cue said}.',
    'Marcus and Delia Thornbury own a shop. Mrs. Thornbury left.\n“{content They will see,}” {source Mr. Thornbury} {cue said}.',
  ],
  'an apposition does not describe a name next to it': [
    'In an email obtained by {source The Ledger, an engineer, Yannick Toth}, {cue wrote}, “{content It is broken.}”',
  ],
  'a relative clause does not describe a name inside it': [
    '{source The barrister who had represented Mr. Martin} {cue said} {content the rules were bad}.',
    '{source A man who knew Ann Lee} {cue said} that {content the bridge was safe}.',
  ],
  'unnamed speakers are never merged': [
    '“{content1 It was loud,}” {source1 a witness} {cue1 said}.\n“{content2 It was very loud,}” {source2 another witness} {cue2 said}.',
    '{source1 Officials} {cue1 said} {content1 the road was closed}.\n{source2 Officials} {cue2 said} {content2 the school was open}.',
  ],
  '“the official”: the person called that before': [
    '“{content1 It went well,}” {source1 a US official} {cue1 said}.\n“{content2 It went very well,}” {source2 the official = a US official} {cue2 said}.',
    '“{content1 It went well,}” {source1 a US official} {cue1 said}.\n“{content2 It did not,}” {source2 a Chinese official} {cue2 said}.\n“{content3 It did,}” {source3 the US official = a US official} {cue3 said}.',
    '“{content1 It went well,}” {source1 a diplomat} {cue1 said}.\n“{content2 It did not,}” {source2 another diplomat} {cue2 said}.\n“{content3 Who knows,}” {source3 the diplomat ~ another diplomat} {cue3 said}.',
  ],
  '“the minister”: the person with that title': [
    'Foreign Minister Jun Sato arrived.\n“{content We will wait,}” {source the minister = Jun Sato} {cue said}.',
    'Mary Lee, a spokeswoman for the port, arrived.\n“{content We will wait,}” {source the spokeswoman = Mary Lee} {cue said}.',
    'Mayor Jun Sato met Mayor Eva Dahl.\n“{content We will wait,}” {source the mayor ~ Eva Dahl} {cue said}.',
  ],
  '“the mayor”: nobody whose title is only beside it': [
    'Deputy Prime Minister Tom Hale and John Howe wrote to the mill.\n“{content It would have been odd if I hadn’t,}” {source the Prime Minister} {cue said} on Monday.',
    'Deputy Prime Minister Tom Hale met Prime Minister John Howe.\n“{content It would have been odd if I hadn’t,}” {source the Prime Minister = John Howe} {cue said} on Monday.',
    'Vice President Mary Cole met union leaders in Denver on Friday.\n“{content We will not sign the bill,}” {source the President ~ the President} {cue said} on Monday.',
    'Former Prime Minister Tom Ashby opened the new harbour on Friday.\n“{content The port will never be sold,}” {source the Prime Minister} {cue said} on Monday.',
    'The deputy mayor, Ann Reed, cut the ribbon on Friday.\n“{content I was not invited,}” {source the mayor ~ the mayor} {cue said} on Monday.',
    'The mayor’s wife, Ann Reed, cut the ribbon on Friday.\n“{content I was not invited,}” {source the mayor ~ the mayor} {cue said} on Monday.',
    'Ann Reed, a spokeswoman for the mayor, cut the ribbon on Friday.\n“{content I was not invited,}” {source the mayor ~ the mayor} {cue said} on Monday.',
    'Transport Minister Ann Reed cut the ribbon on Friday.\n“{content I was not invited,}” {source the Shadow Transport Minister ~ the Shadow Transport Minister} {cue said} on Monday.',
  ],
  '“the former mayor”: whoever has a title with the same words': [
    'Former mayor Ann Reed met the farmers on Friday.\n“{content It was hard,}” {source the former mayor = Ann Reed} {cue said}.',
    'Deputy leader Ann Reed met the farmers on Friday. Party leader Ann Reed thanked them.\n“{content It was hard,}” {source the leader = Ann Reed} {cue said}.',
    'Bank of Marl governor Ann Reed met the farmers on Friday.\n“{content It was hard,}” {source the governor = Ann Reed} {cue said}.',
  ],
  '“the minister”: resolved by the words before it': [
    'Foreign Minister Jun Sato met Interior Minister Eva Dahl.\n“{content We will wait,}” {source the foreign minister = Jun Sato} {cue said}.',
    'Minister Eva Dahl and her predecessor, Jun Sato, met.\n“{content We will wait,}” {source the former minister = Jun Sato} {cue said}.',
    '“{content We will wait,}” {source the transport secretary = Ann Lee} {cue said}.\nTransport Secretary Ann Lee, 51, left.',
  ],
  '“the agency”, “the company”: the only one of its kind': [
    'The Federal Food Authority met.\n{source The agency = Federal Food Authority} {cue said} {content the fruit was bad}.',
    'Halden Foods closed a plant.\n{source The company = Halden Foods} {cue said} {content the plant was old}.',
    '{source1 The national geological service} {cue1 said} {content1 the slope had moved}.\n{source2 The weather service} {cue2 said} {content2 rain was on its way}.',
    'Halden Foods sued Mardi Foods.\n{source The company ~ Mardi Foods} {cue said} {content the plant was old}.',
  ],
  'questions and answers': [
    'Petra Lind has repaired organs for 41 years. She lives in Skagby.\n{source1 Q ?}: {content1 Do you play?}\n{source2 A = Petra Lind}: {content2 Never in public.}\n{source3 Q ?}: {content3 Why not?}\n{source4 A = Petra Lind}: {content4 I listen.}',
  ],
  '“the report”: what the article mentioned before': [
    'Ann Lee has a new report on her desk.\n{source The report = a new report} {cue says} {content the valve was old}.',
    'Ann Lee sued the hospital’s insurer.\n{source The insurer = the hospital’s insurer} {cue said} {content the valve was old}.',
  ],
  'only a noun: certain if the article names nobody but people, whom it can’t mean': [
    'Bo Cho, 41, has drawn water from the well since May. Ann Lee, his neighbour, digs a new one.\n{source The ministry} {cue said} {content the rules were clear}.',
  ],
  'only a noun: unclear if the article names somebody it may mean': [
    'Ann Lee and Tom Cho sued the port.\n{source The judge ~ The judge} {cue said} that {content the case was closed}.',
    '{source1 Ann Lee} {cue1 said} that {content1 the port was safe}.\n“{content2 She is wrong,}” {source2 her brother ~ her brother} {cue2 said}.\nTom Cho left.',
    'Halden Foods closed a plant. Mardi Foods opened one.\n{source The firm ~ The firm} {cue said} {content the plant was old}.',
  ],
  '“Lee’s statement”, “its letter”: the words of their owner': [
    'Ann Lee runs the port.\n{source Lee’s statement = Ann Lee} {cue said} that {content the port was safe}.',
    '{source1 The Federal Food Authority} {cue1 said} {content1 the fruit was bad}. {source2 Its letter = Federal Food Authority} {cue2 said} that {content2 nobody was hurt}.',
  ],
  'a local farmer at the start: the person named next': [
    '{content The port is lost}, {source a local farmer = Ann Lee} {cue says}.\nAnn Lee grows rice near Selby.',
    '{content The port is lost}, {source a senior official} {cue says}.\nAnn Lee grows rice near Selby.',
    '{source1 Tom Cho} {cue1 said} that {content1 the port was lost}.\n“{content2 It is,}” {source2 a local farmer} {cue2 said}.\nAnn Lee grows rice near Selby.',
  ],
  'a capitalised role is not a name': [
    'President Maria Cho arrived.\n“{content We will wait,}” {source the President = Maria Cho} {cue said}.',
    '“{content We will wait,}” {source the Prime Minister} {cue said}.',
  ],
  'several speakers at once form a group': [
    'Quorra Aab of Selby and colleagues tested the water.\n{source Aab and colleagues == Quorra Aab of Selby and colleagues} {cue say} {content it is clean}.',
    'Ann Lee and Tom Cho met.\n{source Lee and Cho == Ann Lee and Tom Cho} {cue said} {content the port was safe}.',
  ],
  '“they” and “it”': [
    '{source1 Officials} {cue1 said} {content1 the road was closed}. {source2 They = Officials} {cue2 said} {content2 the school was open}.',
    '{source1 The report} {cue1 said} {content1 the valve was old}. {source2 It = The report} {cue2 added} that {content2 nobody had checked}.',
  ],
  organisations: [
    'The US Food and Drug Administration (FDA) met.\n{source The FDA == US Food and Drug Administration} {cue said} {content it was safe}.',
    'The United Nations met.\n{source The UN == United Nations} {cue said} {content it was safe}.',
    'The Korean Central News Agency sent a note.\n{source KCNA == Korean Central News Agency} {cue said} {content the launch had failed}.',
    'The US State Department is shut.\n{source The State Department == US State Department} {cue said} {content nobody was hurt}.',
    'The Centers for Disease Control and Prevention (CDC) met.\n{source The CDC == Centers for Disease Control and Prevention} {cue said} {content the outbreak was over}.',
    '{source The New York Times} {cue reported} that {content two banks had failed}.',
    '{source The White House} {cue said} {content the visit was postponed}.',
    '{source Beijing} {cue said} {content it would wait}.',
  ],
  'the name inside an organisation’s name is not its short form': [
    'The University of Selby met.\n“{content We will wait,}” {source Selby} {cue said}.',
    'The Bank of Selby closed. Tom Selby left.\n“{content We will wait,}” {source Selby == Tom Selby} {cue said}.',
  ],
  'a quotation by itself: the one before goes on': [
    '“{content1 We will rebuild this city,}” {source1 Mary Lee} {cue1 said}.\n“{content2 It will take years, and we have years. = Mary Lee}”',
    'Mary Lee runs the port.\n“{content1 We will rebuild this city,}” {source1 she = Mary Lee} {cue1 said}.\n“{content2 It will take years. = Mary Lee}”\nRain fell.',
  ],
  'a quotation by itself after a question: not whoever asked': [
    'Mary Lee spoke to the council.\n“{content1 Who will pay for this bridge?}” {source1 Tom Cho} {cue1 asked}.\n“{content2 The town will pay for it, and the town knows.}”',
  ],
  '“the researchers”: the only team the article names': [
    'Dr Ann Lee of the University of Selby and colleagues studied the river.\n{source The researchers = Ann Lee of the University of Selby and colleagues} {cue say} {content the water is clean}.',
    'Ann Lee runs the lab. Tom Cho visited Lee’s team.\n{source The team = Lee’s team} {cue says} that {content the water is clean}.',
    'Ann Lee and her colleagues studied the river. Tom Cho and his team studied the lake.\n{source The researchers ~ Tom Cho and his team} {cue say} {content the water is clean}.',
  ],
  '“researchers” at the start: the team named later': [
    '{content The river is clean}, {source scientists = Ann Lee and her colleagues} {cue say}.\nAnn Lee and her colleagues tested the water.',
  ],
  '“both men”, “the two ministers”: the two who are named together': [
    'Robert Cho met Peter Hale on Monday.\n{source The two men ~ The two men} {cue said} {content the port was safe}.',
    'Mr. Robert Cho and Mr. Peter Hale met on Monday.\n{source The two men = Robert Cho and Mr. Peter Hale} {cue said} {content the port was safe}.',
    'Robert Cho met Peter Hale on Monday.\n{source Both men ~ Both men} {cue said} {content the port was safe}.\nMary Lee and Tom Ruiz drove past.',
  ],
  '“the Company” is a description, not a name': [
    'Voss Logistics plc opened a depot on Monday.\n{source The Company = Voss Logistics plc} {cue said} that {content the road was safe}.',
    'Voss Logistics plc met Dahl Shipping Ltd on Monday.\n{source The Company ~ Dahl Shipping Ltd} {cue said} that {content the road was safe}.',
  ],
  'a body by its initials': [
    'The growers met Norwegian Wool Innovation (NWI) on Monday.\nBut {source NWI == Norwegian Wool Innovation} {cue says} that {content the vote was fair}.',
  ],
  'a place in a body’s name leads no team': [
    'Dr Ann Lee, a professor at the University of Oakland at Santa Rosa, and team studied the river.\n{source The team = Ann Lee, a professor at the University of Oakland at Santa Rosa, and team} {cue says} that {content the water is clean}.',
    'Dr Ann Lee of the University of Oakland, Santa Rosa, and team studied the river.\n{source The team = Ann Lee of the University of Oakland, Santa Rosa, and team} {cue says} that {content the water is clean}.',
  ],
  'a participle before a name isn’t part of it': [
    'Born Ann Lee in Selby, she ran the port for years.\n“{content The port is safe,}” {source she = Ann Lee} {cue said}.',
  ],
  'a body before a chairman, and one that a team is from, isn’t who speaks': [
    'Tom Arne Ruiz runs the port.\n{source Coastal Export Authority (CEA) chairman Tom Ruiz == Tom Arne Ruiz} {cue said} {content the port was safe}.',
    'The Norwegian Tidal Research Institute counted the waves.\n{source The team, from Ostby’s Tidal Research Institute}, {cue says} that {content the tide is high}.',
    'The Norwegian Tidal Research Institute counted the waves.\n{source A paper, by Professor Ann Lee of Ostby’s Tidal Research Institute}, {cue says} that {content the tide is high}.',
  ],
  'several bodies before one chairman don’t speak': [
    'The port is run by Tradefresh.\n{source Tradefresh and Chiquita chairman Robert Costa} {cue says} {content the rule is bad}.',
    '{source Ann Lee and port chairman Robert Costa} {cue say} {content the rule is bad}.',
  ],
  'a team is no “he”': [
    'Donald Crane arrived. Himself a former football executive — he owned the New Jersey Generals of the Football League until 1986 — Crane left early.\n“{content So far it is very boring,}” {source he = Donald Crane} {cue tweeted}.',
  ],
  '“the Victorian” is no name': [
    'Allan Burgess farms near Bendigo.\n“{content It rained,}” {source the Victorian ~ Allan Burgess} {cue said}.',
    '{source The Guardian} {cue said} {content the bridge was safe}. Ann Lee left.',
  ],
  'an age or a nationality alone means somebody already named': [
    'Ann Lee, 47, won the race on Sunday.\n“{content I never gave up,}” {source the 47-year-old = Ann Lee} {cue said}.',
    'Mats Lindgren was sacked on Sunday. He had been there for two years.\n“{content1 Somebody could have called,}” {source1 the Swede = Mats Lindgren} {cue1 said}. “{content2 I was in the car. = Mats Lindgren}”',
    'Lars Holt won the race in Oslo on Sunday.\n“{content My legs are gone,}” {source the Swede ~ Lars Holt} {cue said}.',
    'Lars Holt won the race in Oslo on Sunday. A guest from Malmö watched.\n“{content My legs are gone,}” {source the Swede ~ the Swede} {cue said}.',
    'The driver of the van was fined on Monday. {source1 Prosecutor Ann Lee} {cue1 said} {content1 it had hit a wall}.\n“{content2 I am sorry,}” {source2 the Pole ~ the Pole} {cue2 told} reporters.',
    'Lars Holt won the race in Oslo on Sunday.\n“{content My legs are gone,}” {source the Frenchwoman ?} {cue said}.',
    'Karin Holt beat Marie Dupont by a second.\n“{content My legs are gone,}” {source the Frenchwoman ~ the Frenchwoman} {cue said}.',
  ],
  'the same description means the same person again, unless somebody else fits by then': [
    'Okon Etuk, a carpenter, built the boat in a year.\n“{content1 It was slow,}” {source1 the craftsman = Okon Etuk} {cue1 said}.\nThe boat sank on Sunday.\n“{content2 I was in the car,}” {source2 the craftsman = Okon Etuk} {cue2 said}.',
    'Lars Holt is closing his forge in Vik.\n“{content1 I am too old,}” {source1 the craftsman = Lars Holt} {cue1 said}.\n“{content2 Who wants to buy a forge?}” {source2 the craftsman = Lars Holt} {cue2 asked}.\n“{content3 Nobody,}” {source3 he ~ Lars Holt} {cue3 said}.',
    'Okon Etuk, who makes violins, built the boat in a year.\n“{content1 It was slow,}” {source1 the craftsman = Okon Etuk} {cue1 said}.\nBo Cho, another craftsman, laughed.\n“{content2 I was in the car,}” {source2 the craftsman ~ another craftsman} {cue2 said}.',
    'Transport minister Ann Lee opened the bridge on Monday.\n“{content1 It is safe,}” {source1 the minister = Ann Lee} {cue1 said}.\nHealth minister Bo Cho disagreed with her.\n“{content2 It will fall,}” {source2 the minister ~ Bo Cho} {cue2 said}.',
  ],
  'one person is no team': [
    'Dr Ann Lee and her colleagues studied the river.\n{source The zoologist ~ The zoologist} {cue said} {content the water was clean}.',
  ],
  'a nationality or an age with “the” is no name': [
    'Nils Dahl of Norway met Bo Cho of Korea.\n“{content We will rebuild,}” {source the Norwegian = Nils Dahl} {cue said}.',
    'Ann Lee met Bo Cho.\n“{content We will rebuild,}” {source the Swede ~ the Swede} {cue said}.',
    'Thabo Mokoena of South Africa met Bo Cho of Korea.\n“{content We will rebuild,}” {source the South African ~ the South African} {cue said}.',
    'Bo Lee runs the port. “{content We will rebuild,}” {source the younger Lee ?} {cue said}.\nTom Lee is his son.',
    'Gareth Penhale, the elder, was in court on Monday. His brother was there too. {source1 The younger Penhale ?} {cue1 said} {content1 he had “signed the will”}.\n“{content2 He is the elder,}” {source2 he ?} {cue2 told} officers.',
  ],
  'a role that begins a sentence isn’t part of the name': [
    'Independent Priya Dahl runs the port.\n“{content We will rebuild,}” {source Dahl == Priya Dahl} {cue said}.',
    'Liberal Jorunn Dahl runs the port.\n“{content We will rebuild,}” {source Dahl == Jorunn Dahl} {cue said}.',
    'Filmmaker Paloma Ruiz runs the port.\n“{content We will rebuild,}” {source Ruiz == Paloma Ruiz} {cue said}.',
    'Top Democrat Collin Ruiz runs the port.\n“{content We will rebuild,}” {source Ruiz == Collin Ruiz} {cue said}.',
    'Worker Safety Council met.\n“{content We will rebuild,}” {source the Worker Safety Council} {cue said}.',
    'Florist Nora Perkins winds the clock.\n“{content It gives you time,}” {source Perkins == Nora Perkins} {cue said}.',
    'Architect Lena Vogt measured the tower.\n“{content It is slow,}” {source Vogt == Lena Vogt} {cue said}.',
    '{source1 Trainer Zsofia Gall} {cue1 said} that {content1 the horses were calm}. {source2 Gall == Zsofia Gall} {cue2 said} that {content2 they ate}.',
    '{source1 Referee Olwen Pugh} {cue1 said} that {content1 the match was fair}. {source2 Pugh == Olwen Pugh} {cue2 said} that {content2 she saw it}.',
    '{source Osman Abdi Farah} {cue said} that {content the horses were calm}.\nOn Monday, Osman Abdi Farah went home.',
    'Mother-of-two Jade Wills lives opposite.\n“{content My boys want one,}” {source Wills == Jade Wills} {cue said}.',
  ],
  'a name after an office or a body': [
    'The baker retired in May. {source His successor as Surveyor, Dame Ngozi Obi}, {cue called} him “{content the only man I knew who could read a map}”.',
    'The choir sang in the rain. {source The Dean, Very Rev Ann Coe}, {cue said}: “{content We will sing again.}”',
    '{source1 University of Marl Drum Association president Sara Memon} {cue1 said} that {content1 the hall was full}. {source2 Memon == Sara Memon} {cue2 said} that {content2 it was loud}.',
    'The rain stopped. {source1 A spokesman for Mayor Ann Lee} {cue1 said} that {content1 the hall was full}. {source2 An aide to US president Bo Cho} {cue2 said} that {content2 it was loud}.',
  ],
  'another office of the same person isn’t somebody else': [
    '{source Professor Rolf Ekman, Director of the Northern Iodine study, and Chairman of the Salt Board}, {cue says} that {content salt is safe}.',
    'The plan was dropped. {source Rolf Ekman, head of the Salt Board, and Ann Lee ~ Rolf Ekman} {cue said} that {content salt is safe}.',
  ],
  'a quoted word before a noun is no name': [
    '{source1 The “History” section of the site} {cue1 explains} that {content1 the tower was built twice}. {source2 The council’s “Quiet Lanes” page} {cue2 says} that {content2 complaints take a month}. {source3 The “Echo” team} {cue3 said} that {content3 it would look}.',
  ],
  'initials and patronymics': [
    '{source1 A. S. van der Molen, a judge}, {cue1 said} that {content1 the case was closed}. {source2 Van der Molen == A. S. van der Molen} {cue2 said} that {content2 it was late}.',
    'The court met on Monday. {source M. de Sousa} {cue said} that {content the case was closed}.',
    '{source1 Abu Bakar == Abu Bakar bin Salim} {cue1 said} that {content1 the road was gone}.\n{source2 Abu Bakar bin Salim, a driver}, {cue2 said} that {content2 it was cold}.',
  ],
  'a surname in a family': [
    '{source1 The barrister ~ The barrister} {cue1 told} the jury that {content1 {source2 Kern ?} had {cue2 said} “{content2<1 I will sink the lot}”}. Kern denies it.\nThe trial goes on.\nPoole read a text message in which {source3 Kern’s wife, Ilse Kern}, {cue3 wrote}: “{content3 Come home, you fool.}”',
    'The road was closed. {source1 Mr and Mrs Thorn = Mr and Mrs Thorn} {cue1 said} that {content1 they would move}. {source2 Mr Thorn} {cue2 said} that {content2 he slept in the car}.',
  ],
  'ranks of the police': [
    'Detective Chief Inspector Mo Farrell arrived at noon. {source1 DCI Farrell == Mo Farrell} {cue1 said} that {content1 the shop was empty}. {source2 DS Ann Poole} {cue2 said} that {content2 it was cold}.',
  ],
  'a former body is no other one': [
    'Former AWB chairman Trevor Flint left. {source1 Flint == Trevor Flint} {cue1 said} {content1 AWB was safe}. “{content2 It is safe,}” {source2 AWB ~ AWB} {cue2 said}.',
    'The Grains Council met on Monday. Former Grains Council head Ann Lee was there.\n{source The council = Grains Council} {cue said} that {content wheat was cheap}.',
  ],
  '“everyone” is no name': [
    'The port was closed. {source1 Everyone = Everyone} {cue1 said} that {content1 it was cold}. {source2 Ann Lee} {cue2 said} that {content2 it rained}.',
  ],
  'labels of a transcript': [
    '{source1 MODERATOR ~ MODERATOR}: {content1 Good morning. We begin with the bridge.}\n{source2 ROSA ALDANA}: {content2 Thank you, Jim. The bridge is safe.}\n{source3 QUESTION ?}: {content3 When will it open?}\n{source4 ROSA ALDANA}: {content4 In May.}\n{source5 QUESTION ?}: {content5 And the crack?}\n{source6 ROSA ALDANA}: {content6 There is one crack.}\n{source7 MODERATOR ~ MODERATOR}: {content7 Thank you all.}',
  ],
  'whoever is named beside a quotation may be “she”': [
    '“{content1 We keep a chimp in the yard,}” {cue1 says} {source1 Beatrice Hale}, who runs the zoo.\n{source2 Hale’s study} {cue2 suggests} that {content2 chimps like rain}.\n“{content3 They sit in it all day,}” {source3 Hale == Beatrice Hale} {cue3 says}.\n“{content4 You don’t get wet from petting a chimp,}” {source4 she = Beatrice Hale} {cue4 says}.',
  ],
  'whoever does something to the subject is not the subject': [
    '{source1 Casimir Holt} {cue1 told} the court that {content1 the dough was his}.\nCross-examined by Leo Harte, for the defence, {source2 he ~ Casimir Holt} {cue2 admitted} that {content2 he had taken it home without asking}. “{content3 It was as much mine as his,}” {source3 he ~ Casimir Holt} {cue3 said}.',
    'The report was written by Ann Lee. {source She = Ann Lee} {cue said} that {content the bridge was safe}.',
  ],
  '“himself” after a name is no other person': [
    'Daniel Sato runs the port.\n{source Sato himself == Daniel Sato} {cue said} {content the bridge was safe}.',
    '{source Ann Lee herself} {cue said} {content the bridge was safe}.',
  ],
  'two who are joined, with what they do, are both': [
    '{source Dentist Omar Farid and vet Susan Clegg both} {cue said} {content the bridge was safe}.',
    '{source Ann Lee and her husband Tom Cho} {cue said} {content the bridge was safe}.',
  ],
  'a firm named after two people is neither of them': [
    '{source Calder & Voss Logistics plc} {cue said} that {content the bridge was safe}.',
    '{source Calder & Voss Logistics plc (LSE: CVL)} {cue said} that {content the bridge was safe}.',
    'Tom Calder runs Calder & Voss.\n“{content The bridge is safe,}” {source Calder & Voss} {cue said}.',
  ],
};

testReading('speakers', kinds, {
  'an apposition does not describe a name next to it': 1,
  '“he” and “she”': 1,
  '“he” and “she”: nobody of another gender, and nobody if two fit': 1,
  'a nationality or an age with “the” is no name': 1,
  'one person is no team': 1,
});

/** A quotation, the words of its source, if any, and the words that the network points at. */
type Said = readonly [words: string, source: string | undefined, pointed: string];

/** Returns the last speaker, the certainty, and how many speakers there are. */
function lastSpeaker(text: string, said: readonly Said[]) {
  const find = (words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });
  const reports = said.map(
    ([words, source, pointed]): WeighedReport => ({
      type: 'direct',
      content: [find(words)],
      cue: undefined,
      source: source === undefined ? undefined : find(source),
      rule: source === undefined ? 'quotation alone' : 'learned',
      score: source === undefined ? 1 : 0.97,
      doubtful: false,
      pointer: { words: [{ ...find(pointed), share: 0.97 }], nowhere: 0.02 },
    }),
  );
  const { attributions, speakers } = resolveSpeakers(toArticle('said', UNKNOWN_METADATA, text), reports, []);
  const { speaker, certainty } = attributions.at(-1) ?? {};
  return [speaker && slice(text, speaker.name), certainty, speakers.length];
}

test('a source that holds only the end of a name means whoever has it', () => {
  const text = 'The day was dull until the coach, Ruud Paster, spoke: “I found one of my shoes in the river.”';
  const said: Said = ['I found one of my shoes in the river.', 'Paster', 'Ruud Paster'];
  expect(lastSpeaker(text, [said])).toEqual(['Ruud Paster', 'stated', 1]);
});

test('a quotation without a source isn’t surely somebody’s if the words beside it name another one', () => {
  const said: readonly Said[] = [
    ['Rents have doubled,', 'Helga Brandt', 'Helga Brandt'],
    ['We are working day and night.', undefined, 'Helga Brandt'],
  ];
  const first = '“Rents have doubled,” said Helga Brandt, who runs the union.\n';
  const alone = `${first}“We are working day and night.”`;
  expect(lastSpeaker(alone, said)).toEqual(['Helga Brandt', 'inferred', 1]);
  const beside = `${first}At noon Governor Elias Tarr praised the plan: “We are working day and night.”`;
  expect(lastSpeaker(beside, said)).toEqual(['Elias Tarr', 'unclear', 2]);
});

test('a quotation that goes on after its cue is as surely from the same speaker', () => {
  const said: readonly Said[] = [
    ['Rents have doubled,', 'Helga Brandt', 'Helga Brandt'],
    ['Nobody can pay them.', undefined, 'Helga Brandt'],
  ];
  const first = '“Rents have doubled,” said Helga Brandt, who runs the union.';
  expect(lastSpeaker(`${first} “Nobody can pay them.”`, said)).toEqual(['Helga Brandt', 'stated', 1]);
  expect(lastSpeaker(`${first}\n“Nobody can pay them.”`, said)).toEqual(['Helga Brandt', 'inferred', 1]);
  expect(lastSpeaker(`${first} Heads nodded. “Nobody can pay them.”`, said)).toEqual(['Helga Brandt', 'inferred', 1]);
});

test('“he” may be somebody whose name tells nothing, but whose office stands before it', () => {
  const text =
    '“The ball spins,” said Howard Brode, who wrote the book.\n' +
    'Professor of physics Rod Crane has written a book about it with Brode.\nHe said: “Physics can help.”';
  const said: readonly Said[] = [
    ['The ball spins,', 'Howard Brode', 'Howard Brode'],
    ['Physics can help.', 'He', 'Howard Brode'],
  ];
  expect(lastSpeaker(text, said)).toEqual(['Rod Crane', 'unclear', 2]);
});

describe('everyone the article names', () => {
  const cases: readonly (readonly [string, readonly (readonly [string, string, string])[]])[] = [
    [
      'Foreign Minister Jun Sato (佐藤純) met Mary Lee, a spokeswoman for the port.',
      [
        ['Jun Sato', 'Foreign Minister', '佐藤純'],
        ['Mary Lee', 'spokeswoman for the port', ''],
      ],
    ],
    [
      '16:48 Senior fire officer Ann Lee is at the port. First Minister Mary Cho has left. On Monday farmer Tom Ruiz left.',
      [
        ['Ann Lee', 'Senior fire officer', ''],
        ['Mary Cho', 'First Minister', ''],
        ['Tom Ruiz', 'farmer', ''],
      ],
    ],
    [
      'The port’s chairman, Captain Tom Reilly, met the judge, Mrs Justice Holm.',
      [
        ['Tom Reilly', 'port’s chairman', ''],
        ['Holm', 'judge', ''],
      ],
    ],
    [
      'The port’s chairman, Sir Ian Cole, a grandson of the founder, met Mary Lee.',
      [
        ['Ian Cole', 'port’s chairman', ''],
        ['Mary Lee', '', ''],
      ],
    ],
    [
      'Republican presidential candidate John Harker lost. Harker left.',
      [['John Harker', 'Republican presidential candidate', 'Harker']],
    ],
    ['On Monday in Paris, the French sang.', []],
    ['Ann Lee lives in D.C. The house is big.', [['Ann Lee', '', '']]],
    ['Ann Lee said DNA COULD help.', [['Ann Lee', '', '']]],
    [
      'Former Secretary of State Hannah Hill met Director of National Intelligence James Clay in New York on Sunday.',
      [
        ['Hannah Hill', 'Former Secretary of State', ''],
        ['James Clay', 'Director of National Intelligence', ''],
      ],
    ],
    [
      'The Council on Foreign Relations met in Prime Minister Eva Dahl’s house.',
      [
        ['Council on Foreign Relations', '', ''],
        ['Eva Dahl', 'Prime Minister', ''],
      ],
    ],
    [
      'Rep. Michael Hale (R-TX) met Ann Lee, D-Calif., and left.',
      [
        ['Michael Hale', 'Rep.', ''],
        ['Ann Lee', '', ''],
      ],
    ],
    [
      'Rep Hale Announces Bill Revoking Mary’s Security Clearance\nRep. Michael Hale spoke of his bill on security. Hale left.',
      [['Michael Hale', 'Rep.', 'Hale']],
    ],
    ['Count former Mexican President Felipe Calder among them.', [['Felipe Calder', 'former Mexican President', '']]],
    ['Former Prime Minister Tom Ashby opened the port.', [['Tom Ashby', 'Former Prime Minister', '']]],
    [
      'The mayor, Coun Alf Denby, met Coun Ann Lee.',
      [
        ['Alf Denby', 'mayor', ''],
        ['Ann Lee', 'Coun', ''],
      ],
    ],
    [
      'Donald Crane left. “Maybe Donald Crane ran,” said Ann Lee. “Poor Donald Crane went on,” she said. The poor cheered.',
      [
        ['Donald Crane', '', ''],
        ['Ann Lee', '', ''],
      ],
    ],
    ['The team’s coach, Peter Hale, resigned.', [['Peter Hale', 'team’s coach', '']]],
    [
      'The Seafarers’ Union met Professor Ann Lee.',
      [
        ['Seafarers’ Union', '', ''],
        ['Ann Lee', 'Professor', ''],
      ],
    ],
    ['Ann Lee was born in Ostby, the daughter of a welder.', [['Ann Lee', '', '']]],
    [
      'The People’s Bank of China met the National Farmers’ Union at Marl Children’s Hospital. Women’s Aid left Lee’s Bank.',
      [
        ['People’s Bank of China', '', ''],
        ['National Farmers’ Union', '', ''],
        ['Marl Children’s Hospital', '', ''],
        ['Women’s Aid', '', ''],
      ],
    ],
    [
      'Ann Lee met Quorra Lee. Theld Aab, 19, left.',
      [
        ['Ann Lee', '', ''],
        ['Quorra Lee', '', ''],
        ['Theld Aab', '', ''],
      ],
    ],
    [
      'But mill chairman Peter Hale met University of Marl student Ann Lee.',
      [
        ['Peter Hale', 'mill chairman', ''],
        ['University of Marl', '', ''],
        ['Ann Lee', 'University of Marl student', ''],
      ],
    ],
    [
      'In one of the letters Mr Cho asks mill director Peter Hale to stay. In another letter Mr Cho sends mill chairman Tom Ruiz, he warns of rain.',
      [
        ['Cho', '', ''],
        ['Peter Hale', 'mill director', ''],
        ['Tom Ruiz', '', ''],
      ],
    ],
    ['Ann Lee was born in Selby, the daughter of a welder. Lee left.', [['Ann Lee', '', 'Lee']]],
    [
      '“It leaks,” said Colin Barrow MP. Dr Ada Minter PhD said the dam would hold. “Wait,” said Peter Voss KC MP.',
      [
        ['Colin Barrow', '', ''],
        ['Ada Minter', '', ''],
        ['Peter Voss', '', ''],
      ],
    ],
  ];
  test.each(cases)('%s', async (text, expected) => {
    const { speakers } = await attribute(toArticle('named', UNKNOWN_METADATA, text));
    const told = speakers.map(({ name, role, aliases }) => [
      slice(text, name),
      role === undefined ? '' : slice(text, role),
      aliases.map(alias => slice(text, alias)).join(', '),
    ]);
    expect(told).toEqual(expected);
  });
});

test.each([
  ['Minister of Education Ann Lee', 'Ann Lee'],
  ['Former Secretary of State Ann Lee', 'Ann Lee'],
  ['Chair of the Northern Growers, Ann Lee', 'Ann Lee'],
  ['Spokesman for Mayor Ann Lee', 'Spokesman for Mayor Ann Lee'],
  ['Supporters of Mayor Ann Lee', 'Supporters of Mayor Ann Lee'],
  ['A spokesman for the shoe firm, Quickstep,', 'A spokesman for the shoe firm, Quickstep'],
  ['The chairman of the firm, Tom Reilly,', 'Tom Reilly'],
])('%s is %s', async (source, name) => {
  const text = `Ann Lee left. Bo Cho stayed.\n${source} said that the schools would open.`;
  const { attributions } = await attribute(toArticle('office', UNKNOWN_METADATA, text));
  expect(attributions.map(({ speaker }) => speaker && slice(text, speaker.name))).toEqual([name]);
});

test.each([
  ['A pathologist, Dr Ann Lee, gave the cause of death.', 'pathologist'],
  ['The surveyor, Ann Lee, of Marl Marine, went aboard.', 'surveyor'],
  ['The lighthouse keeper, Ann Lee, lit the lamp.', 'lighthouse keeper'],
  ['The clock was mended by geologist Ann Lee on Monday.', 'geologist'],
  ['The Health Minister, Dr. Ann Lee, denied it.', 'Health Minister'],
  ['The Clerk, Mrs Ann Lee, took notes.', 'Clerk'],
  ['But Rovers’s current captain, Ann Lee, who is 19, limped off.', 'Rovers’s current captain'],
  ['The tenants’ agent, Ms Ann Lee, complained.', 'tenants’ agent'],
  ['The regional officer of the dockers’ union, Ann Lee, left.', 'regional officer of the dockers’ union'],
  ['The rector, the Rev Ann Lee, wrote.', 'rector'],
  ['Rovers’s owner, the Dutch businessman Ann Lee, left.', 'Rovers’s owner, the Dutch businessman'],
  ['Rovers boss Ann Lee left.', 'Rovers boss'],
  ['The fire, Ann Lee said, was small.', undefined],
  ['The letter to the manager, Ann Lee said, was lost.', undefined],
  ['A day later, Ann Lee, 19, left.', undefined],
  ['In the winter, Ann Lee, who is 19, left.', undefined],
  ['“Did you call the surgeon, Ann Lee?” he asked.', undefined],
  ['The law, Ms Ann Lee, was old.', undefined],
])('the role in “%s” is %s', (text, expected) => {
  const [role] = findMentions(text, toArticle('role', UNKNOWN_METADATA, text).paragraphs).flatMap(mention =>
    slice(text, mention) === 'Ann Lee' ? [mention.role] : [],
  );
  expect(role && slice(text, role)).toBe(expected);
});

test('a role that owns a relative tells no gender', () => {
  const text = 'Mr Cho’s cousin, Orrek Cho, left.';
  const mentions = findMentions(text, toArticle('cousin', UNKNOWN_METADATA, text).paragraphs);
  expect(mentions.at(-1)).toMatchObject({ words: ['orrek', 'cho'], gender: undefined });
});

test('a name that a pointer points at is somebody’s, even inside a longer source', () => {
  const text = 'An aide to Dunmore said that the bridge was safe. He was calm.';
  const mentions = findMentions(text, toArticle('aide', UNKNOWN_METADATA, text).paragraphs);
  const source = { start: 0, end: text.indexOf(' said') };
  const named = (pointedAt: typeof mentions) =>
    groupMentions(text, mentions, [source], pointedAt).all.map(({ longest }) => slice(text, longest));
  expect(named([])).toEqual([]);
  expect(named(mentions)).toEqual(['Dunmore']);
});
