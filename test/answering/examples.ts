import type { Request } from '../../src/answering/request.ts';

/** A message to the bot, what it asks for, and what the answer says in a newcomer's library; `undefined` for no answer. */
export type Example = readonly [text: string, request: Request, answer: RegExp | undefined];

const question = { kind: 'question' } as const;
const check = { kind: 'check' } as const;
const help = { kind: 'help' } as const;
const newest = { kind: 'newest' } as const;
const foreign = { kind: 'foreign' } as const;
const thanks = { kind: 'thanks' } as const;
const person = (name: string, isAsked = false) => ({ kind: 'person', name, isAsked }) as const;
const summary = (article: string) => ({ kind: 'summary', article }) as const;
const link = (address: string, question = '') => ({ kind: 'link', address, question }) as const;

const nothing = /^Nothing in these 6 articles clearly answers that\./v;
const hello = /^Hello! Ask me who said what/v;
const unread = /^That article isn’t in the library yet\.\n<https:/v;

/** Sixty of them. */
export const EXAMPLES: readonly Example[] = [
  // Questions.
  ['what did Petra Lindqvar say about the tram?', question, /### (?:Most likely )?Petra Lindqvar/v],
  ['What did CNN report about ration packs?', question, /### CNN/v],
  ['who said the herring retire', question, /You asked|^Nothing/v],
  ['so what did Bruno Tavish say abt football', question, /### Bruno Tavish/v],
  ['did Ines Calder say that a harbour is a promise?', question, /### Ines Calder/v],
  ['what does Jonas Lindqvar think of the tram?', question, /### Jonas Lindqvar/v],
  ['according to Hanne Iversholt, how many passengers would a tram carry?', question, /### Hanne Iversholt/v],
  ['What did Mirela Sorel say?', question, /### Mirela Sorel/v],
  ['what did Joe Biden say about the tram?', question, /Joe Biden|^Nothing/v],
  ['how many seals live on the moon', question, nothing],
  ['how did Rovers win the derby?', question, /You asked|^Nothing/v],
  ['Lindqvar on buoys', question, /### Petra Lindqvar|More than one/v],
  ['歐班說了什麼？', question, /歐班|這 6 篇文章/v],
  ['誰說「沒有人的光」？', check, /^### /v],
  // Quotations, with or without a name.
  ['“The tram will pay for itself in eleven years”', check, /^### Exact/v],
  ['"The tram will pay for itself in eleven years" - Petra Lindqvar', check, /^### Exact/v],
  ['“The tram will pay for itself in eleven years,” said Jonas Lindqvar.', check, /^### Right words, wrong name/v],
  ['> The mud is an archive, and the eelgrass is its librarian', check, /^### Exact/v],
  ['> “One bay is one bay”\n— Aron Feld', check, /^### Exact/v],
  ['>>> I closed my eyes, and when I opened them\neverybody was lying on top of me', check, /^### /v],
  [
    'is this right: “We gave them three goals and then remembered that we could play football”?',
    check,
    /^### Altered/v,
  ],
  ['who said “Nobody told me that I was parking on a forest”?', check, /Tomas Reyk/v],
  ['did Celia Roth say "My grandmother could see it, and she was watching the sea"', check, /^### Exact/v],
  ['Sullivan: “We will build a bridge to the moon by Tuesday”', check, /^### Not found/v],
  ['「我不是捨不得燈，我是捨不得那些會向燈揮手的船」', check, /^### /v],
  ['what did Calder say about “the keys to the harbour”?', question, /### Ines Calder|^Nothing/v],
  // Names.
  ['Ines Calder', person('Ines Calder'), /^### Ines Calder\nQuoted 6 times/v],
  ['who is Petra Lindqvar?', person('Petra Lindqvar', true), /### Petra Lindqvar/v],
  ['Who’s Aron Feld', person('Aron Feld', true), /### Aron Feld/v],
  ['Tavish', person('Tavish'), /### Bruno Tavish/v],
  ['hey, who is Tomas Reyk?', person('Tomas Reyk', true), /### Tomas Reyk/v],
  ['習近平', person('習近平'), /Xi Jinping/v],
  ['習近平是誰？', person('習近平', true), /Xi Jinping/v],
  ['Jake Sullivan!', person('Jake Sullivan'), /### Jake Sullivan/v],
  ['Zebulon Quark', person('Zebulon Quark'), /^Nothing/v],
  // Summaries.
  ['summarise the eelgrass story', summary('the eelgrass story'), /In the article’s own words\nEelgrass/v],
  ['tl;dr', summary(''), /In the article’s own words/v],
  ['please summarize the article about the derby', summary('the derby'), /In the article’s own words\nRovers/v],
  ['summary of “A harbour is a promise”', summary('“A harbour is a promise”'), /In the article’s own words/v],
  ['總結一下', summary(''), /用文章原句整理|Two Lindqvars/v],
  // Links.
  ['https://news.example/not-here', link('https://news.example/not-here'), unread],
  ['summarise https://news.example/not-here', link('https://news.example/not-here'), unread],
  ['add this: <https://news.example/a?b=c>', link('https://news.example/a?b=c'), unread],
  ['is this true? https://news.example/x.', link('https://news.example/x'), unread],
  [
    'what does the mayor say in https://news.example/x about ships?',
    link('https://news.example/x', 'what does the mayor say in about ships?'),
    unread,
  ],
  ['https://user:secret@news.example/', link('https://user:secret@news.example/'), /password/v],
  // Help.
  ['', help, hello],
  ['hello', help, hello],
  ['Hi there!', help, hello],
  ['help', help, hello],
  ['what can you do?', help, hello],
  ['how does this work?', help, hello],
  ['怎麼用？', help, /^您好！/v],
  // What is new.
  ['latest', newest, /^### 6 articles in the library/v],
  ['what’s new?', newest, /^### 6 articles in the library/v],
  ['最新消息', newest, /6 篇文章/v],
  // What asks for nothing, or can't be read.
  ['thanks!', thanks, undefined],
  ['👍', thanks, undefined],
  ['¿Qué dijo Sullivan sobre la guerra?', foreign, /^I read English and Chinese/v],
  ['Was hat der Sprecher über die Drohnen gesagt?', foreign, /^I read English and Chinese/v],
];
