/** Discord's limits on the messages and components that this bot sends. */
export const LIMITS = {
  autocompleteChoices: 25,
  /** Components of a message, nested ones included. */
  components: 40,
  choice: 100,
  /** Label, value and description of a menu entry. */
  menuEntry: 100,
  menuEntries: 25,
  customId: 100,
  /** Name of a thread or of a forum's post. */
  threadName: 100,
  /** Alt text of a picture. */
  description: 1024,
  /** Characters in all text displays of a message together. */
  text: 4000,
  /**
   * UTF-8 bytes in all text displays together, plus 12 for each display. Undocumented: above it Discord answers with a
   * 500.
   */
  bytes: 10_170,
  bytesPerDisplay: 12,
} as const;

/** Weight of a text display itself, in the unit of `weight`. */
export const WEIGHT_OF_DISPLAY = Math.ceil((LIMITS.bytesPerDisplay * LIMITS.text) / LIMITS.bytes);

/** Maximum weight of all texts of a message together, a little under Discord's limit. */
export const ROOM = LIMITS.text - 100;

/**
 * Returns how much of a message's room a text takes, in characters: its length, or its share of bytes if that is more.
 */
export function weight(text: string): number {
  return Math.max(text.length, Math.ceil((Buffer.byteLength(text) * LIMITS.text) / LIMITS.bytes));
}
