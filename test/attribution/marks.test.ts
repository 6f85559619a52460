import { testReading } from './misread.ts';

const kinds: Readonly<Record<string, readonly string[]>> = {
  'every kind of quotation mark': [
    '“{content We will rebuild,}” {cue said} {source Ann Lee}.',
    '"{content We will rebuild,}" {cue said} {source Ann Lee}.',
    "'{content We will rebuild,}' {cue said} {source Ann Lee}.",
    '‘{content We will rebuild}’, {cue said} {source Ann Lee}.',
    '«{content We will rebuild,}» {cue said} {source Ann Lee}.',
    '« {content We will rebuild} », {cue said} {source Ann Lee}.',
    '‹{content We will rebuild}›, {cue said} {source Ann Lee}.',
    '„{content We will rebuild,}“ {cue said} {source Ann Lee}.',
    "``{content We will rebuild,}'' {cue said} {source Ann Lee}.",
    '「{content We will rebuild}」, {cue said} {source Ann Lee}.',
  ],
  'apostrophes within single quotation marks': [
    '‘{content It’s the dogs’ day, isn’t it?}’ {cue asked} {source Ann Lee}.',
    "'{content It's the dogs' day, isn't it?}' {cue asked} {source Ann Lee}.",
  ],
  'quotation marks within quotation marks': [
    '"{content He called it \'a mess\' and left,}" {source Ann Lee} {cue said}.',
    '‘{content He called it “a mess” and left,}’ {source Ann Lee} {cue said}.',
    "``{content We will rebuild,}'' {source Ann Lee} {cue said}. ``{content It is time.}''",
  ],
  'capitals at the start or throughout': [
    '{source ANN LEE} {cue SAID} {content THE BRIDGE WOULD BE REBUILT}.',
    '“{content WE WILL REBUILD,}” {cue SAID} {source ANN LEE}.',
    '{content WE WILL REBUILD the bridge}, {source Ann Lee} {cue said}.',
  ],
  datelines: [
    'TAIPEI (Reuters) — “{content We will rebuild,}” {source Ann Lee} {cue said}.',
    'OSTBY, May 3 (AP) — {source ANN LEE} {cue said} {content the bridge would be rebuilt}.',
    'OSTBY, Norway (Reuters) - {source Ann Lee} {cue said} {content the bridge would be rebuilt}.',
    'OSTBY — {source Ann Lee} {cue said} {content the bridge would be rebuilt}.',
    '(Reuters) - {source Ann Lee} {cue said} {content the bridge would be rebuilt}.',
  ],
};

testReading('marks', kinds, {});
