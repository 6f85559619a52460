/** Discord's numbers for the messages and buttons that this bot sends. */
export const limits = {
  autocompleteChoices: 25,
  buttonsInRow: 5,
  choice: 100,
  /** Label, value and description of an entry in a menu. */
  menuEntry: 100,
  customId: 100,
  /** Of a picture. */
  description: 1024,
  /** Characters in all text displays of a message together. */
  text: 4000,
  /** UTF-8 bytes in all text displays together, where each display counts for 12 more. Beyond it Discord answers with a 500. */
  bytes: 10_170,
  bytesPerDisplay: 12,
} as const;

/** What one text display takes besides its words, in the unit of `weight`. */
export const weightOfDisplay = Math.ceil((limits.bytesPerDisplay * limits.text) / limits.bytes);

/** What all texts of a message may weigh together: a little under Discord's limit. */
export const room = limits.text - 100;

/** How much of a message a text takes, in characters: the greater of its length and its bytes' share. */
export function weight(text: string): number {
  return Math.max(text.length, Math.ceil((Buffer.byteLength(text) * limits.text) / limits.bytes));
}
