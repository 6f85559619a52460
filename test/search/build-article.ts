import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AttributedArticle, Attribution, Certainty, Speaker } from '../../src/attribution/attribution.ts';
import type { Paragraph } from '../../src/news/article.ts';
import type { Span } from '../../src/news/span.ts';

interface Said {
  readonly paragraph: number;
  readonly content: readonly [string, ...string[]];
  readonly source: string;
  readonly cue: string;
  readonly speaker: string;
  readonly type?: Attribution['type'];
  readonly certainty?: Certainty;
  /** The index of the attribution that reports this one. */
  readonly reportedBy?: number;
}

interface Named {
  readonly id: string;
  readonly name: string;
  readonly role?: string;
  readonly aliases?: readonly string[];
  readonly named?: boolean;
  readonly kind?: Speaker['kind'];
}

const sentence = /[^.!?。]+(?:[.!?。]+[”"]?|$)\s*/gv;

function spanOf(text: string, words: string, within: Span): Span {
  const start = text.indexOf(words, within.start);
  if (start < 0 || start + words.length > within.end) throw new Error(`Not there: ${words}`);
  return { start, end: start + words.length };
}

function paragraphsOf(text: string): Paragraph[] {
  return [...text.matchAll(/[^\n]+/gv)].map((line, at) => ({
    number: at + 1,
    start: line.index,
    end: line.index + line[0].length,
    sentences: [...line[0].matchAll(sentence)]
      .map(found => {
        const start = line.index + found.index;
        return { start, end: start + found[0].trimEnd().length };
      })
      .filter(({ start, end }) => end > start),
  }));
}

/** Returns an article with attributions made by hand, so that search is tested on its own. */
export function buildArticle(
  id: string,
  text: string,
  named: readonly Named[] = [],
  said: readonly Said[] = [],
): AttributedArticle {
  const paragraphs = paragraphsOf(text);
  const all = { start: 0, end: text.length };
  const speakers = named.map(each => ({
    id: each.id,
    name: spanOf(text, each.name, all),
    kind: each.kind ?? 'person',
    named: each.named ?? true,
    role: each.role === undefined ? undefined : spanOf(text, each.role, all),
    aliases: (each.aliases ?? []).map(alias => spanOf(text, alias, all)),
    mentions: [spanOf(text, each.name, all)],
  }));
  const attributions: Attribution[] = [];
  for (const each of said) {
    const within = paragraphs[each.paragraph - 1] ?? all;
    const [first, ...more] = each.content;
    attributions.push({
      type: each.type ?? 'direct',
      content: [spanOf(text, first, within), ...more.map(piece => spanOf(text, piece, within))] as const,
      source: spanOf(text, each.source, within),
      cue: spanOf(text, each.cue, within),
      rule: 'by hand',
      score: 1,
      doubtful: false,
      reportedBy: each.reportedBy === undefined ? undefined : attributions[each.reportedBy],
      speaker: speakers.find(speaker => speaker.id === each.speaker),
      certainty: each.certainty ?? 'stated',
    });
  }
  const metadata = { title: id, titleIsDescriptive: true, outlet: undefined, byline: undefined };
  const article = { ...metadata, published: undefined, url: undefined, id, updated: false, text, paragraphs };
  return { article, attributions, speakers };
}

/** Returns an article in which Lee reports what Cho said. */
export function buildNested(): AttributedArticle {
  const text = 'Ann Lee said that Bo Cho had said the bridge was safe.\n“It was not,” Bo Cho said.';
  const people = [
    { id: 'lee', name: 'Ann Lee' },
    { id: 'cho', name: 'Bo Cho' },
  ];
  const cho = { source: 'Bo Cho', cue: 'said', speaker: 'cho' };
  return buildArticle('nested', text, people, [
    {
      paragraph: 1,
      content: ['Bo Cho had said the bridge was safe'],
      source: 'Ann Lee',
      cue: 'said',
      speaker: 'lee',
      type: 'indirect',
    },
    { ...cho, paragraph: 1, content: ['the bridge was safe'], type: 'indirect', reportedBy: 0 },
    { ...cho, paragraph: 2, content: ['It was not,'] },
  ]);
}

/** Returns an article that says what Marsh did not say. */
export function buildDenied(): AttributedArticle {
  const people = [{ id: 'marsh', name: 'Ann Marsh' }];
  const marsh = { paragraph: 1, type: 'indirect', source: 'Ann Marsh', cue: 'did not say', speaker: 'marsh' } as const;
  return buildArticle('strike', 'Ann Marsh did not say that the port would close.', people, [
    { ...marsh, content: ['the port would close'] },
  ]);
}

/** Returns an article that has the same words in its headline, whose speaker is doubtful, by Aas and by Cho. */
export function buildRepeated(): AttributedArticle {
  const text = [
    '‘The oars are tired of me’: Una Aas stops rowing',
    '“The oars are tired of me,” she wrote. Aas had rowed for thirty years.',
    '“The oars are tired of me,” Bo Cho said, too.',
  ].join('\n');
  const people = [
    { id: 'aas', name: 'Una Aas' },
    { id: 'cho', name: 'Bo Cho' },
  ];
  const headline = {
    paragraph: 1,
    source: 'Una Aas stops rowing',
    cue: ':',
    speaker: '',
    certainty: 'unclear',
  } as const;
  const built = buildArticle('repeated', text, people, [
    { ...headline, content: ['The oars are tired of me'] },
    {
      ...headline,
      paragraph: 2,
      content: ['The oars are tired of me,'],
      source: 'she',
      cue: 'wrote',
      speaker: 'aas',
      certainty: 'inferred',
    },
    { paragraph: 3, content: ['The oars are tired of me,'], source: 'Bo Cho', cue: 'said', speaker: 'cho' },
  ]);
  return { ...built, attributions: built.attributions.map((each, at) => ({ ...each, doubtful: at === 0 })) };
}

const seedFile = join(import.meta.dirname, '../../seeds/us-china-rome-meeting.txt');

/** Returns the seed article, attributed by hand. */
export function buildSeed(): AttributedArticle {
  const text = readFileSync(seedFile, 'utf8').replace(/^title:[^\n]*\n\n/v, '');
  const groups = { named: false, kind: 'group' } as const;
  return buildArticle(
    'us-china-rome-meeting',
    text,
    [
      { id: 'us-officials', name: 'US officials', ...groups },
      { id: 'sullivan', name: 'Jake Sullivan', role: 'US National Security Adviser' },
      {
        id: 'yang',
        name: 'Yang Jiechi',
        role: 'Chinese Central Foreign Affairs Commission Director',
        aliases: ['楊潔篪'],
      },
      { id: 'senior', name: 'a senior US official', named: false },
      { id: 'another', name: 'another US official familiar with the discussions', named: false },
      { id: 'cnn', name: 'CNN', kind: 'organisation' },
      { id: 'xi', name: 'Xi Jinping', role: 'Chinese President', aliases: ['習近平'] },
    ],
    seedSaid,
  );
}

const seedSaid: readonly Said[] = [
  {
    paragraph: 1,
    type: 'indirect',
    source: 'US officials',
    cue: 'said',
    speaker: 'us-officials',
    content: [
      'China has already decided to provide Russia with economic and financial support during its war with Ukraine, and is contemplating sending military supplies such as armed drones',
    ],
  },
  {
    paragraph: 2,
    type: 'indirect',
    source: 'US National Security Adviser Jake Sullivan',
    cue: 'pointing out',
    speaker: 'sullivan',
    content: [
      'Moscow had feigned interest in diplomacy while preparing for invasion, and also that the Russian military was clearly showing signs of frailty',
    ],
  },
  {
    paragraph: 4,
    source: 'a senior US official',
    cue: 'said',
    speaker: 'senior',
    content: [
      'It was an intense seven-hour session, reflecting the gravity of the moment, as well as our commitment to maintaining open lines of communication,',
      'This meeting was not about negotiating specific issues or outcomes, but about a candid, direct exchange of views.',
    ],
  },
  {
    paragraph: 5,
    source: 'the official',
    cue: 'replied',
    speaker: 'senior',
    certainty: 'inferred',
    content: [
      'I suppose it depends on how you define success, but we believe that it is important to keep open lines of communication between the United States and China, especially on areas where we disagree.',
    ],
  },
  {
    paragraph: 7,
    source: 'another US official familiar with the discussions',
    cue: 'said',
    speaker: 'another',
    content: [
      'The key here is first to get China to recalculate and re-evaluate their position. We see no sign of that re-evaluation,',
      'They’ve already decided that they’re going to provide economic and financial support, and they underscored that today. The question really is whether they will go further.',
    ],
  },
  {
    paragraph: 9,
    source: 'the official',
    cue: 'said',
    speaker: 'another',
    certainty: 'unclear',
    content: ['Both sides understand that they don’t share common systems, and so that makes it problematic,'],
  },
  {
    paragraph: 10,
    type: 'indirect',
    source: 'CNN',
    cue: 'reported',
    speaker: 'cnn',
    content: [
      'the Russian military is also asking for ration packs, underlining its severe logistical problems in a more prolonged and tougher conflict than it anticipated',
    ],
  },
  {
    paragraph: 12,
    source: 'the US official',
    cue: 'said',
    speaker: 'another',
    certainty: 'unclear',
    content: [
      'It really is a project of [Chinese President] Xi Jinping (習近平). He is totally, fundamentally behind this closer partnership with Russia,',
    ],
  },
];
