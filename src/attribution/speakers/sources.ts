import type { Span } from '../../news/span.ts';
import { itemsOf, takeWhile } from '../grammar/items.ts';
import { OWNS } from '../grammar/words.ts';
import { DETERMINERS, OBJECT_PRONOUNS, PREPOSITIONS, SUBJECT_PRONOUNS, TIMES } from '../lexicon/grammar.ts';
import { BODY_HEADS, DOCUMENT_HEADS, ORGANISATION_WORDS, SORTS } from '../lexicon/organisations.ts';
import { GROUP_HEADS, PERSON_HEADS, POST_NOMINALS } from '../lexicon/people.ts';
import type { Mention } from './mentions.ts';
import { type Gender, genderOfWord, isRoleWord, isTitle } from './names.ts';

/** The kind of phrase a source is. */
export type SourceForm =
  | { readonly form: 'pronoun'; readonly pronoun: string }
  | { readonly form: 'name'; readonly mention: Mention }
  | { readonly form: 'description'; readonly description: Description };

export interface Description {
  /** Refers back: "the official", "that spokesman". */
  readonly definite: boolean;
  /** Introduces another one: "an official", "two officials". */
  readonly indefinite: boolean;
  /** Lower case: "official", "report". */
  readonly head: string;
  readonly kind: 'person' | 'group' | 'organisation' | 'document';
  /** What kind of group, document or body it is: the same for "team" and "researchers". */
  readonly sort: string;
  readonly gender: Gender | undefined;
  /** All words except determiners, in lower case. */
  readonly words: readonly string[];
}

const PRONOUNS: ReadonlySet<string> = new Set([...SUBJECT_PRONOUNS, ...OBJECT_PRONOUNS, 'one', 'both']);

/** "his claim that …" */
const OWNERS: Readonly<Record<string, string>> = { his: 'he', its: 'it', their: 'they', our: 'we', my: 'i' };

const RELATIVE = new Set(['who', 'whom', 'which', 'that', 'whose']);
const ENDS_CORE = /^(?:,|who|familiar)$/v;
/** "a study published in", "researchers based at". */
export const PARTICIPLES =
  /^(?:led|headed|published|released|commissioned|conducted|funded|based|working|including|carried)$/v;
const OFFICE = /^(?:\p{Lu}[\p{L}\-]+ )*(?<office>\p{Lu}\p{L}+) (?:of|for) (?:the )?(?<of>(?:\p{Lu}[\p{L}.\-]* )+)$/v;
/** "Bank of England governor". */
const OFFICE_AT =
  /^(?:The )?(?:\p{Lu}[\p{L}\-]* )*?(?<body>\p{Lu}\p{L}+) of (?:the )?(?:\p{Lu}\S* )+(?<held>\p{Ll}+) $/v;
const DEFINITE = new Set(['the', 'that', 'this', 'these', 'those']);

/** Classifies a source as a pronoun, a name (given the mentions within it), or a description. */
export function classifySource(text: string, source: Span, within: readonly Mention[]): SourceForm {
  const words = lowerWords(text, source);
  const [first = ''] = words;
  const isCapitals = /^\p{Lu}{2,}(?![\p{L}\p{N}])/v.test(text.slice(source.start, source.end));
  const pronoun = OWNERS[first] ?? first;
  if (words.length === 1 && PRONOUNS.has(pronoun) && !isCapitals) return { form: 'pronoun', pronoun };
  const heads = within.filter(mention => isHead(text, source, mention));
  const head = heads.find((each, at) => !isNoun(text, each, heads[at + 1]));
  if (head !== undefined) return { form: 'name', mention: head };
  return { form: 'description', description: parseDescription(text, source) };
}

/** "The Dean" before ", Ann Lee": a capital doesn’t make it a name. */
function isNoun(text: string, { words, follows, end }: Mention, next: Mention | undefined): boolean {
  const isShort = words.length === 1 && DETERMINERS.has(follows);
  return isShort && next?.kind === 'person' && /^, (?:\p{Lu}[\p{L}.]* )*$/v.test(text.slice(end, next.start));
}

/** Whether the words before a name are that person’s office, "Minister of Education", and not somebody else’s: "Spokesman for Mayor". */
function namesOffice(before: string): boolean {
  const { body = '', held = '' } = OFFICE_AT.exec(before)?.groups ?? {};
  if (ORGANISATION_WORDS.has(body.toLowerCase()) && isRoleWord(held)) return true;
  const { office = '', of = '' } = OFFICE.exec(before)?.groups ?? {};
  const isSomebody = (word: string) => isRoleWord(word) || isTitle(word);
  return isRoleWord(office.toLowerCase()) && !of.toLowerCase().split(' ').some(isSomebody);
}

/**
 * Whether a name in a source is its head: not if it follows a preposition, is inside a relative clause ("the barrister who
 * knew Lee"), is in brackets, owns something, or comes before the head ("Lee’s aides", "Lee aides").
 */
export function isHead(text: string, source: Span, mention: Mention): boolean {
  const all = lowerWords(text, { start: source.start, end: mention.start });
  const owned = all.findLastIndex(word => OWNS.test(word)) + 1;
  const isBody = mention.kind === 'organisation';
  // Not in "Chair of the Northern Growers, Ann Lee".
  const isLastName = !/\p{Lu}/v.test(text.slice(mention.end, source.end));
  const before = text.slice(source.start, mention.start);
  const isOffice = isLastName && namesOffice(before);
  // "Rovers, whose coach, Ann Lee"
  const isRelated = isLastName && /, whose [^,]+, $/v.test(before);
  const hangs =
    !isOffice &&
    !isRelated &&
    all.some(
      (word, index) =>
        (PREPOSITIONS.has(word) ||
          RELATIVE.has(word) ||
          (word === 'as' && all[index - 1] !== 'such') ||
          (word.endsWith('ing') && GROUP_HEADS.has(all[index - 1] ?? ''))) &&
        (all[index - 1] === ',' || ((index >= owned || isBody) && !all.slice(index).includes(','))),
    );
  const after = lowerWords(text, { start: mention.end, end: source.end });
  const isBeforeBracket = after[0] === ')' || (isBody && after[0] === '(');
  const rest = after.slice(isBeforeBracket ? after.indexOf(')') + 1 : 0);
  // Past the closing mark of "The “History” section".
  const next = rest.find(word => !/^["”»]$/v.test(word)) ?? '';
  const goesOn =
    OWNS.test(next) ||
    (mention.kind !== 'person' && /^, whose [^,]+, \p{Lu}[^,]*$/v.test(text.slice(mention.end, source.end))) ||
    (next === 'and' && mention.kind === 'place') ||
    (/^\p{L}/v.test(next) && !(PREPOSITIONS.has(next) || MAY_FOLLOW.has(next)));
  const isBracketed = all.lastIndexOf('(') > all.lastIndexOf(')');
  return !(hangs || isBracketed || goesOn || namesBody(before, mention) || namesOwner(before));
}

const BODY = /\s(?:at|for|from|of)\s(?:the|his|her|its|their)\s(?:[\p{L}\-]+\s){0,3}(?<body>\p{Ll}+),\s$/v;

/** Whether the words before a name say that it is a body’s, whose spokesman speaks: "A spokesman for the firm, Marl Foods". */
function namesBody(before: string, { kind, words }: Mention): boolean {
  // "The president of the club, Rra Modise": an unknown name of several words may be a person’s.
  const mayBeBody = kind === 'organisation' || (kind === 'unknown' && words.length === 1);
  return mayBeBody && BODY_HEADS.has(BODY.exec(before)?.groups?.body ?? '');
}

/** Before a name: "Lawyers who represent the accused MP, ". */
const OWNED =
  /^(?<said>[^,]+?)\s(?:at|for|from|of|to|with|\p{L}+ing|who\s\p{L}+)\s(?:the|his|her|its|their)\s(?:[\p{L}\-]+\s){0,3}(?<owner>\p{L}+),\s$/v;

/** Whether a name may be that of the person or people whose lawyer, friend or the like speaks: "A lawyer for the MP, Ann Lee". */
export function mayNameOwner(before: string, kind: 'person' | 'group'): boolean {
  const owner = OWNED.exec(before)?.groups?.owner?.toLowerCase() ?? '';
  return kindOf(owner) === kind && (PERSON_HEADS.has(owner) || GROUP_HEADS.has(owner) || isRoleWord(owner));
}

/** "Lawyers for the MP, Ann Lee": she isn't several. */
function namesOwner(before: string): boolean {
  const { said = '' } = OWNED.exec(before)?.groups ?? {};
  return mayNameOwner(before, 'person') && kindOf(said.split(' ').at(-1) ?? '') === 'group';
}

/** Words that may follow a name without being the head: "Lee himself", "Lee KC". */
const MAY_FOLLOW = new Set(['and', 'who', 'himself', 'herself', 'itself', 'themselves', ...POST_NOMINALS]);

/** Parses a phrase without a name: "another shopkeeper". */
export function parseDescription(text: string, phrase: Span): Description {
  const words = lowerWords(text, phrase);
  const [first = ''] = words;
  const core = takeWhile(words, (_, at) => at === 0 || !endsCore(words, at));
  const head = core.findLast(word => /\p{L}/v.test(word) && word !== '’s') ?? '';
  return {
    definite: DEFINITE.has(first),
    indefinite: !DEFINITE.has(first) && DETERMINERS.has(first),
    head,
    kind: kindOf(head),
    sort: sortOf(head),
    gender: genderOfWord(head),
    words: core.filter(word => !DETERMINERS.has(word)),
  };
}

/** Whether a noun’s phrase is over at a word: "of the port", "published in"; but not in "the working group". */
function endsCore(words: readonly string[], at: number): boolean {
  const [word = '', next = ''] = words.slice(at, at + 2);
  if (PREPOSITIONS.has(word) || ENDS_CORE.test(word)) return true;
  return PARTICIPLES.test(word) && (next === '' || PREPOSITIONS.has(next) || TIMES.has(next));
}

/** Returns the words of a phrase in lower case, with curly apostrophes. */
export function lowerWords(text: string, phrase: Span): readonly string[] {
  return itemsOf(text, phrase).map(({ lower }) => lower);
}

function kindOf(head: string): Description['kind'] {
  if (PERSON_HEADS.has(head)) return 'person';
  if (GROUP_HEADS.has(head)) return 'group';
  if (DOCUMENT_HEADS.has(head)) return 'document';
  if (BODY_HEADS.has(head)) return 'organisation';
  return head.endsWith('s') && !head.endsWith('ss') ? 'group' : 'person';
}

/** The sort of "researchers" and "Lee and her colleagues". */
export const TEAM = 'team';

/** Returns the sort of group, document or body that a head names: of "researchers" or "study". */
export function sortOf(head: string): string {
  const one = head.replace(/(?<=\p{L}{3}[^s])s$/v, '');
  return SORTS.get(one) ?? (/(?:olog|onom|emat|ysic|hem)ist$|onomer$/v.test(one) ? TEAM : one);
}
