/** First words before a colon that name what follows, and nobody who says it: "Analysis: …", "Update: …". Lower case. */
export const labels: ReadonlySet<string> = new Set([
  ...['analysis', 'opinion', 'comment', 'live', 'poll', 'report', 'exclusive', 'editorial', 'review', 'explainer'],
  ...['fact', 'breaking', 'update', 'correction', 'note', 'editor', 'source', 'sources', 'warning'],
  ...['date', 'time', 'location', 'where', 'when', 'who', 'what', 'why', 'how'],
]);

/** The same of lines that belong to the page and not to the article: "Read more: …", "Photo: …". Lower case. */
export const furniture: ReadonlySet<string> = new Set([
  ...['image', 'images', 'photo', 'photos', 'photograph', 'picture', 'pictures', 'video', 'caption', 'credit', 'file'],
  ...['read', 'related', 'more', 'next', 'also', 'see', 'watch', 'listen', 'follow', 'subscribe', 'sign'],
  ...['contributing', 'advertisement'],
]);
