/** A library cannot be read or written just now. The message is a sentence for the person who asked; the cause is for the log. */
export class CannotKeep extends Error {}
