/** What an interaction was first answered with. `thinking`: a promise of an answer, which came later. */
export type FirstAnswer = 'message' | 'private message' | 'thinking' | 'update' | 'choices' | 'form' | 'none';

/** One interaction from its arrival to its last answer. Nothing in it is anybody's word, so all of it may be kept. */
export interface Answered {
  /** Its id. */
  readonly interaction: string;
  /** The server whose library it was about; `undefined`: a person's own. */
  readonly server: string | undefined;
  /** One of few names, `who said` or `button keep`: those that we gave, never one that was sent. */
  readonly command: string;
  /**
   * `turned away`: the bot was ending. `expired`: too late to begin with. `superseded`: the same person has typed on. `late`: when the
   * answer was there, Discord waited no longer, or had one already.
   */
  readonly result: 'answered' | 'turned away' | 'expired' | 'superseded' | 'late' | 'failed';
  readonly answer: FirstAnswer;
  /** In milliseconds, from its arrival. */
  readonly first: number | undefined;
  /** In milliseconds, from its arrival until nothing more was to be sent. */
  readonly final: number;
  /** What may be told of an error; `undefined` where there was none. */
  readonly error: object | undefined;
}
