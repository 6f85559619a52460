import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Listed } from '../library/library.ts';
import type { Loudest } from './find-loudest.ts';
import type { Statements, Wanted } from './find-statements.ts';
import type { Passage, Scope } from './passage.ts';
import type { PersonMatch } from './people.ts';

/** Finds words, people and articles in one library. Any string may be asked; none throws but for an outage (CannotKeep). */
export interface Search {
  /** At most 25, the best first; nothing when nothing is even near. */
  passages(words: string, scope: Scope): Promise<readonly Passage[]>;
  /** Everybody whom the name may mean, the best first; at most 25. The scope's speaker is not looked at. */
  people(name: string, scope: Scope): Promise<readonly PersonMatch[]>;
  /** The person that this speaker of an article is, with their other articles. */
  person(from: AttributedArticle, place: number): Promise<PersonMatch | undefined>;
  /** What this speaker of an article says there and, where they are one person, in all other articles. */
  statements(from: AttributedArticle, place: number, wanted: Wanted): Promise<Statements>;
  /** Whoever says most in all of the library first, at most so many from there on, counted from 0. */
  loudest(from: number, most: number): Promise<Loudest>;
  /** Articles by title, outlet or author as one types, the best first, at most 100; nothing for nothing typed. */
  articles(typed: string): Promise<readonly Listed[]>;
  /** Phrases that stand in the articles, at most 100 characters each and 25 of them. */
  completeWords(typed: string, scope: Scope): Promise<readonly string[]>;
  /** Names as the articles give them, whoever says most first; at most 25. */
  completeSpeakers(typed: string, scope: Scope): Promise<readonly string[]>;
  /** Outlets as the articles write them; at most 25. */
  completeOutlets(typed: string): Promise<readonly string[]>;
}
