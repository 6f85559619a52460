import type { Span } from '../../news/span.ts';
import { bodyNouns } from '../lexicon/organisations.ts';
import { anonymousNouns } from '../lexicon/strangers.ts';
import { isPersonNoun } from './descriptions.ts';
import type { Named } from './named-speakers.ts';
import type { Description } from './sources.ts';
import { addUnnamed, type Decision, firstFrom, isNamed, NEAR, paragraphAt, type Story } from './story.ts';

/**
 * A source without a name as a speaker of its own. It is open if the article may name it: unclear beats a phrase that
 * could have been a name.
 */
export function unnamed(story: Story, source: Span, description: Description, rule: string): Decision {
  const { head } = description;
  const staysUnnamed = mayStayUnnamed(description) || isTitled(story, source, description);
  const next = staysUnnamed ? undefined : namedNext(story, source);
  const isNext = next !== undefined && isPersonNoun(head);
  const isOpen = next !== undefined || isCutOff(story, source) || mayBeNamed(story, source, description);
  const candidate = addUnnamed(story, source, description, isOpen);
  return { candidate: isNext ? next : candidate, certainty: isNext ? 'unclear' : 'stated', rule };
}

/** "police", "officials", "a witness": they often stay without a name. */
function mayStayUnnamed({ head, definite }: Description): boolean {
  const nouns = [head, head.replace(/s$/v, ''), head.replace(/es$/v, '')];
  return head === 'police' || nouns.some(noun => anonymousNouns.has(noun)) || (definite && !isPersonNoun(head));
}

/** "A study in the journal Alpine Biology" needs no other name. */
function isTitled({ article }: Story, source: Span, { kind }: Description): boolean {
  return kind === 'document' && /\s\p{Lu}/v.test(article.text.slice(source.start, source.end));
}

/** Maximum number of paragraphs before which "researchers" or "a local farmer" introduce somebody. */
const LEAD = 4;

/** Maximum number of paragraphs until the name follows. */
const NAMED_WITHIN = 8;

/** "…, researchers say": the person named next, if nobody was quoted by name so far. */
function namedNext({ article, mentions, meant, past }: Story, source: Span): Named | undefined {
  const at = paragraphAt(article, source.start);
  if (at >= LEAD) return undefined;
  if (past.slice(0, NEAR).some(({ party, decision }) => decision.certainty !== 'unclear' && party && isNamed(party)))
    return undefined;
  const from = firstFrom(mentions, source.end);
  for (const mention of mentions.slice(from, from + NEAR)) {
    if (mention.paragraph > at + NAMED_WITHIN) return undefined;
    const [named] = meant.get(mention) ?? [];
    if (named?.kind === 'person' && (named.mentions[0]?.start ?? 0) > source.start) return named;
  }
  return undefined;
}

/** "more", "160", "scientists who": the network cut off what says who they are. */
function isCutOff({ article }: Story, source: Span): boolean {
  return /^(?:\p{N}+|more|these|those|this|that|which|an?|the|many|others?)$|\s(?:who|which|that|he|she|it|they)$/iv.test(
    article.text.slice(source.start, source.end),
  );
}

/** "the judge", "his lawyer": only a noun, which may be somebody the article names elsewhere. */
function mayBeNamed({ article, people, bodies }: Story, source: Span, description: Description): boolean {
  const { definite, head, kind } = description;
  const phrase = article.text.slice(source.start, source.end);
  if (bodyNouns.has(head)) return bodies > 0;
  if (head === 'police' || !(REFERS.test(phrase) || isRoleAlone(phrase, description))) return false;
  if (kind === 'document') return bodies + people > 0;
  if (kind === 'organisation') return bodies > 0;
  return people > (definite ? 0 : 1);
}

/** "the judge", "his lawyer", "both men", "the two ministers", "one of them". */
const REFERS =
  /^(?:(?:the|this|that|these|those) [\p{L}\p{N}\-]+$|(?:his|her|its|their)\b|(?:both|the (?:two|pair|couple|duo|other))\b|\p{L}+ of (?:them|us|those|whom)\b)/iv;

/** "MODERATOR", "Counsel". */
function isRoleAlone(phrase: string, { head }: Description): boolean {
  return phrase.toLowerCase() === head && isPersonNoun(head);
}
