-- A library as version 0.1.0 wrote it. Never change this.
CREATE TABLE articles (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    link_key TEXT UNIQUE,
    text_key TEXT NOT NULL UNIQUE,
    updated INTEGER NOT NULL,
    masthead TEXT NOT NULL,
    text TEXT NOT NULL,
    checksum TEXT NOT NULL,
    removed_at INTEGER
  ) STRICT;
CREATE TABLE derived (
    number INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    made_by INTEGER NOT NULL,
    derived TEXT NOT NULL,
    derived_checksum TEXT NOT NULL
  ) STRICT;
CREATE INDEX removed ON articles (removed_at) WHERE removed_at IS NOT NULL;
INSERT INTO articles VALUES (1, '32srt4sfwr75b', 'ca634c88001ed8efa2b4fbefb58fe9edb21443fb4c08f58aeeac9e441f931a80', 'd459456e75a7b1653964db3fedb8415ec40d9ad884d2e8ff67662b18ec2cc63e', 0, '{"title":"Rain over Morva","titleIsDescriptive":false,"outlet":"The Courier","byline":"Ida Holm","published":"2026-01-02","url":"https://news.example/rain"}', '"“The dam will hold through the winter,” said Ilse Brandt, who runs the waterworks.\n\nFarmers moved their cattle. “We have not slept for three nights,” Tomas Havel, a farmer, told the Courier.\n"', 'af059282eb9df8e87d96ef727c0d6cf356a3084b1a39d75f93fa9e4fe2b4add1', NULL);
INSERT INTO articles VALUES (2, '13nuzqylix15n', '4872e42007d1ea1b344a16127a0a577a9355acaddbdfec63c6f5fce1295a8c78', 'b5c20e5e36a15eb772210a3ea9dac0dd0b7dc60ab74054f51a1b5ee49a66c924', 0, '{"title":"雨","titleIsDescriptive":false,"url":"https://news.example/yu"}', '"“雨下了三天，”李安说。\n"', '7b6a80fc321421e804e09a7aa6b0dfc74814e2c9a0729a9a76d4b679b039cf36', NULL);
INSERT INTO articles VALUES (3, '9lxgu1k9pot1', NULL, '118d60eaed1c52d5e3d8c23357924da387e4460cad2ebb181e830fe416e4f8a8', 0, '{"title":"A test","titleIsDescriptive":true}', '"Half \ud800 \u0000 of it’s text.\n"', 'b3b29d133d9512698797572e1b38a28a28d7fb0a63df1d8475852d5f16c71a52', NULL);
INSERT INTO articles VALUES (4, '38g0i8kjwf27k', 'd4b34301ea2a44f02b21a2020967b80f6548c0aec5e378af9acb09623bc36490', '686387407157bcef1b75a0911e6ad7d5c8fe0a5af3251461e6bf01edaaf58080', 1, '{"title":"A test","titleIsDescriptive":true,"url":"https://news.example/bridge"}', '"“The bridge stays closed,” said Mayor Petra Lind.\n"', '1f00c5a31b1c2a0c4b9b7cb9726779ac43c59b776f6e8535ac1946fb806f1fd8', NULL);
INSERT INTO articles VALUES (5, '2i8py1zb9rtyf', NULL, 'a4d68e7176c2f56717170b6ae0afd9cb108a9453fde275b6176f52f271bb930e', 0, '{"title":"Withdrawn","titleIsDescriptive":true}', '"“Nobody has told us anything,” said Karl Osten.\n"', '83c210a38b2fb87651ead55e5faa5140f4ea17a1a8beb796ff702c763f702a4e', 1767312000000);
INSERT INTO derived VALUES (1, 2, '{"paragraphs":[[1,[0,82],[0,82]],[2,[84,190],[84,111],[112,190]]],"speakers":[{"id":"ilse-brandt","kind":"person","named":true,"name":[45,56],"role":null,"aliases":[],"mentions":[[45,56]]},{"id":"tomas-havel","kind":"person","named":true,"name":[150,161],"role":[165,171],"aliases":[],"mentions":[[150,161]]}],"attributions":[{"type":"direct","rule":"learned, content, cue, subject; name","certainty":"stated","score":0.9600600198022208,"doubtful":false,"content":[[1,38]],"cue":[40,44],"source":[45,56],"speaker":0,"reportedBy":null},{"type":"direct","rule":"learned, quotation, subject, cue; name","certainty":"stated","score":0.9529093370976406,"doubtful":false,"content":[[113,148]],"cue":[173,177],"source":[150,171],"speaker":1,"reportedBy":null}]}', '852ba7f951f419797235a753810a3275757a36de260faf4ffc00edb2fba2203d');
INSERT INTO derived VALUES (2, 2, '{"paragraphs":[[1,[0,12],[0,12]]],"speakers":[{"id":"安说","kind":"person","named":false,"name":[9,11],"role":null,"aliases":[],"mentions":[[9,11]]}],"attributions":[{"type":"direct","rule":"learned; description","certainty":"stated","score":0.6497330602449718,"doubtful":true,"content":[[1,7]],"cue":[8,9],"source":[9,11],"speaker":0,"reportedBy":null}]}', 'ad027c0189b08974f2d6080adf3732ae99c49909fa830d7b9683e3c1bcfef78e');
INSERT INTO derived VALUES (3, 2, '{"paragraphs":[[1,[0,22],[0,22]]],"speakers":[],"attributions":[]}', '44b71a4456350bb6a28deed7ad4065a78dc5b650a0bab87bbb4982e171902c42');
INSERT INTO derived VALUES (4, 2, '{"paragraphs":[[1,[0,49],[0,49]]],"speakers":[{"id":"petra-lind","kind":"person","named":true,"name":[38,48],"role":[32,37],"aliases":[],"mentions":[[38,48]]}],"attributions":[{"type":"direct","rule":"learned, content, cue, subject; name","certainty":"stated","score":0.9660952457035527,"doubtful":false,"content":[[1,25]],"cue":[27,31],"source":[32,48],"speaker":0,"reportedBy":null}]}', '3d759427ff4674527917ad73bf440c1e36fe26dbd187ed0f46a688c9fb61f7e9');
INSERT INTO derived VALUES (5, 2, '{"paragraphs":[[1,[0,47],[0,47]]],"speakers":[{"id":"karl-osten","kind":"person","named":true,"name":[36,46],"role":null,"aliases":[],"mentions":[[36,46]]}],"attributions":[{"type":"direct","rule":"learned, content, cue, subject; name","certainty":"stated","score":0.9591701687548295,"doubtful":false,"content":[[1,29]],"cue":[31,35],"source":[36,46],"speaker":0,"reportedBy":null}]}', 'a5eddcf0e228138e1b2a517612ea7b78626737424bcad812389b808bd9132769');
PRAGMA user_version = 1;
