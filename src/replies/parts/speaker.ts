import { type Attribution, certaintyOf, type Speaker } from '../../attribution/attribution.ts';
import { denialOf, isCorrected } from '../../attribution/denials.ts';
import { DETERMINERS } from '../../attribution/lexicon/grammar.ts';
import { GROUP_HEADS, PERSON_HEADS } from '../../attribution/lexicon/people.ts';
import type { Article } from '../../news/article.ts';
import { type Span, slice } from '../../news/span.ts';
import type { PersonMatch } from '../../search/people.ts';
import type { Say } from '../../wording/say.ts';
import { weight } from '../limits.ts';
import { ACCENTS } from '../reply.ts';
import { roleOf } from './description.ts';
import { bold, capitalized, inline, joined, small } from './markdown.ts';

const LONGEST_NAME = 160;
const LONGEST_PHRASE = 240;
const ROOM_FOR_SPEAKERS = 600;
const MOST_SPEAKERS = 3;

function words(article: Article, span: Span, most: number): string {
  return inline(slice(article.text, span), most);
}

/** Returns a speaker's name in the article's words. */
export function speakerName(article: Article, speaker: Speaker): string {
  return words(article, speaker.name, LONGEST_NAME);
}

/** Returns a speaker's name as it reads within a sentence. */
export function nameWithin(article: Article, speaker: Speaker): string {
  return withinSentence(speakerName(article, speaker), article, speaker);
}

/** Returns somebody's name in bold, for the middle of a sentence. */
export function boldName({ appearances: [{ from, speaker }] }: Pick<PersonMatch, 'appearances'>): string {
  return bold(nameWithin(from.article, speaker));
}

/** Takes from a description the capital that it only has because it began a sentence of the article. */
export function withinSentence(shown: string, { paragraphs }: Article, { name, named }: Speaker): string {
  const first = /^\p{Lu}\p{Ll}*(?=\s|$)/v.exec(shown)?.[0].toLowerCase();
  if (named || first === undefined) return shown;
  const isNoun = PERSON_HEADS.has(first) || GROUP_HEADS.has(first);
  const opens = () => paragraphs.some(({ sentences }) => sentences.some(({ start }) => start === name.start));
  const isCommon = DETERMINERS.has(first) || (isNoun && opens());
  return isCommon ? first + shown.slice(first.length) : shown;
}

function phraseOf(article: Article, { source }: Attribution): string | undefined {
  return source && words(article, source, LONGEST_PHRASE);
}

/** Returns the article's phrase for a speaker without the name before or after a comma; `undefined` for the bare name. */
function phraseBeside(article: Article, attribution: Attribution, speaker: Speaker): string | undefined {
  const phrase = phraseOf(article, attribution);
  const name = speakerName(article, speaker);
  const after = phrase?.startsWith(`${name}, `) ? phrase.slice(name.length + 2) : '';
  // An age alone says little.
  if (/\p{L}/v.test(after)) return after;
  if (phrase?.endsWith(`, ${name}`)) return phrase.slice(0, -name.length - 2);
  return phrase === name ? undefined : phrase;
}

/** Returns the speaker's role, unless `shown` contains it. */
function roleBeside(article: Article, speaker: Speaker, shown: string): string | undefined {
  const span = roleOf(article, speaker);
  const role = span && words(article, span, LONGEST_PHRASE);
  return role === undefined || shown.includes(role) ? undefined : role;
}

function stated(article: Article, attribution: Attribution, speaker: Speaker, say: Say): readonly string[] {
  const name = speakerName(article, speaker);
  const phrase = phraseBeside(article, attribution, speaker);
  const role = roleBeside(article, speaker, `${name} ${phrase}`);
  const inArticle = phrase && say('speaker.in-article', { phrase });
  return [`### ${name}`, small(joined([role, inArticle], ' · '))];
}

function inferred(article: Article, attribution: Attribution, speaker: Speaker, say: Say): readonly string[] {
  const name = nameWithin(article, speaker);
  const phrase = phraseOf(article, attribution);
  const how =
    phrase === undefined ? say('speaker.likeliest') : say('speaker.article-says', { phrase, name: bold(name) });
  return [`### ${say('speaker.likely', { name })}`, small(how)];
}

/** Returns whom a phrase may mean, unless that is the phrase itself. */
function candidateOf(article: Article, { speaker }: Attribution, phrase: string): string | undefined {
  return speaker === undefined || speakerName(article, speaker).toLowerCase() === phrase.toLowerCase()
    ? undefined
    : bold(nameWithin(article, speaker));
}

/** "his solicitor": the article says who that is, but not the name. */
const BELONGS = /^(?:his|her|its|their|my|our)\s/iv;

const SEVERAL = /^(?:they|we|both|others)$/iv;

/** Returns the key of the sentence that it isn't known who a phrase means. */
function unknownKey(phrase: string, speaker: Speaker | undefined) {
  if (BELONGS.test(phrase)) return 'speaker.no-name';
  if (speaker?.kind === 'organisation' || speaker?.kind === 'document') return 'speaker.which';
  return speaker?.kind === 'group' || SEVERAL.test(phrase) ? 'speaker.who-several' : 'speaker.who';
}

function whoseInline(phrase: string, say: Say): string {
  return say(BELONGS.test(phrase) ? 'speaker.inline.no-name' : 'speaker.inline.who', { phrase });
}

/** Returns that somebody disputed who said it, or what was decided. */
export function disputeLine({ dispute, speaker }: Attribution, say: Say): string | undefined {
  if (dispute === undefined) return undefined;
  if (dispute.decision === undefined) return say('speaker.disputed');
  return say(speaker === undefined ? 'speaker.decided-nobody' : 'speaker.decided');
}

function unclear(article: Article, attribution: Attribution, say: Say): readonly string[] {
  const phrase = phraseOf(article, attribution);
  const disputed = disputeLine(attribution, say);
  if (disputed !== undefined) {
    const heading = phrase === undefined ? say('speaker.unnamed') : say('quotation.marks', { words: phrase });
    return [`### ${heading}`, small(disputed)];
  }
  if (phrase === undefined) return [`### ${say('speaker.unnamed')}`, small(say('speaker.not-told'))];
  const name = candidateOf(article, attribution, phrase);
  const who = name === undefined ? say(unknownKey(phrase, attribution.speaker)) : say('speaker.who-perhaps', { name });
  return [`### ${say('quotation.marks', { words: phrase })}`, small(who)];
}

/** Returns who said it, how sure that is, and the article's own words for them: a heading with small lines below. */
export function speakerLines(article: Article, attribution: Attribution, say: Say): string {
  const denied = deniedLine(article, attribution, say);
  if (denied !== undefined) return [`### ${denied}`, small(say('speaker.not-said'))].join('\n');
  const { speaker, type, doubtful, dispute } = attribution;
  const certainty = certaintyOf(article, attribution);
  const lines =
    speaker === undefined || certainty === 'unclear'
      ? [...unclear(article, attribution, say)]
      : [...(certainty === 'stated' ? stated : inferred)(article, attribution, speaker, say)];
  if (speaker !== undefined && dispute !== undefined) lines.push(small(say('speaker.decided')));
  const teller = tellerOf(article, attribution, say);
  if (teller !== undefined) lines.push(small(say('speaker.reported-by', { teller })));
  if (doubtful) lines.push(small(say('speaker.misread')));
  if (type === 'indirect') lines.push(small(say('speaker.indirect')));
  return joined(lines);
}

/** Returns the same, but so that whoever speaks can't be taken for the answer to who did something. */
export function saidByLines(article: Article, attribution: Attribution, say: Say): string {
  if (deniedLine(article, attribution, say) !== undefined) return speakerLines(article, attribution, say);
  const note = attribution.type === 'indirect' ? small(say('speaker.indirect')) : '';
  return joined([`### ${saidByInline(article, attribution, say)}`, note]);
}

export function saidByInline(article: Article, attribution: Attribution, say: Say): string {
  const denied = deniedLine(article, attribution, say);
  return denied ?? say('speaker.said-by', { speaker: tellingInline(article, attribution, say) });
}

/** Returns the same in a few words, for a line in a list. */
export function speakerInline(article: Article, attribution: Attribution | undefined, say: Say): string {
  if (attribution === undefined) return say('speaker.inline.article');
  const denial = denialOf({ article }, attribution);
  if (denial === undefined) return tellingInline(article, attribution, say);
  if (isCorrected({ article }, denial)) return say('speaker.inline.corrected');
  return say('speaker.inline.denied', { speaker: tellingInline(article, denial, say) });
}

/** Returns who denies it or that the article corrects it, if it says so. Then nobody said it. */
export function deniedLine(article: Article, attribution: Attribution | undefined, say: Say): string | undefined {
  const denial = denialOf({ article }, attribution);
  if (denial === undefined) return undefined;
  if (isCorrected({ article }, denial)) return capitalized(say('speaker.inline.corrected'));
  return say('speaker.denied', { speaker: tellingInline(article, denial, say) });
}

function tellingInline(article: Article, attribution: Attribution, say: Say): string {
  const speaker = whoInline(article, attribution, say);
  const teller = tellerOf(article, attribution, say);
  const told = teller === undefined ? speaker : say('speaker.inline.reported-by', { speaker, teller });
  return attribution.doubtful ? say('speaker.inline.perhaps', { speaker: told }) : told;
}

/** Returns who says these things, each once, as many as fit. */
export function speakersInline(article: Article, attributions: readonly Attribution[], say: Say): readonly string[] {
  const isFirst = ({ speaker }: Attribution, at: number) =>
    speaker === undefined || attributions.findIndex(other => other.speaker === speaker) === at;
  const speakers = [...new Set(attributions.filter(isFirst).map(each => speakerInline(article, each, say)))];
  let taken = 0;
  const shown = speakers.slice(0, MOST_SPEAKERS).filter(speaker => {
    taken += weight(speaker);
    return taken <= ROOM_FOR_SPEAKERS;
  });
  const count = speakers.length - shown.length;
  if (count === 0) return shown;
  return [...shown, shown.length === 0 ? say('summary.speakers', { count }) : say('voices.more', { count })];
}

/** Returns whom the article quotes as saying that this was said. */
function tellerOf(article: Article, { reportedBy }: Attribution, say: Say): string | undefined {
  return reportedBy && speakerInline(article, reportedBy, say);
}

function whoInline(article: Article, attribution: Attribution, say: Say): string {
  const { speaker, dispute } = attribution;
  const certainty = certaintyOf(article, attribution);
  const phrase = phraseOf(article, attribution);
  if (speaker === undefined || certainty === 'unclear') {
    if (dispute !== undefined && dispute.decision === undefined) {
      return phrase === undefined ? say('speaker.inline.disputed-unnamed') : say('speaker.inline.disputed', { phrase });
    }
    if (phrase === undefined) return say('speaker.inline.unnamed');
    if (dispute !== undefined) return say('speaker.inline.decided-nobody', { phrase });
    const name = candidateOf(article, attribution, phrase);
    return name === undefined ? whoseInline(phrase, say) : say('speaker.inline.who-perhaps', { phrase, name });
  }
  const name = bold(nameWithin(article, speaker));
  if (certainty === 'inferred') {
    return phrase === undefined
      ? say('speaker.inline.likely', { name })
      : say('speaker.inline.phrase-likely', { phrase, name });
  }
  const beside = phraseBeside(article, attribution, speaker);
  return beside === undefined ? name : say('speaker.inline.phrase', { phrase: beside, name });
}

/** True if the article itself says who it was, or somebody who manages the library does. */
export function isStated(article: Article, attribution: Attribution): boolean {
  const { doubtful, reportedBy } = attribution;
  return certaintyOf(article, attribution) === 'stated' && !doubtful && reportedBy === undefined;
}

/** Returns the colour that shows how sure the speaker is. What one speaker reports of another is at most likely. */
export function accentOf(
  article: Article,
  attribution: Attribution | undefined,
): (typeof ACCENTS)[keyof typeof ACCENTS] {
  if (attribution === undefined) return ACCENTS.article;
  if (certaintyOf(article, attribution) === 'unclear') return ACCENTS.unclear;
  return isStated(article, attribution) ? ACCENTS.sure : ACCENTS.likely;
}
