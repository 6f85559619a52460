/** First words before a colon that name what follows, and nobody who says it: "Analysis: …", "Photo: …". Lower case. */
export const labels: ReadonlySet<string> = new Set([
  ...['image', 'photo', 'picture', 'file', 'video', 'watch', 'caption', 'credit', 'source', 'sources', 'contributing'],
  ...['analysis', 'opinion', 'comment', 'live', 'poll', 'report', 'exclusive', 'editorial', 'review', 'explainer'],
  ...['fact', 'breaking', 'update', 'correction', 'note', 'editor', 'related', 'read', 'more', 'next', 'also'],
  ...['warning', 'date', 'time', 'location', 'where', 'when', 'who', 'what', 'why', 'how'],
]);
