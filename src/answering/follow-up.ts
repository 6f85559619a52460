import { mayBeCalled, readTypedPerson } from '../indexing/names.ts';
import { isMainlyHan } from '../news/chinese.ts';
import type { Appearance } from '../search/people.ts';
import { findForm, withoutEnd, withoutOpening } from './forms.ts';
import { isQuestion } from './question.ts';

/** What somebody wants who replies to an answer, going on with what it was about. */
export type FollowUp =
  /** "what else did she say?", "who said that?", "who else?", "when was that?", "make a card of that" */
  | { readonly kind: 'more' | 'who' | 'others' | 'source' | 'card' }
  /** "and about ships?", "and the mayor?": the same about something or somebody else, as typed. */
  | { readonly kind: 'other'; readonly words: string }
  /** "did he say why?": a question about whom the answer was about; or anything that can be understood without it. */
  | { readonly kind: 'question' | 'new' };

const THAT = '(?:this|that|it|these|those|he|she|they|him|her|them|(?:this|that|the) quote)';
const WHEN = '(?:when|where|on (?:what|which) (?:day|date)|what (?:day|date)|how long ago|(?:what|which) article)';
const TRUE =
  '(?:right|true|correct|proven|confirmed|real|an? (?:real|direct|exact) quote|accurate|so|legit|fake|made up|recent|old|new)';

function form(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, 'iv');
}

/** Ways to go on with another message, as they are once openings such as "hey" are left out. */
const FORMS = {
  more: [
    /^what else(?: (?:did|does|do|has|have) (?:he|she|they|it|you) (?:say|said|have to say))?$/iv,
    /^(?:(?:did|has) (?:he|she|they|it|you) (?:say|said) anything else|(?:any|some)thing else|more|go on|continue)$/iv,
    /^(?:[他她它]们?)?还(?:有什么|有[呢吗]?|[说讲][过了]?(?:什么|哪些)?)$|^(?:更多|继续)$/v,
  ],
  who: [
    form(
      `who(?: really| actually)?(?: is|['’]?s| are| was| were| said| says| wrote)(?: ${THAT}| so)?(?: then| exactly)?`,
    ),
    /^(?:[他她它]们?|[这那]句?话?)?是?(?:谁|什么人)(?:[说讲]的)?$/v,
  ],
  others: [
    form(`(?:who|any(?:one|body)) else(?: (?:said|says|thinks|agrees)(?: ${THAT}| so)?)?`),
    /^还有谁(?:[这那]么[说讲])?$/v,
  ],
  source: [
    form(`${WHEN}(?: (?:did|do|does|was|is|were|are) ${THAT}(?: (?:say|said|from|written|[a-z]+ed))?(?: ${THAT})?)?`),
    form(`(?:is|was) ${THAT}(?: really| actually)? ${TRUE}|(?:any )?(?:source|link|citation|context|proof)s?|really`),
    form(`are you (?:really )?sure(?: (?:about|of) ${THAT})?|how (?:do|can) you (?:know|tell)(?: ${THAT})?|says who`),
    /^[这那]?(?:句话?)?是?(?:什么时候|何时|哪一?天|哪里|哪一?篇(?:文章)?)[说讲来]?的?$/v,
    /^(?:[这那]?(?:句话?)?是?[真对]的?吗?|出处|来源)$/v,
  ],
  card: [
    form(
      `(?:(?:make|draw|create|give|show)(?: me)? )?(?:an? |the )?(?:quote )?card(?: (?:of|for|from) ${THAT})?(?:,? please)?`,
    ),
    /^请?(?:帮我)?(?:[做画]成?)?(?:一?张)?(?:引文|引语)?(?:图卡|卡片)$/v,
  ],
  other: [/^(?:what |how )?(?:about|on|regarding) (?<words>.+)$/div, /^(?:关于|至于)?(?<words>.{1,30}?)呢$/dv],
};

/** Pronouns for whoever the answer was about. In "her plan", "her" stands for "Lee's"; in "and her?", for "Lee". */
const PRONOUN = /\b(?:(?<owner>his|their|her(?= [\p{L}\-]))|he|she|they|him|them|her)\b|他們|她們|他们|她们|他|她/iv;

/** Returns how a reply goes on with an answer. */
export function followUpOf(text: string): FollowUp {
  const bare = withoutEnd(text);
  const asked = withoutOpening(bare);
  const { kind = /^and /iv.test(bare) ? 'other' : undefined, groups } = findForm(FORMS, asked) ?? {};
  const words = groups?.words ?? asked;
  // Not "and what did the mayor say?"
  if (kind === 'other' && !isQuestion(`${words}?`)) return { kind, words };
  if (kind !== undefined && kind !== 'other') return { kind };
  return { kind: PRONOUN.test(bare) ? 'question' : 'new' };
}

/** Other ways to ask only about a message, or the page of a link. */
const POINTING = [
  /^(?:did|does|has|have) \S.{0,40}? (?:say|said|says) (?:this|that|it|so)$/iv,
  /^(?:(?:this|that) )?(?:true|right|correct|real)$|^(?:this|that|it)(?: quote)?$/iv,
  /^what (?:does|do) (?:this|it|that) say$|^what(?: is|['’]?s) (?:this|that|it)(?: about)?$/iv,
  /^(?:(?:fact[ \-]?)?check|verify|add|keep|save|read|look at|see|summari[sz]e|sum up|(?:summary|tl;?dr)(?: of)?)(?: (?:this|that|it|the))?(?: (?:quote|link|article|story|one|page))?$/iv,
  /^(?:查证|查一下|总结|摘要)(?:一下|这个)?$/v,
];

/** True if a text asks only about another message, which a reply is to or a link leads to. */
export function pointsAtMessage(text: string): boolean {
  const bare = withoutOpening(withoutEnd(text));
  return bare === '' || findForm({ who: FORMS.who, source: FORMS.source, message: POINTING }, bare) !== undefined;
}

/** True if the first pronoun of a text, if it has one, may mean a speaker: "he" doesn't mean a woman. */
export function mayMean(text: string, speaker: Pick<Appearance, 'from' | 'speaker'>): boolean {
  return mayBeCalled(readTypedPerson(PRONOUN.exec(text)?.[0] ?? ''), [speaker]);
}

/** Returns a question with a name in the place of its first pronoun. */
export function withName(question: string, name: string): string {
  return question.replace(PRONOUN, (_, owner?: string) => (owner === undefined ? name : `${name}’s`));
}

/** Returns a question that asks what somebody said (on a topic, if there is one), in the language of what was typed. */
export function saidAbout(name: string, topic: string): string {
  if (topic === '') return isMainlyHan(name) ? `${name}說了什麼？` : `What did ${name} say?`;
  return isMainlyHan(topic) ? `${name}對${topic}說了什麼？` : `What did ${name} say about ${topic}?`;
}
