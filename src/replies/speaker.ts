import type { Attribution, Speaker } from '../attribution/attribution.ts';
import type { Article } from '../news/article.ts';
import { type Span, slice } from '../news/span.ts';
import { bold, inline, small } from './markdown.ts';
import { accents } from './reply.ts';

const longestName = 160;
const longestPhrase = 240;

const misread = 'I may have misread who says what here: see the words themselves.';

function words(article: Article, span: Span, most: number): string {
  return inline(slice(article.text, span), most);
}

/** A speaker's name, in the article's words. */
export function nameOf(article: Article, speaker: Speaker): string {
  return words(article, speaker.name, longestName);
}

function phraseOf(article: Article, { source }: Attribution): string | undefined {
  return source && words(article, source, longestPhrase);
}

/** What the article says they are, unless the words already shown say so. */
function roleBeside(article: Article, speaker: Speaker, shown: string): string[] {
  const role = speaker.role && words(article, speaker.role, longestPhrase);
  return role === undefined || shown.includes(role) ? [] : [role];
}

function stated(article: Article, attribution: Attribution, speaker: Speaker): readonly string[] {
  const name = nameOf(article, speaker);
  const phrase = phraseOf(article, attribution);
  const beside = roleBeside(article, speaker, `${name} ${phrase}`);
  if (phrase !== undefined && phrase !== name) beside.push(`in the article: “${phrase}”`);
  const heading = attribution.doubtful ? `### Perhaps ${name}` : `### ${name}`;
  return [heading, ...(beside.length === 0 ? [] : [small(beside.join(' · '))])];
}

function inferred(article: Article, attribution: Attribution, speaker: Speaker): readonly string[] {
  const name = nameOf(article, speaker);
  const phrase = phraseOf(article, attribution);
  const how =
    phrase === undefined
      ? 'The article does not name the speaker here; this is the likeliest reading.'
      : `The article says “${phrase}”; most likely that is ${bold(name)}.`;
  return [`### Most likely ${name}`, small(how)];
}

function unclear(article: Article, attribution: Attribution): readonly string[] {
  const phrase = phraseOf(article, attribution);
  if (phrase === undefined) return ['### Speaker not named', small('The article does not tell who said this.')];
  const candidate = attribution.speaker && nameOf(article, attribution.speaker);
  const perhaps = candidate === undefined || candidate === phrase ? '' : `; it may be ${bold(candidate)}`;
  return [`### “${phrase}”`, small(`The article does not tell who that is${perhaps}.`)];
}

/** Who said it, how sure that is, and the article's own words for them: a heading with small lines below. */
export function speakerLines(article: Article, attribution: Attribution | undefined): string {
  if (attribution === undefined) {
    return ['### The article itself', small('Nobody is quoted here: the article says this in its own voice.')].join(
      '\n',
    );
  }
  const { speaker, certainty, type, doubtful } = attribution;
  const lines =
    speaker === undefined || certainty === 'unclear'
      ? [...unclear(article, attribution)]
      : [...(certainty === 'stated' ? stated : inferred)(article, attribution, speaker)];
  const teller = tellerOf(article, attribution);
  if (teller !== undefined) lines.push(small(`As reported by ${teller}.`));
  if (doubtful) lines.push(small(misread));
  if (type === 'indirect') lines.push(small('Reported in the article’s wording, not quoted.'));
  return lines.join('\n');
}

/** The same in a few words, for a line in a list. */
export function speakerInline(article: Article, attribution: Attribution | undefined): string {
  if (attribution === undefined) return 'the article itself';
  const speaker = whoInline(article, attribution);
  const teller = tellerOf(article, attribution);
  const told = teller === undefined ? speaker : `${speaker}, as reported by ${teller}`;
  return attribution.doubtful ? `perhaps ${told}` : told;
}

/** Whoever the article quotes as telling that this was said: it rests on their word. */
function tellerOf(article: Article, { reportedBy }: Attribution): string | undefined {
  return reportedBy && speakerInline(article, reportedBy);
}

function whoInline(article: Article, attribution: Attribution): string {
  const { speaker, certainty } = attribution;
  const phrase = phraseOf(article, attribution);
  if (speaker === undefined || certainty === 'unclear') {
    const candidate = speaker && nameOf(article, speaker);
    const perhaps = candidate === undefined || candidate === phrase ? '' : `; it may be ${bold(candidate)}`;
    return phrase === undefined ? 'speaker not named' : `“${phrase}” (the article does not tell who${perhaps})`;
  }
  const name = nameOf(article, speaker);
  if (certainty === 'inferred') {
    return phrase === undefined ? `most likely ${bold(name)}` : `“${phrase}”, most likely ${bold(name)}`;
  }
  return phrase === undefined || phrase === name ? bold(name) : `${bold(name)} (“${phrase}”)`;
}

/** The colour that says how sure it is who spoke: what somebody tells of another is no more than likely. */
export function accentOf(attribution: Attribution | undefined): (typeof accents)[keyof typeof accents] {
  if (attribution === undefined) return accents.article;
  if (attribution.speaker === undefined || attribution.certainty === 'unclear') return accents.unclear;
  const { certainty, doubtful, reportedBy } = attribution;
  return certainty === 'stated' && !doubtful && reportedBy === undefined ? accents.sure : accents.likely;
}
