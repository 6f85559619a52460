import type { AttributedArticle, Attribution, Speaker } from '../attribution/attribution.ts';
import { type Span, slice } from '../news/span.ts';
import type { Name, NameMatch } from './names.ts';
import type { Closeness } from './passage.ts';

/** A speaker that a name means, within one article, with all that the article attributes to them. */
export interface SpeakerMatch {
  readonly from: AttributedArticle;
  readonly speaker: Speaker;
  /** In the text's order. Empty for somebody who is only mentioned. */
  readonly attributions: readonly Attribution[];
  readonly closeness: Closeness;
  /** 0 to 1, for the order only. */
  readonly score: number;
}

/** A speaker with what they said, before anybody has asked for them. */
export interface Person {
  readonly from: AttributedArticle;
  readonly speaker: Speaker;
  readonly attributions: readonly Attribution[];
}

/** What a name proper is worth against other words for the same speaker. */
const weights = { name: 1, source: 0.97, mention: 0.95, role: 0.93 };
/** Where somebody's whole name was typed, whoever is alike by less than this is no longer meant. */
const wholeName = 0.92;
const likeWhole = 0.8;

/** Everybody in an article. */
export function peopleOf(from: AttributedArticle): Person[] {
  const said = new Map<Speaker, Attribution[]>();
  for (const attribution of from.attributions) {
    if (attribution.speaker === undefined) continue;
    const attributions = said.get(attribution.speaker) ?? [];
    attributions.push(attribution);
    said.set(attribution.speaker, attributions);
  }
  return from.speakers.map(speaker => ({ from, speaker, attributions: said.get(speaker) ?? [] }));
}

/** Names, aliases, roles and the phrases that the article uses for somebody. */
export function namesOf(bearer: Person): Name<Person>[] {
  const { speaker, attributions, from } = bearer;
  const cut = (spans: readonly (Span | undefined)[], weight: number) =>
    spans.flatMap(span => (span === undefined ? [] : [{ text: slice(from.article.text, span), bearer, weight }]));
  return [
    ...cut([speaker.name, ...speaker.aliases], weights.name),
    ...cut(
      attributions.filter(({ certainty }) => certainty === 'stated').map(({ source }) => source),
      weights.source,
    ),
    ...cut(speaker.mentions, weights.mention),
    ...cut([speaker.role], weights.role),
    ...cut(speaker.role === undefined ? [] : [speaker.name], weights.role).map(name => ({
      ...name,
      text: `${cut([speaker.role], 1)[0]?.text} ${name.text}`,
    })),
  ];
}

/** The best first; of equals, whoever says more. */
export function matchPeople(found: readonly NameMatch<Person>[]): SpeakerMatch[] {
  const best = found[0]?.score ?? 0;
  return found
    .map(({ bearer, closeness, score }) => {
      const overshadowed = best >= wholeName && score < likeWhole;
      return { ...bearer, closeness: overshadowed ? ('near' as const) : closeness, score };
    })
    .sort((one, other) => other.score - one.score || other.attributions.length - one.attributions.length);
}
