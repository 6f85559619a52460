/** Where words stand, and that they were shortened. */
export const citation = {
  'citation.untitled': 'Untitled',
  'citation.open': 'open',
  'citation.descriptive': 'descriptive title',
  'citation.updated': 'updated',

  'excerpt.shortened': 'Shortened to fit: ¶{paragraph} says more.',
  'excerpt.inside-sentence': 'Shortened inside a very long sentence: ¶{paragraph} has all of it.',

  'statement.goes-on': 'Goes on to ¶{paragraph}.',
  'statement.indirect': 'in the article’s wording',
  'statement.too-long': 'This is too long to be shown here.',

  'measures.paragraphs': '{count, plural, one {one paragraph} other {# paragraphs}}',
  'measures.nobody': 'quotes nobody',
  'measures.quotes': '{count, plural, one {one quote} other {# quotes}}',
  'measures.quotes-by':
    '{quotes, plural, one {one quote} other {# quotes}} by {speakers, plural, one {one speaker} other {# speakers}}',

  'typed.words': '“{words}”',
} as const;
