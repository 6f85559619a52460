/** What became of a quote that was checked. */
export const checks = {
  'checks.heading.exact': 'Exact',
  'checks.heading.altered': 'Altered',
  'checks.heading.cut': 'Cut',
  'checks.heading.stitched': 'Stitched',
  'checks.heading.denied': 'Denied',
  'checks.heading.wrong name': 'Right words, wrong name',
  'checks.heading.name open': 'Right words, name left open',
  'checks.heading.own voice': 'In the article’s own voice',
  'checks.heading.not found': 'Not found here',

  'checks.exact': 'The words stand so in the article.',
  'checks.altered': 'The article has other words. In the quote, **bold** was added and ~~struck through~~ is missing:',
  'checks.cut': 'Words were left out, and the quote does not show it. ~~Struck through~~ is missing:',
  'checks.stitched': 'The parts do not stand together. They come from:',
  'checks.denied': 'The words stand in the article, but it says that they were denied, or not said.',
  'checks.wrong name': 'The words stand in the article, but it credits somebody else.',
  'checks.name open': 'The words stand in the article, but it is left open who said them.',
  'checks.own voice': 'The words stand in the article, but nobody is quoted with them.',
  'checks.not-together': 'And its parts do not stand together.',

  'checks.credits-nobody': 'The quote credits {name}; the article does not say who said this.',
  'checks.credits-other': 'The quote credits {name}; the article credits: {speaker}.',
  'checks.credits-unsettled': 'The quote credits {name}; the article does not settle whether that is so.',
  'checks.credits-doubtful': 'The quote credits {name}; I may have misread who says it there.',
  'checks.by': 'By {speaker}',
  'checks.by-unknown': 'By somebody whom I could not make out',
  'checks.by-indirect': 'By {speaker}, in the article’s wording, not quoted',
  'checks.perhaps-by': 'Perhaps by {speaker}',
  'checks.perhaps-by-indirect': 'Perhaps by {speaker}, in the article’s wording, not quoted',

  'checks.not found':
    'Nothing in this library comes close. That is no proof that it was never said: I know only the articles in it.',
  'checks.nearest': 'The nearest that I have:',
  'checks.left': '{left, number} more in that message: check them by themselves.',
  'checks.nothing':
    'There are no words to check. Quote somebody, in quotation marks or after `>`, and I will look it up.',
} as const;
