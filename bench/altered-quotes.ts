import type { AttributedArticle, Attribution } from '../src/attribution/attribution.ts';
import { denialOf } from '../src/attribution/denials.ts';
import type { Verdict } from '../src/checking/verdict.ts';
import { pairQuotations } from '../src/news/quotations.ts';
import { slice } from '../src/news/span.ts';
import { carriesMeaning, isNegation } from '../src/words/quote-words.ts';
import { termsOf } from '../src/words/words.ts';

/** A message with a quote from a real article, changed in one known way, and the right verdict. */
export interface Sample {
  readonly kind: string;
  readonly message: string;
  readonly expected: Verdict | 'not found';
}

/** Something said, with the speaker's name in the article. */
interface Said {
  readonly from: AttributedArticle;
  readonly attribution: Attribution;
  readonly words: string;
  readonly name: string;
  readonly isSure: boolean;
}

/** What samples are made from. */
interface Material {
  readonly said: readonly Said[];
  /** What an article says that somebody denied or didn't say. */
  readonly denied: readonly Said[];
  readonly narration: readonly string[];
  /** Sentences that only articles held back have. */
  readonly unknown: readonly string[];
  readonly names: readonly string[];
  readonly vocabulary: readonly string[];
  readonly random: () => number;
}

type Change = (words: readonly string[], material: Material) => readonly string[] | undefined;

const shortest = 9;
const longest = 45;
const leastDenied = 5;

export function gather(
  articles: readonly AttributedArticle[],
  held: readonly AttributedArticle[],
  random: () => number,
): Material {
  const all = articles.flatMap(saidIn);
  const said = all.filter(each => denialOf(each.from, each.attribution) === undefined);
  const words = articles
    .slice(0, 200)
    .flatMap(({ article }) => article.text.match(/(?<![\p{L}\p{N}])\p{Ll}{4,}(?![\p{L}\p{N}])/gv) ?? []);
  return {
    said,
    denied: articles.flatMap(deniedIn),
    narration: articles.flatMap(narrationIn),
    unknown: held.flatMap(sentencesIn).filter(words => articles.every(({ article }) => !article.text.includes(words))),
    names: [...new Set(said.filter(({ isSure }) => isSure).map(({ name }) => name))],
    vocabulary: [...new Set(words)],
    random,
  };
}

function isLong(words: string): boolean {
  const count = words.split(/\s+/v).length;
  // A link in a message is none of its words; an ellipsis of the article's own would pass for the quotation's.
  return count >= shortest && count <= longest && !/[\[\]…\n"“”]|\.\s?\.\s?\.|''|https?:/v.test(words);
}

function saidIn(from: AttributedArticle): Said[] {
  const { text } = from.article;
  return from.attributions.flatMap(attribution => {
    const { speaker, content, certainty, doubtful, reportedBy, type } = attribution;
    const words = slice(text, content[0]).replace(/[,.]$/v, '');
    // In a mixed attribution, some of the words are the article's paraphrase: “Ann Lee: Bridge ‘Unsafe’ for Buses”.
    if (speaker === undefined || type !== 'direct' || content.length > 1 || !isLong(words)) return [];
    const isSure =
      certainty === 'stated' && !doubtful && reportedBy === undefined && speaker.named && speaker.kind === 'person';
    const isAlone = from.attributions.every(
      other =>
        other === attribution ||
        !other.content.some(({ start, end }) => start < content[0].end && end > content[0].start),
    );
    return isAlone ? [{ from, attribution, words, name: slice(text, speaker.name), isSure }] : [];
  });
}

function deniedIn(from: AttributedArticle): Said[] {
  const { text } = from.article;
  return from.attributions.flatMap(attribution => {
    const { speaker, content, reportedBy } = attribution;
    const words = slice(text, content[0]).replace(/[,.]$/v, '');
    const isPlain = content.length === 1 && reportedBy === undefined && !/[\[\]…\n"“”]|https?:/v.test(words);
    if (!isPlain || words.split(/\s+/v).length < leastDenied || speaker === undefined) return [];
    if (denialOf(from, attribution) === undefined) return [];
    return [{ from, attribution, words, name: slice(text, speaker.name), isSure: true }];
  });
}

function sentencesIn({ article }: AttributedArticle): string[] {
  return article.paragraphs.flatMap(({ sentences }) => sentences.map(each => slice(article.text, each))).filter(isLong);
}

function narrationIn({ article, attributions }: AttributedArticle): string[] {
  const isFree = (start: number, end: number) =>
    attributions.every(({ content, source, cue }) =>
      [...content, source, cue].every(span => span === undefined || span.end <= start || span.start >= end),
    );
  const quotations = pairQuotations(article.text, article.paragraphs);
  const isMarked = (start: number, end: number) => quotations.some(each => each.start < end && each.end > start);
  const free = article.paragraphs.flatMap(({ sentences }) =>
    sentences.filter(({ start, end }) => isFree(start, end) && !isMarked(start, end)),
  );
  return free
    .map(each => slice(article.text, each))
    .filter(words => isLong(words) && !/["“”'‘’]\s|\s['‘"]/v.test(words));
}

function pick<Item>(items: readonly Item[], random: () => number): Item | undefined {
  return items[Math.floor(random() * items.length)];
}

/** Returns the index of a word that passes, away from both ends, or `undefined`. */
function placeWhere(
  words: readonly string[],
  random: () => number,
  passes: (word: string) => boolean,
): number | undefined {
  const places = words.flatMap((word, at) => (at > 0 && at < words.length - 1 && passes(word) ? [at] : []));
  return pick(places, random);
}

const isPlain = (word: string) => /^\p{Ll}{4,}$/v.test(word) && !termsOf(word).some(carriesMeaning);
const isName = (word: string) => /^\p{Lu}\p{Ll}{3,}$/v.test(word);
const holds = (words: readonly string[], test: (term: string) => boolean) =>
  words.some(word => termsOf(word).some(test));

const changes: Readonly<Record<string, Change>> = {
  'word swapped': (words, { random, vocabulary }) => {
    const at = placeWhere(words, random, isPlain);
    const other = pick(vocabulary, random);
    return at === undefined || other === undefined || other === words[at] ? undefined : words.with(at, other);
  },
  'word added': (words, { random, vocabulary }) =>
    words.toSpliced(2 + Math.floor(random() * (words.length - 4)), 0, pick(vocabulary, random) ?? 'really'),
  'words in another order': (words, { random }) => {
    const at = placeWhere(words.slice(0, -1), random, isPlain);
    const [one, other] = [words[at ?? 0], words[(at ?? 0) + 1]].map(word => termsOf(word ?? '').join());
    // A dash between two words is no word.
    if (at === undefined || one === other || other === '') return undefined;
    return words.with(at, words[at + 1] ?? '').with(at + 1, words[at] ?? '');
  },
  'number changed': (words, { random }) => {
    const at = words.flatMap((word, place) =>
      /^[$£€]?\d[\d,]*(?:\.\d+)?[%\p{L}]*[,.]?$/v.test(word) ? [place] : [],
    )[0];
    return at === undefined
      ? undefined
      : words.with(
          at,
          (words[at] ?? '').replace(/\d/v, digit => String((Number(digit) + 1 + Math.floor(random() * 8)) % 10)),
        );
  },
  'number in words changed': words => {
    const other: Readonly<Record<string, string>> = {
      two: 'three',
      three: 'four',
      one: 'two',
      four: 'five',
      five: 'six',
      million: 'billion',
      billion: 'million',
      hundred: 'thousand',
      first: 'second',
      half: 'quarter',
    };
    const at = words.findIndex(word => other[word] !== undefined);
    return at < 0 ? undefined : words.with(at, other[words[at] ?? ''] ?? '');
  },
  'negation dropped': words => {
    const at = words.findIndex(word => /^(?:not|never|no)$/v.test(word) || /n['’]t$/v.test(word));
    if (at < 1) return undefined;
    const word = words[at] ?? '';
    return /n['’]t$/v.test(word) ? words.with(at, word.replace(/n['’]t$/v, '')) : words.toSpliced(at, 1);
  },
  'negation added': words => {
    const at = words.findIndex(word => /^(?:is|are|was|were|will|would|can|could|should|have|has|do|did)$/v.test(word));
    return at < 0 || holds(words.slice(at + 1, at + 2), isNegation) ? undefined : words.toSpliced(at + 1, 0, 'not');
  },
  'negation behind an ellipsis': words => {
    const at = words.findIndex(word => /^(?:not|never)$/v.test(word));
    return at < 1 || at > words.length - 2 ? undefined : words.with(at, '…');
  },
  'name changed': (words, { random, names }) => {
    const at = placeWhere(words, random, isName);
    const other = pick(names, random)?.split(' ').at(-1);
    return at === undefined || other === undefined || other === words[at] ? undefined : words.with(at, other);
  },
  'currency changed': words => {
    const at = words.findIndex(word => /^[$£€]\d/v.test(word));
    return at < 0
      ? undefined
      : words.with(
          at,
          (words[at] ?? '').replace(/^[$£€]/v, sign => (sign === '$' ? '£' : '$')),
        );
  },
};

function stretchOf(words: readonly string[], random: () => number): { start: number; count: number } {
  const count = 1 + Math.floor(random() * Math.min(6, words.length - 6));
  return { start: 3 + Math.floor(random() * (words.length - count - 5)), count };
}

const cuts: Readonly<Record<string, Change>> = {
  'words cut': (words, { random }) => {
    const { start, count } = stretchOf(words, random);
    const gone = words.slice(start, start + count);
    const same = termsOf(words[start] ?? '').join() === termsOf(words[start + count] ?? '').join();
    return holds(gone, isNegation) || termsOf(gone.join(' ')).length === 0 || same
      ? undefined
      : words.toSpliced(start, count);
  },
};

const harmless: Readonly<Record<string, Change>> = {
  verbatim: words => words,
  'cut with an ellipsis': (words, { random }) => {
    const { start, count } = stretchOf(words, random);
    const mark = pick(['…', '...', '[…]', '. . .', '(...)'], random) ?? '…';
    return holds(words.slice(start, start + count), isNegation) ? undefined : words.toSpliced(start, count, mark);
  },
  'brackets inserted': (words, { random }) =>
    words.toSpliced(
      3 + Math.floor(random() * (words.length - 5)),
      0,
      pick(['[the minister]', '[sic]', '[last year]', '[in Rome]'], random) ?? '[sic]',
    ),
  'pronoun in brackets': words => {
    const at = words.findIndex((word, place) => place > 0 && /^(?:he|she|they|it|them|him|this|that)$/v.test(word));
    return at < 0 ? undefined : words.with(at, '[the company]');
  },
  'first letter in brackets': words => {
    const first = words[0] ?? '';
    return /^\p{L}{2,}/v.test(first) ? words.with(0, `[${first.charAt(0).toLowerCase()}]${first.slice(1)}`) : undefined;
  },
  'other punctuation and case': words =>
    words.map((word, at) => (at % 4 === 1 ? word.replace(/[,;:]$/v, '') : at % 4 === 2 ? word.toLowerCase() : word)),
  'typewriter marks': words => words.map(word => word.replaceAll(/[‘’]/gv, "'").replaceAll(/[–—]/gv, '-')),
};

/** Made last, so that additions here don't change the samples above. */
const fewWords: Readonly<Record<string, Change>> = {
  'negation dropped from a few words': (words, material) => {
    const at = words.findIndex(word => /^(?:not|never|no)$/v.test(word));
    const few = words.slice(Math.max(at - 2, 0), at + 3).filter(word => word !== words[at]);
    const found = termsOf(few.join(' '));
    const written = new RegExp(
      `(?<!\\p{L})${found.map(term => term.replaceAll(/[^\p{L}\p{N}]/gv, '.')).join('\\P{L}+')}(?!\\p{L})`,
      'iv',
    );
    const stands = (said: Said) => written.test(said.from.article.text.replaceAll('’', "'"));
    return at < 1 || found.length < 4 || material.said.some(stands) ? undefined : few;
  },
};

/** True if nobody else says the words. */
function isUnique(words: string, { said }: Material): boolean {
  const texts = new Set(said.map(({ from }) => from.article.text));
  return [...texts].filter(text => text.includes(words.slice(0, 40))).length === 1;
}

/** Returns a name that shares no word with the right one. */
function otherName(name: string, { names, random }: Material): string | undefined {
  const held = new Set(termsOf(name));
  const other = pick(names, random);
  return other === undefined || termsOf(other).some(term => held.has(term)) ? undefined : other;
}

/** Writes a quote as people do. */
function messageOf(words: string, name: string | undefined, random: () => number): string {
  const ways = [
    () => `“${words}”${name === undefined ? '' : ` — ${name}`}`,
    () => `${name === undefined ? '' : `${name}: `}"${words}"`,
    () => `did you see this?\n> ${words}${name === undefined ? '' : `\n— ${name}`}`,
    () => (name === undefined ? `«${words}»` : `${name} said: “${words}”`),
    () => (name === undefined ? `“${words}” lol` : `“${words},” said ${name}.`),
    () =>
      `${name === undefined ? 'they wrote ' : `${name} said `}${/(?<!\p{L})['’]|‘|['’](?!\p{L})/v.test(words) ? `“${words}”` : `‘${words}’`}`,
  ];
  return (pick(ways, random) ?? ways[0])?.() ?? words;
}

/** Makes up to `each` samples of each kind. */
export function makeSamples(material: Material, each: number): Sample[] {
  const samples: Sample[] = [];
  const collect = (kind: string, expected: Sample['expected'], make: () => string | undefined) => {
    const made = new Set<string>();
    for (let round = 0; round < 400 * each && made.size < each; round += 1) {
      const message = make();
      if (message !== undefined) made.add(message);
    }
    samples.push(...[...made].map(message => ({ kind, message, expected })));
  };
  const table = [
    [harmless, 'exact'],
    [changes, 'altered'],
    [cuts, 'cut'],
  ] as const;
  for (const [row, expected] of table) {
    for (const [kind, change] of Object.entries(row)) collect(kind, expected, () => changed(change, material));
  }
  collectSpeakers(material, collect);
  collect('denied', 'denied', () => {
    const denied = pick(material.denied, material.random);
    if (denied === undefined || !isUnique(denied.words, material)) return undefined;
    return messageOf(denied.words, material.random() < 0.7 ? denied.name : undefined, material.random);
  });
  for (const [kind, change] of Object.entries(fewWords)) collect(kind, 'altered', () => changed(change, material));
  return samples;
}

type Collect = (kind: string, expected: Sample['expected'], make: () => string | undefined) => void;

function changed(change: Change, material: Material): string | undefined {
  const said = pick(material.said, material.random);
  if (said === undefined) return undefined;
  const words = change(said.words.split(/\s+/v), material)?.join(' ');
  const name = said.isSure && material.random() < 0.7 ? said.name : undefined;
  return words === undefined ? undefined : messageOf(words, name, material.random);
}

function collectSpeakers(material: Material, collect: Collect): void {
  const { said, narration, unknown, random } = material;
  const one = (isSure: boolean) =>
    pick(
      said.filter(each => each.isSure === isSure),
      random,
    );
  const miscredited = (isSure: boolean) => () => {
    const quote = one(isSure);
    if (!isSure && quote?.attribution.certainty !== 'unclear' && quote?.attribution.doubtful !== true) return undefined;
    if (quote === undefined || !isUnique(quote.words, material)) return undefined;
    const name = otherName(quote.name, material);
    return name && messageOf(quote.words, name, random);
  };
  collect('other speaker', 'wrong name', miscredited(true));
  collect('other speaker, article unclear', 'name open', miscredited(false));
  for (const mark of [' ', ' … ']) {
    collect(mark === ' ' ? 'two quotes stitched' : 'two quotes stitched with an ellipsis', 'stitched', () => {
      const [first, second] = [one(true), one(true)];
      if (first === undefined || second === undefined || first.from === second.from) return undefined;
      const [head, tail] = [first.words.split(/\s+/v), second.words.split(/\s+/v)];
      return messageOf(
        [...head.slice(0, -2), mark.trim(), ...tail.slice(2)].filter(word => word !== '').join(' '),
        first.name,
        random,
      );
    });
  }
  collect('narration quoted', 'own voice', () => {
    const words = pick(narration, random)?.replace(/[.]$/v, '');
    return words && messageOf(words, random() < 0.5 ? pick(material.names, random) : undefined, random);
  });
  collect('invented', 'not found', () => {
    const words = pick(unknown, random)?.replace(/[.]$/v, '');
    return words && messageOf(words, pick(material.names, random), random);
  });
}
