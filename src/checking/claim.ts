/** What somebody says was said, and by whom. */
export interface Claim {
  /** As they wrote it, without quotation marks and markup. */
  readonly words: string;
  /** The name that stands beside it; `undefined`: none, or "he". */
  readonly credited: string | undefined;
  /** It stands in no quotation marks: what is set off from it may be chatter. */
  readonly unmarked?: boolean;
  /** What of an unmarked message was left out, for no article has it. */
  readonly chatter?: readonly string[];
}

/** The claims of a message, in its order. */
export interface Claims {
  readonly claims: readonly Claim[];
  /** How many more it holds than are read. */
  readonly left: number;
}
