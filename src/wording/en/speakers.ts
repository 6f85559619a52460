/** Who is quoted and how often: as lines, as bars, and as a description of these. */
export const speakers = {
  'voices.title': 'Who speaks',
  'voices.nobody': 'Nobody is quoted in this article.',
  'voices.unread': 'I cannot tell who speaks in articles in Chinese.',
  'voices.inferred': 'most likely {places}',
  'voices.unclear': 'perhaps {places}',
  'voices.told': 'as others report {places}',
  'voices.more': 'and {count, number} more',

  'speakers.nobody': 'Nobody is quoted in that article.',
  'speakers.nobody-anywhere':
    'I have found nobody who is quoted in any article here. I cannot tell who speaks in articles in Chinese.',
  'speakers.of-article': 'Who is quoted in this article',
  'speakers.of-library': 'Who is quoted most',
  'speakers.articles': 'In all that I have read: {count, plural, one {one article} other {# articles}}',
  'speakers.articles-unsure':
    'In all that I have read: {count, plural, one {one article} other {# articles}}; some quotes may be somebody else’s',
  'speakers.unclear': 'Not clear who',
  'speakers.why-unclear': 'the article leaves it open, or I may have misread it',
  'speakers.unnamed': 'not named',
  'speakers.quoted': '{count, number} in quotation marks',
  'speakers.reported': '{count, number} in the article’s wording',
  'speakers.inferred': '{count, number} most likely theirs',
  'speakers.told': '{count, number} as others report',
  'speakers.numbers':
    '{quotes, plural, one {one quote} other {# quotes}}, {words, plural, one {one word} other {# words}}',
  'speakers.all-numbers':
    '{quotes, plural, one {one quote} other {# quotes}}: {parts}; {words, plural, one {one word} other {# words}}',
  'speakers.in-articles':
    '{quotes, plural, one {one quote} other {# quotes}} in {articles, plural, one {one article} other {# articles}}',
  'speakers.counted-article':
    'Each thing that the article attributes to somebody counts once. Words are those that were said, in its wording or theirs.',
  'speakers.counted-library':
    'Counted is each thing that an article attributes to somebody, those included where it may be somebody else. For words, and what is in quotation marks, choose an `article`.',
  'speakers.counted-cut':
    'Counted is each thing that an article attributes to somebody, those included where it may be somebody else. These are the {total, number} who are quoted most. For words, and what is in quotation marks, choose an `article`.',
  'speakers.menu': 'See what one of them said',
  'speakers.no-picture': 'No picture this time: {reason}',

  'chart.filled': 'in quotation marks, wholly or in part',
  'chart.hatched': 'in the article’s wording',
  'chart.name-elsewhere': '(the name is in the list)',
  'chart.described': 'Bar chart. {title}: {about}.',
  'chart.line': '{rank}. {who}: {numbers}',
} as const;
