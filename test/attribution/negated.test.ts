import { testReading } from './misread.ts';

/** What somebody did not say is attributed, with the negation in the cue. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  denied: [
    '{source Ann Lee} {cue denied} that {content the bridge was unsafe}.',
    '{source Ann Lee} {cue denies} {content taking the money}.',
    '{source She ?} {cue denied} that {content any money had changed hands}.',
  ],
  'not said': [
    '{source Ann Lee} {cue did not say} that {content the bridge was unsafe}.',
    '{source Ann Lee} {cue never said} that {content the bridge was safe}.',
    '{source Ann Lee} {cue has never said} that {content the bridge is safe}.',
    '{source Ann Lee} {cue did not say} {content whether she would run again}.',
    '{source Ann Lee} {cue did not say} {content when the bridge would open}.',
    '{source She ?} {cue didn’t say} {content who paid}.',
    '{source Police} {cue would not say} {content who called them}.',
    '{source Ann Lee} {cue could not say} {content whether the bridge was safe}.',
    '{source The court} {cue did not explain} {content why it took so long}.',
    '{source The ministry} {cue has not confirmed} {content the number of dead}.',
    '{source No one} {cue said} that {content the bridge was safe}.',
  ],
  'not ruled out': [
    '{source Ann Lee} {cue did not rule out} {content a new bridge}.',
    '{source The minister} {cue has not ruled out} {content closing the port}.',
    '{source The minister} {cue would not rule out} {content a vote in May}.',
  ],
  refused: [
    '{source Ann Lee} {cue refused} {content to say who paid}.',
    '{source The senator} {cue declined} {content to comment}.',
  ],
  'not itself negated': ['“{content I never said that,}” {source Ann Lee} {cue said}.'],
  silence: [
    'Rain ruled out play on Monday.',
    'Doctors ruled out a fracture.',
    'Ann Lee did not answer the door.',
    'The bridge did not open on Monday.',
  ],
};

testReading('negated', kinds, { 'not said': 4, 'not ruled out': 3, refused: 1 });
