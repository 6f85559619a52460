import { phrases, words } from '../../news/lexicon/word-lists.ts';

/**
 * Weights: in how many of a thousand sentences of news a common English word occurs (counted over 100,000 sentences of
 * many outlets). A single article is too small to show that "the" says less than "drones", so counts start from these.
 */
export const COMMON_WORDS: ReadonlyMap<string, number> = new Map(
  phrases(`
    the 640, to 428, and 370, of 369, a 346, in 329, that 194, for 182, is 170, on 154, with 126, said 123, it 118,
    he 111, was 104, be 102, as 101, has 92, at 92, by 89, have 88, but 86, are 85, from 80, this 77, his 73, not 73,
    an 70, will 67, we 62, they 56, who 54, more 54, i 51, their 50, which 50, would 49, had 48, new 48, or 46,
    about 46, been 46, one 42, also 41, up 41, were 40, can 40, mr 38, than 37, all 36, if 36, its 36, people 36,
    out 36, when 36, you 35, she 33, after 33, there 33, her 32, us 31, year 30, over 30, time 29, could 29, our 29,
    what 28, so 28, into 27, some 27, other 27, first 27, two 26, like 25, now 25, says 24, last 23, no 23, them 22,
    only 22, do 22, just 21, most 21, while 20, because 20, years 20, how 20, many 20, him 20, it's 19, make 19,
    these 19, against 18, any 18, get 18, made 18, even 18, before 18, next 17, such 17, may 17, those 17, being 17,
    should 17, use 16, way 16, back 16, well 16, very 16, where 15, work 15, then 15, told 15, say 15, three 15,
    think 15, much 14, going 14, your 14, through 13, still 13, both 13, take 13, did 13, between 13, former 13,
    since 13, during 13, down 13, see 12, off 12, best 12, my 12, week 12, long 12, part 12, set 12, including 11,
    want 11, don't 11, used 11, good 11, number 11, own 11, same 11, under 11, go 11, help 11, added 11, need 11,
    high 10, win 10, top 10, called 10, day 10, show 10, right 10, another 10, according 10, know 10, second 10,
    group 10, using 9, each 9, me 9, whether 9, come 9, end 9, across 9, based 9, around 9, better 9, without 9,
    put 9, already 9, however 9, four 9, big 8, too 8, old 8, among 8, months 8, real 8, far 8, found 8, general 8,
    won 8, here 8, five 8, every 8, making 8, place 8, few 8, might 8, change 8, saying 8, run 8, past 8, times 7,
    early 7, month 7, open 7, recent 7, came 7, expected 7, different 7, case 7, likely 7, working 7, does 7, never 7,
    got 7, lot 7, less 7, issue 7, we're 7, plans 7, important 7, become 7, look 7, days 7, report 7, great 7,
    really 7, given 7, half 7, that's 7, little 7, six 7, took 7, point 7, left 7, today 7, play 7, able 7, i'm 7,
    give 6, major 6, start 6, must 6, things 6, believe 6, find 6, seen 6, away 6, move 6, later 6, asked 6, again 6,
    side 6, issues 6, something 6, action 6, third 6, large 6
  `).map(pair => {
    const [word = '', count] = pair.split(' ');
    return [word, Number(count)];
  }),
);

const OPENING = words('who what when where why how which whose whom did does do has have is was were');
const ASKING = words('say says said saying tell told about');
/** Words that connect, in questions and in articles. */
const CONNECTING = words(`
  a an the this that these those some any many much i me my we us our you your he him his she her it its they them their
  and or but so if than as whether in on at by for from to of with there just ever are be been am had will would can could
  may might must should tells
`);

/** Questions begin with these. */
export const QUESTION_WORDS: ReadonlySet<string> = new Set(OPENING);

/** Words of a question that needn't be in the article: "what did … say about". */
export const ASKING_WORDS: ReadonlySet<string> = new Set([...OPENING, ...ASKING]);

/** Words of a question that only ask or connect, for answering. */
export const EMPTY_WORDS: ReadonlySet<string> = new Set([
  ...[...OPENING, ...ASKING, ...CONNECTING],
  ...words(`
    didn't doesn't don't abt talk talked think thinks thought speak spoke according really actually anyone anybody someone
    somebody long regarding concerning get got whats what's who's whos how's exactly ok hey please
  `),
]);

/** Tokens of an article that say nothing about a sentence's subject, for summaries. */
export const STOP_WORDS: ReadonlySet<string> = new Set([
  ...[...OPENING, ...ASKING, ...CONNECTING],
  ...words(`
    each every no such both all more most other another hers theirs nor yet then because since while though although until
    into over under after before between against through during without within up down out off away back again further here
    now only very too also even still never not n’t n't being done having shall mr mrs ms one two ’s 's s t re ve ll d m
  `),
]);
