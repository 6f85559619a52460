import { phrases, wordSet } from '../../news/lexicon/word-lists.ts';

/**
 * How a reporting verb takes what was said.
 * - clause: "said that …", "said …", "…, she said"
 * - addressee: "told reporters that …"
 * - infinitive: "promised to …", and as clause
 * - request: "urged the council to …"
 * - naming: "called the plan a disaster", "described it as …"
 * - object: "criticised the plan"
 * - quotation: governs quoted words only: "…,” he continued"
 */
export type Frame = 'clause' | 'addressee' | 'infinitive' | 'request' | 'naming' | 'object' | 'quotation';

/** Base forms of the verbs that report speech, by frame. A second word is a particle that the verb must have. */
export const REPORTING_VERBS: Readonly<Record<Frame, readonly string[]>> = {
  clause: phrases(`
    say, add, write, note, claim, argue, announce, suggest, explain, acknowledge, declare, state, insist, contend,
    assert, allege, report, reveal, conclude, recall, predict, admit, concede, confirm, deny, complain, stress,
    emphasize, emphasise, reiterate, tweet, observe, remark, comment, indicate, disclose, joke, testify, boast,
    caution, speculate, lament, estimate, maintain, proclaim, imply, quip, respond, reply, answer, warn, wonder,
    repeat, recount, signal, post, mention, opine, affirm, attest, clarify, counter, retort, muse, demand, ask,
    propose, recommend, protest, point out, make clear, quote, agree, confess, posit, reckon, swear, elaborate, hint,
    gripe, rule, intone, forecast, promise, vow, pledge, threaten
  `),
  addressee: phrases('tell, inform, assure, remind, notify, reassure'),
  infinitive: phrases('promise, vow, pledge, decline, refuse, threaten, offer'),
  request: phrases('urge, call on, call upon, order, instruct, implore, beg, invite, encourage, advise'),
  naming: phrases('call, describe, label, brand, dub, characterize, characterise'),
  object: phrases(`
    criticize, criticise, accuse, praise, blast, denounce, condemn, slam, dismiss, reject, call for, cite, mock,
    question, refer to, tout, express, voice, deride, decry, hail, announce, propose, deny, mention, predict,
    acknowledge, reiterate, demand, note, recommend, claim, promise, pledge, explain, reveal, repeat, admit, confirm,
    recount, stress, emphasize, warn of, complain about, boast of, ridicule, lambast, talk about, speak of,
    apologise for, apologize for, rule out
  `),
  quotation: phrases(`
    continue, shout, yell, chant, read, joke, laugh, exclaim, whisper, interject, scream, snap, begin, conclude,
    go on, shoot back, fire back, chime in, cry, sing, mutter, thunder, plead, declare, sigh, murmur, recite, scoff,
    urge, offer, promise, advise, enthuse, think
  `),
};

/** Irregular past forms: past tense, then participle. */
export const IRREGULAR_PASTS: Readonly<Record<string, readonly [string, string]>> = {
  say: ['said', 'said'],
  tell: ['told', 'told'],
  write: ['wrote', 'written'],
  make: ['made', 'made'],
  lay: ['laid', 'laid'],
  read: ['read', 'read'],
  swear: ['swore', 'sworn'],
  forecast: ['forecast', 'forecast'],
  speak: ['spoke', 'spoken'],
  begin: ['began', 'begun'],
  go: ['went', 'gone'],
  shoot: ['shot', 'shot'],
  sing: ['sang', 'sung'],
  think: ['thought', 'thought'],
};

/** Verbs whose last consonant doubles before an ending: "quipped", "begging". */
export const DOUBLING_VERBS = wordSet('quip admit beg refer dub slam chat begin snap omit rebut');
