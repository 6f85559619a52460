/**
 * The words that stand most often in English news, and so tell least alone: two of them in a row are indexed as one. Their places are
 * stored: never move one, add others at the end.
 */
export const commonWords: readonly string[] = [
  'the of to and a in that for is on said with was he it as at by be his from are have has an not this',
  'will but they who we i their been were had you or which its about more would than after also one her up',
  'she all there when out if what people so can over no new year last time just into some could two',
  'first other them our him now how my only because most many do before years while us any like during',
  'against these those did where being under between since through then very much such even made make get',
  'back down still should may must both each every off own too here your me am does going think know say says',
  'told according mr ms president government state percent million day week world',
]
  .join(' ')
  .split(' ');
