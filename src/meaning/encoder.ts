/** Makes vectors of texts. */
export interface Encodes {
  /** Returns the vector of a question. Urgent: it waits for at most one small batch of passages. */
  encodeQuestion(owner: string, question: string): Promise<Int8Array>;
  /** Returns the vectors of passages one after another, `dimensions` components each. In the background. */
  encodePassages(owner: string, passages: readonly string[]): Promise<Int8Array>;
  /** Cancels what is in progress. */
  close(): Promise<void>;
}
