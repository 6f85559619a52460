import { wordSet, words } from '../../news/lexicon/word-lists.ts';
import { formsOf } from '../grammar/words.ts';

const forms = (verbs: string): readonly string[] => words(verbs).flatMap(verb => formsOf(verb));

/** Forms of verbs of denying and of not saying. Everything here is in lower case. */
export const denyingForms: ReadonlySet<string> = new Set([
  ...forms(
    'deny reject refuse dismiss refute rebut dispute repudiate disavow disown disclaim rubbish contradict contest',
  ),
  ...forms('disagree doubt retract recant decline fail neglect omit avoid refrain hesitate resist hide conceal'),
  ...words('hid hidden forget forgets forgot forgotten forgetting'),
  ...words('denial denials refusal refusals rejection rejections dismissal dismissals'),
]);

/** Words that negate a clause together with a denying form; two of them cancel out ("did not deny"). */
export const turningWords: ReadonlySet<string> = new Set([
  ...words('not never no without neither nor cannot nothing hardly scarcely unable unwilling reluctant short'),
  ...denyingForms,
]);

/** First words that negate only before the second: "has yet to say", "ruled out". */
export const turningPairs: ReadonlyMap<string, string> = new Map([
  ['yet', 'to'],
  ...forms('rule').map(form => [form, 'out'] as const),
]);

/** After "not", these mean that it was said: "did not only say". */
export const notTurning = wordSet('only just merely simply solely surprisingly unexpectedly unreasonably so until');

/** Verbs of rejecting: they reject a claim ("mocked suggestions that …"), not other things. */
export const hostileForms: ReadonlySet<string> = new Set(
  forms(
    'condemn criticise criticize attack blast slam ridicule mock deride denounce counter challenge debunk question',
  ),
);

export const claimNouns: ReadonlySet<string> = new Set(
  words('claim suggestion allegation accusation report rumour rumor assertion insinuation notion').flatMap(noun => [
    noun,
    `${noun}s`,
  ]),
);

/** Words that make a source nobody: "No one said", "Neither Lee nor Cho said". */
export const nobodyWords = wordSet('no nobody none neither nor');

/**
 * Words inside a verb group, besides auxiliaries and adverbs: "has not been able to say", "stopped short of saying".
 */
export const groupWords: ReadonlySet<string> = new Set([
  ...words('to of from as yet go going gone so far quoted known heard able prepared ready willing any longer'),
  ...words('stop stops stopped stopping want wanted wish wished dare dared even'),
]);
