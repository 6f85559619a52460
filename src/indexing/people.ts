import type { AttributedArticle, Attribution, Speaker } from '../attribution/attribution.ts';
import { withoutNickname } from '../attribution/speakers/mentions.ts';
import { speakersOf, type Tally, tallySpeakers } from '../attribution/tallies.ts';
import { type Span, slice } from '../news/span.ts';
import { foldPhrase } from '../words/words.ts';

/** One way an article names somebody. */
export interface PersonName {
  readonly text: string;
  readonly weight: number;
}

/** A speaker of an article with all their names. */
export interface ArticleSpeaker<Name = PersonName> {
  /** Index in the article's list of speakers. */
  readonly place: number;
  /** The name as the article writes it. */
  readonly shown: string;
  /** Number of attributions, to them alone or together with somebody else. */
  readonly said: number;
  /** Of these, as `/speakers` counts them: clearly theirs alone, and perhaps somebody else's. */
  readonly clear: number;
  readonly uncertain: number;
  /**
   * Identifies a speaker across articles: a person's full name, a Chinese name, an organisation's name. A speaker
   * without keys is never merged with anybody, even if the words are the same.
   */
  readonly keys: readonly string[];
  readonly names: readonly Name[];
}

/** Weight of a proper name relative to other words for the same speaker. */
const WEIGHTS = { name: 1, source: 0.97, mention: 0.95, role: 0.93 };

const NOTHING: Tally = { clear: [], uncertain: [] };

const HAN = /^\p{sc=Han}{2,4}$/v;

/** Returns the speakers of an article, in the order of its list. */
export function peopleOf(from: AttributedArticle): ArticleSpeaker[] {
  const credited = Map.groupBy(from.attributions, ({ speaker }) => speaker);
  const speaking = Map.groupBy(
    from.attributions.flatMap(each => speakersOf(from, each)),
    speaker => speaker,
  );
  const tallies = tallySpeakers(from);
  return from.speakers.map((speaker, place) => {
    const said = speaking.get(speaker)?.length ?? 0;
    const { clear, uncertain } = tallies.get(speaker) ?? NOTHING;
    const shown = slice(from.article.text, speaker.name);
    const names = namesOf(from.article.text, speaker, credited.get(speaker) ?? []);
    const counts = { said, clear: clear.length, uncertain: uncertain.length };
    return { place, shown, ...counts, keys: personKeys(from.article.text, speaker), names };
  });
}

/** The names, aliases, roles and phrases an article uses for a speaker. */
function namesOf(text: string, speaker: Speaker, attributions: readonly Attribution[]): PersonName[] {
  const cut = (spans: readonly (Span | undefined)[], weight: number): PersonName[] =>
    spans.flatMap(span => (span === undefined ? [] : [{ text: slice(text, span), weight }]));
  const stated = attributions.filter(({ certainty }) => certainty === 'stated').map(({ source }) => source);
  const role = speaker.role === undefined ? undefined : slice(text, speaker.role);
  return [
    ...cut([speaker.name, ...speaker.aliases], WEIGHTS.name),
    ...cut(stated, WEIGHTS.source),
    ...cut(speaker.mentions, WEIGHTS.mention),
    ...cut([speaker.role], WEIGHTS.role),
    ...(role === undefined ? [] : [{ text: `${role} ${slice(text, speaker.name)}`, weight: WEIGHTS.role }]),
  ];
}

/**
 * Returns the keys that identify a speaker across articles; search and stores merge speakers by these alone. A surname
 * has none, and neither has a description: "a senior US official" stays apart.
 */
export function personKeys(text: string, { kind, named, name, aliases }: Speaker): string[] {
  if (!named || kind === 'group' || kind === 'document') return [];
  const forms = [name, ...aliases].map(span => slice(text, span));
  const chinese = forms.flatMap(form => (HAN.test(form) ? [foldPhrase(form)] : []));
  const full = foldPhrase(withoutNickname(slice(text, name)));
  const isFull = kind === 'organisation' || full.includes(' ');
  return [...new Set([...(isFull ? [full] : []), ...chinese])].map(key => `${kind} ${key}`);
}
