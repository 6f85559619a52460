import * as z from 'zod/mini';
import { slice } from '../../news/span.ts';
import type { Answered, LookedFor, NotAnswered } from '../../search/ask.ts';
import type { Say } from '../../wording/say.ts';
import { oneOf, type PersonCode, parts, passageCode, personCode, personWithin, writePassages } from '../custom-id.ts';
import { ROOM } from '../limits.ts';
import { plainTitle } from '../parts/citation.ts';
import { bold, inline, italic, small } from '../parts/markdown.ts';
import {
  accentOfPassage,
  findPassage,
  passageSpeakerInline,
  type ShownPassage,
  showPassage,
} from '../parts/passage.ts';
import { nameWithin, speakerName } from '../parts/speaker.ts';
import { ACCENTS, type ButtonRow, button, menuOf, type Reply, reply, rowsOf, typed } from '../reply.ts';
import { cardButtons, quoteView } from './quote.ts';
import { controlsOf, defineView, paginate, type View, type ViewContext } from './view.ts';
import { brief } from './who-said.ts';

/** An answer to a question: its passages, on one page. */
const shape = z.object({
  page: parts.page,
  degree: oneOf(['sure', 'unsure']),
  kind: oneOf(['who-said', 'what-said', 'did-say', 'fact', 'what-told']),
  /** Whose words were asked for. */
  person: parts.whose,
  passages: parts.passages,
  /** What the question was about. */
  words: parts.words,
});
type AnswerState = z.infer<typeof shape>;

export const answerView: View<AnswerState> = defineView({
  name: 'answer',
  pageDigits: 2,
  letter: 'y',
  form: /^y(?<degree>[01])(?<kind>[0-4])(?<person>(?:[\w\-]{8})?=)(?<passages>[^~]*~)(?<words>.*)$/sv,
  state: shape,
  async show(state, context, isPrivate) {
    const all = await Promise.all(state.passages.map(code => findPassage(code, state.words, context)));
    const [best, ...others] = all.filter(passage => passage !== undefined);
    const who = await nameOfCode(state.person, context);
    if (best === undefined || others.length + 1 < all.length || (who === undefined && state.words === ''))
      return undefined;
    return answerReply([best, ...others], state, who, isPrivate, context.say);
  },
});

async function nameOfCode(code: PersonCode | undefined, { library }: ViewContext): Promise<string | undefined> {
  const from = code && (await library.articleOfCode(code.article));
  const person = code && from && personWithin(code, from);
  return person && bold(nameWithin(person.appearances[0].from.article, person.appearances[0].speaker));
}

/** Returns whom a question asked for, in Markdown; `undefined` if it named nobody. */
function nameOfAsked({ who }: LookedFor): string | undefined {
  if (who.kind === 'anybody') return undefined;
  if (who.kind === 'typed') return bold(inline(who.words, 120));
  const [{ from, speaker }] = who.person.appearances;
  return bold(nameWithin(from.article, speaker));
}

function noteLines(note: string): readonly string[] {
  return note === '' ? [] : [small(note)];
}

const LONGEST_TOPIC = 160;

/** Returns what was looked for, on one line. */
function lookedForLine(
  kind: AnswerState['kind'],
  who: string | undefined,
  words: string,
  speaker: string | undefined,
  say: Say,
): string {
  const shown = inline(words, LONGEST_TOPIC);
  if (shown === '') return who === undefined ? '' : say('asking.what-all', { who });
  const topic = italic(shown);
  if (kind === 'fact') return say('asking.fact', { topic });
  if (kind === 'who-said') {
    return speaker === undefined ? say('asking.who-open', { topic }) : say('asking.who', { topic, speaker });
  }
  if (kind === 'did-say') {
    return who === undefined ? say('asking.whether-anyone', { topic }) : say('asking.whether', { who, topic });
  }
  if (who === undefined) return say('asking.what-anyone', { topic });
  return kind === 'what-told' ? say('asking.what-told', { who, topic }) : say('asking.what', { who, topic });
}

/** Returns who speaks, for the line above; `undefined` if that isn't clear. */
function clearSpeakerOf(passage: ShownPassage, say: Say): string | undefined {
  const { attribution } = passage;
  if (attribution?.speaker === undefined || attribution.certainty === 'unclear') return undefined;
  return passageSpeakerInline(passage, say);
}

const ROOM_FOR_BEST = 2000;
const MOST_TEXTS = 4;

/** Returns the passages that answer a question, the best in full, each with its buttons below. */
function answerReply(
  passages: readonly [ShownPassage, ...ShownPassage[]],
  state: AnswerState,
  who: string | undefined,
  isPrivate: boolean,
  say: Say,
  note = '',
): Reply {
  const [best, ...others] = passages;
  const isUnsure = state.degree === 'unsure';
  const head = [
    ...(isUnsure ? [say('asking.unsure', { count: passages.length })] : []),
    lookedForLine(state.kind, who, state.words, clearSpeakerOf(best, say), say),
    ...noteLines(note),
  ].filter(line => line !== '');
  const texts = [showPassage(best, ROOM_FOR_BEST, say), ...others.map(other => brief(other, '', say))];
  return reply({
    accent: isUnsure ? ACCENTS.unclear : accentOfPassage(best),
    texts: paginate([head.join('\n'), ...texts], ROOM, MOST_TEXTS)[0] ?? [],
    below: [undefined, ...buttonsBelow(passages, state.words, say)],
    ...controlsOf(answerView, state, 1, isPrivate, say),
  });
}

/** Context and Card, each of which posts another message. A forged id may have a passage twice, a message its button not. */
function buttonsBelow(passages: readonly ShownPassage[], words: string, say: Say): (ButtonRow | undefined)[] {
  const codes = passages.map(passage => writePassages([passageCode(passage)]));
  return passages.map((passage, at) => {
    const code = passageCode(passage);
    const around = quoteView.encode('open', { page: 0, context: true, passages: [code], words });
    const isNew = codes.indexOf(writePassages([code])) === at;
    return isNew ? rowsOf([button(say('button.context'), around), ...cardButtons(passage, say)])[0] : undefined;
  });
}

function stateOf({ degree, passages, lookedFor: { question, who } }: Answered): AnswerState {
  return {
    page: 0,
    degree,
    kind: question.kind,
    person: who.kind === 'person' ? personCode(who.person) : undefined,
    passages: passages.map(passageCode),
    words: topicOf(question),
  };
}

/** Returns what a question is about; all of it if it isn't about anything else. */
function topicOf({ who, topic, text }: LookedFor['question']): string {
  return topic === '' && who === undefined ? text : topic;
}

/** Returns the answer to a question. The note is Markdown on one line. */
export function answeredReply(answer: Answered, isPrivate: boolean, say: Say, note = ''): Reply {
  return answerReply(answer.passages, stateOf(answer), nameOfAsked(answer.lookedFor), isPrivate, say, note);
}

/** The nearest passages may well mention it. */
function whyNothing(why: NotAnswered['why'], who: string | undefined, hasNearest: boolean, say: Say): string {
  if (why !== 'not-mentioned' && who !== undefined) return say(`asking.${why}`, { who });
  return hasNearest ? say('asking.not-clear') : say('asking.not-mentioned');
}

/** Returns that nothing answers a question, why, and what comes nearest. `narrow` lists the options that were set. */
export function nothingReply(answer: NotAnswered, narrow: string, say: Say, note = ''): Reply {
  const { why, articles, nearest, lookedFor } = answer;
  const who = nameOfAsked(lookedFor);
  const { kind } = lookedFor.question;
  const head = [
    articles === undefined ? say('asking.nothing-there', { options: narrow }) : say('asking.nothing', { articles }),
    whyNothing(why, who, nearest.length > 0, say),
    small(lookedForLine(kind, who, topicOf(lookedFor.question), undefined, say)),
    ...noteLines(note),
  ].join('\n');
  const title = small(say('asking.nearest', { count: nearest.length }));
  const texts = nearest.map((passage, at) => brief(passage, at === 0 ? title : '', say));
  return reply({
    accent: ACCENTS.unclear,
    texts: paginate([head, ...texts], ROOM, MOST_TEXTS)[0] ?? [head],
    private: true,
  });
}

/** Returns the people whom a question may mean, with a menu that answers for one of them. */
export function whichReply(
  words: string,
  answers: readonly Answered[],
  isPrivate: boolean,
  say: Say,
  note = '',
): Reply {
  const entries = answers.flatMap(answer => {
    const { who } = answer.lookedFor;
    if (who.kind !== 'person') return [];
    const [{ from, speaker }] = who.person.appearances;
    const label = slice(from.article.text, speaker.name);
    const detail = speaker.role === undefined ? plainTitle(from.article, 100) : slice(from.article.text, speaker.role);
    return [
      { label, detail, value: answerView.encode('turn', stateOf(answer)), name: speakerName(from.article, speaker) },
    ];
  });
  const lines = entries.map(({ name, detail }) => `- ${bold(name)} · ${inline(detail, 160)}`);
  return reply({
    accent: ACCENTS.article,
    texts: [[say('asking.which', { name: typed(words, say) }), ...lines, ...noteLines(note)].join('\n')],
    menu: menuOf(say('asking.which-menu'), entries),
    private: isPrivate,
  });
}
