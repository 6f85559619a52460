/** Words that open a question. */
export const questionWords: ReadonlySet<string> = new Set(
  'who what when where why how which whose whom did does do has have is was were'.split(' '),
);

/** In a question, words that ask rather than stand in the article: "what did … say about". */
export const askingWords: ReadonlySet<string> = new Set(
  'who what when where why how which whose whom did does do has have is was were say says said saying tell told about'.split(
    ' ',
  ),
);
